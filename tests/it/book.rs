//! A book on disk, rendered through the library as the program does it.

use minutebook::diagnostic::Diagnostic;
use minutebook::edition::{self, Shelf};
use minutebook::load;
use minutebook::model::{Book, Edition};
use minutebook::render::templates::{self, Override, Templates};
use minutebook::render::{self, Document as Renderable, Output, Rendered, Renderer};
use minutebook::report::{self, Colour};
use minutebook::source::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// One document of a book, rendered. What could not be made is empty.
#[derive(Default)]
pub(crate) struct Document {
    /// The path of its file below the book's root, without the ending; `.internal` is added for that edition.
    pub(crate) name: String,
    /// The file as Markdown.
    pub(crate) markdown: String,
    /// The file as HTML.
    pub(crate) html: String,
    /// The file as PDF.
    pub(crate) pdf: Vec<u8>,
    /// Whether anything in it is withheld.
    pub(crate) edited: bool,
}

/// A book, rendered.
#[derive(Default)]
pub(crate) struct Made {
    /// Its documents in the public edition.
    pub(crate) public: Vec<Document>,
    /// Its documents in the internal edition.
    pub(crate) internal: Vec<Document>,
    /// What was wrong, as the program prints it: faults of structure, templates, missing characters. No lints.
    pub(crate) messages: String,
}

/// Where the cases of a stage stand.
pub(crate) fn cases(stage: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(stage)
}

/// The example book.
pub(crate) fn notes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("notes")
}

/// Every format.
pub(crate) const ALL: [Output; 3] = Output::ALL;

/// Renders every document of a book in both editions.
pub(crate) fn make(root: &Path) -> Made {
    make_as(root, &ALL)
}

/// The same in the formats that are asked for.
pub(crate) fn make_as(root: &Path, outputs: &[Output]) -> Made {
    let loaded = load::load(root).unwrap();
    let mut book = loaded.book;
    let mut made = Made {
        messages: printed(&loaded.faults, &book.sources),
        ..Made::default()
    };
    let overrides = overrides(&root.join(templates::FOLDER));
    let templates = match Templates::new(&overrides, &mut book.sources) {
        Ok(templates) => templates,
        Err(broken) => {
            made.messages += &printed(&broken, &book.sources);
            return made;
        }
    };
    let public = edition::public(&book);
    let mut problems = Vec::new();
    made.public = documents(&public.shelf(), &book, &templates, outputs, &mut problems);
    let internal = edition::internal(&book);
    let mut again = Vec::new();
    made.internal = documents(&internal, &book, &templates, outputs, &mut again);
    for (source, problem) in &problems {
        let found = render::diagnostic(problem, *source, &overrides, &mut book.sources);
        made.messages += &printed(&[found], &book.sources);
    }
    made
}

type Problems = Vec<(minutebook::source::SourceId, render::Problem)>;

fn documents<E: Edition>(
    shelf: &Shelf<'_, E>,
    book: &Book,
    templates: &Templates,
    outputs: &[Output],
    problems: &mut Problems,
) -> Vec<Document> {
    let renderer = Renderer::new(shelf, &book.sources, templates);
    let ending = if E::INTERNAL { ".internal" } else { "" };
    let mut documents = Vec::new();
    for document in Renderable::all(shelf) {
        let Rendered {
            outputs,
            diagnostics,
        } = renderer.render(document, outputs);
        problems.extend(diagnostics.into_iter().map(|one| (document.source(), one)));
        let path = book.sources.get(document.source()).path.with_extension("");
        let mut made = Document {
            name: path.to_string_lossy().replace('\\', "/") + ending,
            edited: document.withheld() > 0,
            ..Document::default()
        };
        for (output, bytes) in outputs {
            let text = || String::from_utf8(bytes.clone()).unwrap();
            match output {
                Output::Markdown => made.markdown = text(),
                Output::Html => made.html = text(),
                Output::Pdf => made.pdf = bytes,
            }
        }
        documents.push(made);
    }
    documents
}

fn printed(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics
        .iter()
        .map(|one| report::people(one, sources, Path::new(""), Colour::No) + "\n\n")
        .collect()
}

fn overrides(folder: &Path) -> Vec<Override> {
    let Ok(files) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let own = paths.into_iter().map(|path| Override {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        text: fs::read_to_string(&path).unwrap(),
    });
    own.collect()
}

/// A page without its style sheet, so that a change of style is not one of every golden.
pub(crate) fn without_style(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (style, after) = rest.split_once("</style>").unwrap();
    // What a book adds stays.
    let own = style
        .find("\n:root { --accent: #")
        .map_or("", |at| &style[at..]);
    format!(
        "{before}<style>/* style.css */{}</style>{after}",
        own.trim_end()
    )
}
