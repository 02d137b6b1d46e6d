//! Every size, space and colour of the PDF, in one place that a person can edit.
//!
//! Values only: this module decides nothing and knows neither HTML nor PDF. Lengths are points (1/72 inch), colours are
//! sRGB. Text on its background keeps a contrast of at least 6.9 (WCAG 2.2, technique G205).

/// An sRGB colour, a byte each for red, green and blue.
pub type Colour = [u8; 3];

/// Body text.
pub(super) const INK: Colour = [0x0b, 0x0c, 0x0c];
/// Secondary text: numbers, terms, context.
pub(super) const QUIET: Colour = [0x48, 0x49, 0x49];
/// The words of a link.
pub(super) const LINK: Colour = [0x1a, 0x65, 0xa6];
/// The rule above a main heading and below a table's head.
pub(super) const RULE: Colour = INK;
/// Hairlines between rows, and the edge of a frame.
pub(super) const HAIRLINE: Colour = [0xb1, 0xb4, 0xb6];
/// The rule beside quoted context.
pub(super) const CONTEXT_RULE: Colour = [0xb1, 0xb4, 0xb6];
/// The paper of an action.
pub(super) const CARD: Colour = [0xf3, 0xf4, 0xf6];
/// The paper of text that only the internal edition holds.
pub(super) const KEPT: Colour = [0xff, 0xf1, 0xb8];
/// The paper of marked words.
pub(super) const MARKED: Colour = [0xff, 0xee, 0x80];
/// The paper of code.
pub(super) const CODE: Colour = [0xee, 0xef, 0xf0];
/// The word across the page of a draft: pale enough to read through.
pub(super) const WATERMARK: Colour = [0xe9, 0xec, 0xef];

/// Words on a tint: the colour of the words and of the paper behind them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tint {
    pub(super) ink: Colour,
    pub(super) paper: Colour,
}

const fn tint(ink: u32, paper: u32) -> Tint {
    const fn bytes(value: u32) -> Colour {
        [(value >> 16) as u8, (value >> 8) as u8, value as u8]
    }
    Tint {
        ink: bytes(ink),
        paper: bytes(paper),
    }
}

pub(super) const RED: Tint = tint(0x651b1b, 0xf4d7d7);
pub(super) const AMBER: Tint = tint(0x7a3c1c, 0xfde4d7);
pub(super) const YELLOW: Tint = tint(0x7a3c1c, 0xffee80);
pub(super) const GREEN: Tint = tint(0x083d29, 0xcfe4dc);
pub(super) const BLUE: Tint = tint(0x0f385c, 0xd2e2f1);
pub(super) const GREY: Tint = tint(0x0b0c0c, 0xcecece);
pub(super) const BLACK: Tint = tint(0xffffff, 0x0b0c0c);

/// How a paragraph's text is set before any inline element changes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    /// Size of the type.
    pub(super) size: f32,
    /// From one baseline to the next.
    pub(super) leading: f32,
    pub(super) bold: bool,
    pub(super) colour: Colour,
}

const fn face(size: f32, leading: f32, bold: bool, colour: Colour) -> Type {
    Type {
        size,
        leading,
        bold,
        colour,
    }
}

/// Running text; 12 pt is the least that the Government Digital Service allows.
pub(super) const BODY: Type = face(12.0, 17.5, false, INK);
/// Tables and what stands in them.
pub(super) const TABLE: Type = face(10.5, 14.5, false, INK);
/// The least size of its type, where it has many columns.
pub(super) const LEAST_TABLE: f32 = 9.0;
/// A word in a table that needs more room than this, an address or the name of a file, may be broken.
pub(super) const LONG_WORD: f32 = 110.0;
/// Caption of a table.
pub(super) const CAPTION: Type = face(11.0, 15.5, true, INK);
/// Caption of a figure, and the white between the two.
pub(super) const FIGURE_CAPTION: Type = face(10.5, 14.5, false, QUIET);
pub(super) const FIGURE_GAP: f32 = 5.0;
/// A figure leaves at least this part of a page for what belongs to it.
pub(super) const FIGURE_MOST: f32 = 0.8;
/// Below the first cell of a row that began on the page before.
pub(super) const CONTINUED: &str = "continued";
pub(super) const CONTINUED_SHORT: &str = "cont.";
pub(super) const CONTINUED_TYPE: Type = face(9.0, 12.0, false, QUIET);
/// Header, footer.
pub(super) const FURNITURE: Type = face(9.0, 12.0, false, QUIET);
/// The same where it would otherwise take more than two lines.
pub(super) const FURNITURE_SMALL: Type = face(8.0, 10.0, false, QUIET);
/// The classification at the top and the bottom of a page.
pub(super) const CLASSIFICATION: Type = face(9.5, 12.0, true, INK);
/// The same where it would otherwise take more than two lines.
pub(super) const CLASSIFICATION_SMALL: Type = face(8.0, 9.5, true, INK);
/// What is left on either side of it, for the number of the page and its version.
pub(super) const BESIDE_MARKING: f32 = 76.0;

/// Headings 1 to 6: type, space above, space below.
pub(super) const HEADINGS: [(Type, f32, f32); 6] = [
    (face(25.0, 31.0, true, INK), 0.0, 9.0),
    (face(17.0, 22.0, true, INK), 25.0, 7.0),
    (face(14.0, 19.0, true, INK), 18.0, 5.0),
    (face(12.5, 17.5, true, INK), 14.0, 4.0),
    (face(12.0, 17.5, true, INK), 12.0, 3.0),
    (face(12.0, 17.5, true, QUIET), 9.0, 2.0),
];

