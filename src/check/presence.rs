//! Who was at a meeting and who sent apologies, and whether two names mean the same person.

use super::meant::Meant;
use crate::model::meeting::{Attendee, Meeting};
use crate::model::party::Party;
use crate::model::register::{Entry, Lookup, Register};
use crate::model::text::Text;
use chrono::NaiveDate;

/// Somebody as far as the register and the words tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who<'b> {
    /// The keys of the entries that it can be.
    pub keys: Vec<&'b str>,
    /// What stands in the file, folded.
    name: String,
}

/// The entries that a party can be, by its person or, without one, by its body.
pub(super) fn candidates<'r, 'b>(
    register: &'r Register<'b>,
    party: &Party,
    day: Option<NaiveDate>,
) -> Vec<&'r Entry<'b>> {
    match register.party(party, day) {
        Lookup::Nobody => Vec::new(),
        Lookup::One(entry) => vec![entry],
        Lookup::Several(entries) => entries,
    }
}

impl<'b> Who<'b> {
    /// Who a party is.
    pub fn of(register: &Register<'b>, party: &Party, day: Option<NaiveDate>) -> Who<'b> {
        let name = party.name.as_ref().or(party.body.as_ref());
        Who {
            keys: candidates(register, party, day)
                .iter()
                .map(|entry| entry.key())
                .collect(),
            name: name.map(folded).unwrap_or_default(),
        }
    }

    /// Who is meant by an entry of a list; all of them where several stand in one text, so that nobody is missed who is there.
    fn listed(register: &Register<'b>, attendee: &Attendee, day: Option<NaiveDate>) -> Who<'b> {
        let who = Who::of(register, &attendee.party, day);
        let name = attendee.party.name.as_ref().filter(|_| !attendee.outside);
        if who.keys.is_empty()
            && let Some(name) = name.filter(|name| name.passages().is_empty())
            && let Some(Meant::Several(keys)) = Meant::of(register, name.source(), day)
        {
            return Who { keys, ..who };
        }
        who
    }

    /// What stands in the file, in small letters and with single spaces.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the two can be the same.
    pub fn is(&self, other: &Who<'_>) -> bool {
        let same_entry = self.keys.iter().any(|key| other.keys.contains(key));
        same_entry || (!self.name.is_empty() && self.name == other.name)
    }
}

fn folded(text: &Text) -> String {
    let words: Vec<&str> = text.source().split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Somebody on a list of the heading.
pub struct Listed<'b> {
    /// The entry of the list.
    pub attendee: &'b Attendee,
    /// Who it is.
    pub who: Who<'b>,
    initials: Option<String>,
    capacity: String,
}

/// Who was there and who was not.
#[derive(Default)]
pub struct Presence<'b> {
    /// Everybody present or in attendance; empty when no attendance was recorded.
    pub present: Vec<Listed<'b>>,
    /// Everybody who sent apologies.
    pub apologies: Vec<Listed<'b>>,
}

impl<'b> Presence<'b> {
    /// Reads the lists of a meeting.
    pub fn of(register: &Register<'b>, meeting: &'b Meeting) -> Presence<'b> {
        let day = meeting.date.day();
        let listed = |attendee: &'b Attendee| Listed {
            attendee,
            who: Who::listed(register, attendee, day),
            initials: attendee.initials.as_ref().map(folded),
            capacity: attendee.capacity.as_ref().map(folded).unwrap_or_default(),
        };
        let present = meeting.attendance.iter().chain(&meeting.in_attendance);
        Presence {
            present: present.flatten().map(listed).collect(),
            apologies: meeting.apologies.iter().flatten().map(listed).collect(),
        }
    }

    /// Somebody on the list of those present.
    pub fn find(&self, who: &Who<'_>) -> Option<&Listed<'b>> {
        self.present.iter().find(|listed| listed.is(who))
    }

    /// Somebody on the list of apologies.
    pub fn apology(&self, who: &Who<'_>) -> Option<&Listed<'b>> {
        self.apologies.iter().find(|listed| listed.is(who))
    }

    /// Whether somebody on either list is called so.
    pub fn knows(&self, who: &Who<'_>) -> bool {
        self.find(who).is_some() || self.apology(who).is_some()
    }
}

impl Listed<'_> {
    fn is(&self, who: &Who<'_>) -> bool {
        if self.who.is(who) {
            return true;
        }
        // A person whom the register has is told apart by it; others may be named by initials or capacity.
        let by_words = who.keys.is_empty() || self.who.keys.is_empty();
        by_words
            && !who.name.is_empty()
            && (self.initials.as_deref() == Some(who.name.as_str())
                || self.capacity.contains(&who.name))
    }
}
