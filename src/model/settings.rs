//! `minutebook.yaml`: what holds for the whole book.

use super::date::Time;
use super::edition::{Edition, Internal, Redact};
use super::party::{Body, Party, Person};
use super::record::{choice, record, same_in_public};
use super::rhythm::Every;
use super::text::Text;
use super::texts::{HasTexts, Texts};
use super::withheld::Passages;
use super::word::{Word, not_withheld};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Definitions, Entry, FromNode, Node, Reader};
use serde_json::json;

record! {
    /// The settings of a book.
    "minutebook.yaml" struct Settings<E> {
        /// Whose book it is.
        organisation: Organisation<E>,
        /// The language of the documents; British English when left out.
        language: Option<Word>,
        /// The marking that stands on every page.
        classification: Option<Text<E>>,
        /// The people that the rest of the book refers to.
        people: Keyed<Person<E>>,
        /// The bodies that the rest of the book refers to.
        bodies: Keyed<Body<E>>,
        /// Abbreviations and what they stand for.
        glossary: Keyed<Text<E>>,
        /// The order in which updates are printed.
        update_order: Option<UpdateOrder>,
        /// How long an action may stay open before it is reported.
        open_limit: Option<Text<E>>,
        /// The boards and groups that meet again and again.
        series: Keyed<Series<E>>,
        /// Lints whose severity the book changes.
        lints: Keyed<LintSetting>,
        /// Exemptions of the book's own, with what they stand for.
        exemptions: Keyed<Text<E>>,
        /// Why passages are withheld, and who decided it, where the document does not say so itself; internal.
        passages: Passages<E>,
        /// Findings of the leak check that a person has looked at and accepts.
        accepted: Vec<Accepted>,
        /// How documents look.
        look: Option<Look>,
        /// The website that is made of the book.
        site: Option<SiteSetting>,
    }
}

record! {
    /// The website that is made of a book.
    "a website" struct SiteSetting {
        /// The address at which it will stand: `https://notes.example.org/`.
        address: Option<Word>,
        /// Documents whose files were renamed: the old path, and the path that they have now.
        renamed: Keyed<Word>,
    }
}

impl<T: Clone> Clone for Keyed<T> {
    fn clone(&self) -> Self {
        Keyed {
            entries: self.entries.clone(),
        }
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Keyed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.entries).finish()
    }
}

record! {
    /// The organisation whose book it is.
    "an organisation" struct Organisation<E> {
        /// The full name.
        name: Text<E>,
        /// A shorter name.
        short_name: Option<Text<E>>,
        /// The address of the website.
        website: Option<Word>,
    }
}

record! {
    /// The look of the documents.
    "a look" struct Look {
        /// The accent colour, as `#1d3f72`.
        accent: Option<Word>,
        /// The colour of the band at the head of every page, as `#1d3f72`.
        band: Option<Word>,
        /// The size of the sheets of a PDF.
        paper: Option<Paper>,
        /// A logo at the head of every document.
        logo: Option<LogoSetting>,
        /// Fonts for characters that the built-in ones lack: TrueType files, named from the book's root.
        fonts: Vec<Word>,
        /// Size of the text of a PDF in points, 12 to 18.
        text_size: Option<Whole<12, 18>>,
        /// About how many characters a line of a PDF may have, 45 to 90.
        line_length: Option<Whole<45, 90>>,
    }
}

/// A whole number within bounds, both of them allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole<const LEAST: u16, const MOST: u16>(u16);

impl<const LEAST: u16, const MOST: u16> Whole<LEAST, MOST> {
    /// The number.
    pub fn number(self) -> u16 {
        self.0
    }
}

impl<const LEAST: u16, const MOST: u16> FromNode for Whole<LEAST, MOST> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = String::from_node(node, reader)?;
        let number = text.trim().parse().ok();
        let within = number.filter(|number| (LEAST..=MOST).contains(number));
        if within.is_none() {
            let quoted = reader.quoted(&text);
            let message = format!("{quoted} is not a whole number from {LEAST} to {MOST}");
            reader.fault(Diagnostic::error("wrong-type", node.span, message));
        }
        within.map(Whole)
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        serde_json::json!({ "type": "integer", "minimum": LEAST, "maximum": MOST })
    }
}

impl<const LEAST: u16, const MOST: u16> Redact for Whole<LEAST, MOST> {
    type Public = Self;

