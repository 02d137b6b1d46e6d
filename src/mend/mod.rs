//! What the program can write into a book by itself: refs that were left out, and aliases for names that were mistyped.
//! In: a book that loads. Out: for each file its new text, in which nothing but these words differs. Nothing here touches
//! the disk.

mod aliases;
mod change;
mod insert;
mod refs;

pub use change::{Change, change};

use crate::model::Book;
use crate::source::{SourceId, Span};

/// A file with what was written into it.
pub struct Mended {
    /// The file.
    pub source: SourceId,
    /// Its new text.
    pub text: String,
    /// What was written, in the order of the file.
    pub written: Vec<Written>,
}

/// Something that was written into a file, or that could not be.
pub struct Written {
    /// The place in the file as it was.
    pub place: Span,
    /// In a sentence without a full stop.
    pub what: String,
}

/// What could and could not be mended.
pub struct Mending {
    /// The files that change, in the order of the book.
    pub files: Vec<Mended>,
    /// What a person must write, since it cannot be written safely there.
    pub left: Vec<Written>,
}

/// A word that belongs in a file.
struct Wanted {
    /// The first key of the fields that it belongs to, or the text that stands for them.
    place: Span,
    word: Word,
    what: String,
}

#[derive(PartialEq, Eq, Hash)]
enum Word {
    /// `ref:` of an action.
    Ref(String),
    /// An entry of `aliases:` of a person or body.
    Alias(String),
}

/// Mends a book as far as that needs nobody's judgement.
pub fn mend(book: &Book) -> Mending {
    let mut wanted = refs::wanted(book);
    wanted.extend(aliases::wanted(book));
    wanted.sort_by_key(|one| one.place);
    let mut mending = Mending {
        files: Vec::new(),
        left: Vec::new(),
    };
    let mut rest = wanted.as_slice();
    while let Some(first) = rest.first() {
        let source = first.place.source;
        let count = rest.partition_point(|one| one.place.source <= source);
        let (of_file, after) = rest.split_at(count);
        rest = after;
        write(book, source, of_file, &mut mending);
    }
    mending
}

/// Writes into one file.
fn write(book: &Book, source: SourceId, wanted: &[Wanted], mending: &mut Mending) {
    let (text, done) = insert::insert(&book.sources.get(source).text, source, wanted);
    let mut written = Vec::new();
    for (one, is_done) in wanted.iter().zip(done) {
        let place = one.place;
        let what = one.what.clone();
        match is_done {
            true => written.push(Written { place, what }),
            false => mending.left.push(Written { place, what }),
        }
    }
    if !written.is_empty() {
        mending.files.push(Mended {
            source,
            text,
            written,
        });
    }
}
