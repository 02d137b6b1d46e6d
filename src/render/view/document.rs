//! What every part of a document's view is written with.

use super::about::About;
use super::people::and;
use super::{DecisionView, Label, PaperView, PartView};
use crate::model::action::{Part, Rag, State};
use crate::model::due::Due;
use crate::model::meeting::{Decision, Meeting, MeetingName, Paper};
use crate::model::outline::letters;
use crate::model::text::Text;
use crate::model::withheld::{Mark, Row};
use crate::model::{Edition, date::Date, date::Time};
use crate::render::dates::{self, Printed};
use crate::render::format::{Format, Ready};
use crate::render::library::Library;
use crate::render::prose::Writer;
use chrono::NaiveDate;

/// Writes one document: knows its book, its day, and its format.
pub(super) struct Scribe<'s, 'b, E: Edition> {
    pub(super) writer: &'s Writer<'s>,
    pub(super) library: &'s Library<'b, E>,
    pub(super) about: &'s About<'s, E>,
    /// The day that decides which posts people have.
    pub(super) day: Option<NaiveDate>,
}

impl<E: Edition> Clone for Scribe<'_, '_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Edition> Copy for Scribe<'_, '_, E> {}

impl<E: Edition> Scribe<'_, '_, E> {
    /// The same on another day, when people may have had other posts.
    pub(super) fn on(&self, day: Option<NaiveDate>) -> Self {
        Scribe {
            day: day.or(self.day),
            ..*self
        }
    }

    /// Words of our own.
    pub(super) fn plain(&self, words: &str) -> Ready {
        self.writer.plain(words)
    }

    /// A text as blocks, where there is one.
    pub(super) fn block(&self, text: Option<&Text<E>>) -> Option<Ready> {
        text.filter(|text| !text.is_empty())
            .map(|text| self.writer.block(text))
    }

    /// A text in one line, where there is one.
    pub(super) fn line(&self, text: Option<&Text<E>>) -> Option<Ready> {
        text.filter(|text| !text.is_empty())
            .map(|text| self.writer.line(text))
    }

