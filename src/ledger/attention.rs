//! What a chair must look at first.

use super::{Calendar, Entry, Standing};
use crate::model::Edition;
use crate::model::action::State;
use chrono::{Days, NaiveDate};

/// For how many days ahead a due date counts as "due now".
const SOON: u64 = 14;

/// Why an action is on the list, in the order in which a chair needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attention {
    /// Its due date has passed.
    Overdue,
    /// It is due on the day or in the fourteen days after it.
    DueNow,
    /// Nobody has said anything of it since the last meeting of its series, nor at it.
    NoUpdate,
    /// Its owner thinks that it is done.
    Proposed,
    /// It is open, and not yet due.
    Open,
    /// It was set at the last meeting of its series, or since.
    New,
    /// Nothing more is to be done.
    Closed,
}

impl serde::Serialize for Attention {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Attention {
    /// All of them, in the order in which a chair needs them.
    pub const ALL: [Attention; 7] = [
        Attention::Overdue,
        Attention::DueNow,
        Attention::NoUpdate,
        Attention::Proposed,
        Attention::Open,
        Attention::New,
        Attention::Closed,
    ];

    /// The heading above such actions.
    pub fn label(self) -> &'static str {
        match self {
            Attention::Overdue => "Overdue",
            Attention::DueNow => "Due now",
            Attention::NoUpdate => "No update since the last meeting",
            Attention::Proposed => "Proposed for closure",
            Attention::Open => "Open and not yet due",
            Attention::New => "New",
            Attention::Closed => "Closed",
        }
    }

    /// The same in a word, for programs.
    pub fn word(self) -> &'static str {
        match self {
            Attention::Overdue => "overdue",
            Attention::DueNow => "due-now",
            Attention::NoUpdate => "no-update",
            Attention::Proposed => "proposed",
            Attention::Open => "open",
            Attention::New => "new",
            Attention::Closed => "closed",
        }
    }

    pub(super) fn of<E: Edition>(
        entry: &Entry<'_, E>,
        standing: &Standing<'_, '_, E>,
        calendar: &Calendar<'_>,
        as_at: NaiveDate,
    ) -> Attention {
        if standing.state.is_closed() {
            return Attention::Closed;
        }
        if standing.state == State::Proposed {
            return Attention::Proposed;
        }
        if standing.days_overdue(as_at).is_some() {
            return Attention::Overdue;
        }
        let soon = as_at.checked_add_days(Days::new(SOON)).unwrap_or(as_at);
        if standing.chased_day().is_some_and(|day| day <= soon) {
            return Attention::DueNow;
        }
        let last = entry
            .series()
            .and_then(|series| calendar.last_before(series, as_at));
        match (last, entry.set) {
            (Some(last), Some(set)) if set >= last => Attention::New,
            (Some(last), _) if standing.updated.is_none_or(|day| day < last) => Attention::NoUpdate,
            _ => Attention::Open,
        }
    }
}
