//! The next meeting's draft. In: a book and a series. Out: the YAML of a draft in which every open action of the series is
//! carried forward; or, where that draft exists, the same file with what is new added and no line of it changed.
//!
//! What is outstanding is decided by the internal edition, so that no action is lost; every word comes from the public one,
//! because a draft is passed on. Nothing here reads the clock or the disk.
//!
//! `occasion` finds the day and the meeting before it; `matters` the actions, `points` the other items; `wording` says what
//! the comments say; `place` names the file, `extend` adds to one, and `faults` says what forbids it.

mod extend;
mod faults;
mod matters;
mod occasion;
mod place;
mod points;
mod view;
mod wording;

pub use extend::{Extended, extend};
pub use faults::in_the_way;
pub use view::{Day, Expected, Group, Matter, Next, Point, View};

use crate::diagnostic::nearest;
use crate::edition::{self, Shelf};
use crate::ledger::Ledger;
use crate::model::date::Time;
use crate::model::exemption::Exemption;
use crate::model::party::Party;
use crate::model::register::Register;
use crate::model::schedule::Schedule;
use crate::model::settings::Series;
use crate::model::text::Text;
use crate::model::{Book, Public};
use crate::render::templates::Templates;
use crate::source::{SourceId, Span};
use crate::yaml::write;
use chrono::NaiveDate;
use occasion::Occasion;
use std::path::PathBuf;

/// The name of the template.
const TEMPLATE: &str = "next.yaml";

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// The key of the series.
    pub series: &'w str,
    /// The day of the meeting; left out, it is found.
    pub date: Option<NaiveDate>,
    /// The day as at which actions are overdue; left out, that of the meeting.
    pub as_at: Option<NaiveDate>,
}

/// Why there can be no draft, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What stands in the way.
    pub message: String,
    /// How to go on.
    pub help: String,
}

/// A draft, ready to be written.
#[derive(Debug)]
pub struct Prepared {
    /// The day of the meeting.
    pub date: NaiveDate,
    /// The file that holds the meeting already.
    pub existing: Option<SourceId>,
    /// Where it belongs, from the book's root.
    pub path: PathBuf,
    /// The title of the item that holds the matters arising.
    pub main: String,
    /// What the template sees. Where the meeting exists, only what its file lacks.
    pub view: View,
    /// Exemptions of the book's own.
    pub exemptions: Vec<Exemption>,
    /// The file of the meeting before it, where that is still to be held: perhaps it is the same meeting, moved.
    pub awaited: Option<SourceId>,
    /// Open actions without a ref of their own: they stand in a new draft as comments only.
    pub without_ref: Vec<Span>,
    /// Open actions of which the public edition knows nothing: they are not in the draft.
    pub hidden: Vec<Span>,
    /// Matters arising that are not closed, and that nothing in the book set: there is nothing to carry forward.
    pub unknown: Vec<Span>,
}

impl Prepared {
    /// How many actions are carried forward.
    pub fn actions(&self) -> usize {
        self.view
            .matters
            .iter()
            .map(|group| group.actions.len())
            .sum()
    }

    /// Whether there is anything to add to the file that exists.
    pub fn is_empty(&self) -> bool {
        self.actions() == 0 && self.view.items.is_empty()
    }

    /// The draft as YAML.
    ///
    /// # Errors
    /// When a template is at fault.
    pub fn yaml(&self, templates: &Templates) -> Result<String, Box<tera::Error>> {
        let text = templates.render(TEMPLATE, &self.view)?;
        Ok(wording::known_codes(&text, &self.exemptions))
    }

    /// What is wrong with a text that a template made of this; a template of the book's own may leave something out.
    pub fn problems(&self, text: &str) -> Vec<String> {
        let mut problems = extend::problems(text);
        if problems.is_empty() {
            let listed = extend::listed(text);
            let matters = self.view.matters.iter().flat_map(|group| &group.actions);
            let refs = matters.map(|matter| matter.reference.as_str());
            let lost: Vec<&str> = refs.filter(|one| !listed.contains(*one)).collect();
            if !lost.is_empty() {
                problems.push(format!("it leaves out open actions: {}", lost.join(", ")));
            }
        }
        problems
    }
}

