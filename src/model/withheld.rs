//! What is withheld: the mark that readers see, and rows that are withheld whole.

use super::date::Date;
use super::edition::{Edition, Gone, Internal, Public, Redact};
use super::exemption::Exemption;
use super::record::record;
use super::text::Text;
use super::texts::{HasTexts, Texts};
use super::transcript::{Piece, Transcribe};
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader, Value};
use serde_json::json;

record! {
    /// Why and by whom something is withheld. Only the exemption is public.
    "a withheld mark" struct Record<E> {
        /// The exemption, or several.
        exemption: Vec<Exemption>,
        /// Why it applies; internal.
        reason: Option<Text<E>>,
        /// Who decided; internal.
        by: Option<Text<E>>,
        /// When it was decided; internal.
        date: Option<Date<E>>,
        /// The public interest test of a qualified exemption; internal.
        public_interest: Option<Text<E>>,
    }
}

record! {
    /// Why passages are withheld, and who decided it: those under an exemption, in a document or in a part of it.
    "why passages are withheld" struct PassageRecord<E> {
        /// The exemption, or several; left out, all of them.
        exemption: Vec<Exemption>,
        /// The number, ref or id of the item, question, action or note in which they stand; left out, anywhere.
        at: Vec<Text<E>>,
        /// Why it applies.
        reason: Option<Text<E>>,
        /// Who decided.
        by: Option<Text<E>>,
        /// When it was decided.
        date: Option<Date<E>>,
        /// The public interest test of a qualified exemption.
        public_interest: Option<Text<E>>,
    }
}

/// Why the passages of a document are withheld. No word of it is public.
pub struct Passages<E: Edition = Internal> {
    /// The records, in the order of the file.
    pub records: E::Secret<Vec<PassageRecord<Internal>>>,
}

impl FromNode for Passages<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let records = Vec::from_node(node, reader)?;
        Some(Passages { records })
    }

    fn absent() -> Option<Self> {
        Some(Passages {
            records: Vec::new(),
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        <Vec<PassageRecord>>::schema(definitions)
    }
}

impl Redact for Passages<Internal> {
    type Public = Passages<Public>;

    fn redact(&self) -> Self::Public {
        Passages { records: Gone }
    }
}

impl HasTexts for Passages<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        for record in &self.records {
            met.meet_withheld(&record.exemption, record);
        }
    }
}

impl Transcribe for Passages<Public> {
    fn piece(&self) -> Piece {
        Piece::Nothing
    }
}

/// The mark of something that is withheld whole.
pub struct Mark<E: Edition = Internal> {
    /// Where it stands.
    pub span: Span,
    /// The exemptions.
    pub exemptions: Vec<Exemption>,
    /// Who withheld it, when and why.
    pub record: E::Secret<Option<Record<Internal>>>,
}

impl FromNode for Mark<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let codes: Option<Vec<Exemption>> = match &node.value {
            Value::Scalar(codes) => Some(codes.split(',').map(Exemption::new).collect()),
            Value::List(_) => Some(Vec::from_node(node, reader)?),
            _ => None,
        };
        if let Some(exemptions) = codes {
            return Some(Mark {
                span: node.span,
                exemptions,
                record: None,
            });
        }
        let record: Record = reader.withheld(|reader| Record::from_node(node, reader))?;
        let exemptions = match record.exemption.as_slice() {
            [] => vec![Exemption::new("unstated")],
            some => some.to_vec(),
        };
        Some(Mark {
            span: record.span,
            exemptions,
            record: Some(record),
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [Exemption::schema(definitions), Record::schema(definitions)] })
    }
}

impl Redact for Mark<Internal> {
    type Public = Mark<Public>;

    fn redact(&self) -> Self::Public {
        Mark {
            span: self.span,
            exemptions: self.exemptions.clone(),
            record: Gone,
        }
    }
}

/// An entry of a list that may be withheld whole.
pub enum Row<E: Edition, T: Send + Sync> {
    /// It is shown.
    Open(T),
    /// It is withheld.
    Withheld(Box<WithheldRow<E, T>>),
}

/// An entry that is withheld whole: its number or ref stays, so that the numbering shows no gap.
pub struct WithheldRow<E: Edition, T: Send + Sync> {
    /// Where it stands.
    pub span: Span,
    /// Its number or ref.
    pub number: Option<Text<E>>,
    /// Why it is withheld.
    pub mark: Mark<E>,
    /// What is withheld, when it was kept at all.
    pub kept: E::Secret<Option<T>>,
}

impl<E: Edition, T: Send + Sync> Row<E, T> {
    /// The entry, as far as this edition has it.
    pub fn known(&self) -> Option<&T> {
        match self {
            Row::Open(entry) => Some(entry),
            Row::Withheld(row) => E::open(&row.kept).and_then(Option::as_ref),
        }
    }

    /// The mark, when it is withheld.
    pub fn mark(&self) -> Option<&Mark<E>> {
        match self {
            Row::Open(_) => None,
            Row::Withheld(row) => Some(&row.mark),
        }
    }
}

impl<T: FromNode + Send + Sync> FromNode for Row<Internal, T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(mark) = node.get("withheld") else {
            return T::from_node(node, reader).map(Row::Open);
        };
        let rest = node.without("withheld");
        let entries = rest.entries().unwrap_or_default();
        let number = entries
            .iter()
            .find(|entry| matches!(entry.key.as_str(), "ref" | "number" | "action"));
        let number = match number {
            // An action that was set before the book began has no ref to keep.
            Some(entry) if entry.value.scalar().is_none() => None,
            Some(entry) => Some(Text::from_node(&entry.value, reader)?),
            None => None,
        };
        let has_text = entries
            .iter()
            .any(|entry| !matches!(entry.key.as_str(), "ref" | "number" | "id"));
        let kept = match has_text {
            true => Some(reader.withheld(|reader| T::from_node(&rest, reader))?),
            false => None,
        };
        Some(Row::Withheld(Box::new(WithheldRow {
            span: node
                .entries()
                .and_then(|e| e.first())
                .map_or(node.span, |e| e.key_span),
            number,
            mark: Mark::from_node(mark, reader)?,
            kept,
        })))
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        let open = T::schema(definitions);
        let mark = Mark::schema(definitions);
        json!({ "anyOf": [open, {
            "type": "object",
            "description": "The same, withheld from the public edition.",
            "properties": { "withheld": mark },
            "required": ["withheld"],
        }] })
    }
}

impl<T: Redact<Public: Send + Sync> + Send + Sync> Redact for Row<Internal, T> {
    type Public = Row<Public, T::Public>;

    fn redact(&self) -> Self::Public {
        match self {
            Row::Open(entry) => Row::Open(entry.redact()),
            Row::Withheld(row) => Row::Withheld(Box::new(WithheldRow {
                span: row.span,
                number: row.number.redact(),
                mark: row.mark.redact(),
                kept: Gone,
            })),
        }
    }
}

impl HasTexts for Mark<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        met.meet_withheld(&self.exemptions, &self.record);
    }
}

impl<T: HasTexts + Send + Sync> HasTexts for Row<Internal, T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        match self {
            Row::Open(entry) => entry.texts(met),
            Row::Withheld(row) => {
                met.withhold(row.span, row.number.as_ref(), &row.mark, &row.kept);
            }
        }
    }
}