/// From the rule above a second-level heading to the heading.
pub(super) const RULE_TO_HEADING: f32 = 9.0;
/// Thickness of that rule, and of the one below a table's head.
pub(super) const RULE_THICKNESS: f32 = 1.2;
/// Thickness of hairlines.
pub(super) const HAIRLINE_THICKNESS: f32 = 0.6;

/// Space below a paragraph.
pub(super) const PARAGRAPH_GAP: f32 = 7.0;
/// Space above and below a paragraph that announces what follows.
pub(super) const LEAD_BEFORE: f32 = 9.0;
pub(super) const LEAD_AFTER: f32 = 1.5;
/// Space between the items of a list.
pub(super) const ITEM_GAP: f32 = 3.0;
/// Space around a table, a list of pairs, a frame.
pub(super) const BLOCK_GAP: f32 = 10.0;
/// Where a list's text begins, from its marker.
pub(super) const LIST_INDENT: f32 = 19.0;
/// The same in a cell, whose column is narrow.
pub(super) const LIST_INDENT_IN_CELL: f32 = 12.0;
/// From a list's marker to its text.
pub(super) const MARKER_GAP: f32 = 6.0;
/// Where a question's words and its findings begin, from the number.
pub(super) const HANG: f32 = 24.0;
/// Text is never set narrower than this, however deeply it nests.
pub(super) const LEAST_MEASURE: f32 = 72.0;
/// Nor narrower than this in a cell, whose column has room for its longest word.
pub(super) const LEAST_MEASURE_IN_CELL: f32 = 24.0;

/// The lines of a column that needs at most this for the longest of them, a date or a label, are not broken.
pub(super) const SHORT_COLUMN: f32 = 95.0;
/// Tables with the same head have columns of the same widths where their longest words take at most this part of the measure.
pub(super) const SHARED_WORDS: f32 = 0.7;
/// Inside a cell: left and right.
pub(super) const CELL_SIDE: f32 = 5.0;
/// Inside a cell: above and below.
pub(super) const CELL_ENDS: f32 = 4.5;
/// The same in a table that must not take much room.
pub(super) const DENSE_ENDS: f32 = 2.5;
/// Inside a card or a frame.
pub(super) const FRAME_INSET: f32 = 10.0;
/// Width of the bar beside a card or a notice.
pub(super) const BAR: f32 = 3.0;
/// From the rule beside context to its words.
pub(super) const CONTEXT_INSET: f32 = 11.0;

/// What is no higher than this part of a page is never parted: a card, a note; a matter arising, a decision.
pub(super) const WHOLE_FRAME: f32 = 0.3;
pub(super) const WHOLE_ENTRY: f32 = 0.12;
/// What is no higher than this is parted only above a paragraph that announces what follows.
pub(super) const LEADS_ENTRY: f32 = 0.5;
/// What is no higher than this part of a page is parted only where the page would else end with as much white as below.
pub(super) const HELD_TABLE: f32 = 0.35;
pub(super) const HELD_PAIRS: f32 = 0.7;
pub(super) const HOLD_LINES: f32 = 0.02;
pub(super) const HOLD_ROWS: f32 = 0.06;
pub(super) const HOLD_FRAME: f32 = 0.03;
pub(super) const HOLD_TABLE: f32 = 0.3;
pub(super) const HOLD_PAIRS: f32 = 0.25;
/// Where the last page is filled no more than this part, as many pages before it are set with so much of their white, the
/// first that is enough, if that spares it.
pub(super) const TIGHT_TAIL: f32 = 0.6;
pub(super) const TIGHT_PAGES: usize = 4;
pub(super) const TIGHT_WHITE: [f32; 3] = [0.85, 0.75, 0.65];

/// Against the size of the type: how far below the baseline words are underlined, how far above it a line goes through
/// them, and how thick both are.
pub(super) const UNDERLINE_BELOW: f32 = 0.12;
pub(super) const STRIKE_ABOVE: f32 = 0.31;
pub(super) const LINE_OF_WORDS: f32 = 0.05;

/// A label's type against the text around it.
pub(super) const LABEL_SCALE: f32 = 0.84;
/// A label's inset, left and right.
pub(super) const LABEL_SIDE: f32 = 4.0;
/// A label's inset, above and below.
pub(super) const LABEL_ENDS: f32 = 1.0;
/// A label with more characters than this is set as running text on its tint.
pub(super) const LABEL_LIMIT: usize = 60;

/// Sheet sizes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8½ × 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points, upright.
    pub(super) fn size(self) -> (f32, f32) {
        match self {
            Paper::A4 => (595.28, 841.89),
            Paper::Letter => (612.0, 792.0),
        }
    }
}

/// About the width of a character of running text, white space counted.
pub(super) const CHARACTER: f32 = 5.6;

/// Margins: left and right; top and bottom. The furniture stands inside the last two.
pub(super) const MARGIN_SIDE: f32 = 62.0;
pub(super) const MARGIN_TOP: f32 = 68.0;
pub(super) const MARGIN_BOTTOM: f32 = 66.0;
/// The height of the band along the upper edge of the first page.
pub(super) const BAND: f32 = 12.0;
/// Baseline of the header from the top edge, of the footer from the bottom edge.
pub(super) const HEADER_BASELINE: f32 = 38.0;
pub(super) const FOOTER_BASELINE: f32 = 34.0;
/// Margins of a landscape page, left and right.
pub(super) const MARGIN_SIDE_WIDE: f32 = 48.0;
