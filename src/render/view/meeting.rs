//! The view of a meeting's notes.

use super::document::Scribe;
use super::people::and;
use super::{
    ActionView, AttendanceRow, DecisionView, Fact, ItemView, Label, LogoView, MeetingPage, Notice,
};
use crate::edition::{Shelved, Tally};
use crate::model::Edition;
use crate::model::exemption::ExemptionNames;
use crate::model::meeting::{Attendee, Interests, Status};
use crate::model::outline::Outline;
use crate::model::party::Party;
use crate::model::settings::{self, Labels, Series};
use crate::model::text::Text;
use crate::render::abbreviations::Abbreviations;
use crate::render::dates;
use crate::render::format::{Format, Ready};
use crate::render::library::Library;
use crate::render::pdf::{Colour, Furniture, Paper};
use crate::render::prose::Writer;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike, NaiveDate};
use serde_json::json;

/// Makes the view of a meeting for a format.
pub(in crate::render) fn meeting<E: Edition>(
    shelved: &Shelved<'_, E>,
    library: &Library<'_, E>,
    format: Format,
) -> MeetingPage {
    let meeting = shelved.meeting;
    let series = library.series(meeting);
    let outline = Outline::of(meeting, series);
    let abbreviations = Abbreviations::of(library.settings, meeting);
    let writer = Writer {
        format,
        abbreviations: &abbreviations,
        outline: &outline,
        exemptions: &library.exemptions,
    };
    let scribe = Scribe {
        writer: &writer,
        library,
        meeting,
        day: meeting.date.day(),
    };
    scribe.page(series, &outline, &shelved.withheld)
}

/// What stands on every page of the PDF.
pub(in crate::render) fn furniture<E: Edition>(
    shelved: &Shelved<'_, E>,
    library: &Library<'_, E>,
) -> Furniture {
    let meeting = shelved.meeting;
    let settings = library.settings;
    let series = library.series(meeting);
    let outline = Outline::default();
    let abbreviations = Abbreviations::of(settings, meeting);
    let writer = Writer {
        format: Format::Html,
        abbreviations: &abbreviations,
        outline: &outline,
        exemptions: &library.exemptions,
    };
    let scribe = Scribe {
        writer: &writer,
        library,
        meeting,
        day: meeting.date.day(),
    };
    let status = meeting.status.unwrap_or(Status::Draft);
    let approved = meeting
        .approved
        .as_ref()
        .and_then(|approval| approval.date.as_ref());
    let version = match approved.and_then(|date| date.day()) {
        Some(day) if status == Status::Approved => format!("Approved {}", dates::day(day)),
        Some(day) => format!("{}, approved {}", status.label(), dates::day(day)),
        None => status.label().to_owned(),
    };
    let classification = meeting
        .classification
        .as_ref()
        .or(settings.classification.as_ref());
    let watermark = match (E::INTERNAL, status) {
        (true, _) => Some("INTERNAL".to_owned()),
        (false, Status::Draft) => Some("DRAFT".to_owned()),
        (false, _) => None,
    };
    let look = settings.look.as_ref();
    Furniture {
        short_title: scribe.plain_title(series),
        classification: classification.map(|text| text.words()),
        version: Some(version),
        watermark,
        accent: look
            .and_then(|look| look.accent.as_deref())
            .and_then(colour),
        paper: match look.and_then(|look| look.paper) {
            Some(settings::Paper::Letter) => Paper::Letter,
            Some(settings::Paper::A4) | None => Paper::A4,
        },
        typefaces: library.typefaces.clone(),
        text_size: look.and_then(|look| Some(look.text_size?.number().into())),
        line_length: look.and_then(|look| Some(look.line_length?.number())),
        ..Furniture::default()
    }
}

