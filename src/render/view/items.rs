//! The view of the agenda: items, questions, actions, matters arising.

use super::document::tint;
use super::meeting::Minutes;
use super::people::and;
use super::{
    ActionView, ArisingView, AssuranceView, BetweenView, DecisionView, FindingView, ItemView,
    NoteView, PartView, QuestionView, RecommendationView,
};
use crate::ledger::{Entry as LedgerEntry, Place, Said, What};
use crate::model::Edition;
use crate::model::action::{Action, Part, State};
use crate::model::meeting::{
    Arising, Assurance, AssuranceLevel, Decision, EarlierAction, Item, MatterArising, Meeting,
    PostMeeting, Question, QuestionKind,
};
use crate::model::outline::{Entry, ItemOutline, QuestionOutline};
use crate::model::text::{Block, Text};
use crate::model::withheld::Row;
use crate::render::dates;
use crate::render::format::Ready;
use chrono::NaiveDate;

/// The deepest heading that HTML has.
const DEEPEST: usize = 6;

impl<E: Edition> Minutes<'_, '_, E> {
    pub(super) fn items(
        &self,
        rows: &[Row<E, Item<E>>],
        outlines: &[ItemOutline],
    ) -> Vec<ItemView> {
        rows.iter()
            .zip(outlines)
            .map(|(row, outline)| self.item(row, outline))
            .collect()
    }

    fn item(&self, row: &Row<E, Item<E>>, outline: &ItemOutline) -> ItemView {
        let level = (outline.level + 2).min(DEEPEST);
        let mut view = ItemView {
            anchor: self.plain(&outline.entry.anchor),
            number: self.number(&outline.entry),
            title: Ready::default(),
            title_plain: Ready::default(),
            title_spoken: Ready::default(),
            level,
            withheld: row.mark().map(|mark| self.writer.mark(&mark.exemptions)),
            record: self.record(row.mark()),
            lead: None,
            none: false,
            deferred: None,
            context: None,
            text: None,
            papers: Vec::new(),
            matters_arising: Vec::new(),
            recommendations: Vec::new(),
            questions: Vec::new(),
            decisions: Vec::new(),
            risks: Vec::new(),
            actions: Vec::new(),
            post_meeting: Vec::new(),
            items: Vec::new(),
        };
        let Some(item) = row.known() else {
            return view;
        };
        if let Some(title) = &item.title {
            view.title = self.writer.title(title);
            let words = self.writer.words(title);
            view.title_plain = self.plain(&words);
            view.title_spoken = self.writer.spoken(&words);
        }
        view.none = item.none || says_nothing(item);
        view.lead = self.parties(&item.lead);
        view.deferred = self.line(item.deferred.as_ref());
        view.context = self.block(item.context.as_ref());
        view.text = self.block(item.text.as_ref());
        view.papers = self.papers(&item.papers);
        view.matters_arising = item
            .matters_arising
            .iter()
            .map(|row| self.arising(row))
            .collect();
        view.recommendations = item
            .recommendations
            .iter()
            .map(|one| RecommendationView {
                text: self.writer.block(&one.text),
                source: self.line(one.source.as_ref()),
                due: one.due.as_ref().map(|due| self.due(due, self.meeting)),
            })
            .collect();
        view.questions = item
            .questions
            .iter()
            .zip(&outline.questions)
            .map(|(row, of_question)| self.question(row, of_question, outline, &view))
            .collect();
        view.decisions = self.decisions(&item.decisions, outline, &view);
        view.risks = self.lines(&item.risks);
        view.actions = self.actions(&item.actions, &outline.actions);
        view.post_meeting = self.notes(&item.post_meeting, &outline.notes);
        view.items = self.items(&item.items, &outline.items);
        view
    }

    fn number(&self, entry: &Entry) -> Option<Ready> {
        entry.number.as_deref().map(|number| self.plain(number))
    }

