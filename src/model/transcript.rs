//! The public words of a document as lines, for comparing what was published with what stands there now. In: a value of
//! the public edition. Out: lines that look like its YAML, in which nothing counts that a reader does not get to see:
//! comments, white space, the order of fields, how a date or a text was written.
//!
//! Only the public edition has a transcript, so that no withheld word can be in one.

use super::date::{Date, Since, Time};
use super::due::{Due, DueRule};
use super::edition::Public;
use super::exemption::Exemption;
use super::meeting::{Arising, Attendee, Interests, MeetingName, Question, QuestionKind};
use super::settings::{Keyed, Whole};
use super::text::Text;
use super::withheld::{Mark, Row};
use super::word::Word;
use sha2::{Digest, Sha256};

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// There is nothing.
    Nothing,
    /// Words, in lines.
    Words(Vec<String>),
    /// Entries.
    List(Vec<Piece>),
    /// Fields.
    Fields(Vec<(String, Piece)>),
}

/// What has public words.
pub trait Transcribe {
    /// The public words.
    fn piece(&self) -> Piece;
}

/// Fields that say how far a document is, not what is in it: they change with every release.
const RECORD: [&str; 2] = ["status", "versions"];

/// The lines of a document, without its record of versions.
pub fn lines(document: &impl Transcribe) -> String {
    let mut text = String::new();
    let Piece::Fields(fields) = document.piece() else {
        return text;
    };
    let fields = fields
        .into_iter()
        .filter(|(key, _)| !RECORD.contains(&key.as_str()));
    write_fields(&fields.collect::<Vec<_>>(), "", "", &mut text);
    text
}

/// The fingerprint of lines: the SHA-256 of their bytes.
pub fn fingerprint(lines: &str) -> String {
    let digest = Sha256::digest(lines.as_bytes());
    let digits: Vec<String> = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{}", digits.concat())
}

/// How often something is withheld in lines.
pub fn marks(lines: &str) -> usize {
    lines.matches("<<").count() + lines.matches("withheld: ").count()
}

/// Writes fields; the first stands behind `first`, the others behind `indent`.
fn write_fields(fields: &[(String, Piece)], first: &str, indent: &str, text: &mut String) {
    for (at, (key, piece)) in fields.iter().enumerate() {
        let before = if at == 0 { first } else { indent };
        let below = format!("{indent}  ");
        match piece {
            Piece::Nothing => text.push_str(&format!("{before}{key}:\n")),
            Piece::List(entries) if entries.is_empty() => {
                text.push_str(&format!("{before}{key}: []\n"));
            }
            Piece::Words(lines) if lines.len() == 1 => {
                text.push_str(&format!("{before}{key}: {}\n", lines[0]));
            }
            piece => {
                text.push_str(&format!("{before}{key}:\n"));
                write(piece, &below, &below, text);
            }
        }
    }
}

fn write(piece: &Piece, first: &str, indent: &str, text: &mut String) {
    match piece {
        Piece::Nothing => text.push_str(&format!("{}\n", first.trim_end())),
        Piece::Words(lines) => {
            for (at, line) in lines.iter().enumerate() {
                let before = if at == 0 { first } else { indent };
                text.push_str(&format!("{before}{line}\n"));
            }
        }
        Piece::List(entries) => {
            for entry in entries {
                write(entry, &format!("{indent}- "), &format!("{indent}  "), text);
            }
        }
        Piece::Fields(fields) => write_fields(fields, first, indent, text),
    }
}

/// The fields of a record that have something in them.
pub(crate) fn fields(all: Vec<(&str, Piece)>) -> Piece {
    let some = all.into_iter().filter(|(_, piece)| !is_nothing(piece));
    Piece::Fields(some.map(|(key, piece)| (key.to_owned(), piece)).collect())
}

fn is_nothing(piece: &Piece) -> bool {
    matches!(piece, Piece::Nothing)
}

/// One line of words.
pub(crate) fn word(text: &str) -> Piece {
    match flat(text) {
        text if text.is_empty() => Piece::Nothing,
        text => Piece::Words(vec![text]),
    }
}

/// A text with one space wherever there is white space.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of Markdown in which only those line ends are left that mean something.
fn unwrapped(source: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut begins = true;
    for line in source.lines() {
        let words = flat(line);
        let is_break = line.ends_with("  ") || line.ends_with('\\');
        if words.is_empty() {
            begins = true;
            continue;
        }
        match lines.last_mut() {
            Some(last) if !begins && !is_mark(&words) => {
                last.push(' ');
                last.push_str(&words);
            }
            _ => lines.push(words),
        }
        begins = is_break;
    }
    lines
}

/// Whether a line begins something of its own in Markdown.
fn is_mark(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    matches!(first, "-" | "*" | "+" | "1." | "1)")
        || first.starts_with(['>', '#', '|', '`', '~'])
        || first.starts_with("[^") && first.contains("]:")
}

impl Transcribe for Text<Public> {
    fn piece(&self) -> Piece {
        match unwrapped(self.source()) {
            lines if lines.is_empty() => Piece::Nothing,
            lines => Piece::Words(lines),
        }
    }
}

impl Transcribe for Date<Public> {
    fn piece(&self) -> Piece {
        match self.day() {
            Some(day) => word(&day.to_string()),
            None => self.written.piece(),
        }
    }
}

impl Transcribe for Time<Public> {
    fn piece(&self) -> Piece {
        match self.value {
            Some(time) => word(&time.format("%H:%M").to_string()),
            None => self.written.piece(),
        }
    }
}

