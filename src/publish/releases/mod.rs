//! The life of a document: draft, approved, published, amended. In: a book without the faults that stand in the way. Out:
//! the files to write, in an order in which a program that is killed between two of them leaves a book that the same
//! command completes: first what is kept of a release, then the record, then the document itself.

mod amend;
mod approve;
mod gates;
mod paper;
mod prepare;
mod publish;

pub use amend::amend;
pub use approve::{Approval, approve};
pub use gates::MENDED;
pub use publish::publish;

use crate::diagnostic::Diagnostic;
use crate::model::Book;
use crate::source::SourceId;
use std::path::PathBuf;

/// A file to write.
#[derive(Debug)]
pub struct Written {
    /// The path, from the book's root.
    pub path: PathBuf,
    /// The text that it has; `None` for one that is not there yet. What is kept of a release belongs to the program, and is
    /// written whatever stands there.
    pub before: Option<String>,
    /// The text that it gets.
    pub after: String,
}

/// What a command does.
#[derive(Debug, Default)]
pub struct Prepared {
    /// The files to write, in their order.
    pub files: Vec<Written>,
    /// What was done, in a sentence without a full stop, for each document.
    pub done: Vec<(SourceId, String)>,
}

/// Why a document does not pass.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The document.
    pub source: SourceId,
    /// What stands in the way.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl Refusal {
    fn new(source: SourceId, message: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal {
            source,
            message: message.into(),
            help: help.into(),
        }
    }
}

/// A book with everything that is wrong with it.
pub struct Subject<'b> {
    /// The book.
    pub book: &'b mut Book,
    /// Faults and lints.
    pub diagnostics: &'b [Diagnostic],
}
