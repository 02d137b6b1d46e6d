//! The register of actions for other programs: CSV for spreadsheets, JSON, iCalendar. In: lines of the ledger. Out: text.
//!
//! `words` turns what people wrote into plain words; `record` is a plain record of each action, and `recorder` makes
//! it; every format here and the table on a terminal are written from it, so that all of them say the same. `shape` makes
//! the JSON Schema of those records. `withheld` is the record of what a book withholds.

pub mod csv;
pub mod ics;
pub mod json;
mod record;
mod recorder;
mod shape;
pub mod withheld;
mod words;

pub use record::{
    ActionRecord, Actions, Counts, Day, DueRecord, HistoryRecord, NextRecord, OwnerRecord,
    PartRecord, PlaceRecord, RedatingRecord, counted, overdue,
};
pub use shape::schema;
pub use words::Words;
pub(crate) use words::one_line;
