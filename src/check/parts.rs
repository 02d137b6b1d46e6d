//! The parts of a document that lints look at, gathered in one walk: each with the item and question that it stands in, and
//! whether it is withheld whole. In: a document of any kind. Out: lists, in the order of the document.

use super::document::Document;
use crate::model::action::{Action, NextAction, Part as ActionPart, Update};
use crate::model::date::Date;
use crate::model::due::Due;
use crate::model::meeting::{
    Approval, Arising, Attendee, Decision, Interests, Item, MatterArising, Meeting, Paper,
    PostMeeting, Question,
};
use crate::model::party::Party;
use crate::model::rhythm::Every;
use crate::model::text::Text;
use crate::model::tracker::{Objective, Plan, Tracker, Updates, Version};
use crate::model::withheld::{Mark, Row};
use crate::model::{HasTexts, Internal};
use crate::source::Span;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::Deref;

/// A part of a document and where it belongs.
pub struct Part<'m, T> {
    it: &'m T,
    /// The item that it stands in.
    pub item: Option<&'m Item>,
    /// The question that it stands in.
    pub question: Option<&'m Question>,
    /// The action that it stands in.
    pub action: Option<&'m Action>,
    /// The day from which it counts: that of the meeting or of the update, or the one on which the action was set.
    pub day: Option<NaiveDate>,
    /// Whether no word of it is public.
    pub withheld: bool,
}

impl<'m, T> Part<'m, T> {
    /// The part itself, for as long as the document lives.
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

/// Somebody named in a document.
pub struct Named<'m> {
    /// Who.
    pub party: &'m Party,
    /// As what.
    pub role: Role,
    /// The day on which they are named.
    pub day: Option<NaiveDate>,
    /// Whether no word of it is public.
    pub withheld: bool,
}

/// A ref that is given to an action.
pub struct Given<'m> {
    /// The ref.
    pub reference: &'m Text,
    /// Whether the action was set before the book began.
    pub earlier: bool,
    /// Whether no word of it is public.
    pub withheld: bool,
}

/// A ref by which one part of the book names an action.
pub struct Mention<'m> {
    /// The ref.
    pub reference: &'m Text,
    /// Whether no word of it is public.
    pub withheld: bool,
}

/// The parts of a document.
#[derive(Default)]
pub struct Parts<'m> {
    /// The day as at which the document is read.
    pub document_day: Option<NaiveDate>,
    /// Every item, at every level.
    pub items: Vec<Part<'m, Item>>,
    /// Every question and other contribution.
    pub questions: Vec<Part<'m, Question>>,
    /// Every objective.
    pub objectives: Vec<Part<'m, Objective>>,
    /// Every action that the document sets.
    pub actions: Vec<Part<'m, Action>>,
    /// Every part of an action.
    pub action_parts: Vec<Part<'m, ActionPart>>,
    /// Every update that stands with its action or in a file of updates.
    pub updates: Vec<Part<'m, Update>>,
    /// Every next action of an update.
    pub next_actions: Vec<Part<'m, NextAction>>,
    /// Every matter arising.
    pub matters: Vec<Part<'m, MatterArising>>,
    /// Every decision.
    pub decisions: Vec<Part<'m, Decision>>,
    /// Every post-meeting note.
    pub notes: Vec<Part<'m, PostMeeting>>,
    /// Every paper.
    pub papers: Vec<Part<'m, Paper>>,
    /// Everybody who is named.
    pub people: Vec<Named<'m>>,
    /// Every date but due dates.
    pub dates: Vec<Part<'m, Date>>,
    /// Every due date.
    pub dues: Vec<Part<'m, Due>>,
    /// Every review date.
    pub reviews: Vec<Part<'m, Due>>,
    /// Everything that comes back.
    pub rhythms: Vec<Part<'m, Every>>,
    /// Every ref that is given to an action, those that are withheld included.
    pub given: Vec<Given<'m>>,
    /// Every ref by which an action is named.
    pub mentions: Vec<Mention<'m>>,
    /// The places of updates in a file of updates that name no action.
    pub nameless: Vec<Span>,
    /// The places of actions, matters arising and updates of which no word is public.
    pub hidden: Vec<Span>,
    /// Whether a meeting lists any matter arising.
    pub lists_matters: bool,
    /// The marks of everything that is withheld whole.
    pub marks: Vec<&'m Mark>,
    /// Where texts stand that are names, numbers, dates or places rather than prose.
    pub not_prose: BTreeSet<Span>,
    item: Option<&'m Item>,
    question: Option<&'m Question>,
    action: Option<&'m Action>,
    from: Option<NaiveDate>,
    withheld: bool,
}