    fn redact(&self) -> Self {
        *self
    }
}

impl<const LEAST: u16, const MOST: u16> HasTexts for Whole<LEAST, MOST> {
    fn texts<'t>(&'t self, _: &mut Texts<'t>) {}
}

choice! {
    /// Sizes of sheets.
    "a size of paper" enum Paper {
        /// 210 × 297 mm.
        A4 = "A4", "A4",
        /// 8½ × 11 inches.
        Letter = "Letter", "Letter",
    }
}

record! {
    /// A logo.
    "a logo" struct LogoSetting {
        /// The file: PNG, JPEG or SVG, named from the book's root.
        file: Word,
        /// What it shows, for those who cannot see it.
        alt: Word,
    }
}

choice! {
    /// The order in which updates are printed.
    "an order of updates" enum UpdateOrder {
        /// The newest update first.
        NewestFirst = "newest-first", "Newest first",
        /// The oldest update first.
        OldestFirst = "oldest-first", "Oldest first",
    }
}

record! {
    /// A board or group that meets again and again.
    "a series" struct Series<E> {
        /// The title of its meetings.
        title: Text<E>,
        /// Who takes the chair.
        chair: Option<Party<E>>,
        /// Who takes the notes.
        note_taker: Option<Party<E>>,
        /// Where it meets.
        venue: Option<Text<E>>,
        /// When a meeting begins.
        time: Option<Time<E>>,
        /// Who belongs to it.
        members: Vec<Party<E>>,
        /// How many members must be present.
        quorum: Option<Text<E>>,
        /// On which days it meets: `last Tuesday`.
        schedule: Option<Text<E>>,
        /// Items that come back by themselves.
        standing_items: Vec<StandingItem<E>>,
        /// How items are numbered, a style for each level: `1`, `1.1`, `a`, `i` or `none`.
        numbering: Option<Vec<NumberStyle>>,
        /// How questions are numbered.
        question_numbers: Option<QuestionNumbers>,
        /// The pattern of new action refs: `{n}/{yy}`.
        refs: Option<Word>,
        /// Printed labels.
        labels: Option<Labels<E>>,
    }
}

record! {
    /// An item that comes back by itself.
    "a standing item" struct StandingItem<E> or "title" {
        /// Its title.
        title: Text<E>,
        /// How often it comes: `monthly`, `quarterly`; at every meeting when left out.
        every: Option<Every<E>>,
        /// The type of meeting at which it comes.
        meeting_type as "type": Option<Text<E>>,
    }
}

record! {
    /// The printed labels of a document.
    "labels" struct Labels<E> {
        /// Above an answer: Findings, Response.
        findings: Option<Text<E>>,
        /// Before the note-taker's name: Minutes, Note taker.
        note_taker: Option<Text<E>>,
        /// Above the actions of an item.
        actions: Option<Text<E>>,
        /// Before an owner: Owner, Lead.
        owners: Option<Text<E>>,
        /// Before a due date: Due, Timescale.
        due: Option<Text<E>>,
        /// Before what is hoped for: Outcomes, Deliverables.
        outcomes: Option<Text<E>>,
        /// Before updates: Updates, Progress.
        updates: Option<Text<E>>,
    }
}

choice! {
    /// How items of one level are numbered.
    "a style of numbers" enum NumberStyle {
        /// 1, 2, 3.
        Plain = "1", "1",
        /// The number of the item above, a point, 1, 2, 3.
        Nested = "1.1", "1.1",
        /// a, b, c.
        Letter = "a", "a",
        /// i, ii, iii.
        Roman = "i", "i",
        /// No numbers.
        None = "none", "none",
    }
}

choice! {
    /// How questions are numbered.
    "a way to number questions" enum QuestionNumbers {
        /// On through the whole meeting.
        Through = "through", "Through",
        /// From 1 in each item.
        Restart = "restart", "Restart",
        /// Not at all.
        None = "none", "None",
    }
}

record! {
    /// What a book makes of a lint.
    "a lint setting" struct LintSetting {
        /// The severity: `error`, `warning`, `note` or `off`.
        level: Level,
        /// Why the book differs.
        reason: Word,
    }
}

record! {
    /// A finding of the leak check that a person accepts. It is for the office and in no document.
    "an accepted finding" struct Accepted {
        /// The file that may be published, below the output folder; `*` stands for any characters.
        file: Word,
        /// The fingerprint that the message names.
        fingerprint: Word,
        /// Why it may be published.
        reason: Word,
        /// Who decided.
        by: Option<Word>,
        /// When it was decided.
        date: Option<Word>,
    }
}

