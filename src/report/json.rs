//! Diagnostics as JSON, one object a line: for editors and for continuous integration.

use crate::diagnostic::{Diagnostic, Target};
use crate::source::{SourceId, Sources, Span};
use serde_json::{Map, Value, json};

/// One diagnostic as a line of JSON, without the line end. Lines and columns count from 1, columns in characters; the
/// end is the place after the last character. Paths are relative to the book's root, with `/` on every system.
pub fn json(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut object = Map::new();
    object.insert("code".to_owned(), diagnostic.code.into());
    object.insert("severity".to_owned(), diagnostic.severity.word().into());
    match diagnostic.target {
        Target::Book => {}
        Target::File(source) => {
            object.insert("file".to_owned(), path(sources, source).into());
        }
        Target::Place(span) => object.extend(place(sources, span)),
    }
    object.insert("message".to_owned(), diagnostic.message.as_str().into());
    if let Some(help) = &diagnostic.help {
        object.insert("help".to_owned(), help.as_str().into());
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|(span, label)| {
            let mut object = place(sources, *span);
            object.insert("message".to_owned(), label.as_str().into());
            Value::Object(object)
        });
        object.insert("related".to_owned(), related.collect());
    }
    if !diagnostic.difference.is_empty() {
        let lines = diagnostic.difference.iter().map(String::as_str);
        object.insert("difference".to_owned(), lines.collect());
    }
    Value::Object(object).to_string()
}

fn path(sources: &Sources, source: SourceId) -> String {
    let path = &sources.get(source).path;
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn place(sources: &Sources, span: Span) -> Map<String, Value> {
    let start = sources.place(span);
    let end = sources.place(Span {
        start: span.end,
        ..span
    });
    let object = json!({
        "file": path(sources, span.source),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    });
    match object {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
