//! What the templates of trackers and plans may see.

use super::super::{DecisionView, Fact, Frame, Label, PaperView, PartView};
use crate::render::format::Ready;
use serde::Serialize;

/// The view of a tracker or a plan. The fields of the frame stand beside its own.
#[derive(Debug, Serialize)]
pub struct ListingPage {
    /// What stands around it.
    #[serde(flatten)]
    pub frame: Frame,
    /// A label such as "Appendix 3".
    pub appendix: Option<Ready>,
    /// Group, provided by, provided to, as at.
    pub facts: Vec<Fact>,
    /// What stands before the actions.
    pub text: Option<Ready>,
    /// The labels of the columns.
    pub labels: ListingLabels,
    /// Which columns there are.
    pub columns: Columns,
    /// The ratings and what each means; empty where nothing is rated.
    pub key: Vec<KeyView>,
    /// How many actions there are of each rating, by objective.
    pub counts: Vec<CountView>,
    /// The same for the whole document.
    pub total: Option<CountView>,
    /// Whether an action is withheld, so that the counts have a column for them.
    pub counts_withheld: bool,
    /// The objectives of a plan, or the one list of a tracker.
    pub groups: Vec<GroupView>,
    /// Actions that were closed before the last meeting.
    pub archive: Option<GroupView>,
    /// Decisions that were taken inside updates.
    pub decisions: Vec<ListedDecision>,
    /// What the actions rest on.
    pub sources: Vec<SourceView>,
    /// From each recommendation to the actions that rest on it.
    pub index: Vec<IndexView>,
    /// The versions of the document.
    pub versions: Vec<VersionView>,
}

/// The labels of the columns.
#[derive(Debug, Serialize)]
pub struct ListingLabels {
    /// Of the owner.
    pub owners: Ready,
    /// Of the due date.
    pub due: Ready,
    /// Of what is hoped for.
    pub outcomes: Ready,
    /// Of the updates.
    pub updates: Ready,
    /// Of rating and state.
    pub state: Ready,
}

/// Which columns a document has.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Columns {
    /// What is hoped for.
    pub outcomes: bool,
    /// Ratings.
    pub rag: bool,
    /// How many there are beside the ref.
    pub beside: usize,
}

/// A rating and what it means.
#[derive(Debug, Serialize)]
pub struct KeyView {
    /// The rating.
    pub rag: Label,
    /// What it means.
    pub meaning: Ready,
}

/// How many actions there are of each rating.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CountView {
    /// The objective; empty for the whole document.
    pub name: Ready,
    /// The anchor of the objective.
    pub anchor: Option<Ready>,
    /// Open and red.
    pub red: usize,
    /// Open and amber.
    pub amber: usize,
    /// Open and green.
    pub green: usize,
    /// Open and not rated.
    pub unrated: usize,
    /// Closed, whatever the rating was.
    pub closed: usize,
    /// Withheld, so that neither rating nor state is known.
    pub withheld: usize,
    /// All of them.
    pub total: usize,
}

/// An objective with its actions; for a tracker, the list of its actions.
#[derive(Debug, Default, Serialize)]
pub struct GroupView {
    /// The anchor.
    pub anchor: Ready,
    /// The number.
    pub number: Option<Ready>,
    /// The title; empty for an objective that is withheld or has none.
    pub title: Ready,
    /// The title without markup, for places that can hold none.
    pub title_plain: Ready,
    /// The same in the language of the texts, for the list of contents.
    pub title_spoken: Ready,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// What must be so.
    pub must: Option<Ready>,
    /// What qualifies that.
    pub qualifier: Option<Ready>,
    /// Its actions, without those in the archive.
    pub rows: Vec<RowView>,
    /// Links to its actions in the archive.
    pub archived: Vec<Ready>,
    /// Refs that are left out on purpose.
    pub omitted: Vec<OmittedView>,
}

/// Refs that are left out on purpose.
#[derive(Debug, Serialize)]
pub struct OmittedView {
    /// The refs in a row: "1.4 and 1.5".
    pub refs: Ready,
    /// Why.
    pub reason: Option<Ready>,
}