choice! {
    /// A severity in a book's settings.
    "a level" enum Level {
        /// Stops approving and publishing.
        Error = "error", "Error",
        /// Likely a mistake.
        Warning = "warning", "Warning",
        /// Worth knowing.
        Note = "note", "Note",
        /// Not reported.
        Off = "off", "Off",
    }
}

/// Values by their keys, in the order of the file.
pub struct Keyed<T> {
    entries: Vec<(Key, T)>,
}

/// A key and where it stands.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

impl<T> Keyed<T> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.iter()
            .find(|(name, _)| name.name == key)
            .map(|(_, value)| value)
    }

    /// All values with their keys, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &T)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key.name.as_str())
    }
}

impl<T: FromNode> FromNode for Keyed<T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(entries) = node.entries() else {
            reader.wrong_type(node, "keys, each with its value,");
            return None;
        };
        let known: Vec<Option<(Key, T)>> = entries
            .iter()
            .map(|entry| {
                not_withheld(&entry.key, entry.key_span, reader);
                let value = value(entry, reader)?;
                let (name, span) = (entry.key.clone(), entry.key_span);
                Some((Key { name, span }, value))
            })
            .collect();
        repeated(entries, reader);
        Some(Keyed {
            entries: known.into_iter().collect::<Option<Vec<_>>>()?,
        })
    }

    fn absent() -> Option<Self> {
        Some(Keyed {
            entries: Vec::new(),
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "type": "object", "additionalProperties": T::schema(definitions) })
    }
}

fn value<T: FromNode>(entry: &Entry, reader: &mut Reader) -> Option<T> {
    T::from_node(&entry.value, reader)
}

fn repeated(entries: &[Entry], reader: &mut Reader) {
    let mut seen = std::collections::BTreeMap::new();
    for entry in entries {
        if let Some(first) = seen.insert(entry.key.as_str(), entry.key_span) {
            reader.fault(
                crate::diagnostic::Diagnostic::error(
                    "repeated-field",
                    entry.key_span,
                    format!("{} stands here a second time", reader.quoted(&entry.key)),
                )
                .help("give each its own key")
                .related(first, "the first stands here"),
            );
        }
    }
}

impl<T: Redact> Redact for Keyed<T> {
    type Public = Keyed<T::Public>;

    fn redact(&self) -> Self::Public {
        Keyed {
            entries: self
                .iter()
                .map(|(key, value)| (key.clone(), value.redact()))
                .collect(),
        }
    }
}

impl<T: HasTexts> HasTexts for Keyed<T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.iter().for_each(|(_, value)| value.texts(met));
    }
}

same_in_public!(Key);

impl<E: Edition> Settings<E> {
    /// The language of the documents, as BCP 47 has it.
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en-GB")
    }

    /// The language of the program's own words, such as labels and headings: English, as the documents have it.
    pub fn language_of_labels(&self) -> &str {
        match self.foreign_language() {
            Some(_) => "en-GB",
            None => self.language(),
        }
    }

    /// The language of the documents, where it is not English.
    pub fn foreign_language(&self) -> Option<&str> {
        let language = self.language();
        let primary = language.split('-').next().unwrap_or_default();
        (!primary.eq_ignore_ascii_case("en")).then_some(language)
    }
}

impl Settings<Internal> {
    /// The settings of a book that has none, so that its other files can still be looked at.
    pub fn nameless(span: Span) -> Settings<Internal> {
        let name = Text::generated(span, "");
        let empty = || Keyed {
            entries: Vec::new(),
        };
        Settings {
            span,
            organisation: Organisation {
                span,
                name,
                short_name: None,
                website: None,
            },
            language: None,
            classification: None,
            people: Keyed {
                entries: Vec::new(),
            },
            bodies: Keyed {
                entries: Vec::new(),
            },
            glossary: empty(),
            update_order: None,
            open_limit: None,
            series: Keyed {
                entries: Vec::new(),
            },
            lints: Keyed {
                entries: Vec::new(),
            },
            exemptions: empty(),
            passages: Passages {
                records: Vec::new(),
            },
            accepted: Vec::new(),
            look: None,
            site: None,
        }
    }
}
