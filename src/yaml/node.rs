//! One value of a YAML file with its place.

use crate::source::Span;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What stands at a place.
#[derive(Clone, Debug)]
pub enum Value {
    /// A key with nothing behind it.
    Empty,
    /// Text, as written.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Fields, in the order of the file.
    Map(Vec<Entry>),
}

/// A field of a map.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The field's name.
    pub key: String,
    /// Where the name stands.
    pub key_span: Span,
    /// The field's value.
    pub value: Node,
}

impl Node {
    /// The entries, when this is a map.
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of a field, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()?
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The text, when this is a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, in the words of a message.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Empty => "nothing",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "fields",
        }
    }

    /// The same map without one of its fields.
    pub fn without(&self, key: &str) -> Node {
        let value = match &self.value {
            Value::Map(entries) => {
                Value::Map(entries.iter().filter(|e| e.key != key).cloned().collect())
            }
            other => other.clone(),
        };
        Node {
            span: self.span,
            value,
        }
    }
}