    /// Texts, each in one line.
    pub(super) fn lines<'t>(&self, texts: impl IntoIterator<Item = &'t Text<E>>) -> Vec<Ready>
    where
        E: 't,
    {
        texts
            .into_iter()
            .map(|text| self.writer.line(text))
            .collect()
    }

    pub(super) fn printed(&self, printed: Printed<'_, E>) -> Ready {
        match printed {
            Printed::Ours(words) => self.plain(&words),
            Printed::Theirs(text) => self.writer.line(text),
        }
    }

    pub(super) fn date(&self, date: &Date<E>) -> Ready {
        self.printed(dates::date(date, false))
    }

    pub(super) fn full_date(&self, date: &Date<E>) -> Ready {
        self.printed(dates::date(date, true))
    }

    pub(super) fn time(&self, time: &Time<E>) -> Ready {
        self.printed(dates::time_of_day(time))
    }

    pub(super) fn meeting_name(&self, name: &MeetingName<E>) -> Ready {
        match name.meeting {
            Some(reference) => self.plain(&dates::meeting(reference)),
            None => self.writer.line(&name.written),
        }
    }

    /// A due date: as written, with the day that it comes to. `of` is the meeting at which it was set.
    pub(super) fn due(&self, due: &Due<E>, of: &Meeting<E>) -> Ready {
        self.due_from(due, of.date.day(), of.series.as_deref())
    }

    /// A due date that counts from a day.
    pub(super) fn due_from(
        &self,
        due: &Due<E>,
        set: Option<NaiveDate>,
        series: Option<&str>,
    ) -> Ready {
        let words = self.due_words(due, set, series);
        match self.line(due.reason.as_ref()) {
            Some(reason) => Ready::made(format!("{}; {}", words.as_str(), reason.as_str())),
            None => words,
        }
    }

    /// A due date without the reason for a change of it.
    pub(super) fn due_words(
        &self,
        due: &Due<E>,
        set: Option<NaiveDate>,
        series: Option<&str>,
    ) -> Ready {
        let computed = due
            .rule
            .day(set, |reference| self.library.day_of(series, reference));
        self.due_on(due, computed)
    }

    /// A due date with the day that was computed of it.
    pub(super) fn due_on(&self, due: &Due<E>, computed: Option<NaiveDate>) -> Ready {
        let printed = dates::due(due, computed);
        let mut text = self.plain(printed.before).as_str().to_owned();
        text.push_str(self.printed(printed.words).as_str());
        if let Some(computed) = printed.computed {
            text.push_str(&format!(" ({})", self.plain(&computed).as_str()));
        }
        Ready::made(text)
    }

    /// Why something is withheld, who decided it and when: for the internal edition alone.
    pub(super) fn record(&self, mark: Option<&Mark<E>>) -> Option<Ready> {
        let record = E::open(&mark?.record)?.as_ref()?;
        let texts = [&record.reason, &record.public_interest, &record.by];
        self.reason(texts, record.date.as_ref())
    }

    /// Reason, public interest test, who decided and when, as far as they were recorded.
    pub(super) fn reason(
        &self,
        [reason, public_interest, by]: [&Option<Text>; 3],
        date: Option<&Date>,
    ) -> Option<Ready> {
        let line = |text: &Text| self.writer.line(text).as_str().to_owned();
        let date = date.map(|date| match date.day() {
            Some(day) => self.plain(&dates::day(day)).as_str().to_owned(),
            None => line(&date.written),
        });
        let parts = [
            ("Reason", reason.as_ref().map(line)),
            ("Public interest", public_interest.as_ref().map(line)),
            ("Decided by", by.as_ref().map(line)),
            ("Decided on", date),
        ];
        let parts = parts
            .into_iter()
            .filter_map(|(label, words)| words.map(|words| format!("{label}: {words}")));
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| Ready::made(parts.join("; ")))
    }

    pub(super) fn label(&self, word: &str, tint: &'static str) -> Label {
        Label {
            word: self.plain(word),
            tint,
        }
    }

    /// Papers, each with its link or without.
    pub(super) fn papers(&self, papers: &[Paper<E>]) -> Vec<PaperView> {
        let view = |paper: &Paper<E>| PaperView {
            title: self.writer.line(&paper.title),
            link: paper
                .link
                .as_deref()
                .filter(|link| is_safe(link))
                .map(|link| self.plain(link)),
        };
        papers.iter().map(view).collect()
    }

    /// A decision; `anchor` and `name` are those of what it belongs to.
    pub(super) fn decision(
        &self,
        decision: &Decision<E>,
        anchor: Ready,
        name: Ready,
    ) -> DecisionView {
        DecisionView {
            reference: decision
                .reference
                .as_ref()
                .map(|reference| self.writer.title(reference)),
            text: self.writer.block(&decision.text),
            line: self.writer.line(&decision.text),
            reason: self.block(decision.reason.as_ref()),
            reason_line: self.line(decision.reason.as_ref()),
            significant: decision.significant,
            by: self.parties(&decision.by),
            voting: self.voting(decision),
            item_anchor: anchor,
            item: name,
        }
    }

    fn voting(&self, decision: &Decision<E>) -> Option<Ready> {
        let mut parts = Vec::new();
        let people = [
            ("Proposed by", &decision.proposer),
            ("seconded by", &decision.seconder),
        ];
        for (word, party) in people {
            if let Some(party) = party {
                parts.push(format!("{word} {}", self.short(party).as_str()));
            }
        }
        if let Some(votes) = &decision.votes {
            let counts = [
                ("for", &votes.in_favour),
                ("against", &votes.against),
                ("abstained", &votes.abstained),
            ];
            let counts: Vec<String> = counts
                .into_iter()
                .filter_map(|(word, text)| {
                    Some(format!("{} {word}", self.line(text.as_ref())?.as_str()))
                })
                .collect();
            if !counts.is_empty() {
                parts.push(and(&counts));
            }
        }
        (!parts.is_empty()).then(|| Ready::made(parts.join("; ")))
    }

    /// Parts of an action that was set on a day, in a series.
    pub(super) fn part_views(
        &self,
        rows: &[Row<E, Part<E>>],
        set: Option<NaiveDate>,
        series: Option<&str>,
    ) -> Vec<PartView> {
        let mut parts = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let part = row.known();
            let label = part.and_then(|part| part.label.as_ref());
            parts.push(PartView {
                label: match label {
                    Some(label) => self.writer.title(label),
                    None => self.plain(&letters(at as u32 + 1)),
                },
                withheld: row.mark().map(|mark| self.writer.mark(&mark.exemptions)),
                record: self.record(row.mark()),
                line: part
                    .map(|part| self.writer.line(&part.text))
                    .unwrap_or_default(),
                outcomes: part
                    .map(|part| self.lines(&part.outcomes))
                    .unwrap_or_default(),
                owner: part.and_then(|part| self.parties(&part.owner)),
                due: part
                    .and_then(|part| part.due.as_ref())
                    .map(|due| self.due_from(due, set, series)),
                sources: Vec::new(),
                rag: part
                    .and_then(|part| part.rag)
                    .map(|rag| self.rag(Some(rag))),
            });
        }
        parts
    }

    /// A rating as a word on its tint.
    pub(super) fn rag(&self, rag: Option<Rag>) -> Label {
        match rag {
            Some(rag) => self.label(rag.label(), rag_tint(rag)),
            None => self.label("Not rated", "grey"),
        }
    }

    /// A link to something in the document. Markdown has no anchors, so that the words stand alone there.
    pub(super) fn link(&self, anchor: &str, words: &Ready) -> Ready {
        let anchor = self.plain(anchor);
        match self.writer.format {
            Format::Html => Ready::made(format!(
                "<a href=\"#{}\">{}</a>",
                anchor.as_str(),
                words.as_str()
            )),
            Format::Markdown => words.clone(),
        }
    }
}

/// The tint of a state.
pub(crate) fn tint(state: State) -> &'static str {
    match state {
        State::Open => "blue",
        State::Retained => "amber",
        State::Proposed => "yellow",
        State::Discharged => "green",
        State::Superseded | State::Merged | State::Withdrawn => "grey",
    }
}

/// The tint of a rating.
pub(crate) fn rag_tint(rag: Rag) -> &'static str {
    match rag {
        Rag::Red => "red",
        Rag::Amber => "amber",
        Rag::Green => "green",
    }
}

/// Whether a link of a paper may be followed: to a web page, or to a file within the book.
pub(super) fn is_safe(link: &str) -> bool {
    let scheme = link.split(':').next().unwrap_or("").to_ascii_lowercase();
    match link.contains(':') {
        true => matches!(scheme.as_str(), "http" | "https"),
        false => {
            !link.starts_with(['/', '\\']) && !link.split(['/', '\\']).any(|part| part == "..")
        }
    }
}