    fn question(
        &self,
        row: &Row<E, Question<E>>,
        outline: &QuestionOutline,
        item: &ItemOutline,
        item_view: &ItemView,
    ) -> QuestionView {
        let label = self.labels(|labels| labels.findings.as_ref(), "Findings");
        let mut view = QuestionView {
            anchor: self.plain(&outline.entry.anchor),
            number: self.number(&outline.entry),
            level: (item.level + 3).min(DEEPEST),
            withheld: row.mark().map(|mark| self.writer.mark(&mark.exemptions)),
            record: self.record(row.mark()),
            kind: None,
            by: None,
            ask: Ready::default(),
            ask_plain: Ready::default(),
            more: None,
            context: None,
            findings_label: label,
            findings: Vec::new(),
            assurance: None,
            gaps: Vec::new(),
            challenges: Vec::new(),
            decisions: Vec::new(),
            actions: Vec::new(),
            post_meeting: Vec::new(),
            unanswered: false,
        };
        let Some(question) = row.known() else {
            return view;
        };
        let fields = &question.fields;
        view.kind = (question.kind != QuestionKind::Ask).then(|| self.plain(question.kind.label()));
        view.by = self.asked(question);
        view.context = self.block(fields.context.as_ref());
        match question.words.blocks() {
            [first @ Block::Paragraph(_), rest @ ..] => {
                view.ask = self
                    .writer
                    .line_of(&question.words, std::slice::from_ref(first));
                view.more =
                    (!rest.is_empty()).then(|| self.writer.blocks_of(&question.words, rest));
            }
            _ => {
                view.ask = self.plain(question.kind.label());
                view.kind = None;
                view.more = Some(self.writer.block(&question.words));
            }
        }
        view.ask_plain = self.plain(&self.writer.words(&question.words));
        view.findings = fields
            .findings
            .iter()
            .map(|finding| FindingView {
                by: self.parties(&finding.by),
                text: self.writer.block(&finding.text),
            })
            .collect();
        view.assurance = fields
            .assurance
            .as_ref()
            .map(|assurance| self.assurance(assurance));
        view.gaps = self.lines(&fields.gaps);
        view.challenges = self.lines(&fields.challenges);
        view.decisions = self.decisions(&fields.decisions, item, item_view);
        view.actions = self.actions(&fields.actions, &outline.actions);
        view.post_meeting = self.notes(&fields.post_meeting, &outline.notes);
        view.unanswered = wants_answer(question.kind)
            && view.findings.is_empty()
            && view.assurance.is_none()
            && view.gaps.is_empty()
            && view.challenges.is_empty()
            && view.decisions.is_empty()
            && view.actions.is_empty()
            && view.post_meeting.is_empty();
        view
    }

    /// "PCC to CC".
    fn asked(&self, question: &Question<E>) -> Option<Ready> {
        let by = self.parties(&question.fields.by);
        let to = self.parties(&question.fields.to);
        match (by, to) {
            (Some(by), Some(to)) => {
                Some(Ready::made(format!("{} to {}", by.as_str(), to.as_str())))
            }
            (Some(by), None) => Some(by),
            (None, Some(to)) => Some(Ready::made(format!("to {}", to.as_str()))),
            (None, None) => None,
        }
    }

    fn assurance(&self, assurance: &Assurance<E>) -> AssuranceView {
        let tint = match assurance.level {
            AssuranceLevel::Confident => "green",
            AssuranceLevel::Adequate => "blue",
            AssuranceLevel::Partial => "amber",
            AssuranceLevel::NotConfident => "red",
        };
        AssuranceView {
            level: self.label(assurance.level.label(), tint),
            by: self.parties(&assurance.by),
            text: self.line(assurance.text.as_ref()),
        }
    }

    fn decisions(
        &self,
        decisions: &[Decision<E>],
        outline: &ItemOutline,
        item: &ItemView,
    ) -> Vec<DecisionView> {
        let name = match (&item.number, item.title.is_empty()) {
            (Some(_), _) => self.plain(&outline.full),
            (None, false) => item.title.clone(),
            (None, true) => self.plain("Item"),
        };
        decisions
            .iter()
            .map(|decision| self.decision(decision, item.anchor.clone(), name.clone()))
            .collect()
    }