impl<'m> Parts<'m> {
    /// Gathers the parts of a document.
    pub fn of(document: Document<'m>) -> Parts<'m> {
        let mut parts = Parts {
            document_day: document.day(),
            ..Parts::default()
        };
        match document {
            Document::Meeting(meeting) => parts.meeting(meeting),
            Document::Tracker(tracker) => parts.tracker(tracker),
            Document::Plan(plan) => parts.plan(plan),
            Document::Updates(updates) => parts.file_of_updates(updates),
        }
        for source in document.sources().into_iter().flat_map(|all| all.iter()) {
            parts.not_prose(&source.1.date);
        }
        for version in document.versions() {
            parts.version(version);
        }
        parts.withheld = true;
        for record in document.passages() {
            parts.not_prose(&record.at);
            record.date.iter().for_each(|date| parts.date(date));
        }
        parts.withheld = false;
        for (omitted, _) in document.omitted() {
            parts.not_prose(&omitted.refs);
        }
        parts
    }

    fn meeting(&mut self, meeting: &'m Meeting) {
        self.from = self.document_day;
        self.heading(meeting);
        self.items(&meeting.items);
        self.actions(&meeting.actions);
        if let Some(next) = &meeting.next_meeting {
            next.date.iter().for_each(|date| self.date(date));
            self.not_prose(&next.time);
            self.not_prose(&next.venue);
        }
    }

    fn tracker(&mut self, tracker: &'m Tracker) {
        let provided = tracker.provided_by.iter().chain(&tracker.provided_to);
        self.named(Role::Other, provided);
        tracker.date.iter().for_each(|date| self.date(date));
        self.approval(&tracker.approved);
        self.actions(&tracker.actions);
    }

    fn plan(&mut self, plan: &'m Plan) {
        let provided = plan.provided_by.iter().chain(&plan.provided_to);
        self.named(Role::Other, provided);
        plan.date.iter().for_each(|date| self.date(date));
        self.approval(&plan.approved);
        self.rows(&plan.objectives, |parts, objective| {
            parts.objectives.push(parts.part(objective));
            parts.not_prose(&objective.number);
            parts.actions(&objective.actions);
        });
    }

    fn file_of_updates(&mut self, updates: &'m Updates) {
        for row in &updates.updates {
            let (reference, span) = match row {
                Row::Open(update) => (update.action.as_ref(), update.span),
                Row::Withheld(row) => (row.number.as_ref(), row.span),
            };
            match reference {
                Some(reference) => self.mention(reference, matches!(row, Row::Withheld(_))),
                None => self.nameless.push(span),
            }
        }
        self.updates(&updates.updates);
    }

    fn version(&mut self, version: &'m Version) {
        self.not_prose(&version.number);
        version.date.iter().for_each(|date| self.date(date));
        self.not_prose(&version.time);
        self.named(Role::Other, &version.author);
    }

    fn part<T>(&self, it: &'m T) -> Part<'m, T> {
        Part {
            it,
            item: self.item,
            question: self.question,
            action: self.action,
            day: self.from,
            withheld: self.withheld,
        }
    }

    fn mention(&mut self, reference: &'m Text, withheld: bool) {
        self.not_prose(reference);
        self.mentions.push(Mention {
            reference,
            withheld: withheld || self.withheld,
        });
    }

    fn given(&mut self, reference: &'m Text, earlier: bool) {
        self.given.push(Given {
            reference,
            earlier,
            withheld: self.withheld,
        });
    }

    fn every(&mut self, every: &'m Option<Every>) {
        if let Some(every) = every {
            self.not_prose(&every.rhythm);
            self.rhythms.push(self.part(every));
            every.until.iter().for_each(|until| self.due(until));
        }
    }

    fn papers(&mut self, papers: &'m [Paper]) {
        let papers: Vec<_> = papers.iter().map(|paper| self.part(paper)).collect();
        self.papers.extend(papers);
    }

    fn approval(&mut self, approval: &'m Option<Approval>) {
        if let Some(approval) = approval {
            self.named(Role::Other, &approval.by);
            approval.date.iter().for_each(|date| self.date(date));
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
                day: self.from.or(self.document_day),
                withheld: self.withheld,
            });
        }
    }

