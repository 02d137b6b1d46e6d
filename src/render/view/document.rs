//! What every part of a document's view is written with.

use crate::model::due::Due;
use crate::model::meeting::{Meeting, MeetingName};
use crate::model::text::Text;
use crate::model::{Edition, date::Date, date::Time};
use crate::render::dates::{self, Printed};
use crate::render::format::Ready;
use crate::render::library::Library;
use crate::render::prose::Writer;
use chrono::NaiveDate;

/// Writes one document: knows its book, its day, and its format.
pub(super) struct Scribe<'s, 'b, E: Edition> {
    pub(super) writer: &'s Writer<'s>,
    pub(super) library: &'s Library<'b, E>,
    pub(super) meeting: &'s Meeting<E>,
    pub(super) day: Option<NaiveDate>,
}

impl<E: Edition> Scribe<'_, '_, E> {
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
        let printed = dates::due(due, computed);
        let mut text = self.plain(printed.before).as_str().to_owned();
        text.push_str(self.printed(printed.words).as_str());
        if let Some(computed) = printed.computed {
            text.push_str(&format!(" ({})", self.plain(&computed).as_str()));
        }
        Ready::made(text)
    }
}