    pub(super) fn actions(&self, rows: &[Row<E, Action<E>>], entries: &[Entry]) -> Vec<ActionView> {
        rows.iter()
            .zip(entries)
            .map(|(row, entry)| self.action(row, entry))
            .collect()
    }

    fn action(&self, row: &Row<E, Action<E>>, entry: &Entry) -> ActionView {
        let mut view = ActionView {
            anchor: self.plain(&entry.anchor),
            title: match &entry.number {
                Some(number) => self.plain(&format!("Action {number}")),
                None => self.plain("New action"),
            },
            reference: self.plain(entry.number.as_deref().unwrap_or("new")),
            withheld: row.mark().map(|mark| self.writer.mark(&mark.exemptions)),
            record: self.record(row.mark()),
            text: Ready::default(),
            line: Ready::default(),
            parts: Vec::new(),
            owner: Ready::default(),
            due: Ready::default(),
            every: None,
            report_to: None,
        };
        let Some(action) = row.known() else {
            return view;
        };
        view.text = self.writer.block(&action.text);
        view.line = self.writer.line(&action.text);
        let (set, series) = (self.day, self.meeting.series.as_deref());
        view.parts = self.parts(&action.parts, set, series);
        view.owner = self
            .parties(action.all_owners())
            .unwrap_or_else(|| self.plain("Not given"));
        view.due = match &action.due {
            Some(due) => self.due(due, self.meeting),
            None => self.plain("No due date"),
        };
        view.every = self.line(action.every.as_ref().map(|every| &every.rhythm));
        view.report_to = action.report_to.as_ref().map(|party| self.short(party));
        view
    }

    /// Parts of an action that was set on a day, at a meeting of a series.
    fn parts(
        &self,
        rows: &[Row<E, Part<E>>],
        set: Option<NaiveDate>,
        series: Option<&str>,
    ) -> Vec<PartView> {
        self.part_views(rows, set, series)
    }

    fn notes(&self, notes: &[PostMeeting<E>], entries: &[Entry]) -> Vec<NoteView> {
        notes
            .iter()
            .zip(entries)
            .map(|(note, entry)| {
                let mut title = "Added after the meeting".to_owned();
                if let Some(date) = &note.date {
                    title.push_str(&format!(", {}", self.date(date).as_str()));
                }
                let by: Vec<String> = note
                    .by
                    .iter()
                    .map(|party| self.the(party).as_str().to_owned())
                    .collect();
                if !by.is_empty() {
                    title.push_str(&format!(", by {}", and(&by)));
                }
                NoteView {
                    anchor: self.plain(&entry.anchor),
                    title: Ready::made(title),
                    text: self.writer.block(&note.text),
                }
            })
            .collect()
    }

    fn arising(&self, row: &Row<E, MatterArising<E>>) -> ArisingView {
        let mut view = ArisingView {
            withheld: row.mark().map(|mark| self.writer.mark(&mark.exemptions)),
            record: self.record(row.mark()),
            reference: None,
            source: None,
            text: None,
            parts: Vec::new(),
            owner: None,
            due: None,
            due_now: None,
            every: None,
            carried: None,
            between: Vec::new(),
            update: None,
            by: None,
            state: None,
            condition: None,
            replaced_by: None,
            rag: None,
            reason: None,
            new_due: None,
            new_due_reason: None,
            new_owner: None,
            returns: None,
        };
        if let Row::Withheld(row) = row {
            view.reference = row.number.as_ref().map(|number| self.writer.title(number));
        }
        let Some(arising) = row.known() else {
            return view;
        };
        let entry = match &arising.action {
            Arising::Ref(reference) => {
                view.reference = Some(self.writer.title(reference));
                self.library.action(&reference.words(), self.meeting)
            }
            Arising::Earlier(action) => {
                self.set_before(action, self.meeting, &mut view);
                let reference = action.reference.as_ref().map(Text::words);
                reference.and_then(|words| self.library.action(&words, self.meeting))
            }
        };
        if let Some(entry) = entry {
            self.set_in_book(entry, &mut view);
            self.stands(entry, &mut view);
        }
        view.update = self.block(arising.update.as_ref());
        view.by = arising.by.as_ref().map(|party| self.short(party));
        if let Some(state) = arising.state {
            view.state = Some(self.label(state.label(), tint(state)));
            view.condition = self.line(arising.condition.as_ref());
            view.replaced_by = self.replaced_by(arising.replaced_by.as_ref(), state);
        } else if arising.condition.is_some() {
            view.condition = self.line(arising.condition.as_ref());
        }
        view.reason = self.line(arising.reason.as_ref());
        view.new_due = arising
            .due
            .as_ref()
            .map(|due| self.due_words(due, self.day, self.meeting.series.as_deref()));
        view.new_due_reason = arising
            .due
            .as_ref()
            .and_then(|due| self.line(due.reason.as_ref()));
        view.new_owner = self.parties(&arising.owner);
        view
    }

