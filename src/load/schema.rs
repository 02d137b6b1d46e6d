//! The JSON Schema of each kind of file, made from the types that read it.

use crate::model::meeting::Meeting;
use crate::model::releases::Releases;
use crate::model::settings::Settings;
use crate::model::tracker::{Plan, Tracker, Updates};
use crate::yaml::{FromNode, document_schema};
use serde_json::Value;

/// The kinds that have a schema: `book` is `minutebook.yaml`.
pub const SCHEMAS: [&str; 6] = ["book", "meeting", "tracker", "plan", "updates", "releases"];

/// The schema of a kind; `None` for a kind that does not exist.
pub fn schema(kind: &str) -> Option<Value> {
    match kind {
        "book" => Some(document_schema("minutebook.yaml", <Settings>::schema)),
        "meeting" => Some(document_schema("A meeting", <Meeting>::schema)),
        "tracker" => Some(document_schema("A tracker", <Tracker>::schema)),
        "plan" => Some(document_schema("A plan", <Plan>::schema)),
        "updates" => Some(document_schema(
            "Updates between meetings",
            <Updates>::schema,
        )),
        "releases" => Some(document_schema("releases.yaml", <Releases>::schema)),
        _ => None,
    }
}