impl<E: Edition> Scribe<'_, '_, E> {
    fn page(&self, series: Option<&Series<E>>, outline: &Outline, withheld: &Tally) -> MeetingPage {
        let settings = self.library.settings;
        let meeting = self.meeting;
        let title = self.title(series);
        // In the order of the page, so that an abbreviation is explained where a reader meets it first.
        let facts = self.facts(series);
        let attendance = self.attendance();
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
        let classification = meeting
            .classification
            .as_ref()
            .or(settings.classification.as_ref());
        let mut actions = Vec::new();
        let mut decisions = Vec::new();
        collect(&items, &mut actions, &mut decisions);
        actions.extend(own_actions.iter().cloned());
        let plain_title = self.plain_title(series);
        MeetingPage {
            language: self.plain(settings.language()),
            title,
            title_plain: self.plain(&plain_title),
            organisation_plain: self.plain(&self.writer.words(&settings.organisation.name)),
            organisation: self.writer.title(&settings.organisation.name),
            website: settings
                .organisation
                .website
                .as_deref()
                .map(|website| self.plain(website)),
            logo: self.logo(),
            classification: classification.map(|text| self.plain(&text.words().to_uppercase())),
            accent: settings
                .look
                .as_ref()
                .and_then(|look| look.accent.as_deref())
                .filter(|accent| colour(accent).is_some())
                .map(Ready::made),
            internal: E::INTERNAL,
            status: self.status(),
            version: self.approval(),
            notices: self.notices(withheld),
            facts,
            attendance,
            apologies: self.apologies(),
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
            glossary: self.glossary(),
            metadata: self.metadata(&plain_title),
            json_ld: Ready::made(self.json_ld(&plain_title, series)),
        }
    }

    fn logo(&self) -> Option<LogoView> {
        let logo = self.library.logo?;
        let data = STANDARD.encode(&logo.bytes);
        Some(LogoView {
            src: Ready::made(format!("data:{};base64,{data}", logo.media_type)),
            alt: self.plain(&logo.alt),
        })
    }

    fn title(&self, series: Option<&Series<E>>) -> Ready {
        match &self.meeting.title {
            Some(title) => self.writer.title(title),
            None => self.plain(&self.plain_title(series)),
        }
    }

    /// The title without markup: the meeting's own, or the series' with the month.
    fn plain_title(&self, series: Option<&Series<E>>) -> String {
        if let Some(title) = &self.meeting.title {
            return self.writer.words(title);
        }
        let series = series.map_or_else(|| "Meeting".to_owned(), |series| series.title.words());
        match self.day {
            Some(day) => format!("{series}, {}", dates::month(day.year(), day.month())),
            None => series,
        }
    }

    /// A printed label: the meeting's own, the series', or the usual one.
    pub(super) fn labels(
        &self,
        label: impl Fn(&Labels<E>) -> Option<&Text<E>>,
        usual: &str,
    ) -> Ready {
        let series = self.library.series(self.meeting);
        let own = self.meeting.labels.as_ref().and_then(&label);
        let found = own.or_else(|| {
            series
                .and_then(|series| series.labels.as_ref())
                .and_then(&label)
        });
        found.map_or_else(|| self.plain(usual), |text| self.writer.title(text))
    }

    fn status(&self) -> Label {
        match self.meeting.status.unwrap_or(Status::Draft) {
            Status::Draft => self.label("Draft", "yellow"),
            Status::Approved => self.label("Approved", "blue"),
            Status::Published => self.label("Published", "green"),
        }
    }

    fn approval(&self) -> Option<Ready> {
        let approval = self.meeting.approved.as_ref()?;
        let mut text = "Approved".to_owned();
        if let Some(by) = &approval.by {
            text.push_str(&format!(" by {}", self.the(by).as_str()));
        }
        if let Some(date) = &approval.date {
            text.push_str(&format!(" on {}", self.date(date).as_str()));
        }
        Some(Ready::made(text))
    }

