//! The view of a meeting's notes.

use super::document::Scribe;
use super::frame::iso;
use super::{ActionView, AttendanceRow, DecisionView, Fact, ItemView, MeetingPage};
use crate::model::Edition;
use crate::model::meeting::{Attendee, Interests, Meeting};
use crate::model::outline::Outline;
use crate::model::party::Party;
use crate::model::settings::Series;
use crate::model::text::Text;
use crate::render::dates;
use crate::render::format::{Format, Ready};
use chrono::Datelike;
use serde_json::json;
use std::ops::Deref;

/// Makes the view of a meeting.
pub(super) fn page<E: Edition>(
    scribe: &Scribe<'_, '_, E>,
    meeting: &Meeting<E>,
    outline: &Outline,
) -> MeetingPage {
    Minutes {
        scribe: *scribe,
        meeting,
    }
    .page(outline)
}

/// The title without markup: the meeting's own, or the series' with the month.
pub(super) fn plain_title<E: Edition>(scribe: &Scribe<'_, '_, E>, meeting: &Meeting<E>) -> String {
    if let Some(title) = &meeting.title {
        return scribe.writer.words(title);
    }
    let series = scribe.library.series(meeting);
    let series = series.map_or_else(|| "Meeting".to_owned(), |series| series.title.words());
    match scribe.day {
        Some(day) => format!("{series}, {}", dates::month(day.year(), day.month())),
        None => series,
    }
}

/// Writes the notes of one meeting.
pub(super) struct Minutes<'s, 'b, E: Edition> {
    scribe: Scribe<'s, 'b, E>,
    pub(super) meeting: &'s Meeting<E>,
}

impl<'s, 'b, E: Edition> Deref for Minutes<'s, 'b, E> {
    type Target = Scribe<'s, 'b, E>;

    fn deref(&self) -> &Self::Target {
        &self.scribe
    }
}

impl<E: Edition> Minutes<'_, '_, E> {
    /// The title of the series in its own language, and the month in ours.
    fn title_of_series(&self, series: Option<&Series<E>>) -> Ready {
        let Some(series) = series else {
            return self.plain(&plain_title(self, self.meeting));
        };
        let title = self.writer.spoken(&series.title.words());
        let title = title.as_str();
        Ready::made(match self.day {
            Some(day) => format!("{title}, {}", dates::month(day.year(), day.month())),
            None => title.to_owned(),
        })
    }

    fn page(&self, outline: &Outline) -> MeetingPage {
        let meeting = self.meeting;
        let series = self.library.series(meeting);
        let title = match &meeting.title {
            Some(title) => self.writer.title(title),
            None => self.title_of_series(series),
        };
        // In the order of the page, so that an abbreviation is explained where a reader meets it first.
        let facts = self.facts(series);
        let attendance = self.attendance();
        let apologies = self.apologies();
        let previous_notes = self.previous_notes();
        let interests = self.interests();
        let purpose = self.block(meeting.purpose.as_ref());
        let items = self.items(&meeting.items, &outline.items);
        let own_actions = self.actions(&meeting.actions, &outline.actions);
        let closing = self.block(meeting.closing.as_ref());
        let next = self.next_meeting();
        let next_text = meeting
            .next_meeting
            .as_ref()
            .and_then(|next| self.block(next.text.as_ref()));
        let mut actions = Vec::new();
        let mut decisions = Vec::new();
        collect(&items, &mut actions, &mut decisions);
        actions.extend(own_actions.iter().cloned());
        let versions = match self.published().is_empty() {
            true => Vec::new(),
            false => self.versions(),
        };
        let plain_title = plain_title(self, meeting);
        let json_ld = self.json_ld(&plain_title, series);
        MeetingPage {
            frame: self.frame(title, &plain_title, json_ld),
            facts,
            attendance,
            apologies,
            previous_notes,
            interests,
            purpose,
            items,
            actions_label: self.labels(|labels| labels.actions.as_ref(), "Actions"),
            own_actions,
            actions,
            owners_label: self.labels(|labels| labels.owners.as_ref(), "Owner"),
            due_label: self.labels(|labels| labels.due.as_ref(), "Due"),
            decisions,
            closing,
            next_meeting: next,
            next_meeting_text: next_text,
            versions,
        }
    }

