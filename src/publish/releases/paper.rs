//! What the gates look at in a document of any kind.

use crate::model::exemption::Exemption;
use crate::model::meeting::{Approval, Meeting, Status};
use crate::model::party::Party;
use crate::model::register::Register;
use crate::model::text::Text;
use crate::model::tracker::Version;
use crate::model::{Book, HasTexts};
use crate::source::SourceId;
use chrono::NaiveDate;

/// A document.
pub(super) struct Paper<'b> {
    /// What it is called in a message: "notes", "tracker", "plan".
    pub(super) what: &'static str,
    pub(super) status: Status,
    pub(super) approved: Option<&'b Approval>,
    pub(super) versions: &'b [Version],
    pub(super) is_extract: bool,
    /// Who was there; `None` where nobody has said it, and empty where nobody met.
    pub(super) attendance: Option<Attendance<'b>>,
    pub(super) classification: Option<&'b Text>,
    /// Who may approve it; empty where anybody in the register may.
    pub(super) chairs: Vec<&'b Party>,
    pub(super) needs_chair: bool,
    pub(super) day: Option<NaiveDate>,
}

/// The lists of a meeting.
#[derive(Default)]
pub(super) struct Attendance<'b> {
    /// Whether the list of those present has nobody on it.
    pub(super) is_empty: bool,
    /// Whether a name on a list stands for somebody who is not known yet.
    pub(super) open: Option<&'b Text>,
}

impl<'b> Attendance<'b> {
    fn of(meeting: &'b Meeting) -> Option<Attendance<'b>> {
        let present = meeting.attendance.as_ref()?;
        let others = meeting.in_attendance.iter().chain(&meeting.apologies);
        let mut names = present
            .iter()
            .chain(others.flatten())
            .filter_map(|attendee| attendee.party.name.as_ref());
        Some(Attendance {
            is_empty: present.is_empty(),
            open: names.find(|name| is_open(name.source())),
        })
    }
}

/// Whether a name stands for one that somebody meant to fill in: `TBC`, `dcc?`, `to be confirmed`.
fn is_open(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.ends_with('?')
        || name
            .trim_matches(['.', '…', '-', '_', '[', ']', '(', ')', ' '])
            .is_empty()
        || name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "tbc" | "tbd" | "tba" | "xx" | "xxx"))
        || name.contains("to be confirmed")
}

impl<'b> Paper<'b> {
    /// The exemptions of everything that the document withholds.
    pub(super) fn withheld(book: &Book, source: SourceId) -> Vec<Vec<Exemption>> {
        let mut meetings = book.meetings.iter().filter(|one| one.source == source);
        let mut trackers = book.trackers.iter().filter(|one| one.source == source);
        let mut plans = book.plans.iter().filter(|one| one.source == source);
        let meeting = meetings.next().map(|one| one.meeting.all_withheld());
        let tracker = || trackers.next().map(|one| one.content.all_withheld());
        let plan = || plans.next().map(|one| one.content.all_withheld());
        meeting.or_else(tracker).or_else(plan).unwrap_or_default()
    }

    /// The document that was read from a file.
    pub(super) fn of(book: &'b Book, source: SourceId) -> Option<Paper<'b>> {
        let meeting = book.meetings.iter().find(|one| one.source == source);
        let tracker = book.trackers.iter().find(|one| one.source == source);
        let plan = book.plans.iter().find(|one| one.source == source);
        let chair_of = |series: Option<&str>| {
            let series = series.and_then(|key| book.settings.series.get(key));
            series.and_then(|series| series.chair.as_ref())
        };
        if let Some(meeting) = meeting.map(|one| &one.meeting) {
            let series = chair_of(meeting.series.as_deref());
            return Some(Paper {
                what: "notes",
                status: meeting.status.unwrap_or(Status::Draft),
                approved: meeting.approved.as_ref(),
                versions: &meeting.versions,
                is_extract: meeting.extract,
                attendance: Attendance::of(meeting),
                classification: meeting.classification.as_ref(),
                chairs: meeting.chair.iter().chain(series).collect(),
                needs_chair: true,
                day: meeting.date.day(),
            });
        }
        let (status, approved, versions, classification, series, day) = match (tracker, plan) {
            (Some(one), _) => {
                let one = &one.content;
                let series = one.series.as_deref();
                let day = one.date.as_ref().and_then(|date| date.day());
                (
                    one.status,
                    &one.approved,
                    &one.versions,
                    &one.classification,
                    series,
                    day,
                )
            }
            (None, Some(one)) => {
                let one = &one.content;
                let series = one.series.as_deref();
                let day = one.date.as_ref().and_then(|date| date.day());
                (
                    one.status,
                    &one.approved,
                    &one.versions,
                    &one.classification,
                    series,
                    day,
                )
            }
            (None, None) => return None,
        };
        Some(Paper {
            what: if plan.is_some() { "plan" } else { "tracker" },
            status: status.unwrap_or(Status::Draft),
            approved: approved.as_ref(),
            versions,
            is_extract: false,
            attendance: Some(Attendance::default()),
            classification: classification.as_ref(),
            chairs: chair_of(series).into_iter().collect(),
            needs_chair: false,
            day,
        })
    }

    /// "these notes", "this plan".
    pub(super) fn this(&self) -> String {
        match self.what {
            "notes" => "these notes".to_owned(),
            what => format!("this {what}"),
        }
    }

    /// Whether somebody may approve it.
    pub(super) fn is_chair(&self, book: &Book, by: &str) -> bool {
        let register = Register::new(&book.settings);
        let key = key(&register, by, self.day);
        let mut chairs = self.chairs.iter();
        match self.chairs.is_empty() && !self.needs_chair {
            true => register.find(by, self.day).one().is_some(),
            false => chairs.any(|chair| {
                name(chair).is_some_and(|name| self::key(&register, &name, self.day) == key)
            }),
        }
    }

    /// Who may approve it, in words.
    pub(super) fn chair_words(&self) -> String {
        let names: Vec<String> = self.chairs.iter().filter_map(|chair| name(chair)).collect();
        let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.dedup();
        names.join(" or ")
    }
}

fn name(party: &Party) -> Option<String> {
    let name = party.name.as_ref().or(party.body.as_ref())?;
    Some(name.source().trim().to_owned())
}

/// The key of whoever is named, or the name itself where the register does not have it.
pub(super) fn key(register: &Register<'_>, name: &str, day: Option<NaiveDate>) -> String {
    match register.find(name, day).one() {
        Some(entry) => entry.key().to_owned(),
        None => name.trim().to_lowercase(),
    }
}
