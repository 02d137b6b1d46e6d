//! The view of a sheet of actions: the register, a chair's sheet, an owner's sheet.

use crate::ledger::Line;
use crate::model::Edition;
use crate::render::dates;
use crate::render::format::{Format, Ready};
use crate::render::library::Library;
use crate::render::pdf::Furniture;
use chrono::NaiveDate;
use serde::Serialize;

/// What a sheet of actions is to be.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// For whom it is.
    pub kind: SheetKind,
    /// The day as at which it is printed.
    pub as_at: NaiveDate,
    /// The key of the series whose actions they are; `None` for those of the whole book.
    pub series: Option<String>,
    /// How the actions were chosen, in words: "owned by the DCC", "due before 1 January 2027".
    pub filter_words: Vec<String>,
}

/// For whom a sheet of actions is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// For everybody: every action with its history.
    Register,
    /// For the chair: what to look at first, in one or two pages.
    Chair,
    /// For an owner, by the key in the register: what to do by when.
    Owner(String),
}

/// The view of a sheet of actions.
#[derive(Debug, Serialize)]
pub struct SheetPage {
    /// The title.
    pub title: Ready,
}

/// Makes the view of a sheet for a format.
pub(in crate::render) fn page<E: Edition>(
    _lines: &[Line<'_, '_, E>],
    sheet: &Sheet,
    _library: &Library<'_, E>,
    format: Format,
) -> SheetPage {
    SheetPage {
        title: format.plain(&plain_title(sheet)),
    }
}

/// What stands on every page of the PDF.
pub(in crate::render) fn furniture<E: Edition>(
    sheet: &Sheet,
    _library: &Library<'_, E>,
) -> Furniture {
    Furniture {
        short_title: plain_title(sheet),
        ..Furniture::default()
    }
}

fn plain_title(sheet: &Sheet) -> String {
    let day = dates::day(sheet.as_at);
    match &sheet.kind {
        SheetKind::Register => format!("Register of actions, {day}"),
        SheetKind::Chair => format!("Chair's sheet, {day}"),
        SheetKind::Owner(_) => format!("Actions by owner, {day}"),
    }
}