    fn notices(&self, withheld: &Tally) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut add = |kind, title: &str, text: &str| {
            notices.push(Notice {
                kind,
                title: self.plain(title),
                text: self.plain(text),
            });
        };
        if E::INTERNAL {
            add(
                "internal",
                "INTERNAL",
                "This edition contains withheld text. Do not publish it or pass it on.",
            );
        }
        if self.meeting.status.unwrap_or(Status::Draft) == Status::Draft {
            add(
                "draft",
                "Draft",
                "These notes have not been approved and may change.",
            );
        }
        if self.meeting.extract {
            add(
                "extract",
                "Extract",
                "This is a part of the notes. Other parts of the meeting are not shown.",
            );
        }
        if withheld.total > 0 {
            add(
                "edited",
                if E::INTERNAL {
                    "To be edited"
                } else {
                    "Edited"
                },
                &edited(withheld, &self.library.exemptions, E::INTERNAL),
            );
        }
        notices
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
        facts
    }

    fn chair<'c>(&'c self, series: Option<&'c Series<E>>) -> Option<&'c Party<E>> {
        self.meeting
            .chair
            .as_ref()
            .or(series.and_then(|series| series.chair.as_ref()))
    }

    fn fact(&self, label: &str, value: Ready) -> Fact {
        Fact {
            label: self.plain(label),
            value,
        }
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

    fn glossary(&self) -> Vec<Fact> {
        let used = self.writer.abbreviations.used();
        used.into_iter()
            .map(|(short, long)| self.fact(&short, self.plain(&long)))
            .collect()
    }

    fn metadata(&self, title: &str) -> Vec<Fact> {
        let settings = self.library.settings;
        let organisation = settings.organisation.name.words();
        let mut metadata = vec![
            ("dcterms.title", title.to_owned()),
            ("dcterms.creator", organisation.clone()),
            ("dcterms.publisher", organisation),
            ("dcterms.language", settings.language().to_owned()),
            ("dcterms.type", "Text".to_owned()),
        ];
        metadata.extend(self.day.map(|day| ("dcterms.date", iso(day))));
        let approved = self
            .meeting
            .approved
            .as_ref()
            .and_then(|approval| approval.date.as_ref());
        metadata.extend(
            approved
                .and_then(|date| date.day())
                .map(|day| ("dcterms.dateAccepted", iso(day))),
        );
        metadata
            .into_iter()
            .map(|(name, value)| self.fact(name, self.plain(&value)))
            .collect()
    }

    /// The meeting for machines, as schema.org has it.
    fn json_ld(&self, title: &str, series: Option<&Series<E>>) -> String {
        let meeting = self.meeting;
        let settings = self.library.settings;
        let organisation = json!({
            "@type": "GovernmentOrganization",
            "name": settings.organisation.name.words(),
            "url": settings.organisation.website.as_deref(),
        });
        let time = meeting
            .time
            .as_ref()
            .or(series.and_then(|series| series.time.as_ref()));
        let start = self.day.map(|day| match time.and_then(|time| time.value) {
            Some(time) => format!("{}T{}", iso(day), time.format("%H:%M")),
            None => iso(day),
        });
        let venue = meeting
            .venue
            .as_ref()
            .or(series.and_then(|series| series.venue.as_ref()));
        let document = json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": title,
            "startDate": start,
            "location": venue.map(|venue| json!({ "@type": "Place", "name": venue.words() })),
            "organizer": organisation,
            "subjectOf": {
                "@type": "DigitalDocument",
                "name": title,
                "inLanguage": settings.language(),
                "publisher": organisation,
                "creativeWorkStatus": self.status().word.as_str(),
            },
        });
        without_nulls(document)
            .to_string()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
    }
}

fn without_nulls(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(object) => object
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        other => other,
    }
}

fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A colour that is written as `#rrggbb`; anything else could not be set in a style sheet.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The notice on an edited document: how much is withheld, and under which exemptions (ICO guidance on minutes).
fn edited(withheld: &Tally, names: &ExemptionNames, internal: bool) -> String {
    let passages = match withheld.total {
        1 => "1 passage".to_owned(),
        total => format!("{total} passages"),
    };
    let verb = match (internal, withheld.total) {
        (false, 1) => "has been withheld from these notes",
        (false, _) => "have been withheld from these notes",
        (true, 1) => "is withheld from the public edition of these notes",
        (true, _) => "are withheld from the public edition of these notes",
    };
    let mut sections = Vec::new();
    let mut others = Vec::new();
    for (exemption, count) in &withheld.by_exemption {
        let words = names.words(std::slice::from_ref(exemption));
        match words.starts_with("section ") {
            true => sections.push(format!("{count} under {words}")),
            false => others.push(format!("{words}, {count}")),
        }
    }
    // Not "section 31 (2)", which would be a subsection.
    let mut reasons = Vec::new();
    if !sections.is_empty() {
        let sections = and(&sections);
        reasons.push(format!("{sections} of the Freedom of Information Act 2000"));
    }
    reasons.extend(others);
    format!("{passages} {verb}: {}.", reasons.join("; "))
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
