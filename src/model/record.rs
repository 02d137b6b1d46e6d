//! One declaration for each kind of thing in a file: from it come the type, the reading of it with every fault reported,
//! its JSON Schema, its public edition, the public words of that, and the walk over its texts. A field cannot be added to one and forgotten in another.

/// Declares a record. `struct Name<E>` is a type that may hold withheld text, in both editions; `struct Name` holds none.
/// The name of a field in YAML is the field's own, or what stands behind `as`. Where one text may stand for the whole,
/// `or` names the field that it is.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $what:literal struct $name:ident<E> $(or $short:literal)? {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $key:literal)? : $type:ty ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
                pub struct $name<E: $crate::model::Edition = $crate::model::Internal> {
            /// Where it stands.
            pub span: $crate::source::Span,
            $( $(#[doc = $field_doc])* pub $field: $type, )*
        }
        $crate::model::record::record!(@read $name<$crate::model::Internal>, $name, $what, [$($short)?], [$($doc)*],
            [$( [$($field_doc)*] $field $(as $key)? : $type, )*]);
        impl $crate::model::Redact for $name<$crate::model::Internal> {
            type Public = $name<$crate::model::Public>;
            fn redact(&self) -> Self::Public {
                $name {
                    span: self.span,
                    $( $field: $crate::model::Redact::redact(&self.$field), )*
                }
            }
        }
        impl $crate::model::HasTexts for $name<$crate::model::Internal> {
            const WHAT: &'static str = $what;

            fn texts<'t>(&'t self, met: &mut $crate::model::texts::Texts<'t>) {
                met.enter($what, self.span);
                $(
                    met.field($crate::model::record::record!(@key $field $($key)?));
                    $crate::model::HasTexts::texts(&self.$field, met);
                )*
                met.leave();
            }
        }
        $crate::model::record::record!(@transcribe $name<$crate::model::Public>,
            [$( $field $(as $key)?, )*]);
    };
    (
        $(#[doc = $doc:literal])*
        $what:literal struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $key:literal)? : $type:ty ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            /// Where it stands.
            pub span: $crate::source::Span,
            $( $(#[doc = $field_doc])* pub $field: $type, )*
        }
        $crate::model::record::record!(@read $name, $name, $what, [], [$($doc)*],
            [$( [$($field_doc)*] $field $(as $key)? : $type, )*]);
        $crate::model::record::same_in_public!($name);
        $crate::model::record::record!(@transcribe $name, [$( $field $(as $key)?, )*]);
    };
    (@transcribe $of:ty, [$( $field:ident $(as $key:literal)?, )*]) => {
        impl $crate::model::transcript::Transcribe for $of {
            fn piece(&self) -> $crate::model::transcript::Piece {
                $crate::model::transcript::fields(vec![$((
                    $crate::model::record::record!(@key $field $($key)?),
                    $crate::model::transcript::Transcribe::piece(&self.$field),
                ),)*])
            }
        }
    };
    (@read $read:ty, $name:ident, $what:literal, [$($short:literal)?], [$($doc:literal)*],
        [$( [$($field_doc:literal)*] $field:ident $(as $key:literal)? : $type:ty, )*]) => {
        impl $crate::yaml::FromNode for $read {
            fn from_node(node: &$crate::yaml::Node, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                $(
                    let long = $crate::model::record::spelled_out(node, $short);
                    let node = long.as_ref().unwrap_or(node);
                )?
                let known = [$( $crate::model::record::record!(@key $field $($key)?) ),*];
                let fields = $crate::yaml::Fields::open(node, $what, &known, reader)?;
                $( let $field = fields.take($crate::model::record::record!(@key $field $($key)?), reader); )*
                Some($name { span: fields.span(), $( $field: $field?, )* })
            }
            fn schema(definitions: &mut $crate::yaml::Definitions) -> serde_json::Value {
                let long = definitions.part(stringify!($name), |definitions| {
                    let mut properties = serde_json::Map::new();
                    let mut required: Vec<&str> = Vec::new();
                    $crate::model::record::record!(@schema $read, properties, required, definitions,
                        $( [$($field_doc)*] $field $(as $key)? : $type, )*);
                    serde_json::json!({
                        "type": "object",
                        "description": concat!($($doc),*).trim(),
                        "properties": properties,
                        "required": required,
                        "additionalProperties": false,
                    })
                });
                $(
                    let _short = $short;
                    let long = serde_json::json!({ "anyOf": [{ "type": "string" }, long] });
                )?
                long
            }
        }
    };
    (@schema $read:ty, $properties:ident, $required:ident, $definitions:ident,
        $( [$($field_doc:literal)*] $field:ident $(as $key:literal)? : $type:ty, )*) => {
        $({
            let key = $crate::model::record::record!(@key $field $($key)?);
            // The type is found from the field, so that it need not be written for both editions.
            let (mut schema, needed) =
                $crate::model::record::described(|record: &$read| &record.$field, $definitions);
            if let Some(object) = schema.as_object_mut() {
                object.insert("description".to_owned(), concat!($($field_doc),*).trim().into());
            }
            if needed {
                $required.push(key);
            }
            $properties.insert(key.to_owned(), schema);
        })*
    };
    (@key $field:ident $key:literal) => { $key };
    (@key $field:ident) => { stringify!($field) };
}

