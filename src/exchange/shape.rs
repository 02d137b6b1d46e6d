//! Declares the records of the register's JSON, so that the JSON Schema that describes them is made of the same lines.

use super::record::{Actions, Day};
use crate::ledger::Attention;
use crate::model::action::{Rag, State};
use crate::yaml::{Definitions, FromNode};
use serde_json::{Map, Value, json};

/// Something that has a JSON Schema.
pub(super) trait Shape {
    /// Its schema; that of a record is added to the definitions.
    fn schema(definitions: &mut Map<String, Value>) -> Value;
}

/// Declares records: each becomes a struct that is written as JSON, and its schema, described by its documentation.
macro_rules! shapes {
    ($(
        $(#[doc = $about:literal])+
        struct $name:ident {
            $( $(#[doc = $doc:literal])+ $field:ident $(as $key:literal)?: $type:ty, )+
        }
    )+) => {$(
        $(#[doc = $about])+
        #[derive(Clone, Debug, serde::Serialize)]
        pub struct $name {
            $( $(#[doc = $doc])+ $(#[serde(rename = $key)])? pub $field: $type, )+
        }
        impl $crate::exchange::shape::Shape for $name {
            fn schema(definitions: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
                use $crate::exchange::shape;
                let name = stringify!($name);
                if !definitions.contains_key(name) {
                    // So that a record that holds itself ends.
                    definitions.insert(name.to_owned(), serde_json::Value::Null);
                    let fields = [$({
                        let keys: &[&str] = &[$($key,)? stringify!($field)];
                        let schema = <$type as shape::Shape>::schema(definitions);
                        (keys[0], [$($doc),+].concat(), schema)
                    }),+];
                    let record = shape::record(&[$($about),+].concat(), fields);
                    definitions.insert(name.to_owned(), record);
                }
                serde_json::json!({ "$ref": format!("#/$defs/{name}") })
            }
        }
    )+};
}

pub(super) use shapes;

/// The schema of a record. Every field is always there; others may be added.
pub(super) fn record(
    about: &str,
    fields: impl IntoIterator<Item = (&'static str, String, Value)>,
) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (key, doc, mut schema) in fields {
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), json!(doc.trim()));
        }
        properties.insert(key.to_owned(), schema);
        required.push(key);
    }
    json!({
        "type": "object",
        "description": about.trim(),
        "properties": properties,
        "required": required,
    })
}

/// The JSON Schema of the register as JSON.
pub fn schema() -> Value {
    document::<Actions>("The register of actions")
}

/// The JSON Schema of a whole file.
pub(super) fn document<T: Shape>(title: &str) -> Value {
    let mut definitions = Map::new();
    let root = T::schema(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": root["$ref"],
        "$defs": definitions,
    })
}

impl Shape for String {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string" })
    }
}

impl Shape for &'static str {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string" })
    }
}

impl Shape for bool {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "boolean" })
    }
}

impl Shape for usize {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl Shape for i64 {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "integer" })
    }
}

impl Shape for Day {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "type": "string", "format": "date" })
    }
}

impl Shape for State {
    fn schema(_: &mut Map<String, Value>) -> Value {
        <State as FromNode>::schema(&mut Definitions::default())
    }
}

impl Shape for Rag {
    fn schema(_: &mut Map<String, Value>) -> Value {
        <Rag as FromNode>::schema(&mut Definitions::default())
    }
}

impl Shape for Attention {
    fn schema(_: &mut Map<String, Value>) -> Value {
        json!({ "enum": Attention::ALL.map(Attention::word) })
    }
}

impl<T: Shape> Shape for Option<T> {
    fn schema(definitions: &mut Map<String, Value>) -> Value {
        json!({ "anyOf": [T::schema(definitions), { "type": "null" }] })
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn schema(definitions: &mut Map<String, Value>) -> Value {
        json!({ "type": "array", "items": T::schema(definitions) })
    }
}
