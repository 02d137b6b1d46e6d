//! What is said openly of an action that is withheld whole: the public edition withholds it with the action, so the record
//! has it too, with what is recorded of the action.

use super::{GroundRecord, Recorder, Wanted, WithheldFile, WithheldRecord, is_wanted};
use crate::check::Holding;
use crate::edition::{SaidLater, WithheldActions};
use crate::model::held::Held;
use crate::model::{Book, Redact};
use crate::source::{SourceId, Span};
use std::collections::BTreeMap;

/// What is said of such actions, and the entry of each action that is withheld.
pub(super) struct WithActions<'h, 'b> {
    said: BTreeMap<SourceId, Vec<SaidLater<'b>>>,
    actions: BTreeMap<Span, &'h Held<'b>>,
}

impl<'h, 'b> WithActions<'h, 'b> {
    pub(super) fn new(book: &'b Book, holdings: &'h [Holding<'b>]) -> WithActions<'h, 'b> {
        let held = holdings.iter().flat_map(|holding| &holding.held);
        let entries = held.filter(|held| held.is_entry);
        WithActions {
            said: WithheldActions::of(book).said_later(book),
            actions: entries.map(|held| (held.place, held)).collect(),
        }
    }

    /// The records of a file, as far as they are wanted, each with the entry of its action. What is not recorded is missing where the action stands, not
    /// here.
    pub(super) fn records(
        &self,
        recorder: &Recorder<'_>,
        file: &WithheldFile<'_, '_>,
        wanted: &Wanted,
    ) -> Vec<(WithheldRecord, &'h Held<'b>)> {
        let said = self.said.get(&file.holding.source);
        let said = said.into_iter().flatten().filter(|_| !wanted.incomplete);
        let records = said.filter_map(|one| {
            let action = self.actions.get(&one.mark)?;
            let record = || record(recorder, file, one, action, wanted);
            is_wanted(action, wanted).then(|| (record(), *action))
        });
        records.collect()
    }
}

fn record(
    recorder: &Recorder<'_>,
    file: &WithheldFile<'_, '_>,
    said: &SaidLater<'_>,
    action: &Held<'_>,
    wanted: &Wanted,
) -> WithheldRecord {
    let reference = said.reference.redact().words();
    let ground = |ground| GroundRecord {
        missing: Vec::new(),
        ..recorder.ground(ground)
    };
    let item = said.items.last();
    let item = item.and_then(|item| file.labels.get(item).cloned());
    let what = match said.what {
        "an update" => "update of",
        _ => "matter arising",
    };
    let place = item.into_iter().chain([format!("{what} {reference}")]);
    let place: Vec<String> = place.collect();
    let words = said.texts.iter().map(|text| text.words());
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    WithheldRecord {
        place: place.join(", "),
        is_entry: true,
        with_action: Some(reference),
        grounds: action.grounds.iter().map(ground).collect(),
        words: Some(words.join("; ")).filter(|words| wanted.words && !words.is_empty()),
        ..recorder.blank(file.holding, said.place)
    }
}