    /// What the history of an action comes to at this meeting.
    fn stands(&self, entry: &LedgerEntry<'_, E>, view: &mut ArisingView) {
        let Some(day) = self.day else {
            return;
        };
        let ledger = &self.library.ledger;
        let before = ledger.standing_before(entry, day);
        if let (false, Some(due)) = (before.redatings.is_empty(), &before.due) {
            view.due_now = Some(self.due_words(due.written, before.updated, entry.series()));
        }
        view.between = self.between(entry, day);
        let now = ledger.standing(entry, day);
        view.every = self.line(now.every.map(|every| &every.rhythm));
        view.state = Some(self.label(now.state.label(), tint(now.state)));
        view.condition = self.line(now.condition);
        view.replaced_by = self.replaced_by(now.replaced_by, now.state);
        view.rag = now.rag.map(|rag| self.rag(Some(rag)));
        view.returns = now
            .returns()
            .map(|returns| self.plain(&dates::day(returns)));
        let redated = now.redatings.len();
        if now.carried > 1 || redated > 0 {
            let mut words = match now.carried {
                0 => "Not yet carried forward".to_owned(),
                count => format!("Carried forward {}", times(count)),
            };
            if redated > 0 {
                words.push_str(&format!(", re-dated {}", times(redated)));
            }
            view.carried = Some(self.plain(&words));
        }
    }

    /// What was said between the last meeting and this one, in a file of updates or with the action itself.
    fn between(&self, entry: &LedgerEntry<'_, E>, day: NaiveDate) -> Vec<BetweenView> {
        let calendar = &self.library.ledger.calendar;
        let series = self.meeting.series.as_deref();
        let last = series.and_then(|series| calendar.last_before(series, day));
        let since = last.or(entry.set);
        let events = entry.events.iter().filter(|event| {
            let is_between = event.day.is_some_and(|on| on < day)
                && since.is_none_or(|since| event.day > Some(since));
            is_between && !matches!(event.said, Said::Arising { .. })
        });
        let told = events.filter_map(|event| {
            let text = match event.said.mark() {
                Some(mark) => self.writer.mark(&mark.exemptions),
                None => self.block(event.said.text())?,
            };
            let mut title = match event.day {
                Some(on) => format!("Update of {}", dates::day(on)),
                None => "Update".to_owned(),
            };
            if let Some(by) = self.parties(event.said.by()) {
                title.push_str(&format!(", {}", by.as_str()));
            }
            let title = Ready::made(title);
            Some(BetweenView { title, text })
        });
        told.collect()
    }

    /// "by 12/26", "into 4/26".
    fn replaced_by(&self, by: Option<&Text<E>>, state: State) -> Option<Ready> {
        let word = match state {
            State::Merged => "into",
            _ => "by",
        };
        let by = self.writer.title(by?);
        Some(Ready::made(format!("{word} {}", by.as_str())))
    }

