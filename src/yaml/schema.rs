//! The JSON Schema that editors use, made from the same types that read the files.

use serde_json::{Map, Value, json};

/// The named parts of a schema, each written once and referred to.
#[derive(Debug, Default)]
pub struct Definitions {
    parts: Map<String, Value>,
}

impl Definitions {
    /// A reference to the part with this name; `make` writes it when it is met first.
    pub fn part(&mut self, name: &str, make: impl FnOnce(&mut Definitions) -> Value) -> Value {
        if !self.parts.contains_key(name) {
            self.parts.insert(name.to_owned(), Value::Null);
            let part = make(self);
            self.parts.insert(name.to_owned(), part);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// The schema of a whole file.
pub fn document_schema(title: &str, make: impl FnOnce(&mut Definitions) -> Value) -> Value {
    let mut definitions = Definitions::default();
    let root = make(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": root["$ref"],
        "$defs": definitions.parts,
    })
}