/// Declares that a type holds no text that could be withheld, so that its public edition is itself.
macro_rules! same_in_public {
    ($($name:ty),* $(,)?) => {
        $(impl $crate::model::Redact for $name {
            type Public = $name;
            fn redact(&self) -> $name {
                self.clone()
            }
        }
        impl $crate::model::HasTexts for $name {
            fn texts<'t>(&'t self, _: &mut $crate::model::texts::Texts<'t>) {}
        })*
    };
}

/// Declares a choice between words. Each variant has its word in YAML and its printed label.
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        $what:literal enum $name:ident {
            $( $(#[doc = $variant_doc:literal])* $variant:ident = $word:literal, $label:literal ),* $(,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $( $(#[doc = $variant_doc])* $variant, )*
        }
        impl $name {
            /// The word in YAML.
            pub fn word(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }
            /// The label that is printed.
            pub fn label(self) -> &'static str {
                match self { $( $name::$variant => $label, )* }
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
        impl $crate::yaml::FromNode for $name {
            fn from_node(node: &$crate::yaml::Node, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                let words = [$($word),*];
                match node.scalar() {
                    $( Some(word) if word.eq_ignore_ascii_case($word) => Some($name::$variant), )*
                    Some(word) => {
                        let quoted = reader.quoted(word);
                        let near = $crate::diagnostic::nearest(word, words.iter().copied());
                        reader.fault($crate::model::record::not_a_choice(node.span, $what, &quoted, near, &words));
                        None
                    }
                    None => {
                        reader.wrong_type(node, $what);
                        None
                    }
                }
            }
            fn schema(_: &mut $crate::yaml::Definitions) -> serde_json::Value {
                serde_json::json!({ "enum": [$($word),*] })
            }
        }
        $crate::model::record::same_in_public!($name);
        impl $crate::model::transcript::Transcribe for $name {
            fn piece(&self) -> $crate::model::transcript::Piece {
                $crate::model::transcript::word(self.word())
            }
        }
    };
}

pub(crate) use {choice, record, same_in_public};

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Definitions, Entry, FromNode, Node, Value};

/// A text that stands for a whole record, as that record; `None` for one that is written out.
pub(crate) fn spelled_out(node: &Node, field: &str) -> Option<Node> {
    if matches!(node.value, Value::Map(_)) {
        return None;
    }
    let entry = Entry {
        key: field.to_owned(),
        key_span: node.span,
        value: node.clone(),
    };
    Some(Node {
        span: node.span,
        value: Value::Map(vec![entry]),
    })
}

/// The schema of a field and whether it must be there. The field is only named, never read.
pub(crate) fn described<R, T: FromNode>(
    _field: impl Fn(&R) -> &T,
    definitions: &mut Definitions,
) -> (serde_json::Value, bool) {
    (T::schema(definitions), T::absent().is_none())
}

/// The fault of a word that is none of those that a choice has.
pub(crate) fn not_a_choice(
    span: Span,
    what: &str,
    quoted: &str,
    near: Option<&str>,
    words: &[&str],
) -> Diagnostic {
    let fault = Diagnostic::error("unknown-word", span, format!("{quoted} is not {what}"));
    let all = format!("choose one of {}", words.join(", "));
    fault.help(match near {
        Some(meant) => format!("did you mean `{meant}`? {all}"),
        None => all,
    })
}
