//! Whether an item says anything.

use crate::model::Internal;
use crate::model::meeting::Item;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::source::Span;

/// Where the first thing stands that an item says; none when it has nothing but its heading.
pub(super) fn content(item: &Item) -> Option<Span> {
    let texts = [&item.context, &item.text].into_iter().flatten();
    let texts = texts.chain(&item.risks).filter(|text| !text.is_empty());
    let papers = item.papers.iter().map(|paper| paper.span);
    let recommendations = item.recommendations.iter().map(|one| one.span);
    let decisions = item.decisions.iter().map(|one| one.span);
    let notes = item.post_meeting.iter().map(|one| one.span);
    texts
        .map(|text: &Text| text.span)
        .chain(papers)
        .chain(recommendations)
        .chain(decisions)
        .chain(notes)
        .chain(spans(&item.matters_arising, |one| one.span))
        .chain(spans(&item.questions, |one| one.fields.span))
        .chain(spans(&item.actions, |one| one.span))
        .chain(spans(&item.items, |one| one.span))
        .min()
}

fn spans<T: Send + Sync>(
    rows: &[Row<Internal, T>],
    of: impl Fn(&T) -> Span,
) -> impl Iterator<Item = Span> {
    rows.iter().map(move |row| match row {
        Row::Open(entry) => of(entry),
        Row::Withheld(row) => row.span,
    })
}
