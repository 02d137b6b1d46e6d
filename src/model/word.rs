//! A word for the program rather than for readers: a key, an address, an id. It cannot hold withheld text.

use super::record::same_in_public;
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader};
use std::ops::Deref;

/// A word and where it stands.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word, without spaces around it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

same_in_public!(Word);

impl FromNode for Word {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = String::from_node(node, reader)?.trim().to_owned();
        Some(Word {
            text,
            span: node.span,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        String::schema(definitions)
    }
}
