//! What a document needs to know of the rest of its book: who people are, where an action was set, when meetings are.

use crate::edition::Shelf;
use crate::ledger::{Entry, Ledger};
use crate::model::due::MeetingRef;
use crate::model::exemption::ExemptionNames;
use crate::model::meeting::Meeting;
use crate::model::register::Register;
use crate::model::settings::{Series, Settings};
use crate::model::{Edition, Logo};
use crate::render::pdf::Typefaces;
use crate::source::Sources;
use chrono::NaiveDate;

/// The book around a document, in one edition.
pub(super) struct Library<'b, E: Edition> {
    pub(super) settings: &'b Settings<E>,
    pub(super) register: Register<'b, E>,
    pub(super) exemptions: ExemptionNames,
    pub(super) logo: Option<&'b Logo>,
    pub(super) typefaces: Typefaces,
    pub(super) ledger: Ledger<'b, E>,
}

impl<'b, E: Edition> Library<'b, E> {
    pub(super) fn new(shelf: &Shelf<'b, E>, sources: &Sources) -> Library<'b, E> {
        Library {
            settings: shelf.settings,
            register: Register::new(shelf.settings),
            exemptions: ExemptionNames::of(shelf.settings),
            logo: shelf.logo,
            typefaces: Typefaces::new(shelf.fonts),
            ledger: Ledger::new(shelf, sources),
        }
    }

    /// The series of a meeting.
    pub(super) fn series(&self, meeting: &Meeting<E>) -> Option<&'b Series<E>> {
        self.settings.series.get(meeting.series.as_deref()?)
    }

    /// The action with this ref: one of the same series, or else of any.
    pub(super) fn action(&self, reference: &str, of: &Meeting<E>) -> Option<&Entry<'b, E>> {
        let series = of.series.as_deref();
        let mut homes = self.ledger.all_with(reference);
        let same = homes.find(|entry| entry.series() == series);
        same.or_else(|| self.ledger.find(reference))
    }

    /// The day of a meeting of a series: the first in its month, or after it, when it is named by month.
    pub(super) fn day_of(&self, series: Option<&str>, reference: MeetingRef) -> Option<NaiveDate> {
        self.ledger.calendar.day_of(series, reference)
    }
}
