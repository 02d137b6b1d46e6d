//! A diagnostic as data: what is wrong, where, and how to mend it. Nothing here prints; `report` does.

use crate::source::{SourceId, Span};

/// How grave a diagnostic is. An error stops a document from being approved and published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Likely a mistake.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The word that people and programs read.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity with this word.
    pub fn from_word(word: &str) -> Option<Severity> {
        [Severity::Note, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.word() == word)
    }
}

/// Where a diagnostic points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The book as a whole.
    Book,
    /// A file as a whole.
    File(SourceId),
    /// A place in a file.
    Place(Span),
}

/// One thing that is wrong, or worth knowing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code that `minutebook explain` takes.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Where it is.
    pub target: Target,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Other places that belong to it, each with what it is.
    pub related: Vec<(Span, String)>,
    /// Whether the place holds words that are withheld elsewhere, so that they are not shown here either.
    pub is_withheld: bool,
    /// Lines of public words that went (`-`) and that came (`+`).
    pub difference: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic of any severity.
    pub fn new(
        code: &'static str,
        severity: Severity,
        target: Target,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            target,
            message: message.into(),
            help: None,
            related: Vec::new(),
            is_withheld: false,
            difference: Vec::new(),
        }
    }

    /// An error at a place.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, Target::Place(span), message)
    }

    /// The same with a line on how to mend it.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// The same with another place that belongs to it.
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Diagnostic {
        self.related.push((span, label.into()));
        self
    }

    /// The file that it points into.
    pub fn source(&self) -> Option<SourceId> {
        match self.target {
            Target::Book => None,
            Target::File(source) => Some(source),
            Target::Place(span) => Some(span.source),
        }
    }
}

/// Something that was written, as a message shows it: in quotes, and only up to a mark of withheld text, since what stands
/// behind one may be withheld even where the mark is no use.
pub fn quoted(written: &str) -> String {
    match written.split_once("<<") {
        Some((before, _)) => format!("`{before}<<…`"),
        None => format!("`{written}`"),
    }
}

/// The longest text, in bytes, that is taken for a mistyped name; comparing grows with the square of the length.
const LONGEST_NAME: usize = 100;

/// The candidate nearest to what was written, if one is near enough to be what was meant.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if written.len() > LONGEST_NAME {
        return None;
    }
    let written = written.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST_NAME)
        .map(|candidate| {
            let likeness =
                strsim::normalized_damerau_levenshtein(&written, &candidate.to_lowercase());
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_candidate_is_named_only_when_it_is_near() {
        let fields = ["questions", "decisions", "actions"];
        assert_eq!(nearest("qestions", fields), Some("questions"));
        assert_eq!(nearest("Action", fields), Some("actions"));
        assert_eq!(nearest("qestions", ["actions"]), None);
        assert_eq!(nearest("weather", fields), None);
    }
}
