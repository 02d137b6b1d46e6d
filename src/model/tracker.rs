//! `kind: tracker` and `kind: plan`: actions that stand beside meetings. A tracker is a list of them; a plan sorts them by
//! objective. `kind: updates`: what has happened to actions between meetings.

use super::action::{Action, Update};
use super::date::{Date, Since, Time};
use super::meeting::{Approval, Status};
use super::party::Party;
use super::record::record;
use super::settings::{Keyed, Labels, UpdateOrder};
use super::text::Text;
use super::withheld::{Passages, Row};
use super::word::Word;

record! {
    /// A tracker: actions without a meeting.
    "a tracker" struct Tracker<E> {
        /// `tracker`.
        kind: Word,
        /// Its title; left out, it is made of the group.
        title: Option<Text<E>>,
        /// The group whose actions they are.
        group: Option<Text<E>>,
        /// Who provided it.
        provided_by: Vec<Party<E>>,
        /// To whom it was provided.
        provided_to: Vec<Party<E>>,
        /// The series at whose meetings it is looked at.
        series: Option<Word>,
        /// The day as at which it is printed; left out, that of the last update in it.
        date: Option<Date<E>>,
        /// How far it is.
        status: Option<Status>,
        /// Who approved it, and when.
        approved: Option<Approval<E>>,
        /// A marking that differs from the book's.
        classification: Option<Text<E>>,
        /// A label such as "Appendix 3", printed in the page header.
        appendix: Option<Text<E>>,
        /// What stands before the actions.
        text: Option<Text<E>>,
        /// The pattern of new action refs: `{n}/{yy}`.
        refs: Option<Word>,
        /// The order in which updates are printed, where it differs from the book's.
        update_order: Option<UpdateOrder>,
        /// What the actions rest on, by short label.
        sources: Keyed<Reference<E>>,
        /// The actions.
        actions: Vec<Row<E, Action<E>>>,
        /// Refs that are left out on purpose.
        omitted: Vec<Omitted<E>>,
        /// Why its passages are withheld, and who decided it; internal.
        passages: Passages<E>,
        /// Its versions.
        versions: Vec<Version<E>>,
        /// Abbreviations of this document; they win over the book's.
        glossary: Keyed<Text<E>>,
        /// Printed labels.
        labels: Option<Labels<E>>,
    }
}

record! {
    /// A plan: objectives, each with its actions.
    "a plan" struct Plan<E> {
        /// `plan`.
        kind: Word,
        /// Its title.
        title: Text<E>,
        /// The group whose plan it is.
        group: Option<Text<E>>,
        /// Who provided it.
        provided_by: Vec<Party<E>>,
        /// To whom it was provided.
        provided_to: Vec<Party<E>>,
        /// The series at whose meetings it is looked at.
        series: Option<Word>,
        /// The day as at which it is printed; left out, that of the last update in it.
        date: Option<Date<E>>,
        /// How far it is.
        status: Option<Status>,
        /// Who approved it, and when.
        approved: Option<Approval<E>>,
        /// A marking that differs from the book's.
        classification: Option<Text<E>>,
        /// A label such as "Appendix 3", printed in the page header.
        appendix: Option<Text<E>>,
        /// What stands before the objectives.
        text: Option<Text<E>>,
        /// The order in which updates are printed, where it differs from the book's.
        update_order: Option<UpdateOrder>,
        /// What the actions rest on, by short label.
        sources: Keyed<Reference<E>>,
        /// The objectives.
        objectives: Vec<Row<E, Objective<E>>>,
        /// Why its passages are withheld, and who decided it; internal.
        passages: Passages<E>,
        /// Its versions.
        versions: Vec<Version<E>>,
        /// Abbreviations of this document; they win over the book's.
        glossary: Keyed<Text<E>>,
        /// Printed labels.
        labels: Option<Labels<E>>,
    }
}

record! {
    /// An objective of a plan.
    "an objective" struct Objective<E> or "title" {
        /// Its number; counting goes on from it.
        number: Option<Text<E>>,
        /// The title.
        title: Option<Text<E>>,
        /// What must be so, in a sentence.
        must: Option<Text<E>>,
        /// What qualifies that sentence.
        qualifier: Option<Text<E>>,
        /// Refs that are left out on purpose.
        omitted: Vec<Omitted<E>>,
        /// The actions.
        actions: Vec<Row<E, Action<E>>>,
    }
}

record! {
    /// Refs that are left out on purpose.
    "omitted refs" struct Omitted<E> or "refs" {
        /// The refs.
        refs: Vec<Text<E>>,
        /// Why.
        reason: Option<Text<E>>,
    }
}

record! {
    /// A publication that actions rest on.
    "a source" struct Reference<E> or "title" {
        /// The full title.
        title: Text<E>,
        /// Where it can be read.
        link: Option<Word>,
        /// When it appeared.
        date: Option<Since<E>>,
    }
}

record! {
    /// A version of a document.
    "a version" struct Version<E> or "number" {
        /// Its number.
        number: Option<Text<E>>,
        /// The day.
        date: Option<Date<E>>,
        /// The time of day.
        time: Option<Time<E>>,
        /// Who wrote it.
        author: Vec<Party<E>>,
        /// To whom it went.
        circulation: Option<Text<E>>,
        /// What changed.
        comment: Option<Text<E>>,
    }
}

record! {
    /// A file of updates: what has happened to actions between meetings.
    "a file of updates" struct Updates<E> {
        /// `updates`.
        kind: Word,
        /// The updates, each with the ref of its action.
        updates: Vec<Row<E, Update<E>>>,
        /// Why passages in them are withheld, and who decided it; internal.
        passages: Passages<E>,
    }
}
