//! Actions: what somebody is to do, and by when; and what has happened since.

use super::date::{Date, Since};
use super::due::Due;
use super::edition::Edition;
use super::meeting::{Decision, Paper};
use super::party::Party;
use super::record::{choice, record};
use super::rhythm::Every;
use super::text::Text;
use super::withheld::Row;

record! {
    /// An action.
    "an action" struct Action<E> or "text" {
        /// Its ref; an action without one is printed as "new".
        reference as "ref": Option<Text<E>>,
        /// When it was set, where no meeting says so: a day, a month or a year.
        set: Option<Since<E>>,
        /// What is to be done.
        text: Text<E>,
        /// Its parts.
        parts: Vec<Row<E, Part<E>>>,
        /// What is hoped for.
        outcomes: Vec<Text<E>>,
        /// Who is to do it.
        owner: Vec<Party<E>>,
        /// Who is to do it, when they are several.
        owners: Vec<Party<E>>,
        /// By when.
        due: Option<Due<E>>,
        /// When it is looked at again; not a due date.
        review: Option<Due<E>>,
        /// How often it comes back: `quarterly`.
        every: Option<Every<E>>,
        /// The group to which the result is reported, where it is not this one.
        report_to: Option<Party<E>>,
        /// What it rests on: labels of the document's sources, each perhaps with a number: `NCP 2.4`.
        sources: Vec<Text<E>>,
        /// Its state before the first update; open when left out.
        state: Option<State>,
        /// How long a retained action is kept.
        condition: Option<Text<E>>,
        /// Its rating before the first update.
        rag: Option<Rag>,
        /// The action that says the same.
        duplicate_of: Option<Text<E>>,
        /// The actions under which its work is reported.
        captured_under: Vec<Text<E>>,
        /// Papers that were circulated.
        papers: Vec<Paper<E>>,
        /// What has happened since, each with its date.
        updates: Vec<Row<E, Update<E>>>,
    }
}

impl<E: Edition> Action<E> {
    /// Everybody who is to do it.
    pub fn all_owners(&self) -> impl Iterator<Item = &Party<E>> {
        self.owner.iter().chain(&self.owners)
    }
}

record! {
    /// A part of an action. What it does not say, it has from the action.
    "a part" struct Part<E> or "text" {
        /// Its label; without one it is lettered.
        label: Option<Text<E>>,
        /// What is to be done.
        text: Text<E>,
        /// What is hoped for.
        outcomes: Vec<Text<E>>,
        /// Who is to do it, where that differs from the action.
        owner: Vec<Party<E>>,
        /// By when, where that differs from the action.
        due: Option<Due<E>>,
        /// What it rests on, where that differs from the action.
        sources: Vec<Text<E>>,
        /// Its rating, where that differs from the action.
        rag: Option<Rag>,
    }
}

record! {
    /// What has happened to an action. Updates are only ever added.
    "an update" struct Update<E> or "text" {
        /// The ref of the action, in a file of updates; an update that stands with its action has none.
        action: Option<Text<E>>,
        /// The day.
        date: Option<Date<E>>,
        /// Who gave it.
        by: Vec<Party<E>>,
        /// What was agreed about it, as a stamp would say: "Agreed, strategic group, 10 February 2027".
        stamp: Option<Text<E>>,
        /// What has happened.
        text: Option<Text<E>>,
        /// What comes next.
        next_action: Vec<NextAction<E>>,
        /// The state that the action has now.
        state: Option<State>,
        /// How long a retained action is kept.
        condition: Option<Text<E>>,
        /// The action that replaces it, or of which it has become a part.
        replaced_by: Option<Text<E>>,
        /// Its rating now.
        rag: Option<Rag>,
        /// Why state or rating changed.
        reason: Option<Text<E>>,
        /// A new due date, with its reason.
        due: Option<Due<E>>,
        /// Who is to do it now, where that has changed.
        owner: Vec<Party<E>>,
        /// How often it comes back now.
        every: Option<Every<E>>,
        /// A decision that was taken.
        decision: Option<Decision<E>>,
        /// Papers that were circulated.
        papers: Vec<Paper<E>>,
    }
}

record! {
    /// What comes next.
    "a next action" struct NextAction<E> or "text" {
        /// What is to be done.
        text: Text<E>,
        /// Who is to do it.
        owner: Vec<Party<E>>,
        /// By when.
        due: Option<Due<E>>,
    }
}

choice! {
    /// The state of an action.
    "a state" enum State {
        /// To be done.
        Open = "open", "Open",
        /// Kept open on a condition.
        Retained = "retained", "Retained",
        /// Done in its owner's view, to be agreed.
        Proposed = "proposed", "Proposed for closure",
        /// Done.
        Discharged = "discharged", "Discharged",
        /// Replaced by another.
        Superseded = "superseded", "Superseded",
        /// Made part of another.
        Merged = "merged", "Merged",
        /// Given up.
        Withdrawn = "withdrawn", "Withdrawn",
    }
}

impl State {
    /// Whether nothing more is to be done.
    pub fn is_closed(self) -> bool {
        match self {
            State::Open | State::Retained | State::Proposed => false,
            State::Discharged | State::Superseded | State::Merged | State::Withdrawn => true,
        }
    }
}

choice! {
    /// A rating; it says how an action is going, and not whether it is open.
    "a RAG rating" enum Rag {
        /// Off track.
        Red = "red", "Red",
        /// At risk.
        Amber = "amber", "Amber",
        /// On track.
        Green = "green", "Green",
    }
}
