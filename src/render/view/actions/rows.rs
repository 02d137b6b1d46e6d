//! An action of a sheet, with what stands of it.

use super::super::document::tint;
use super::super::{Label, PartView};
use super::{SheetKind, Sheets};
use crate::edition::Tally;
use crate::ledger::{Attention, Due, Entry, Event, Line, Place, Standing, What};
use crate::model::Edition;
use crate::model::action::{NextAction, State};
use crate::model::meeting::{EarlierAction, Item, Meeting};
use crate::model::text::Text;
use crate::model::withheld::{Mark, Row};
use crate::render::dates;
use crate::render::format::Ready;
use serde::Serialize;

/// Up to this age, in days, days are counted; after it, months.
const DAYS: i64 = 60;

/// An action of a sheet.
#[derive(Debug, Default, Serialize)]
pub struct RowView {
    /// The ref, or "new".
    pub reference: Ready,
    /// "Action 9/26", or "New action".
    pub title: Ready,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// Whether this edition has anything of it beside the mark.
    pub known: bool,
    /// What is to be done; one line where a line is enough.
    pub text: Ready,
    /// Its parts.
    pub parts: Vec<PartView>,
    /// Where it was set: meeting and item, tracker, plan.
    pub source: Option<Ready>,
    /// Who is to do it.
    pub owner: Ready,
    /// By when: of what comes back, the next time; none while that is done for now.
    pub due: Option<Ready>,
    /// The due date that it was set with, where it has another one now.
    pub original_due: Option<Ready>,
    /// Every change of the due date: when, and why.
    pub redatings: Vec<Ready>,
    /// How often it comes back.
    pub every: Option<Ready>,
    /// "12 days overdue", "Due in 3 days".
    pub urgency: Option<Label>,
    /// Its state.
    pub state: Option<Label>,
    /// Whether that state is anything but "open".
    pub state_matters: bool,
    /// How long it is retained, since when it is closed, by what it is replaced.
    pub state_words: Option<Ready>,
    /// Its rating.
    pub rag: Option<Label>,
    /// "Open for 4 months, carried forward 3 times, re-dated twice".
    pub age: Option<Ready>,
    /// The last update.
    pub update: Option<UpdateView>,
}

/// The last update of an action.
#[derive(Debug, Default, Serialize)]
pub struct UpdateView {
    /// The day and who said it.
    pub title: Ready,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// What has happened, in a line.
    pub text: Option<Ready>,
    /// What comes next, each in a line with owner and due date.
    pub next_actions: Vec<Ready>,
}

impl<E: Edition> Sheets<'_, '_, E> {
    /// A row of a sheet; `short` when a line is enough.
    pub(super) fn row(&self, line: &Line<'_, '_, E>, short: bool) -> RowView {
        let scribe = &self.scribe;
        let (entry, standing) = (line.entry, &line.standing);
        let mark = entry.mark();
        let words = entry.reference_words();
        let mut view = RowView {
            reference: match entry.reference.filter(|_| !words.is_empty()) {
                Some(reference) => scribe.writer.title(reference),
                None => scribe.plain("new"),
            },
            withheld: mark.map(|mark| scribe.writer.mark(&mark.exemptions)),
            record: scribe.record(mark),
            ..RowView::default()
        };
        view.title = match words.is_empty() {
            true => scribe.plain("New action"),
            false => Ready::made(format!("Action {}", view.reference.as_str())),
        };
        let Some(text) = entry.text() else {
            return view;
        };
        view.known = true;
        // In the order of the page, so that an abbreviation is explained where a reader meets it first.
        view.text = match short {
            true => scribe.writer.line(text),
            false => scribe.writer.block(text),
        };
        view.parts = scribe.part_views(entry.parts(), entry.set, entry.series());
        view.owner = scribe
            .parties(standing.owners.iter().copied())
            .unwrap_or_else(|| scribe.plain("Not given"));
        self.dates(line, &mut view);
        self.state(line, &mut view);
        // What is new is as old as the last meeting.
        let is_new = short && line.attention == Attention::New;
        view.age = self.age(standing, short).filter(|_| !is_new);
        if short {
            return view;
        }
        view.source = self.source(entry);
        view.update = standing
            .last_update
            .map(|event| self.update(event, standing));
        view
    }

