//! The parts of a meeting that lints look at, gathered in one walk: each with the item and question that it stands in, and
//! whether it is withheld whole. In: a meeting. Out: lists, in the order of the document.

use crate::model::action::Action;
use crate::model::date::Date;
use crate::model::due::Due;
use crate::model::meeting::{
    Arising, Attendee, Decision, Interests, Item, MatterArising, Meeting, PostMeeting, Question,
};
use crate::model::party::Party;
use crate::model::withheld::{Mark, Row};
use crate::model::{HasTexts, Internal};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Deref;

/// A part of a meeting and where it belongs.
pub struct Part<'m, T> {
    it: &'m T,
    /// The item that it stands in.
    pub item: Option<&'m Item>,
    /// The question that it stands in.
    pub question: Option<&'m Question>,
    /// Whether no word of it is public.
    pub withheld: bool,
}

impl<'m, T> Part<'m, T> {
    /// The part itself, for as long as the meeting lives.
    pub fn whole(&self) -> &'m T {
        self.it
    }
}

impl<T> Deref for Part<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.it
    }
}

/// As what somebody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who took the chair.
    Chair,
    /// Who took the notes.
    NoteTaker,
    /// Somebody present, in attendance or apologising, by a key from the register.
    Listed,
    /// The same, by a name outside the register.
    Outsider,
    /// Who answered, or gave assurance.
    Respondent,
    /// Who is to carry out an action.
    Owner,
    /// To whom the result of an action is reported.
    ReportTo,
    /// Anybody else.
    Other,
}

/// Somebody named in a meeting.
pub struct Named<'m> {
    /// Who.
    pub party: &'m Party,
    /// As what.
    pub role: Role,
    /// Whether no word of it is public.
    pub withheld: bool,
}

/// The parts of a meeting.
#[derive(Default)]
pub struct Parts<'m> {
    /// Every item, at every level.
    pub items: Vec<Part<'m, Item>>,
    /// Every question and other contribution.
    pub questions: Vec<Part<'m, Question>>,
    /// Every action that the meeting set.
    pub actions: Vec<Part<'m, Action>>,
    /// Every matter arising.
    pub matters: Vec<Part<'m, MatterArising>>,
    /// Every decision.
    pub decisions: Vec<Part<'m, Decision>>,
    /// Every post-meeting note.
    pub notes: Vec<Part<'m, PostMeeting>>,
    /// Everybody who is named.
    pub people: Vec<Named<'m>>,
    /// Every date but due dates.
    pub dates: Vec<Part<'m, Date>>,
    /// Every due date.
    pub dues: Vec<Part<'m, Due>>,
    /// The marks of everything that is withheld whole.
    pub marks: Vec<&'m Mark>,
    /// Where texts stand that are names, numbers, dates or places rather than prose.
    pub not_prose: BTreeSet<Span>,
    item: Option<&'m Item>,
    question: Option<&'m Question>,
    withheld: bool,
}

