//! The logical structure of the document: its elements, their attributes, and where their content goes.
//!
//! Built together with the blocks, in the order of the HTML, before anything is laid out. Content is named by a [`Slot`]:
//! a stretch of text between two child elements. Whatever the layout does with it, over however many pages, a slot stays
//! one place in the reading order. This module knows nothing of PDF objects; `tags` writes them.

/// Index of an element.
pub(super) type ElementId = u32;
/// Index of a stretch of content.
pub(super) type Slot = u32;

/// The document's root element.
pub(super) const DOCUMENT: ElementId = 0;

/// Standard structure types (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Document,
    Sect,
    Div,
    H(u8),
    P,
    L,
    LI,
    Lbl,
    LBody,
    Table,
    THead,
    TBody,
    TFoot,
    TR,
    TH,
    TD,
    Caption,
    BlockQuote,
    Note,
    Reference,
    Link,
    Span,
    Code,
    Quote,
    Figure,
}

/// What a list item's label is (ISO 32000-1, table 347).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    None,
    Disc,
    Decimal,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
}

/// A child of an element, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kid {
    Element(ElementId),
    Content(Slot),
}

/// One structure element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) role: Role,
    pub(super) parent: ElementId,
    pub(super) kids: Vec<Kid>,
    pub(super) attributes: Attributes,
}

/// What is known of an element beside its role; most have none of it.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) language: Option<String>,
    /// The words that an abbreviation stands for.
    pub(super) expansion: Option<String>,
    /// A line goes through its words: they no longer hold.
    pub(super) struck: bool,
    /// What a figure shows.
    pub(super) alternative: Option<String>,
    pub(super) numbering: Option<Numbering>,
    pub(super) scope: Option<Scope>,
    /// Columns and rows that a cell covers, when more than one.
    pub(super) column_span: u32,
    pub(super) row_span: u32,
    /// The header cells of a cell, where scope alone does not say (ISO 32000-1, 14.8.5.7).
    pub(super) headers: Vec<ElementId>,
    /// The link that the element is, an index into the document's links.
    pub(super) link: Option<u32>,
    /// The element has a name that others refer to.
    pub(super) named: bool,
    /// Left, bottom, right, top on its page: filled in by the layout of a figure.
    pub(super) bounds: Option<[f32; 4]>,
}

/// What a header cell is the header of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Row,
    Column,
}

/// The tree of elements.
#[derive(Debug)]
pub(super) struct Structure {
    pub(super) elements: Vec<Element>,
    /// The element that each slot belongs to.
    pub(super) slots: Vec<ElementId>,
}

impl Structure {
    /// A tree that has only its root.
    pub(super) fn new() -> Self {
        let root = Element {
            role: Role::Document,
            parent: DOCUMENT,
            kids: Vec::new(),
            attributes: Attributes::default(),
        };
        Structure {
            elements: vec![root],
            slots: Vec::new(),
        }
    }

    /// A new last child of an element.
    pub(super) fn add(&mut self, parent: ElementId, role: Role) -> ElementId {
        let id = self.elements.len() as ElementId;
        self.elements.push(Element {
            role,
            parent,
            kids: Vec::new(),
            attributes: Attributes::default(),
        });
        self.elements[parent as usize].kids.push(Kid::Element(id));
        id
    }

    /// The attributes of an element.
    pub(super) fn attributes(&mut self, id: ElementId) -> &mut Attributes {
        &mut self.elements[id as usize].attributes
    }

    /// Where the figure that a slot belongs to lies on its page: left, bottom, right, top.
    pub(super) fn bound(&mut self, slot: Slot, bounds: [f32; 4]) {
        let element = self.slots[slot as usize];
        self.attributes(element).bounds = Some(bounds);
    }

    /// The slot for content that comes next in an element.
    pub(super) fn slot(&mut self, element: ElementId) -> Slot {
        if let Some(Kid::Content(slot)) = self.elements[element as usize].kids.last() {
            return *slot;
        }
        let slot = self.slots.len() as Slot;
        self.slots.push(element);
        self.elements[element as usize]
            .kids
            .push(Kid::Content(slot));
        slot
    }
}