/// Prepares the next meeting of a series.
///
/// # Errors
/// When there is no such series, no day can be found, or the meeting of that day is none to be prepared.
pub fn prepare(
    book: &Book,
    public: &Shelf<'_, Public>,
    wanted: Wanted<'_>,
) -> Result<Prepared, Refusal> {
    let series = public.settings.series.get(wanted.series);
    let series = series.ok_or_else(|| unknown(public, wanted.series))?;
    let occasion = Occasion::find(public, series, wanted)?;
    let internal = edition::internal(book);
    let ledgers = matters::Ledgers {
        internal: Ledger::new(&internal, &book.sources),
        public: Ledger::new(public, &book.sources),
    };
    let register = Register::new(public.settings);
    let speaker = wording::Speaker {
        settings: public.settings,
        register: &register,
        as_at: wanted.as_at.unwrap_or(occasion.date),
    };
    let mut found = matters::matters(&ledgers, &occasion, wanted.series, &speaker);
    let mut items = points::points(public, &occasion, wanted.series, series);
    let mut last_item = Some(points::last_item(&occasion, &mut items));
    items.retain(|point| !found.has(&point.title));
    if let Some(existing) = occasion.existing {
        let listed = extend::Listed::of(book, existing.source);
        found.retain(|matter| !listed.has_action(matter));
        items.retain(|point| !listed.has_item(&point.title));
        last_item = None;
    }
    let view = View {
        schema: String::new(),
        series: wanted.series.to_owned(),
        series_title: write::printable(&wording::carried(&series.title)),
        meeting_type: occasion.meeting_type().map(wording::carried),
        theme: occasion
            .announced(|next| next.theme.as_ref())
            .map(wording::carried),
        date: wording::day(occasion.date),
        announced: occasion.other_day().map(wording::day),
        time: time(occasion.announced(|next| next.time.as_ref()), series),
        venue: venue(occasion.announced(|next| next.venue.as_ref()), series),
        members: members(series)
            .map(|one| speaker.expected(one, occasion.date))
            .collect(),
        note_taker: note_taker(series).map(|one| speaker.expected(one, occasion.date)),
        previous: occasion.previous_day().map(wording::day),
        matters: found.groups,
        items,
        last_item,
        next: after(series, occasion.date),
    };
    Ok(Prepared {
        date: occasion.date,
        existing: occasion.existing.map(|shelved| shelved.source),
        path: place::path(book, &occasion, wanted.series),
        main: matters::title(&occasion),
        exemptions: public
            .settings
            .exemptions
            .keys()
            .map(Exemption::new)
            .collect(),
        awaited: occasion.awaited().map(|shelved| shelved.source),
        view,
        without_ref: found.without_ref,
        hidden: found.hidden,
        unknown: matters::unknown(&ledgers.internal, &occasion, wanted.series),
    })
}

fn unknown(public: &Shelf<'_, Public>, series: &str) -> Refusal {
    let keys: Vec<&str> = public.settings.series.keys().collect();
    let help = match nearest(series, keys.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if keys.is_empty() => "add it under `series:` in minutebook.yaml".to_owned(),
        None => format!("the book has {}", keys.join(", ")),
    };
    Refusal {
        message: format!("there is no series `{series}`"),
        help,
    }
}

fn time(announced: Option<&Time<Public>>, series: &Series<Public>) -> Option<String> {
    let time = announced.or(series.time.as_ref());
    time.map(|time| wording::carried(&time.written))
}

fn venue(announced: Option<&Text<Public>>, series: &Series<Public>) -> Option<String> {
    announced.or(series.venue.as_ref()).map(wording::carried)
}

/// Whether a party is one of the members.
fn is_member(party: &Party<Public>, series: &Series<Public>) -> bool {
    let name = |party: &Party<Public>| party.name.as_ref().map(Text::words);
    series.members.iter().any(|one| name(one) == name(party))
}

/// The members, and before them the chair, where that is none of them.
fn members(series: &Series<Public>) -> impl Iterator<Item = &Party<Public>> {
    let chair = series.chair.iter().filter(|one| !is_member(one, series));
    chair.chain(&series.members)
}

/// The note-taker, where it is none of the members.
fn note_taker(series: &Series<Public>) -> Option<&Party<Public>> {
    series
        .note_taker
        .as_ref()
        .filter(|one| !is_member(one, series))
}

/// The meeting after a day, as the series' schedule has it.
fn after(series: &Series<Public>, date: NaiveDate) -> Next {
    let schedule = series.schedule.as_ref();
    let schedule = schedule.and_then(|schedule| Schedule::of(schedule.source()));
    let day = schedule.and_then(|schedule| schedule.first_after(date));
    Next {
        date: day.map(wording::day),
        time: time(None, series),
        venue: venue(None, series),
    }
}
