//! `releases.yaml`: what was published, and when. The program writes it, and only ever adds to it. What a document said
//! when it was published is kept beside it, in the folder `releases`.

use super::date::Date;
use super::meeting::Status;
use super::record::record;
use super::tracker::Version;
use super::word::Word;
use super::{Book, transcript};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

record! {
    /// What was published of a book.
    "releases.yaml" struct Releases<E> {
        /// `releases`.
        kind: Word,
        /// Files that were renamed since, so that their history goes on under the new name.
        renamed: Vec<Renamed>,
        /// The releases, the oldest first.
        releases: Vec<Release<E>>,
    }
}

record! {
    /// One published version of a document.
    "a release" struct Release<E> {
        /// The file of the document when it was published, from the book's root.
        file: Word,
        /// The number of the version.
        version: Word,
        /// The day.
        date: Date<E>,
        /// The SHA-256 of the public words.
        fingerprint: Word,
        /// The SHA-256 of the Markdown that was kept; older records lack it.
        markdown: Option<Word>,
        /// Somebody took it off the website: its address then says so, and nothing else.
        withdrawn: Option<Withdrawn<E>>,
    }
}

record! {
    /// Why a version is no longer on the website. Only the day is public.
    "a withdrawn version" struct Withdrawn<E> {
        /// Why: for the office.
        reason: Word,
        /// Who decided.
        by: Word,
        /// The day.
        date: Date<E>,
    }
}

record! {
    /// A file that was renamed.
    "a renamed file" struct Renamed {
        /// The path that it had, from the book's root.
        from: Word,
        /// The path that it has now.
        to: Word,
    }
}

/// What the first version of a document says of what changed.
pub const FIRST: &str = "First published";

/// What a version says that was approved and is not published yet.
pub const APPROVED: &str = "Approved";

/// What is kept of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The public words, as lines.
    Lines,
    /// The document as Markdown.
    Markdown,
}

impl Releases {
    /// The path that a file of a release has now.
    pub fn now<'r>(&'r self, file: &'r str) -> &'r str {
        let mut now = file;
        for _ in 0..=self.renamed.len() {
            match self.renamed.iter().find(|one| one.from.text == now) {
                Some(next) => now = &next.to.text,
                None => return now,
            }
        }
        // The names went round in a circle, as when a file gets its old name back: they hold in the order of the lines.
        now = file;
        for one in self
            .renamed
            .iter()
            .filter(|one| one.from.text != one.to.text)
        {
            if one.from.text == now {
                now = &one.to.text;
            }
        }
        now
    }

    /// The path that a document has now which was published under the name of this file: what is kept of the two would stand
    /// in one place. In: a path of the book. The ending and capitals do not count.
    pub fn holder<'r>(&'r self, file: &'r str) -> Option<&'r str> {
        let name = |path: &str| {
            let stem = Path::new(path).with_extension("");
            stem.to_string_lossy().to_lowercase()
        };
        let published = self.releases.iter().map(|one| one.file.text.as_str());
        let same = published.filter(|one| name(one) == name(file));
        let mut now = std::iter::once(file).chain(same).map(|one| self.now(one));
        now.find(|now| *now != file)
    }
}

impl Release {
    /// The day, when it is clear.
    pub fn day(&self) -> Option<NaiveDate> {
        self.date.day()
    }

    /// Whether a text is what was kept of it, as far as the record can tell. The ends of lines do not count, since copying may
    /// change them.
    pub fn is_kept(&self, what: Kept, text: &str) -> bool {
        let known = match what {
            Kept::Lines => Some(&self.fingerprint),
            Kept::Markdown => self.markdown.as_ref(),
        };
        let found = transcript::fingerprint(&text.replace("\r\n", "\n"));
        known.is_none_or(|known| known.text == found)
    }
}

/// Something that was kept of an earlier version, and is not any more what it was.
#[derive(Clone, Debug)]
pub struct Altered {
    /// Where the release stands in the record.
    pub span: Span,
    /// The number of the version.
    pub version: String,
    /// The path of the file, from the book's root.
    pub path: String,
}

/// A document as the record of what was published has it.
pub struct Standing<'b> {
    /// Its file.
    pub source: SourceId,
    /// The path of its file, as it stands in the record.
    pub path: String,
    /// Where it stands.
    pub span: Span,
    /// How far it is.
    pub status: Option<Status>,
    /// The versions that it lists.
    pub versions: &'b [Version],
    /// Its releases, the oldest first.
    pub releases: Vec<&'b Release>,
}