    /// An action that was set in the book: nothing of it has to be typed again.
    fn set_in_book(&self, entry: &LedgerEntry<'_, E>, view: &mut ArisingView) {
        if let Some(mark) = entry.mark() {
            view.withheld
                .get_or_insert_with(|| self.writer.mark(&mark.exemptions));
        }
        if let (What::Earlier(action), Place::Meeting { meeting, .. }) =
            (&entry.what, &entry.home.place)
        {
            return self.set_before(action, meeting, view);
        }
        view.source = self.source(entry);
        let Some(action) = entry.action() else {
            return;
        };
        let (set, series) = (entry.set, entry.series());
        view.text = self.block(Some(&action.text));
        view.parts = self.parts(&action.parts, set, series);
        view.owner = self.parties(action.all_owners());
        let due = action.due.as_ref();
        view.due = due.map(|due| self.due_from(due, set, series));
    }

    /// Where an action was set: the meeting and its item, the tracker, or the plan and its objective.
    fn source(&self, entry: &LedgerEntry<'_, E>) -> Option<Ready> {
        let (meeting, item) = match &entry.home.place {
            Place::Meeting { meeting, item } => (meeting, item),
            Place::Tracker(tracker) => {
                let name = tracker.title.as_ref().or(tracker.group.as_ref());
                return name.map(|name| self.writer.title(name));
            }
            Place::Plan { plan, objective } => {
                let title = self.writer.title(&plan.title);
                let number = self.plain(&objective.0);
                return Some(Ready::made(format!(
                    "{}, objective {}",
                    title.as_str(),
                    number.as_str()
                )));
            }
        };
        let day = meeting.date.day();
        let mut source = day.map_or_else(String::new, |day| format!("{} meeting", dates::day(day)));
        if let Some((number, item)) = item {
            if !number.is_empty() {
                source.push_str(&format!(", item {number}"));
            }
            source = self.plain(&source).as_str().to_owned();
            if let Some(title) = item.and_then(|item| item.title.as_ref()) {
                source.push_str(&format!(": {}", self.writer.title(title).as_str()));
            }
        }
        Some(Ready::made(source))
    }

    /// An action that was set before the book began. `first` is the meeting that lists it first.
    fn set_before(&self, action: &EarlierAction<E>, first: &Meeting<E>, view: &mut ArisingView) {
        view.reference = action
            .reference
            .as_ref()
            .map(|reference| self.writer.title(reference));
        view.text = self.block(Some(&action.text));
        view.owner = self.parties(&action.owner);
        let from = action.from.as_ref();
        let meeting = from.and_then(|from| from.meeting.as_ref());
        let set = meeting
            .and_then(|meeting| meeting.meeting)
            .and_then(|reference| self.library.day_of(first.series.as_deref(), reference));
        view.due = action
            .due
            .as_ref()
            .map(|due| self.due_from(due, set, first.series.as_deref()));
        let mut source = Vec::new();
        if let Some(meeting) = meeting {
            source.push(format!("{} meeting", self.meeting_name(meeting).as_str()));
        }
        if let Some(item) = from.and_then(|from| from.item.as_ref()) {
            source.push(self.item_name(item).as_str().to_owned());
        }
        view.source = (!source.is_empty()).then(|| Ready::made(source.join(", ")));
    }
}

/// Whether a contribution is left hanging when nothing follows it.
fn wants_answer(kind: QuestionKind) -> bool {
    match kind {
        QuestionKind::Ask | QuestionKind::Request | QuestionKind::Challenge => true,
        QuestionKind::Observation | QuestionKind::Offer => false,
    }
}

/// How often: once, twice, 3 times.
fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

/// Whether an item has nothing but its number and title.
fn says_nothing<E: Edition>(item: &Item<E>) -> bool {
    item.deferred.is_none()
        && item.context.is_none()
        && item.text.is_none()
        && item.papers.is_empty()
        && item.matters_arising.is_empty()
        && item.recommendations.is_empty()
        && item.questions.is_empty()
        && item.decisions.is_empty()
        && item.risks.is_empty()
        && item.actions.is_empty()
        && item.post_meeting.is_empty()
        && item.items.is_empty()
}
