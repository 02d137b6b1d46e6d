//! Actions: what somebody is to do, and by when.

use super::due::Due;
use super::edition::Edition;
use super::party::Party;
use super::record::record;
use super::text::Text;
use super::withheld::Row;

record! {
    /// An action.
    "an action" struct Action<E> or "text" {
        /// Its ref; an action without one is printed as "new".
        reference as "ref": Option<Text<E>>,
        /// What is to be done.
        text: Text<E>,
        /// Its parts.
        parts: Vec<Row<E, Part<E>>>,
        /// Who is to do it.
        owner: Vec<Party<E>>,
        /// Who is to do it, when they are several.
        owners: Vec<Party<E>>,
        /// By when.
        due: Option<Due<E>>,
        /// How often it comes back: `quarterly`.
        every: Option<Text<E>>,
        /// The group to which the result is reported, where it is not this one.
        report_to: Option<Party<E>>,
    }
}

impl<E: Edition> Action<E> {
    /// Everybody who is to do it.
    pub fn all_owners(&self) -> impl Iterator<Item = &Party<E>> {
        self.owner.iter().chain(&self.owners)
    }
}

record! {
    /// A part of an action. Without owner and due it has those of the action.
    "a part" struct Part<E> or "text" {
        /// Its label; without one it is lettered.
        label: Option<Text<E>>,
        /// What is to be done.
        text: Text<E>,
        /// Who is to do it, where that differs from the action.
        owner: Vec<Party<E>>,
        /// By when, where that differs from the action.
        due: Option<Due<E>>,
    }
}
