//! Which actions are looked at, and in which order.

use super::{Attention, Entry, Ledger, Standing};
use crate::model::Edition;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// An action of a list, with what stands of it.
pub struct Line<'s, 'b, E: Edition> {
    /// The action.
    pub entry: &'s Entry<'b, E>,
    /// What stands of it.
    pub standing: Standing<'s, 'b, E>,
    /// Why it is on the list.
    pub attention: Attention,
}

/// Every action that was set by a day, in the order in which a chair needs them: by what they need, then those that are
/// due first, then the oldest.
pub fn lines<'s, 'b, E: Edition>(
    ledger: &'s Ledger<'b, E>,
    as_at: NaiveDate,
) -> Vec<Line<'s, 'b, E>> {
    let set = ledger
        .entries()
        .iter()
        .filter(|entry| entry.is_set_by(as_at));
    let mut lines: Vec<Line<'s, 'b, E>> = set
        .map(|entry| {
            let standing = ledger.standing(entry, as_at);
            let attention = standing.attention(as_at);
            Line {
                entry,
                standing,
                attention,
            }
        })
        .collect();
    // The sort is stable, so that what is alike in all this stays in the order of the ledger.
    lines.sort_by_cached_key(|line| {
        let due = line.standing.due_day();
        let closed = line.standing.closed();
        (
            line.attention,
            Reverse(closed),
            due.is_none(),
            due,
            line.entry.set,
        )
    });
    lines
}
