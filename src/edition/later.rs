//! What is said later of actions that are withheld whole: at meetings, and in files of updates. In: a book. Out: the
//! exemptions of each such action by its ref, and public documents in which whatever is said of one of them is a withheld row
//! itself, so that the public edition has no type that could hold a word, an author, a day or a reason of it. The record of
//! what is withheld gets to know of those rows as well.

use super::Tally;
use crate::model::action::{Action, Update};
use crate::model::exemption::Exemption;
use crate::model::meeting::{Arising, Item, MatterArising, Meeting};
use crate::model::refs;
use crate::model::text::Text;
use crate::model::tracker::Updates;
use crate::model::withheld::{Mark, Row, WithheldRow};
use crate::model::{Book, Edition, Gone, HasTexts, Internal, Public};
use crate::source::{SourceId, Span};
use std::collections::{BTreeMap, HashSet};

/// The actions of a book of which the public edition knows the ref alone: those that are withheld, and those in items and
/// questions that are.
#[derive(Debug, Default)]
pub struct WithheldActions {
    by_ref: BTreeMap<String, Withholding>,
}

/// Why an action is withheld.
#[derive(Debug)]
struct Withholding {
    exemptions: Vec<Exemption>,
    /// The place of the mark.
    mark: Span,
}

impl Withholding {
    fn of(mark: &Mark) -> Withholding {
        Withholding {
            exemptions: mark.exemptions.clone(),
            mark: mark.span,
        }
    }
}

/// What somebody wrote openly of an action that is withheld whole. The public edition withholds it with the action.
pub struct SaidLater<'b> {
    /// Where it stands.
    pub place: Span,
    /// The items in which it stands, the outermost first; none in a file of updates.
    pub items: Vec<Span>,
    /// "a matter arising", "an update".
    pub what: &'static str,
    /// The ref of the action, as written there.
    pub reference: &'b Text,
    /// Every text of it.
    pub texts: Vec<&'b Text>,
    /// The mark that withholds the action.
    pub mark: Span,
}

impl WithheldActions {
    /// Gathers them.
    pub fn of(book: &Book) -> WithheldActions {
        let mut gathering = Gathering::default();
        gathering.book(book);
        // What is set openly matters to these alone, and most books have none.
        if !gathering.earlier.is_empty() {
            gathering.seeks_open = true;
            gathering.book(book);
        }
        gathering.finish()
    }

    /// Why the action with this ref is withheld; `None` when it is not.
    pub fn exemptions<E: Edition>(&self, reference: &Text<E>) -> Option<&[Exemption]> {
        Some(&self.known(reference)?.exemptions)
    }

    /// All of them in the order of their refs, with the reasons of each: what the public edition depends on.
    pub fn reasons(&self) -> impl Iterator<Item = (&str, &[Exemption])> {
        let all = self.by_ref.iter();
        all.map(|(reference, one)| (reference.as_str(), one.exemptions.as_slice()))
    }

