//! What is said later of actions that are withheld whole: at meetings, and in files of updates. In: a book. Out: the
//! exemptions of each such action by its ref, and public documents in which whatever is said of one of them is a withheld row
//! itself, so that the public edition has no type that could hold a word, an author, a day or a reason of it.

use super::Tally;
use crate::model::action::{Action, Update};
use crate::model::exemption::Exemption;
use crate::model::meeting::{Arising, Item, MatterArising, Meeting};
use crate::model::refs;
use crate::model::text::Text;
use crate::model::tracker::Updates;
use crate::model::withheld::{Mark, Row, WithheldRow};
use crate::model::{Book, Edition, Gone, Internal, Public};
use crate::source::Span;
use std::collections::{BTreeMap, HashSet};

/// The actions of a book of which the public edition knows the ref alone: those that are withheld, and those in items and
/// questions that are.
#[derive(Debug, Default)]
pub struct WithheldActions {
    by_ref: BTreeMap<String, Vec<Exemption>>,
}

impl WithheldActions {
    /// Gathers them.
    pub fn of(book: &Book) -> WithheldActions {
        let mut gathering = Gathering::default();
        for document in &book.meetings {
            gathering.items(&document.meeting.items, None);
            gathering.actions(&document.meeting.actions, None);
        }
        for filed in &book.trackers {
            gathering.actions(&filed.content.actions, None);
        }
        for filed in &book.plans {
            for row in &filed.content.objectives {
                if let Some(objective) = row.known() {
                    gathering.actions(&objective.actions, row.mark());
                }
            }
        }
        gathering.finish()
    }

    /// Why the action with this ref is withheld; `None` when it is not.
    pub fn exemptions<E: Edition>(&self, reference: &Text<E>) -> Option<&[Exemption]> {
        let found = self.by_ref.get(&refs::folded(&reference.words()))?;
        Some(found)
    }

    /// Withholds what a meeting says of them, and counts it.
    pub(super) fn withhold_in_meeting(&self, meeting: &mut Meeting<Public>, tally: &mut Tally) {
        if !self.by_ref.is_empty() {
            self.withhold_in_items(&mut meeting.items, tally);
        }
    }

    fn withhold_in_items(&self, rows: &mut [Row<Public, Item<Public>>], tally: &mut Tally) {
        for row in rows {
            if let Row::Open(item) = row {
                for matter in &mut item.matters_arising {
                    self.withhold(matter, tally);
                }
                self.withhold_in_items(&mut item.items, tally);
            }
        }
    }

    /// Withholds what a file of updates says of them, and counts it.
    pub(super) fn withhold_in_updates(&self, updates: &mut Updates<Public>, tally: &mut Tally) {
        for update in &mut updates.updates {
            self.withhold(update, tally);
        }
    }

    fn withhold<T: OfAction<Public>>(&self, row: &mut Row<Public, T>, tally: &mut Tally) {
        let Row::Open(said) = row else {
            return;
        };
        let known = said.reference().filter(|_| said.says_something());
        let Some(exemptions) = known.and_then(|reference| self.exemptions(reference)) else {
            return;
        };
        let (span, number) = (said.span(), said.take_reference());
        tally.add(exemptions);
        let mark = Mark {
            span,
            exemptions: exemptions.to_vec(),
            record: Gone,
        };
        *row = Row::Withheld(WithheldRow {
            span,
            number,
            mark,
            kept: Gone,
        });
    }
}

/// Something that is said of an action which is set elsewhere.
trait OfAction<E: Edition> {
    /// The ref of the action.
    fn reference(&self) -> Option<&Text<E>>;
    /// The same, taken away.
    fn take_reference(&mut self) -> Option<Text<E>>;
    /// The place in the file.
    fn span(&self) -> Span;
    /// Whether there is more than the ref.
    fn says_something(&self) -> bool;
}

impl OfAction<Public> for MatterArising<Public> {
    fn reference(&self) -> Option<&Text<Public>> {
        match &self.action {
            Arising::Ref(reference) => Some(reference),
            Arising::Earlier(earlier) => earlier.reference.as_ref(),
        }
    }

    fn take_reference(&mut self) -> Option<Text<Public>> {
        match &mut self.action {
            Arising::Ref(reference) => Some(std::mem::replace(reference, Text::nothing(self.span))),
            Arising::Earlier(earlier) => earlier.reference.take(),
        }
    }

    fn span(&self) -> Span {
        self.span
    }

    fn says_something(&self) -> bool {
        let words = [
            &self.update,
            &self.condition,
            &self.replaced_by,
            &self.reason,
        ];
        matches!(self.action, Arising::Earlier(_))
            || words.iter().any(|words| words.is_some())
            || self.by.is_some()
            || self.state.is_some()
            || self.rag.is_some()
            || self.due.is_some()
            || !self.owner.is_empty()
            || self.every.is_some()
    }
}

impl OfAction<Public> for Update<Public> {
    fn reference(&self) -> Option<&Text<Public>> {
        self.action.as_ref()
    }

    fn take_reference(&mut self) -> Option<Text<Public>> {
        self.action.take()
    }

    fn span(&self) -> Span {
        self.span
    }

    fn says_something(&self) -> bool {
        true
    }
}

/// The refs that were met while the book is read.
#[derive(Default)]
struct Gathering {
    withheld: BTreeMap<String, Vec<Exemption>>,
    /// Actions from before the book began, where a matter arising that is withheld brings them.
    earlier: BTreeMap<String, Vec<Exemption>>,
    /// Actions that the book sets openly somewhere.
    open: HashSet<String>,
}

impl Gathering {
    fn items(&mut self, rows: &[Row<Internal, Item>], of: Option<&Mark>) {
        for row in rows {
            let mark = of.or(row.mark());
            let Some(item) = row.known() else {
                continue;
            };
            for matter in &item.matters_arising {
                self.matter(matter, mark);
            }
            for question in &item.questions {
                if let Some(known) = question.known() {
                    self.actions(&known.fields.actions, mark.or(question.mark()));
                }
            }
            self.actions(&item.actions, mark);
            self.items(&item.items, mark);
        }
    }

    fn matter(&mut self, row: &Row<Internal, MatterArising>, of: Option<&Mark>) {
        let Some(Arising::Earlier(earlier)) = row.known().map(|matter| &matter.action) else {
            return;
        };
        let Some(reference) = &earlier.reference else {
            return;
        };
        let reference = refs::folded(&reference.words());
        match of.or(row.mark()) {
            Some(mark) => {
                self.earlier.insert(reference, mark.exemptions.clone());
            }
            None => {
                self.open.insert(reference);
            }
        }
    }

    fn actions(&mut self, rows: &[Row<Internal, Action>], of: Option<&Mark>) {
        for row in rows {
            let reference = match row {
                Row::Open(action) => action.reference.as_ref(),
                Row::Withheld(row) => row.number.as_ref(),
            };
            let Some(reference) = reference else {
                continue;
            };
            let reference = refs::folded(&reference.words());
            match of.or(row.mark()) {
                Some(mark) => {
                    self.withheld.insert(reference, mark.exemptions.clone());
                }
                None => {
                    self.open.insert(reference);
                }
            }
        }
    }

    fn finish(mut self) -> WithheldActions {
        self.earlier
            .retain(|reference, _| !self.open.contains(reference));
        self.withheld.extend(self.earlier);
        self.withheld.remove("");
        WithheldActions {
            by_ref: self.withheld,
        }
    }
}
