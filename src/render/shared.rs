//! The passages of `minutebook.yaml` that a page prints: a name or a post that is withheld there. In: texts, while a view is
//! written. Out: the exemptions of each passage, so that the page can say how much of it is withheld.

use crate::edition::Tally;
use crate::model::Edition;
use crate::model::exemption::Exemption;
use crate::model::text::Text;
use crate::source::{SourceId, Span};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The withheld passages of the settings that were met on a page.
pub(super) struct SharedPassages {
    settings: SourceId,
    met: RefCell<BTreeMap<Span, Vec<Vec<Exemption>>>>,
}

impl SharedPassages {
    /// Nothing was met yet.
    pub(super) fn new(settings: SourceId) -> SharedPassages {
        SharedPassages {
            settings,
            met: RefCell::default(),
        }
    }

    /// Notes a text that the page prints. One that it prints often counts once.
    pub(super) fn learn<E: Edition>(&self, text: &Text<E>) {
        if text.span.source == self.settings && !text.passages().is_empty() {
            let mut met = self.met.borrow_mut();
            met.entry(text.span)
                .or_insert_with(|| text.passages().to_vec());
        }
    }

    /// Adds what was met to what else is withheld on the page.
    pub(super) fn add_to(&self, tally: &mut Tally) {
        for exemptions in self.met.borrow().values().flatten() {
            tally.add(exemptions);
        }
    }
}
