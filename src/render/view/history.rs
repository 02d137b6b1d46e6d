//! What a document says of its own history: its versions, and when it was first published and last updated.

use super::Fact;
use super::document::Scribe;
use super::frame::capitalised;
use super::listing::fields::VersionView;
use crate::model::Edition;
use crate::model::date::Date;
use crate::model::meeting::Status;
use crate::model::releases::{FIRST, number};
use crate::model::tracker::Version;
use crate::render::dates;
use crate::render::format::Ready;
use chrono::NaiveDate;

impl<E: Edition> Scribe<'_, '_, E> {
    /// The versions that were published, the oldest first: from the one that says so, or from 1.0. Nothing for a document
    /// that is not published.
    pub(super) fn published(&self) -> &[Version<E>] {
        let versions = self.about.versions;
        if self.about.status != Status::Published {
            return &[];
        }
        let says_so = |version: &Version<E>| {
            let comment = version.comment.as_ref();
            comment.is_some_and(|comment| comment.source().trim() == FIRST)
        };
        let is_whole = |version: &Version<E>| {
            let written = version.number.as_ref();
            let number = written.and_then(|written| number(written.source()));
            number.is_some_and(|(major, _)| major > 0)
        };
        let first = versions.iter().position(says_so);
        let first = first.or_else(|| versions.iter().position(is_whole));
        first.map_or(&[], |first| &versions[first..])
    }

    /// The day on which it was first published.
    pub(super) fn issued(&self) -> Option<NaiveDate> {
        self.published().first()?.date.as_ref()?.day()
    }

    /// The day on which it was last changed for its readers.
    pub(super) fn modified(&self) -> Option<NaiveDate> {
        self.published().last()?.date.as_ref()?.day()
    }

    /// When it was published and updated.
    pub(super) fn published_facts(&self) -> Vec<Fact> {
        let day = |day: NaiveDate| self.plain(&dates::day(day));
        let first = self
            .issued()
            .map(|one| self.fact("First published", day(one)));
        let is_amended = self.published().len() > 1;
        let last = self.modified().filter(|_| is_amended);
        let last = last.map(|one| self.fact("Last updated", day(one)));
        first.into_iter().chain(last).collect()
    }

    /// What an amended document says above its content: what changed last, and when.
    pub(super) fn amendment(&self) -> Option<Ready> {
        let [first, .., last] = self.published() else {
            return None;
        };
        let on = |version: &Version<E>| {
            let day = version.date.as_ref().and_then(Date::day);
            day.map_or_else(String::new, |day| format!(" on {}", dates::day(day)))
        };
        let have = if self.about.is_plural { "were" } else { "was" };
        let words = format!(
            "{} {have} first published{} and amended{}. ",
            capitalised(self.about.this),
            on(first),
            on(last)
        );
        let words = self.plain(&words).as_str().to_owned();
        let note = self.line(last.comment.as_ref()).unwrap_or_default();
        Some(Ready::made(format!("{words}{}", note.as_str())))
    }

    /// The table of versions.
    pub(super) fn versions(&self) -> Vec<VersionView> {
        self.about
            .versions
            .iter()
            .map(|one| self.version_row(one))
            .collect()
    }

    fn version_row(&self, version: &Version<E>) -> VersionView {
        let on = self.on(version.date.as_ref().and_then(Date::day));
        VersionView {
            number: self.line(version.number.as_ref()),
            date: version.date.as_ref().map(|date| self.date(date)),
            time: version.time.as_ref().map(|time| self.time(time)),
            circulation: self.line(version.circulation.as_ref()),
            comment: self.line(version.comment.as_ref()),
            author: on.parties(&version.author),
        }
    }
}
