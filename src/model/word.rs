//! A word for the program rather than for readers: a key, an address, an id. It cannot hold withheld text.

use super::record::same_in_public;
use crate::diagnostic::Diagnostic;
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

/// Reports a mark of withheld text in something that cannot hold any; whether there was none.
pub(crate) fn not_withheld(text: &str, span: Span, reader: &mut Reader) -> bool {
    // The two characters alone may be a name of somebody's own.
    if text.contains("<<") && text != "<<" {
        let message = "nothing can be withheld here, so that these words would be published";
        reader.fault(Diagnostic::error("withheld-word", span, message).help(
            "take the words out; or withhold the whole entry in which they stand: `withheld: …`",
        ));
        return false;
    }
    true
}

impl FromNode for Word {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = String::from_node(node, reader)?.trim().to_owned();
        let span = node.span;
        not_withheld(&text, span, reader).then_some(Word { text, span })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        String::schema(definitions)
    }
}
