//! People and bodies: the register, and the ways in which the rest of a book names them.

use super::date::Date;
use super::edition::{Edition, Internal, Public, Redact};
use super::record::record;
use super::text::Text;
use super::texts::{HasTexts, Texts};
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader, Value};
use serde_json::json;

record! {
    /// A person in the register.
    "a person" struct Person<E> {
        /// The name as it is printed.
        name: Option<Text<E>>,
        /// The title of the post: Chief Constable.
        title: Option<Text<E>>,
        /// The initials of the post: CC.
        initials: Option<Text<E>>,
        /// What the post is responsible for, where several people share a rank.
        portfolio: Option<Text<E>>,
        /// Other names by which the book may refer to the person.
        aliases: Vec<Text<E>>,
        /// The posts that the person held, where they changed.
        posts: Vec<Post<E>>,
    }
}

record! {
    /// A post that a person held for a time.
    "a post" struct Post<E> {
        /// The title of the post.
        title: Option<Text<E>>,
        /// The initials of the post.
        initials: Option<Text<E>>,
        /// What the post is responsible for.
        portfolio: Option<Text<E>>,
        /// The first day in the post.
        from: Option<Date<E>>,
        /// The last day in the post.
        until: Option<Date<E>>,
    }
}

record! {
    /// A body: an organisation, a unit, a group.
    "a body" struct Body<E> {
        /// The name as it is printed.
        name: Option<Text<E>>,
        /// Its initials.
        initials: Option<Text<E>>,
        /// Other names by which the book may refer to it.
        aliases: Vec<Text<E>>,
    }
}

/// Somebody as the book names them: a key, initials, an alias or plain text; or a body, a person and a role.
pub struct Party<E: Edition = Internal> {
    /// Where it stands.
    pub span: Span,
    /// The person, or whatever stands there alone.
    pub name: Option<Text<E>>,
    /// The body.
    pub body: Option<Text<E>>,
    /// The role in which they act.
    pub role: Option<Text<E>>,
}

record! {
    /// Somebody named by more than one text.
    "an owner" struct PartyFields<E> {
        /// The person.
        person: Option<Text<E>>,
        /// The body.
        body: Option<Text<E>>,
        /// The role in which they act.
        role: Option<Text<E>>,
    }
}

impl FromNode for Party<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        if matches!(node.value, Value::Map(_)) {
            let fields: PartyFields = PartyFields::from_node(node, reader)?;
            return Some(Party {
                span: fields.span,
                name: fields.person,
                body: fields.body,
                role: fields.role,
            });
        }
        Some(Party {
            span: node.span,
            name: Some(Text::from_node(node, reader)?),
            body: None,
            role: None,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [{ "type": "string" }, PartyFields::schema(definitions)] })
    }
}

impl Redact for Party<Internal> {
    type Public = Party<Public>;

    fn redact(&self) -> Party<Public> {
        Party {
            span: self.span,
            name: self.name.redact(),
            body: self.body.redact(),
            role: self.role.redact(),
        }
    }
}

impl HasTexts for Party<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.name.texts(met);
        self.body.texts(met);
        self.role.texts(met);
    }
}