impl<'b> Standing<'b> {
    /// The last release that the document lists among its versions.
    pub fn last(&self) -> Option<&'b Release> {
        let releases = self.releases.iter().rev();
        releases.copied().find(|release| self.lists(release))
    }

    /// The newest release, where the document does not list it: it was begun, and not completed.
    pub fn begun(&self) -> Option<&'b Release> {
        let last = self.releases.last().copied();
        last.filter(|release| !self.lists(release))
    }

    /// The newest release, where the document does not show it as published: it was begun, or the document was changed
    /// since. One that was withdrawn may be off the website.
    pub fn unfinished(&self) -> Option<&'b Release> {
        let last = self.releases.last().copied();
        let is_off = self.status != Some(Status::Published);
        last.filter(|release| !self.lists(release) || is_off && release.withdrawn.is_none())
    }

    fn lists(&self, release: &Release) -> bool {
        let mut numbers = self.versions.iter().filter_map(|one| one.number.as_ref());
        numbers.any(|number| number.source().trim() == release.version.text)
    }
}

/// Every document of a book with its releases: meetings, trackers, plans.
pub fn standings(book: &Book) -> Vec<Standing<'_>> {
    let mut by_path: BTreeMap<&str, Vec<&Release>> = BTreeMap::new();
    if let Some(record) = &book.releases {
        for release in &record.content.releases {
            let now = record.content.now(&release.file.text);
            by_path.entry(now).or_default().push(release);
        }
    }
    let standing = |source, span, status, versions| {
        let path = written(&book.sources.get(source).path);
        let releases = by_path.get(path.as_str()).cloned().unwrap_or_default();
        Standing {
            source,
            path,
            span,
            status,
            versions,
            releases,
        }
    };
    let meetings = book.meetings.iter().map(|one| {
        let meeting = &one.meeting;
        standing(
            one.source,
            meeting.span,
            meeting.status,
            &meeting.versions[..],
        )
    });
    let trackers = book.trackers.iter().map(|one| {
        let tracker = &one.content;
        standing(
            one.source,
            tracker.span,
            tracker.status,
            &tracker.versions[..],
        )
    });
    let plans = book.plans.iter().map(|one| {
        let plan = &one.content;
        standing(one.source, plan.span, plan.status, &plan.versions[..])
    });
    meetings.chain(trackers).chain(plans).collect()
}

/// Where something of a release is kept, from the book's root; `None` for a name that would lead out of the folder.
pub fn kept(folder: &str, file: &str, version: &str, what: Kept) -> Option<PathBuf> {
    let is_plain = |path: &Path| {
        let mut parts = path.components();
        parts.all(|part| matches!(part, Component::Normal(_)))
    };
    let ending = match what {
        Kept::Lines => "txt",
        Kept::Markdown => "md",
    };
    let name = PathBuf::from(format!("{version}.{ending}"));
    let path = Path::new(file).with_extension("");
    let is_safe = is_plain(&path) && is_plain(&name) && name.components().count() == 1;
    is_safe.then(|| Path::new(folder).join(path).join(name))
}

/// A path of the book as it stands in `releases.yaml`.
pub fn written(path: &Path) -> String {
    let parts = path.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// A number of the form 1.2.
pub fn number(written: &str) -> Option<(u32, u32)> {
    let (major, minor) = written
        .trim()
        .split_once('.')
        .unwrap_or((written.trim(), "0"));
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_cannot_leave_its_folder() {
        let path = |file, version| kept("releases", file, version, Kept::Lines);
        let expected = Path::new("releases/a/b/1.0.txt");
        assert_eq!(path("a/b.yaml", "1.0").as_deref(), Some(expected));
        for (file, version) in [
            ("../a.yaml", "1.0"),
            ("/a.yaml", "1.0"),
            ("a/../../b.yaml", "1.0"),
            ("a.yaml", "../1.0"),
            ("a.yaml", "/1.0"),
            ("a.yaml", "b/1.0"),
        ] {
            assert_eq!(path(file, version), None, "{file} {version}");
        }
    }

    #[test]
    fn versions_are_numbers() {
        assert_eq!(number("1.10"), Some((1, 10)));
        assert_eq!(number("2"), Some((2, 0)));
        assert_eq!(number("draft"), None);
    }
}