    /// What is said of them in the files of a book, by file, in the order of each.
    pub fn said_later<'b>(&self, book: &'b Book) -> BTreeMap<SourceId, Vec<SaidLater<'b>>> {
        let mut said = BTreeMap::new();
        for document in &book.meetings {
            let mut found = Vec::new();
            self.said_in_items(&document.meeting.items, &[], &mut found);
            said.insert(document.source, found);
        }
        for filed in &book.updates {
            let rows = filed.content.updates.iter();
            let found = rows.filter_map(|row| self.said_in(row, &[], "an update"));
            said.insert(filed.source, found.collect());
        }
        said.retain(|_, found| !found.is_empty());
        said
    }

    fn said_in_items<'b>(
        &self,
        rows: &'b [Row<Internal, Item>],
        above: &[Span],
        found: &mut Vec<SaidLater<'b>>,
    ) {
        for row in rows {
            if let Row::Open(item) = row {
                let items = [above, &[item.span]].concat();
                let matters = item.matters_arising.iter();
                let said = matters.filter_map(|row| self.said_in(row, &items, "a matter arising"));
                found.extend(said);
                self.said_in_items(&item.items, &items, found);
            }
        }
    }

    fn said_in<'b, T: OfAction<Internal> + HasTexts>(
        &self,
        row: &'b Row<Internal, T>,
        items: &[Span],
        what: &'static str,
    ) -> Option<SaidLater<'b>> {
        let (said, withholding) = self.withheld_with(row)?;
        Some(SaidLater {
            place: said.span(),
            items: items.to_vec(),
            what,
            reference: said.reference()?,
            texts: said.all_texts().iter().map(|met| met.text).collect(),
            mark: withholding.mark,
        })
    }

    fn known<E: Edition>(&self, reference: &Text<E>) -> Option<&Withholding> {
        self.by_ref.get(&refs::folded(&reference.words()))
    }

    /// What a row says openly of one of them.
    fn withheld_with<'r, E: Edition, T: OfAction<E>>(
        &self,
        row: &'r Row<E, T>,
    ) -> Option<(&'r T, &Withholding)> {
        let Row::Open(said) = row else {
            return None;
        };
        let reference = said.reference().filter(|_| said.says_something())?;
        Some((said, self.known(reference)?))
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
        let Some((said, withholding)) = self.withheld_with(row) else {
            return;
        };
        let (span, exemptions) = (said.span(), &withholding.exemptions);
        let Row::Open(said) = row else {
            return;
        };
        let number = said.reference_mut();
        let number = number.map(|text| std::mem::replace(text, Text::nothing(span)));
        tally.add(exemptions);
        let mark = Mark {
            span,
            exemptions: exemptions.clone(),
            record: Gone,
        };
        *row = Row::Withheld(Box::new(WithheldRow {
            span,
            number,
            mark,
            kept: Gone,
        }));
    }
}

/// Something that is said of an action which is set elsewhere.
trait OfAction<E: Edition>: Send + Sync {
    /// The ref of the action.
    fn reference(&self) -> Option<&Text<E>>;
    /// The same, to be taken away.
    fn reference_mut(&mut self) -> Option<&mut Text<E>>;
    /// The place in the file.
    fn span(&self) -> Span;
    /// Whether there is more than the ref.
    fn says_something(&self) -> bool;
}

impl<E: Edition> OfAction<E> for MatterArising<E> {
    fn reference(&self) -> Option<&Text<E>> {
        match &self.action {
            Arising::Ref(reference) => Some(reference),
            Arising::Earlier(earlier) => earlier.reference.as_ref(),
        }
    }

    fn reference_mut(&mut self) -> Option<&mut Text<E>> {
        match &mut self.action {
            Arising::Ref(reference) => Some(reference),
            Arising::Earlier(earlier) => earlier.reference.as_mut(),
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

impl<E: Edition> OfAction<E> for Update<E> {
    fn reference(&self) -> Option<&Text<E>> {
        self.action.as_ref()
    }

    fn reference_mut(&mut self) -> Option<&mut Text<E>> {
        self.action.as_mut()
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
    withheld: BTreeMap<String, Withholding>,
    /// Actions from before the book began, where a matter arising that is withheld brings them.
    earlier: BTreeMap<String, Withholding>,
    /// Whether those that are open are gathered too.
    seeks_open: bool,
    /// Actions that the book sets openly somewhere.
    open: HashSet<String>,
}

impl Gathering {
    fn book(&mut self, book: &Book) {
        for document in &book.meetings {
            self.items(&document.meeting.items, None);
            self.actions(&document.meeting.actions, None);
        }
        for filed in &book.trackers {
            self.actions(&filed.content.actions, None);
        }
        for filed in &book.plans {
            for row in &filed.content.objectives {
                if let Some(objective) = row.known() {
                    self.actions(&objective.actions, row.mark());
                }
            }
        }
    }

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
        let reference = || refs::folded(&reference.words());
        match of.or(row.mark()) {
            Some(mark) => {
                self.earlier.insert(reference(), Withholding::of(mark));
            }
            None if self.seeks_open => {
                self.open.insert(reference());
            }
            None => {}
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
            let reference = || refs::folded(&reference.words());
            match of.or(row.mark()) {
                Some(mark) => {
                    self.withheld.insert(reference(), Withholding::of(mark));
                }
                None if self.seeks_open => {
                    self.open.insert(reference());
                }
                None => {}
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
