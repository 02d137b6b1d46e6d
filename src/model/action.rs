//! Actions: what somebody is to do, and by when.

use super::due::Due;
use super::edition::{Edition, Internal, Public, Redact};
use super::party::Party;
use super::record::record;
use super::text::Text;
use super::texts::{HasTexts, Texts};
use super::withheld::Row;
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader, Value};
use serde_json::json;

record! {
    /// An action.
    "an action" struct Action<E> {
        /// Its ref; an action without one is printed as "new".
        reference as "ref": Option<Text<E>>,
        /// What is to be done.
        text: Text<E>,
        /// Its parts.
        parts: Vec<Row<E, Part<E>>>,
        /// Who is to do it.
        owner: Vec<Party<E>>,
        /// Who is to do it, when they are several.
        owners: Vec<Party<E>>,
        /// By when.
        due: Option<Due<E>>,
        /// How often it comes back: `quarterly`.
        every: Option<Text<E>>,
        /// The group to which the result is reported, where it is not this one.
        report_to: Option<Party<E>>,
    }
}

impl<E: Edition> Action<E> {
    /// Everybody who is to do it.
    pub fn all_owners(&self) -> impl Iterator<Item = &Party<E>> {
        self.owner.iter().chain(&self.owners)
    }
}

/// A part of an action. Without owner and due it has those of the action.
pub struct Part<E: Edition = Internal> {
    /// Where it stands.
    pub span: Span,
    /// Its label; without one it is lettered.
    pub label: Option<Text<E>>,
    /// What is to be done.
    pub text: Text<E>,
    /// Who is to do it, where that differs from the action.
    pub owner: Vec<Party<E>>,
    /// By when, where that differs from the action.
    pub due: Option<Due<E>>,
}

record! {
    /// A part with more than its text.
    "a part" struct PartFields<E> {
        /// Its label; without one it is lettered.
        label: Option<Text<E>>,
        /// What is to be done.
        text: Text<E>,
        /// Who is to do it, where that differs from the action.
        owner: Vec<Party<E>>,
        /// By when, where that differs from the action.
        due: Option<Due<E>>,
    }
}

impl FromNode for Part<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Part {
                span: node.span,
                label: None,
                text: Text::from_node(node, reader)?,
                owner: Vec::new(),
                due: None,
            });
        }
        let fields: PartFields = PartFields::from_node(node, reader)?;
        Some(Part {
            span: fields.span,
            label: fields.label,
            text: fields.text,
            owner: fields.owner,
            due: fields.due,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [{ "type": "string" }, PartFields::schema(definitions)] })
    }
}

impl Redact for Part<Internal> {
    type Public = Part<Public>;

    fn redact(&self) -> Part<Public> {
        Part {
            span: self.span,
            label: self.label.redact(),
            text: self.text.redact(),
            owner: self.owner.redact(),
            due: self.due.redact(),
        }
    }
}

impl HasTexts for Part<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.label.texts(met);
        self.text.texts(met);
        self.owner.texts(met);
        self.due.texts(met);
    }
}