impl Transcribe for Since<Public> {
    fn piece(&self) -> Piece {
        self.written.piece()
    }
}

impl Transcribe for MeetingName<Public> {
    fn piece(&self) -> Piece {
        self.written.piece()
    }
}

impl Transcribe for Due<Public> {
    fn piece(&self) -> Piece {
        let (key, written) = match self.rule {
            DueRule::Day(reading) => (
                "date",
                reading
                    .day()
                    .map_or_else(|| self.written.piece(), |day| word(&day.to_string())),
            ),
            DueRule::Meeting(_) => ("meeting", self.written.piece()),
            DueRule::Condition => ("when", self.written.piece()),
            DueRule::None => ("none", self.written.piece()),
            _ => ("date", self.written.piece()),
        };
        fields(vec![(key, written), ("reason", self.reason.piece())])
    }
}

impl Transcribe for Attendee<Public> {
    fn piece(&self) -> Piece {
        let key = if self.outside { "name" } else { "person" };
        let (name, body) = (self.party.name.piece(), self.party.body.piece());
        fields(vec![
            (key, name),
            ("body", body),
            ("role", self.party.role.piece()),
            ("capacity", self.capacity.piece()),
            ("initials", self.initials.piece()),
            ("deputises", self.deputises.piece()),
            ("arrived", self.arrived.piece()),
            ("left", self.left.piece()),
            ("items", self.items.piece()),
        ])
    }
}

impl Transcribe for Interests<Public> {
    fn piece(&self) -> Piece {
        match self {
            Interests::None => word("none"),
            Interests::Declared(declared) => declared.piece(),
        }
    }
}

impl Transcribe for Arising<Public> {
    fn piece(&self) -> Piece {
        match self {
            Arising::Ref(reference) => reference.piece(),
            Arising::Earlier(action) => action.piece(),
        }
    }
}

impl Transcribe for Question<Public> {
    fn piece(&self) -> Piece {
        let key = match self.kind {
            QuestionKind::Ask => "ask",
            kind => kind.word(),
        };
        let mut all = vec![(key.to_owned(), self.words.piece())];
        if let Piece::Fields(rest) = self.fields.piece() {
            all.extend(rest);
        }
        Piece::Fields(all)
    }
}

impl Transcribe for Mark<Public> {
    fn piece(&self) -> Piece {
        let codes: Vec<&str> = self.exemptions.iter().map(Exemption::code).collect();
        word(&codes.join(", "))
    }
}

impl<T: Transcribe + Send + Sync> Transcribe for Row<Public, T> {
    fn piece(&self) -> Piece {
        match self {
            Row::Open(entry) => entry.piece(),
            Row::Withheld(row) => fields(vec![
                ("number", row.number.piece()),
                ("withheld", row.mark.piece()),
            ]),
        }
    }
}

impl<T: Transcribe> Transcribe for Keyed<T> {
    fn piece(&self) -> Piece {
        let all: Vec<(String, Piece)> = self
            .iter()
            .map(|(key, value)| (key.name.clone(), value.piece()))
            .collect();
        match all.is_empty() {
            true => Piece::Nothing,
            false => Piece::Fields(all),
        }
    }
}

impl<T: Transcribe> Transcribe for Option<T> {
    fn piece(&self) -> Piece {
        match self.as_ref().map(Transcribe::piece) {
            None => Piece::Nothing,
            // That there is nothing can be a statement: nobody sent apologies.
            Some(Piece::Nothing) => Piece::List(Vec::new()),
            Some(piece) => piece,
        }
    }
}

impl<T: Transcribe> Transcribe for Vec<T> {
    fn piece(&self) -> Piece {
        match self.is_empty() {
            true => Piece::Nothing,
            false => Piece::List(self.iter().map(Transcribe::piece).collect()),
        }
    }
}

impl<T: Transcribe> Transcribe for Box<T> {
    fn piece(&self) -> Piece {
        self.as_ref().piece()
    }
}

impl Transcribe for Word {
    fn piece(&self) -> Piece {
        word(&self.text)
    }
}

impl Transcribe for String {
    fn piece(&self) -> Piece {
        word(self)
    }
}

impl Transcribe for bool {
    fn piece(&self) -> Piece {
        match self {
            true => word("true"),
            false => Piece::Nothing,
        }
    }
}

impl Transcribe for Exemption {
    fn piece(&self) -> Piece {
        word(self.code())
    }
}

impl<const LEAST: u16, const MOST: u16> Transcribe for Whole<LEAST, MOST> {
    fn piece(&self) -> Piece {
        word(&self.number().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_ends_that_mean_something_are_kept() {
        let wrapped = "One two\n  three.\n\nFour\n- five\n  six\n- seven\n\n| a | b |\n";
        let lines = [
            "One two three.",
            "Four",
            "- five six",
            "- seven",
            "| a | b |",
        ];
        assert_eq!(unwrapped(wrapped), lines);
        assert_eq!(unwrapped(" \n"), [""; 0]);
    }

    #[test]
    fn lines_look_like_yaml() {
        let piece = fields(vec![
            ("a", word(" x  y ")),
            ("none", Piece::Nothing),
            (
                "b",
                Piece::List(vec![
                    word("z"),
                    fields(vec![("c", word("1")), ("d", Piece::List(Vec::new()))]),
                ]),
            ),
        ]);
        let mut text = String::new();
        write(&piece, "", "", &mut text);
        assert_eq!(text, "a: x y\nb:\n  - z\n  - c: 1\n    d: []\n");
        assert!(fingerprint("").starts_with("sha256:e3b0c44298fc1c14"));
    }
}
