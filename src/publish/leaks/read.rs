//! Everything that can be read in a file that is about to be published. In: its name and bytes. Out: texts, each with a way
//! to say where in the file something stands.

use super::pdf;
use super::picture;
use super::squash::{Reading, Squashed};
use std::path::Path;

/// A text of a file.
pub(super) struct View {
    /// Its letters.
    pub(super) text: Squashed,
    /// What it is.
    pub(super) what: What,
    /// For each line (or page) the place at which it begins.
    starts: Vec<u32>,
}

/// What a text of a file is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum What {
    /// What a reader reads.
    Words,
    /// The file as it is written: attributes, comments, scripts, addresses.
    Written,
    /// What a PDF shows.
    Pages,
    /// What stands at the edges of the pages of a PDF.
    Edges,
    /// Titles, bookmarks, alternatives and other strings of a PDF.
    Strings,
    /// The metadata of a PDF or a picture.
    Metadata,
    /// The name of the file.
    Name,
}

impl View {
    pub(super) fn new(text: Squashed, what: What, starts: Vec<u32>) -> View {
        View { text, what, starts }
    }

    /// Where in the file a byte of the letters stands.
    pub(super) fn place(&self, byte: usize) -> String {
        let place = self.text.place(byte);
        let number = self.starts.partition_point(|start| *start <= place).max(1);
        match self.what {
            What::Words => format!("line {number}"),
            What::Written => format!("line {number}, in what is written and not shown"),
            What::Pages => format!("page {number}"),
            What::Edges => format!("the edge of page {number}"),
            What::Strings => "a title, bookmark or alternative".to_owned(),
            What::Metadata => "the metadata".to_owned(),
            What::Name => "the name of the file".to_owned(),
        }
    }
}

/// The texts of a file, read as those with an ending are; nothing when it is of a kind that cannot be read, and should be.
pub(super) fn views(ending: &str, path: &Path, bytes: &[u8]) -> Option<Vec<View>> {
    let mut views = vec![name(path)];
    match ending.to_ascii_lowercase().as_str() {
        "pdf" => views.extend(pdf::views(bytes)?),
        "png" | "jpg" | "jpeg" => views.push(View::new(
            Squashed::plain(&picture::words(bytes)),
            What::Metadata,
            vec![0],
        )),
        "gif" | "ico" | "woff" | "woff2" | "ttf" | "otf" => {}
        end => views.extend(texts(end, &String::from_utf8_lossy(bytes))),
    }
    Some(views)
}

fn name(path: &Path) -> View {
    let reading = Reading {
        percents: true,
        ..Reading::default()
    };
    View::new(
        Squashed::of(&path.to_string_lossy(), reading),
        What::Name,
        vec![0],
    )
}

fn texts(end: &str, text: &str) -> Vec<View> {
    let starts: Vec<u32> = std::iter::once(0)
        .chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1))
        .collect();
    let is_marked_up = matches!(
        end,
        "html" | "htm" | "xml" | "svg" | "atom" | "rss" | "md" | "xhtml"
    );
    // In YAML a backslash stands for something within quotes alone.
    let is_yaml = matches!(end, "yaml" | "yml");
    let written = Reading {
        entities: true,
        percents: true,
        // In these a backslash is itself, and a letter behind it too.
        escapes: !matches!(end, "md" | "csv" | "txt"),
        folded: end == "ics",
        ..Reading::default()
    };
    let words = match is_marked_up {
        true => Reading {
            without_tags: true,
            without_addresses: end == "md",
            entities: true,
            ..Reading::default()
        },
        false => Reading {
            escapes: written.escapes && !is_yaml,
            ..written
        },
    };
    let mut views = vec![View::new(
        Squashed::of(text, words),
        What::Words,
        starts.clone(),
    )];
    if is_marked_up || is_yaml {
        views.push(View::new(
            Squashed::of(text, written),
            What::Written,
            starts,
        ));
    }
    views
}

/// A text with mark-up inside a PDF.
pub(super) fn metadata(text: &str) -> [View; 2] {
    let words = Reading {
        without_tags: true,
        entities: true,
        ..Reading::default()
    };
    let written = Reading {
        entities: true,
        percents: true,
        escapes: true,
        ..Reading::default()
    };
    [words, written].map(|reading| View::new(Squashed::of(text, reading), What::Metadata, vec![0]))
}