    fn dates(&self, line: &Line<'_, '_, E>, view: &mut RowView) {
        let scribe = &self.scribe;
        let standing = &line.standing;
        let printed = |due: &Due<'_, E>| scribe.due_on(due.written, due.day);
        view.every = scribe.line(standing.every.map(|every| &every.rhythm));
        let next = standing.due_day().filter(|_| view.every.is_some());
        view.due = match (next, &standing.due) {
            // What comes back says by itself when; "comes back on" does while it is closed.
            (Some(day), _) if !standing.state.is_closed() => Some(scribe.plain(&dates::day(day))),
            (Some(_), _) => None,
            (None, Some(due)) => Some(printed(due)),
            (None, None) => Some(scribe.plain("No due date")),
        };
        if standing.redatings.is_empty() {
            return;
        }
        view.original_due = Some(match &standing.original_due {
            Some(due) => printed(due),
            None => scribe.plain("No due date"),
        });
        let redatings = standing.redatings.iter().map(|redating| {
            let to = printed(&redating.to);
            let on = redating.on.map(|day| format!(" on {}", dates::day(day)));
            let changed = format!("Re-dated{} to {}", on.unwrap_or_default(), to.as_str());
            match scribe.line(redating.to.written.reason.as_ref()) {
                Some(reason) => Ready::made(format!("{changed}: {}", reason.as_str())),
                None => Ready::made(format!("{changed}, no reason recorded")),
            }
        });
        view.redatings = redatings.collect();
    }