impl<'m> Parts<'m> {
    /// Gathers the parts of a meeting.
    pub fn of(meeting: &'m Meeting) -> Parts<'m> {
        let mut parts = Parts::default();
        parts.heading(meeting);
        parts.items(&meeting.items);
        parts.actions(&meeting.actions);
        if let Some(next) = &meeting.next_meeting {
            next.date.iter().for_each(|date| parts.date(date));
            parts.not_prose(&next.time);
            parts.not_prose(&next.venue);
        }
        parts
    }

    fn part<T>(&self, it: &'m T) -> Part<'m, T> {
        Part {
            it,
            item: self.item,
            question: self.question,
            withheld: self.withheld,
        }
    }

    fn not_prose(&mut self, texts: &'m impl HasTexts) {
        let spans = texts.all_texts().into_iter().map(|met| met.text.span);
        self.not_prose.extend(spans);
    }

    fn date(&mut self, date: &'m Date) {
        self.not_prose(date);
        self.dates.push(self.part(date));
    }

    fn due(&mut self, due: &'m Due) {
        self.dues.push(self.part(due));
    }

    fn named(&mut self, role: Role, parties: impl IntoIterator<Item = &'m Party>) {
        for party in parties {
            self.not_prose(party);
            self.people.push(Named {
                party,
                role,
                withheld: self.withheld,
            });
        }
    }

    fn heading(&mut self, meeting: &'m Meeting) {
        self.date(&meeting.date);
        self.not_prose(&meeting.time);
        self.not_prose(&meeting.ended);
        if let Some(approval) = &meeting.approved {
            self.named(Role::Other, &approval.by);
            approval.date.iter().for_each(|date| self.date(date));
        }
        self.named(Role::Chair, &meeting.chair);
        self.named(Role::NoteTaker, &meeting.note_taker);
        self.not_prose(&meeting.venue);
        let lists = [
            &meeting.attendance,
            &meeting.in_attendance,
            &meeting.apologies,
        ];
        for attendee in lists.into_iter().flatten().flatten() {
            self.attendee(attendee);
        }
        if let Some(previous) = &meeting.previous_notes {
            self.not_prose(&previous.meeting);
            self.named(Role::Other, &previous.by);
        }
        if let Some(Interests::Declared(declared)) = &meeting.interests {
            for interest in declared {
                self.named(Role::Other, &interest.by);
            }
        }
    }

    fn attendee(&mut self, attendee: &'m Attendee) {
        let role = match attendee.outside {
            true => Role::Outsider,
            false => Role::Listed,
        };
        self.named(role, [&attendee.party]);
        self.named(Role::Other, &attendee.deputises);
        self.not_prose(&attendee.initials);
        for text in [&attendee.arrived, &attendee.left, &attendee.items] {
            self.not_prose(text);
        }
    }

    /// Looks into the entries of a list, those that are withheld but kept included.
    fn rows<T>(&mut self, rows: &'m [Row<Internal, T>], mut look: impl FnMut(&mut Self, &'m T)) {
        for row in rows {
            let before = self.withheld;
            if let Row::Withheld(row) = row {
                self.withheld = true;
                self.not_prose(&row.number);
                self.marks.push(&row.mark);
                let record = row.mark.record.as_ref();
                let date = record.and_then(|record| record.date.as_ref());
                date.into_iter().for_each(|date| self.date(date));
            }
            if let Some(entry) = row.known() {
                look(self, entry);
            }
            self.withheld = before;
        }
    }

    fn items(&mut self, rows: &'m [Row<Internal, Item>]) {
        self.rows(rows, |parts, item| {
            parts.items.push(parts.part(item));
            let above = parts.item.replace(item);
            parts.item(item);
            parts.items(&item.items);
            parts.item = above;
        });
    }

    fn item(&mut self, item: &'m Item) {
        self.not_prose(&item.number);
        self.named(Role::Other, &item.lead);
        self.rows(&item.matters_arising, Self::matter);
        for recommendation in &item.recommendations {
            recommendation.due.iter().for_each(|due| self.due(due));
        }
        self.rows(&item.questions, |parts, question| {
            parts.questions.push(parts.part(question));
            let before = parts.question.replace(question);
            parts.question(question);
            parts.question = before;
        });
        self.decisions(&item.decisions);
        self.actions(&item.actions);
        self.notes(&item.post_meeting);
    }

    fn matter(&mut self, matter: &'m MatterArising) {
        self.matters.push(self.part(matter));
        self.named(Role::Other, &matter.by);
        matter.due.iter().for_each(|due| self.due(due));
        match &matter.action {
            Arising::Ref(reference) => self.not_prose(reference),
            Arising::Earlier(earlier) => {
                self.not_prose(&earlier.reference);
                self.not_prose(&earlier.from);
                self.named(Role::Owner, &earlier.owner);
                earlier.due.iter().for_each(|due| self.due(due));
            }
        }
    }

    fn question(&mut self, question: &'m Question) {
        let fields = &question.fields;
        self.not_prose(&fields.number);
        self.named(Role::Other, fields.by.iter().chain(&fields.to));
        for finding in &fields.findings {
            self.named(Role::Respondent, &finding.by);
        }
        if let Some(assurance) = &fields.assurance {
            self.named(Role::Respondent, &assurance.by);
        }
        self.decisions(&fields.decisions);
        self.actions(&fields.actions);
        self.notes(&fields.post_meeting);
    }

    fn decisions(&mut self, decisions: &'m [Decision]) {
        for decision in decisions {
            self.not_prose(&decision.reference);
            self.decisions.push(self.part(decision));
            let voters = decision.proposer.iter().chain(&decision.seconder);
            self.named(Role::Other, decision.by.iter().chain(voters));
        }
    }

    fn notes(&mut self, notes: &'m [PostMeeting]) {
        for note in notes {
            self.notes.push(self.part(note));
            self.named(Role::Other, &note.by);
            note.date.iter().for_each(|date| self.date(date));
        }
    }

    fn actions(&mut self, rows: &'m [Row<Internal, Action>]) {
        self.rows(rows, |parts, action| {
            parts.actions.push(parts.part(action));
            parts.not_prose(&action.reference);
            parts.named(Role::Owner, action.all_owners());
            parts.named(Role::ReportTo, &action.report_to);
            action.due.iter().for_each(|due| parts.due(due));
            parts.rows(&action.parts, |parts, part| {
                parts.not_prose(&part.label);
                parts.named(Role::Owner, &part.owner);
                part.due.iter().for_each(|due| parts.due(due));
            });
        });
    }
}