    fn facts(&self, series: Option<&Series<E>>) -> Vec<Fact> {
        let meeting = self.meeting;
        let mut facts = Vec::new();
        let mut date = self.full_date(&meeting.date).as_str().to_owned();
        let time = meeting
            .time
            .as_ref()
            .or(series.and_then(|series| series.time.as_ref()));
        let has_time = time.is_some();
        if let Some(time) = time {
            date.push_str(&format!(", {}", self.time(time).as_str()));
        }
        if let Some(ended) = &meeting.ended {
            // Without a beginning, "to" would say nothing.
            let joint = if has_time { " to" } else { ", ended" };
            date.push_str(&format!("{joint} {}", self.time(ended).as_str()));
        }
        facts.push(self.fact("Date", Ready::made(date)));
        let mut add = |label: Ready, value: Option<Ready>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                facts.push(Fact { label, value });
            }
        };
        let venue = meeting
            .venue
            .as_ref()
            .or(series.and_then(|series| series.venue.as_ref()));
        add(self.plain("Venue"), self.line(venue));
        let chair = self.chair(series);
        add(self.plain("Chair"), chair.map(|party| self.long(party)));
        let note_taker = meeting
            .note_taker
            .as_ref()
            .or(series.and_then(|series| series.note_taker.as_ref()));
        let label = self.labels(|labels| labels.note_taker.as_ref(), "Note taker");
        add(label, note_taker.map(|party| self.long(party)));
        add(
            self.plain("Type"),
            self.capitalised(meeting.meeting_type.as_ref()),
        );
        add(self.plain("Theme"), self.line(meeting.theme.as_ref()));
        add(self.plain("Quorum"), self.line(meeting.quorum.as_ref()));
        facts.extend(self.published_facts());
        facts
    }

    fn chair<'c>(&'c self, series: Option<&'c Series<E>>) -> Option<&'c Party<E>> {
        self.meeting
            .chair
            .as_ref()
            .or(series.and_then(|series| series.chair.as_ref()))
    }

    /// A word that stands alone begins with a capital.
    fn capitalised(&self, text: Option<&Text<E>>) -> Option<Ready> {
        let line = self.line(text)?;
        let mut chars = line.as_str().chars();
        let first = chars.next()?;
        Some(Ready::made(format!(
            "{}{}",
            first.to_uppercase(),
            chars.as_str()
        )))
    }

    fn attendance(&self) -> Vec<AttendanceRow> {
        let meeting = self.meeting;
        let lists: [(&Option<Vec<Attendee<E>>>, &str); 3] = [
            (&meeting.attendance, "Present"),
            (&meeting.in_attendance, "In attendance"),
            (&meeting.apologies, "Apologies"),
        ];
        let rows = lists.into_iter().flat_map(|(list, status)| {
            list.iter()
                .flatten()
                .map(move |attendee| (attendee, status))
        });
        rows.map(|(attendee, status)| self.attendee(attendee, status))
            .collect()
    }

    fn apologies(&self) -> Option<Ready> {
        match self.meeting.apologies.as_deref() {
            None => Some(self.plain("None recorded")),
            Some([]) => Some(self.plain("None")),
            Some(_) => None,
        }
    }

    fn previous_notes(&self) -> Vec<Ready> {
        let Some(previous) = &self.meeting.previous_notes else {
            return Vec::new();
        };
        let of = previous.meeting.as_ref().map_or_else(
            || "The notes of the previous meeting".to_owned(),
            |name| {
                format!(
                    "The notes of the meeting of {}",
                    self.meeting_name(name).as_str()
                )
            },
        );
        let by = previous
            .by
            .as_ref()
            .map(|by| format!(" by {}", self.the(by).as_str()))
            .unwrap_or_default();
        let verdict = match (previous.approved, &previous.amendments) {
            (true, None) => format!("were approved{by}."),
            (true, Some(_)) => format!("were approved{by} with these amendments:"),
            (false, None) => format!("were not approved{by} at this meeting."),
            (false, Some(_)) => {
                format!("were not approved{by} at this meeting. Amendments were asked for:")
            }
        };
        let sentence = self.sentence(&format!("{of} {verdict}"));
        std::iter::once(sentence)
            .chain(self.block(previous.amendments.as_ref()))
            .collect()
    }

    fn interests(&self) -> Vec<Ready> {
        match &self.meeting.interests {
            None => Vec::new(),
            Some(Interests::None) => vec![self.sentence("None")],
            Some(Interests::Declared(declared)) => declared
                .iter()
                .flat_map(|interest| {
                    let by = interest
                        .by
                        .as_ref()
                        .map(|by| self.sentence(&self.strong(&self.short(by))));
                    let text = self.block(Some(&interest.text));
                    [by, text, self.block(interest.response.as_ref())]
                })
                .flatten()
                .collect(),
        }
    }

    /// Words of our own that stand out.
    fn strong(&self, ready: &Ready) -> String {
        match self.writer.format {
            Format::Html => format!("<strong>{}</strong>", ready.as_str()),
            Format::Markdown => format!("**{}**", ready.as_str()),
        }
    }

    /// A sentence of our own as a paragraph; what is in it is ready for the format.
    fn sentence(&self, ready: &str) -> Ready {
        Ready::made(match self.writer.format {
            Format::Html => format!("<p>{ready}</p>"),
            Format::Markdown => ready.to_owned(),
        })
    }

    fn next_meeting(&self) -> Vec<Fact> {
        let Some(next) = &self.meeting.next_meeting else {
            return Vec::new();
        };
        let facts = [
            ("Date", next.date.as_ref().map(|date| self.full_date(date))),
            ("Time", next.time.as_ref().map(|time| self.time(time))),
            ("Venue", self.line(next.venue.as_ref())),
            ("Type", self.capitalised(next.meeting_type.as_ref())),
            ("Theme", self.line(next.theme.as_ref())),
        ];
        facts
            .into_iter()
            .filter_map(|(label, value)| Some(self.fact(label, value?)))
            .collect()
    }

    /// The meeting for machines, as schema.org has it.
    fn json_ld(&self, title: &str, series: Option<&Series<E>>) -> serde_json::Value {
        let meeting = self.meeting;
        let time = meeting
            .time
            .as_ref()
            .or(series.and_then(|series| series.time.as_ref()));
        let begins = time.and_then(|time| time.value);
        let at = |day, time: chrono::NaiveTime| format!("{}T{}", iso(day), time.format("%H:%M"));
        let start = self
            .day
            .map(|day| begins.map_or_else(|| iso(day), |time| at(day, time)));
        // One that ends before it begins went on past midnight, or is mistyped.
        let ended = meeting.ended.as_ref().and_then(|time| time.value);
        let ended = ended.filter(|end| begins.is_some_and(|begin| begin < *end));
        let end = self.day.zip(ended).map(|(day, time)| at(day, time));
        let venue = meeting
            .venue
            .as_ref()
            .or(series.and_then(|series| series.venue.as_ref()));
        json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": title,
            "startDate": start,
            "endDate": end,
            "location": venue.map(|venue| json!({ "@type": "Place", "name": venue.words() })),
            "organizer": self.organisation(),
            "subjectOf": self.digital_document(title),
        })
    }
}

/// The actions and decisions of all items, in the order of the document.
fn collect(items: &[ItemView], actions: &mut Vec<ActionView>, decisions: &mut Vec<DecisionView>) {
    for item in items {
        for question in &item.questions {
            actions.extend(question.actions.iter().cloned());
            decisions.extend(question.decisions.iter().cloned());
        }
        actions.extend(item.actions.iter().cloned());
        decisions.extend(item.decisions.iter().cloned());
        collect(&item.items, actions, decisions);
    }
}