    fn state(&self, line: &Line<'_, '_, E>, view: &mut RowView) {
        let scribe = &self.scribe;
        let standing = &line.standing;
        let state = standing.state;
        view.state = Some(scribe.label(state.label(), tint(state)));
        view.state_matters = state != State::Open;
        view.rag = standing.rag.map(|rag| scribe.rag(Some(rag)));
        view.urgency = self.urgency(line);
        let condition = scribe.line(standing.condition);
        let by = scribe.line(standing.replaced_by);
        let by = by.map(|by| match state {
            State::Merged => format!("into {}", by.as_str()),
            _ => format!("by {}", by.as_str()),
        });
        let since = standing.closed().map(dates::day);
        let returns = standing.returns().map(dates::day);
        let parts = [
            condition.map(|words| words.as_str().to_owned()),
            by,
            since.map(|day| format!("on {day}")),
            returns.map(|day| format!("comes back on {day}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        view.state_words = (!parts.is_empty()).then(|| Ready::made(parts.join(", ")));
    }

    fn urgency(&self, line: &Line<'_, '_, E>) -> Option<Label> {
        let as_at = self.sheet.as_at;
        if let Some(days) = line.standing.days_overdue(as_at) {
            let words = format!("{} overdue", counted(days, "day"));
            return Some(self.scribe.label(&words, "red"));
        }
        if line.attention != Attention::DueNow {
            return None;
        }
        let words = match (line.standing.chased_day()? - as_at).num_days() {
            0 => "Due today".to_owned(),
            days => format!("Due in {}", counted(days, "day")),
        };
        Some(self.scribe.label(&words, "amber"))
    }

    fn age(&self, standing: &Standing<'_, '_, E>, short: bool) -> Option<Ready> {
        let age = standing.age(self.sheet.as_at).map(|days| match days {
            days if days <= DAYS => counted(days, "day"),
            // The average month has 30.44 days.
            days => counted(days * 100 / 3044, "month"),
        });
        let is_chair = self.sheet.kind == SheetKind::Chair;
        let (before, after, carried) = match (standing.state.is_closed(), short, is_chair) {
            (true, ..) => ("Closed after ", "", "carried forward"),
            // The head of the column says that it is the age.
            (false, true, _) => ("", "", "carried"),
            (false, false, true) => ("", " old", "carried"),
            (false, false, false) => ("Open for ", "", "carried forward"),
        };
        let parts = [
            age.map(|age| format!("{before}{age}{after}")),
            times(carried, standing.carried),
            times("re-dated", standing.redatings.len()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| self.scribe.plain(&capitalised(&parts.join(", "))))
    }

    /// Where an action was set.
    fn source(&self, entry: &Entry<'_, E>) -> Option<Ready> {
        let scribe = &self.scribe;
        let words = match &entry.home.place {
            Place::Meeting { meeting, item } => match entry.what {
                What::Earlier(action) => self.earlier(action)?,
                What::Action(_) => self.meeting(meeting, item.as_ref()),
            },
            Place::Tracker(tracker) => {
                let title = tracker.title.as_ref().or(tracker.group.as_ref());
                match scribe.line(title) {
                    Some(title) => format!("Tracker: {}", title.as_str()),
                    None => "Tracker".to_owned(),
                }
            }
            Place::Plan { plan, objective } => {
                let mut words = scribe.writer.title(&plan.title).as_str().to_owned();
                let (number, shown) = objective;
                if !number.is_empty() {
                    let number = format!(", objective {number}");
                    words.push_str(scribe.plain(&number).as_str());
                }
                if let Some(title) = shown.and_then(|one| one.title.as_ref()) {
                    words.push_str(&format!(": {}", scribe.writer.title(title).as_str()));
                }
                words
            }
        };
        Some(Ready::made(words))
    }

    /// "Monthly assurance meeting, 28 July 2026, item 3: Repeat victims"; without the series on a sheet of one.
    fn meeting(&self, meeting: &Meeting<E>, item: Option<&(String, Option<&Item<E>>)>) -> String {
        let scribe = &self.scribe;
        let series = scribe.library.series(meeting).map(|series| &series.title);
        let title = meeting.title.as_ref().or(series);
        let date = scribe.date(&meeting.date);
        let is_named = self.sheet.series.is_none() || meeting.title.is_some();
        let mut words = match title.filter(|_| is_named) {
            Some(title) => format!("{}, {}", scribe.writer.title(title).as_str(), date.as_str()),
            None => format!("{} meeting", date.as_str()),
        };
        if let Some((number, shown)) = item {
            if !number.is_empty() {
                words.push_str(&format!(", item {}", scribe.plain(number).as_str()));
            }
            if let Some(title) = shown.and_then(|item| item.title.as_ref()) {
                words.push_str(&format!(": {}", scribe.writer.title(title).as_str()));
            }
        }
        words
    }

    /// The meeting and item of an action from before the book began.
    fn earlier(&self, action: &EarlierAction<E>) -> Option<String> {
        let from = action.from.as_ref()?;
        let meeting = from
            .meeting
            .as_ref()
            .map(|name| format!("{} meeting", self.scribe.meeting_name(name).as_str()));
        let item = from.item.as_ref().map(|item| self.scribe.item_name(item));
        let item = item.map(|item| item.as_str().to_owned());
        let parts: Vec<String> = [meeting, item].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    fn update(&self, event: &Event<'_, E>, standing: &Standing<'_, '_, E>) -> UpdateView {
        let scribe = self.scribe.on(event.day);
        let said = &event.said;
        let day = event.day.filter(|_| event.is_dated).map(dates::day);
        let day = scribe.plain(&day.unwrap_or_else(|| "No date".to_owned()));
        let title = match scribe.parties(said.by()) {
            Some(by) => Ready::made(format!("{}, {}", day.as_str(), by.as_str())),
            None => day,
        };
        let text = scribe.line(said.text());
        let next = said.next_actions().iter();
        UpdateView {
            title,
            withheld: said.mark().map(|mark| scribe.writer.mark(&mark.exemptions)),
            text: text.or_else(|| self.change(event, standing)),
            next_actions: next.map(|next| self.next_action(next, event)).collect(),
        }
    }

    /// What an update without words has changed.
    fn change(&self, event: &Event<'_, E>, standing: &Standing<'_, '_, E>) -> Option<Ready> {
        let said = &event.said;
        let state = said.state();
        let state = state.map(|state| format!("Listed as {}", state.label().to_lowercase()));
        let due = said.due().map(|_| "Re-dated".to_owned());
        let owner = (!said.owners().is_empty()).then(|| "New owner".to_owned());
        let rag = said.rag().or(standing.rag);
        let rag = rag.filter(|_| said.rag().is_some());
        let rag = rag.map(|rag| format!("Rated {}", rag.label().to_lowercase()));
        let decision = said.decision().map(|_| "Decision recorded".to_owned());
        let parts = [state, due, owner, rag, decision];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| self.scribe.plain(&parts.join(". ")))
    }

    fn next_action(&self, next: &NextAction<E>, event: &Event<'_, E>) -> Ready {
        let scribe = self.scribe.on(event.day);
        let owner = scribe.parties(&next.owner);
        let due = next.due.as_ref();
        let due = due.map(|due| scribe.due_from(due, event.day, self.sheet.series.as_deref()));
        let who: Vec<Ready> = [owner, due].into_iter().flatten().collect();
        let who: Vec<&str> = who.iter().map(Ready::as_str).collect();
        let line = scribe.writer.line(&next.text);
        match who.is_empty() {
            true => line,
            false => Ready::made(format!("{} ({})", line.as_str(), who.join(", "))),
        }
    }
}

/// What of the actions of a sheet is withheld.
pub(super) fn withheld<E: Edition>(lines: &[&Line<'_, '_, E>]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        if let Some(mark) = line.entry.mark() {
            tally.add(&mark.exemptions);
            continue;
        }
        for text in texts(line) {
            text.passages().iter().for_each(|one| tally.add(one));
        }
        for mark in marks(line) {
            tally.add(&mark.exemptions);
        }
    }
    tally
}

/// The texts of an action that a sheet prints.
fn texts<'l, E: Edition>(line: &'l Line<'_, '_, E>) -> Vec<&'l Text<E>> {
    let standing = &line.standing;
    let parts = line.entry.parts().iter().filter_map(|row| match row {
        Row::Open(part) => Some(&part.text),
        Row::Withheld(_) => None,
    });
    let owners = standing.owners.iter();
    let owners = owners.flat_map(|party| party.name.iter().chain(&party.body).chain(&party.role));
    let reasons = standing
        .redatings
        .iter()
        .filter_map(|one| one.to.written.reason.as_ref());
    let original = standing.original_due.iter();
    let original = original.filter(|_| !standing.redatings.is_empty());
    let dues = original.chain(&standing.due);
    let dues = dues.map(|due| &due.written.written);
    let said = standing.last_update.map(|event| &event.said);
    let update = said.filter(|said| said.mark().is_none());
    let next = update.map_or(&[][..], |said| said.next_actions());
    let mut texts: Vec<&Text<E>> = line.entry.text().into_iter().collect();
    texts.extend(parts);
    texts.extend(owners);
    texts.extend(reasons);
    texts.extend(dues);
    texts.extend(standing.condition);
    texts.extend(update.and_then(|said| said.text()));
    texts.extend(next.iter().map(|next| &next.text));
    texts
}

/// The marks of what is withheld whole within an action.
fn marks<'l, E: Edition>(line: &'l Line<'_, '_, E>) -> impl Iterator<Item = &'l Mark<E>> {
    let parts = line.entry.parts().iter().filter_map(Row::mark);
    let update = line.standing.last_update;
    parts.chain(update.and_then(|event| event.said.mark()))
}

/// "1 day", "3 days".
pub(super) fn counted(count: i64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

/// "re-dated twice"; nothing for never.
pub(super) fn times(what: &str, count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("{what} once")),
        2 => Some(format!("{what} twice")),
        count => Some(format!("{what} {count} times")),
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