    fn heading(&mut self, meeting: &'m Meeting) {
        self.date(&meeting.date);
        self.not_prose(&meeting.time);
        self.not_prose(&meeting.ended);
        self.approval(&meeting.approved);
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
    fn rows<T: Send + Sync>(
        &mut self,
        rows: &'m [Row<Internal, T>],
        mut look: impl FnMut(&mut Self, &'m T),
    ) {
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
        self.every(&item.every);
        self.papers(&item.papers);
        self.matters(&item.matters_arising);
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

    fn matters(&mut self, rows: &'m [Row<Internal, MatterArising>]) {
        self.lists_matters |= !rows.is_empty();
        self.hide(rows, |matter| matter.span);
        for row in rows {
            if let Row::Withheld(row) = row
                && let (Some(reference), None) = (&row.number, &row.kept)
            {
                self.mention(reference, true);
            }
        }
        self.rows(rows, Self::matter);
    }

    fn matter(&mut self, matter: &'m MatterArising) {
        self.matters.push(self.part(matter));
        self.named(Role::Other, &matter.by);
        self.named(Role::Owner, &matter.owner);
        matter.due.iter().for_each(|due| self.due(due));
        self.every(&matter.every);
        if let Some(other) = &matter.replaced_by {
            self.mention(other, false);
        }
        match &matter.action {
            Arising::Ref(reference) => self.mention(reference, false),
            Arising::Earlier(earlier) => {
                self.hidden.extend(self.withheld.then_some(earlier.span));
                if let Some(reference) = &earlier.reference {
                    self.given(reference, true);
                }
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

    /// Notes the places of entries that are withheld, or that stand in something that is.
    fn hide<T: Send + Sync>(&mut self, rows: &'m [Row<Internal, T>], of: impl Fn(&T) -> Span) {
        let withheld = self.withheld;
        self.hidden.extend(rows.iter().filter_map(|row| match row {
            Row::Open(entry) => withheld.then(|| of(entry)),
            Row::Withheld(row) => Some(row.span),
        }));
    }

    fn actions(&mut self, rows: &'m [Row<Internal, Action>]) {
        self.hide(rows, |action| action.span);
        for row in rows {
            let reference = match row {
                Row::Open(action) => action.reference.as_ref(),
                Row::Withheld(row) => row.number.as_ref(),
            };
            if let Some(reference) = reference {
                self.given(reference, false);
            }
        }
        self.rows(rows, |parts, action| {
            let before = (parts.action, parts.from);
            parts.actions.push(parts.part(action));
            parts.action = Some(action);
            parts.action(action);
            (parts.action, parts.from) = before;
        });
    }

    fn action(&mut self, action: &'m Action) {
        self.not_prose(&action.reference);
        self.not_prose(&action.set);
        self.not_prose(&action.sources);
        self.named(Role::Owner, action.all_owners());
        self.named(Role::ReportTo, &action.report_to);
        let others = action.duplicate_of.iter().chain(&action.captured_under);
        others.for_each(|other| self.mention(other, false));
        let set = action.set.as_ref().and_then(|set| set.first);
        self.from = set.or(self.from);
        action.due.iter().for_each(|due| self.due(due));
        self.reviews.extend(
            action
                .review
                .iter()
                .map(|due| self.part(due))
                .collect::<Vec<_>>(),
        );
        self.every(&action.every);
        self.papers(&action.papers);
        self.rows(&action.parts, |parts, part| {
            parts.action_parts.push(parts.part(part));
            parts.not_prose(&part.label);
            parts.not_prose(&part.sources);
            parts.named(Role::Owner, &part.owner);
            part.due.iter().for_each(|due| parts.due(due));
        });
        self.updates(&action.updates);
    }

    fn updates(&mut self, rows: &'m [Row<Internal, Update>]) {
        self.hide(rows, |update| update.span);
        self.rows(rows, |parts, update| {
            let before = parts.from;
            let own = update.date.as_ref().and_then(Date::day);
            parts.from = own.or(before);
            parts.updates.push(parts.part(update));
            parts.update(update);
            parts.from = before;
        });
    }

    fn update(&mut self, update: &'m Update) {
        update.date.iter().for_each(|date| self.date(date));
        self.not_prose(&update.action);
        self.named(Role::Other, &update.by);
        self.named(Role::Owner, &update.owner);
        update.due.iter().for_each(|due| self.due(due));
        self.every(&update.every);
        self.papers(&update.papers);
        if let Some(other) = &update.replaced_by {
            self.mention(other, false);
        }
        self.decisions(update.decision.as_slice());
        for next in &update.next_action {
            self.next_actions.push(self.part(next));
            self.named(Role::Owner, &next.owner);
            next.due.iter().for_each(|due| self.due(due));
        }
    }
}