/// An action of a tracker or a plan.
#[derive(Debug, Default, Serialize)]
pub struct RowView {
    /// The anchor.
    pub anchor: Ready,
    /// The ref, or "new".
    pub reference: Ready,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// Whether this edition has anything of it beside the mark.
    pub known: bool,
    /// What is to be done.
    pub text: Ready,
    /// Its parts.
    pub parts: Vec<PartView>,
    /// What is hoped for.
    pub outcomes: Vec<Ready>,
    /// Who is to do it.
    pub owner: Ready,
    /// By when; empty where it only comes back.
    pub due: Option<Ready>,
    /// The due date that it was set with, where that has changed.
    pub original_due: Option<Ready>,
    /// How often it comes back.
    pub every: Option<Ready>,
    /// How often it came back before, the oldest first.
    pub earlier_every: Vec<Ready>,
    /// When it comes back next.
    pub next: Option<Ready>,
    /// When it is looked at again.
    pub review: Option<Ready>,
    /// The group to which the result is reported.
    pub report_to: Option<Ready>,
    /// When it was set.
    pub set: Option<Ready>,
    /// What it rests on, each a link.
    pub sources: Vec<Ready>,
    /// Papers.
    pub papers: Vec<PaperView>,
    /// The action that says the same, as a link.
    pub duplicate_of: Option<Ready>,
    /// The actions under which its work is reported, as links.
    pub captured_under: Option<Ready>,
    /// What has happened, in the order of the document.
    pub updates: Vec<UpdateView>,
    /// The rating; none where the document has no ratings.
    pub rag: Option<Label>,
    /// The state.
    pub state: Option<Label>,
    /// How long it is retained, since when it is closed, by what it is replaced.
    pub state_words: Option<Ready>,
    /// The state with its condition that it was set with, where that has changed.
    pub first_state: Option<Ready>,
    /// "Overdue", where it is.
    pub overdue: Option<Label>,
    /// How old it is, and how often it was carried forward, while it is open.
    pub age: Option<Ready>,
}

/// Something that has happened to an action.
#[derive(Debug, Default, Serialize)]
pub struct UpdateView {
    /// The day, or "No date".
    pub date: Ready,
    /// Who said it, and where, in a line.
    pub by: Option<Ready>,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// What was agreed about it.
    pub stamp: Option<Ready>,
    /// What has happened.
    pub text: Option<Ready>,
    /// What comes next.
    pub next_actions: Vec<NextActionView>,
    /// The state that it got.
    pub state: Option<Label>,
    /// How long it is retained, by what it is replaced.
    pub state_words: Option<Ready>,
    /// The rating that it got.
    pub rag: Option<Label>,
    /// The rating that it had, where it was another.
    pub rag_before: Option<Label>,
    /// What else has changed: due date, owner, rhythm; and why.
    pub changes: Vec<Fact>,
    /// A decision that was taken.
    pub decision: Option<DecisionView>,
    /// Papers.
    pub papers: Vec<PaperView>,
}

/// What comes next.
#[derive(Debug, Serialize)]
pub struct NextActionView {
    /// What is to be done, in a line.
    pub line: Ready,
    /// Who is to do it.
    pub owner: Option<Ready>,
    /// By when.
    pub due: Option<Ready>,
}

/// A decision that was taken inside an update.
#[derive(Debug, Serialize)]
pub struct ListedDecision {
    /// The decision; its item is the action.
    #[serde(flatten)]
    pub decision: DecisionView,
    /// The day.
    pub date: Ready,
}

/// A publication that actions rest on.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// The anchor.
    pub anchor: Ready,
    /// The short label.
    pub label: Ready,
    /// The full title.
    pub title: Ready,
    /// Where it can be read.
    pub link: Option<Ready>,
    /// When it appeared.
    pub date: Option<Ready>,
}

/// A recommendation and the actions that rest on it.
#[derive(Debug, Serialize)]
pub struct IndexView {
    /// The source with the number of the recommendation, as a link.
    pub source: Ready,
    /// The actions, as links.
    pub actions: Ready,
}

/// A version of the document.
#[derive(Debug, Serialize)]
pub struct VersionView {
    /// Its number.
    pub number: Option<Ready>,
    /// The day.
    pub date: Option<Ready>,
    /// The time of day.
    pub time: Option<Ready>,
    /// To whom it went.
    pub circulation: Option<Ready>,
    /// What changed.
    pub comment: Option<Ready>,
    /// Who wrote it.
    pub author: Option<Ready>,
}
