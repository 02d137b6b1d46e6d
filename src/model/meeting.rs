//! `kind: meeting`: one meeting and everything in its notes.

use super::action::{Action, Rag, State};
use super::date::{Date, Time};
use super::due::{Due, MeetingRef};
use super::edition::{Edition, Internal, Public, Redact};
use super::party::Party;
use super::record::{choice, record};
use super::rhythm::Every;
use super::settings::{Keyed, Labels, NumberStyle, QuestionNumbers};
use super::text::Text;
use super::texts::{HasTexts, Texts};
use super::tracker::Version;
use super::withheld::{Passages, Row};
use super::word::Word;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader, Value};
use serde_json::json;

record! {
    /// One meeting.
    "a meeting" struct Meeting<E> {
        /// `meeting`.
        kind: Word,
        /// The series that it belongs to; a meeting without one has its own title and chair.
        series: Option<Word>,
        /// Its type within the series: performance, thematic, special, public.
        meeting_type as "type": Option<Text<E>>,
        /// The subject of a thematic meeting.
        theme: Option<Text<E>>,
        /// Its title; left out, it is made of the series' title and the month.
        title: Option<Text<E>>,
        /// The day.
        date: Date<E>,
        /// When it began.
        time: Option<Time<E>>,
        /// When it ended.
        ended: Option<Time<E>>,
        /// How far the notes are.
        status: Option<Status>,
        /// Who approved the notes, and when.
        approved: Option<Approval<E>>,
        /// Whether the notes are a fragment: missing headings are then no errors, and a notice says so.
        extract: bool,
        /// A marking that differs from the book's.
        classification: Option<Text<E>>,
        /// Who took the chair, where it was not the series' chair.
        chair: Option<Party<E>>,
        /// Who took the notes, where it was not the series' note-taker.
        note_taker: Option<Party<E>>,
        /// Where it was held, where that differs from the series' venue.
        venue: Option<Text<E>>,
        /// Who was present.
        attendance: Option<Vec<Attendee<E>>>,
        /// Who was there without being a member.
        in_attendance: Option<Vec<Attendee<E>>>,
        /// Who sent apologies; `[]` when nobody did.
        apologies: Option<Vec<Attendee<E>>>,
        /// Whether there was a quorum.
        quorum: Option<Text<E>>,
        /// The approval of the previous meeting's notes.
        previous_notes: Option<PreviousNotes<E>>,
        /// Declarations of interest, or `none`.
        interests: Option<Interests<E>>,
        /// Why the meeting was held.
        purpose: Option<Text<E>>,
        /// The agenda.
        items: Vec<Row<E, Item<E>>>,
        /// Actions that belong to no item.
        actions: Vec<Row<E, Action<E>>>,
        /// What was said at the close.
        closing: Option<Text<E>>,
        /// The next meeting.
        next_meeting: Option<NextMeeting<E>>,
        /// Why its passages are withheld, and who decided it; internal.
        passages: Passages<E>,
        /// Its versions: one for each time that it was published or amended.
        versions: Vec<Version<E>>,
        /// Abbreviations of this document; they win over the book's.
        glossary: Keyed<Text<E>>,
        /// Printed labels, where they differ from the series'.
        labels: Option<Labels<E>>,
        /// How items are numbered, where it differs from the series.
        numbering: Option<Vec<NumberStyle>>,
        /// How questions are numbered, where it differs from the series.
        question_numbers: Option<QuestionNumbers>,
    }
}

choice! {
    /// How far the notes of a meeting are.
    "a status" enum Status {
        /// Not yet agreed.
        Draft = "draft", "Draft",
        /// Agreed by the chair.
        Approved = "approved", "Approved",
        /// On the website.
        Published = "published", "Published",
    }
}

record! {
    /// Who approved notes, and when.
    "an approval" struct Approval<E> {
        /// Who approved.
        by: Option<Party<E>>,
        /// When.
        date: Option<Date<E>>,
    }
}

/// Somebody at the meeting, or who should have been.
pub struct Attendee<E: Edition = Internal> {
    /// Where it stands.
    pub span: Span,
    /// Who.
    pub party: Party<E>,
    /// Whether `name:` says that there is no entry in the register.
    pub outside: bool,
    /// The capacity, where it differs from the register or there is no entry.
    pub capacity: Option<Text<E>>,
    /// Initials, where they differ from the register or there is no entry.
    pub initials: Option<Text<E>>,
    /// For whom somebody deputised.
    pub deputises: Option<Party<E>>,
    /// When, or with which item, somebody came.
    pub arrived: Option<Text<E>>,
    /// When, or with which item, somebody left.
    pub left: Option<Text<E>>,
    /// The items for which somebody was there.
    pub items: Option<Text<E>>,
}

record! {
    /// Somebody at the meeting, with more than a key.
    "an attendee" struct AttendeeFields<E> {
        /// A key, initials or an alias from the register.
        person: Option<Text<E>>,
        /// A name, for somebody who is not in the register.
        name: Option<Text<E>>,
        /// The body that they came from.
        body: Option<Text<E>>,
        /// In what capacity.
        capacity: Option<Text<E>>,
        /// Initials.
        initials: Option<Text<E>>,
        /// For whom they deputised.
        deputises: Option<Party<E>>,
        /// When, or with which item, they came.
        arrived: Option<Text<E>>,
        /// When, or with which item, they left.
        left: Option<Text<E>>,
        /// The items for which they were there.
        items: Option<Text<E>>,
    }
}

impl FromNode for Attendee<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let party: Party = Party::from_node(node, reader)?;
            return Some(Attendee {
                span: node.span,
                party,
                outside: false,
                capacity: None,
                initials: None,
                deputises: None,
                arrived: None,
                left: None,
                items: None,
            });
        }
        let fields: AttendeeFields = AttendeeFields::from_node(node, reader)?;
        let outside = fields.person.is_none();
        let Some(name) = fields.person.or(fields.name) else {
            reader.fault(
                Diagnostic::error(
                    "missing-field",
                    fields.span,
                    "an attendee needs `person` or `name`",
                )
                .help("write `person:` with a key from the register, or `name:` with a name"),
            );
            return None;
        };
        Some(Attendee {
            span: fields.span,
            party: Party {
                span: name.span,
                name: Some(name),
                body: fields.body,
                role: None,
            },
            outside,
            capacity: fields.capacity,
            initials: fields.initials,
            deputises: fields.deputises,
            arrived: fields.arrived,
            left: fields.left,
            items: fields.items,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [{ "type": "string" }, AttendeeFields::schema(definitions)] })
    }
}

impl Redact for Attendee<Internal> {
    type Public = Attendee<Public>;

    fn redact(&self) -> Attendee<Public> {
        Attendee {
            span: self.span,
            party: self.party.redact(),
            outside: self.outside,
            capacity: self.capacity.redact(),
            initials: self.initials.redact(),
            deputises: self.deputises.redact(),
            arrived: self.arrived.redact(),
            left: self.left.redact(),
            items: self.items.redact(),
        }
    }
}

impl HasTexts for Attendee<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.party.texts(met);
        self.capacity.texts(met);
        self.initials.texts(met);
        self.deputises.texts(met);
        self.arrived.texts(met);
        self.left.texts(met);
        self.items.texts(met);
    }
}

record! {
    /// The approval of the previous meeting's notes.
    "the previous notes" struct PreviousNotes<E> {
        /// The meeting whose notes they are: its date.
        meeting: Option<MeetingName<E>>,
        /// Whether they were approved.
        approved: bool,
        /// What was amended before approval.
        amendments: Option<Text<E>>,
        /// Who approved them, where it was not the meeting.
        by: Option<Party<E>>,
    }
}

/// A meeting as another names it.
pub struct MeetingName<E: Edition = Internal> {
    /// What stands in the file.
    pub written: Text<E>,
    /// Which meeting it is, when that is clear.
    pub meeting: Option<MeetingRef>,
}

impl FromNode for MeetingName<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = Text::from_node(node, reader)?;
        let meeting = MeetingRef::of(written.source());
        Some(MeetingName { written, meeting })
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": "string", "examples": ["2026-07-28", "July 2026"] })
    }
}

impl Redact for MeetingName<Internal> {
    type Public = MeetingName<Public>;

    fn redact(&self) -> MeetingName<Public> {
        MeetingName {
            written: self.written.redact(),
            meeting: self.meeting,
        }
    }
}

impl HasTexts for MeetingName<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.written.texts(met);
    }
}

/// Declarations of interest.
pub enum Interests<E: Edition = Internal> {
    /// Nobody declared one.
    None,
    /// What was declared.
    Declared(Vec<Interest<E>>),
}

record! {
    /// A declaration of interest.
    "a declaration of interest" struct Interest<E> or "text" {
        /// Who declared it.
        by: Option<Party<E>>,
        /// What was declared.
        text: Text<E>,
        /// What followed from it.
        response: Option<Text<E>>,
    }
}

impl FromNode for Interests<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let is_none = |text: &str| text.trim().eq_ignore_ascii_case("none");
        if node.scalar().is_some_and(is_none) {
            return Some(Interests::None);
        }
        let declared: Vec<Interest> = Vec::from_node(node, reader)?;
        Some(match declared.is_empty() {
            true => Interests::None,
            false => Interests::Declared(declared),
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [{ "type": "string" }, <Vec<Interest>>::schema(definitions)] })
    }
}

impl Redact for Interests<Internal> {
    type Public = Interests<Public>;

    fn redact(&self) -> Interests<Public> {
        match self {
            Interests::None => Interests::None,
            Interests::Declared(declared) => Interests::Declared(declared.redact()),
        }
    }
}

impl HasTexts for Interests<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        match self {
            Interests::None => {}
            Interests::Declared(declared) => declared.texts(met),
        }
    }
}

record! {
    /// The next meeting.
    "the next meeting" struct NextMeeting<E> {
        /// The day.
        date: Option<Date<E>>,
        /// When it begins.
        time: Option<Time<E>>,
        /// Where.
        venue: Option<Text<E>>,
        /// Its type.
        meeting_type as "type": Option<Text<E>>,
        /// Its subject.
        theme: Option<Text<E>>,
        /// Why there is no date, or anything else to say.
        text: Option<Text<E>>,
    }
}

record! {
    /// An item of the agenda.
    "an item" struct Item<E> or "title" {
        /// A number given by hand; counting goes on from it.
        number: Option<Text<E>>,
        /// A name of its own for links.
        id: Option<Word>,
        /// The title.
        title: Option<Text<E>>,
        /// Who leads on it.
        lead: Vec<Party<E>>,
        /// Whether there was nothing to say: prints "None".
        none: bool,
        /// Why it was deferred.
        deferred: Option<Text<E>>,
        /// How often it is to come back: `quarterly`.
        every: Option<Every<E>>,
        /// The facts that it rests on.
        context: Option<Text<E>>,
        /// What was said.
        text: Option<Text<E>>,
        /// Papers before the meeting.
        papers: Vec<Paper<E>>,
        /// Actions of earlier meetings.
        matters_arising: Vec<Row<E, MatterArising<E>>>,
        /// Recommendations of an inspection.
        recommendations: Vec<Recommendation<E>>,
        /// Questions and other contributions.
        questions: Vec<Row<E, Question<E>>>,
        /// Decisions.
        decisions: Vec<Decision<E>>,
        /// Risks and opportunities.
        risks: Vec<Text<E>>,
        /// Actions.
        actions: Vec<Row<E, Action<E>>>,
        /// Information supplied after the meeting.
        post_meeting: Vec<PostMeeting<E>>,
        /// Items below it.
        items: Vec<Row<E, Item<E>>>,
    }
}

record! {
    /// A paper before a meeting.
    "a paper" struct Paper<E> or "title" {
        /// The title.
        title: Text<E>,
        /// Where it can be read; a paper without one is "not published".
        link: Option<Word>,
    }
}

record! {
    /// An action of an earlier meeting, listed at this one.
    "a matter arising" struct MatterArising<E> {
        /// Its ref; or, when it was set before the book began, the action itself.
        action: Arising<E>,
        /// What has happened since.
        update: Option<Text<E>>,
        /// Who gave the update.
        by: Option<Party<E>>,
        /// The state that it has now.
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
    }
}

/// The action of a matter arising.
pub enum Arising<E: Edition = Internal> {
    /// An action that was set in the book.
    Ref(Text<E>),
    /// An action that was set before the book began.
    Earlier(Box<EarlierAction<E>>),
}

record! {
    /// An action that was set before the book began.
    "an earlier action" struct EarlierAction<E> {
        /// Its ref, if it had one.
        reference as "ref": Option<Text<E>>,
        /// What was to be done.
        text: Text<E>,
        /// Who was to do it.
        owner: Vec<Party<E>>,
        /// When it was due.
        due: Option<Due<E>>,
        /// Where it was set.
        from: Option<Origin<E>>,
    }
}

record! {
    /// Where an earlier action was set.
    "where an action was set" struct Origin<E> {
        /// The meeting: its date or month.
        meeting: Option<MeetingName<E>>,
        /// The item of that meeting.
        item: Option<Text<E>>,
    }
}

impl FromNode for Arising<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        match node.value {
            Value::Map(_) => FromNode::from_node(node, reader).map(Arising::Earlier),
            _ => Text::from_node(node, reader).map(Arising::Ref),
        }
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [{ "type": "string" }, EarlierAction::schema(definitions)] })
    }
}

impl Redact for Arising<Internal> {
    type Public = Arising<Public>;

    fn redact(&self) -> Arising<Public> {
        match self {
            Arising::Ref(reference) => Arising::Ref(reference.redact()),
            Arising::Earlier(action) => Arising::Earlier(action.redact()),
        }
    }
}

impl HasTexts for Arising<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        match self {
            Arising::Ref(reference) => reference.texts(met),
            Arising::Earlier(action) => action.texts(met),
        }
    }
}

record! {
    /// A recommendation of an inspection.
    "a recommendation" struct Recommendation<E> or "text" {
        /// Its words.
        text: Text<E>,
        /// The report that it stands in.
        source: Option<Text<E>>,
        /// The deadline that it sets.
        due: Option<Due<E>>,
    }
}

/// A question, or another contribution that wants an answer.
pub struct Question<E: Edition = Internal> {
    /// What kind of contribution it is.
    pub kind: QuestionKind,
    /// Its words.
    pub words: Text<E>,
    /// The rest.
    pub fields: QuestionFields<E>,
}

choice! {
    /// Kinds of contribution.
    "a kind of contribution" enum QuestionKind {
        /// A question.
        Ask = "ask", "Question",
        /// A request for something to be done or supplied.
        Request = "request", "Request",
        /// Something that was noted.
        Observation = "observation", "Observation",
        /// A challenge to what was said.
        Challenge = "challenge", "Challenge",
        /// An offer of help.
        Offer = "offer", "Offer",
    }
}

record! {
    /// A question or another contribution.
    "a question" struct QuestionFields<E> {
        /// A question, in the words that were used.
        ask: Option<Text<E>>,
        /// A request.
        request: Option<Text<E>>,
        /// An observation.
        observation: Option<Text<E>>,
        /// A challenge.
        challenge: Option<Text<E>>,
        /// An offer.
        offer: Option<Text<E>>,
        /// A number given by hand; counting goes on from it.
        number: Option<Text<E>>,
        /// A name of its own for links.
        id: Option<Word>,
        /// Who asked.
        by: Vec<Party<E>>,
        /// Who was asked.
        to: Vec<Party<E>>,
        /// The facts that it rests on.
        context: Option<Text<E>>,
        /// The answer, or one for each who answered.
        findings: Vec<Finding<E>>,
        /// The assurance that was given.
        assurance: Option<Assurance<E>>,
        /// Gaps that were recognised.
        gaps: Vec<Text<E>>,
        /// Challenges that were recognised.
        challenges: Vec<Text<E>>,
        /// Decisions.
        decisions: Vec<Decision<E>>,
        /// Actions.
        actions: Vec<Row<E, Action<E>>>,
        /// Information supplied after the meeting.
        post_meeting: Vec<PostMeeting<E>>,
    }
}

impl FromNode for Question<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let mut fields: QuestionFields = QuestionFields::from_node(node, reader)?;
        let kinds = [
            (QuestionKind::Ask, fields.ask.take()),
            (QuestionKind::Request, fields.request.take()),
            (QuestionKind::Observation, fields.observation.take()),
            (QuestionKind::Challenge, fields.challenge.take()),
            (QuestionKind::Offer, fields.offer.take()),
        ];
        let mut given: Vec<_> = kinds
            .into_iter()
            .filter_map(|(kind, words)| words.map(|words| (kind, words)))
            .collect();
        if given.len() > 1 {
            reader.fault(
                Diagnostic::error(
                    "wrong-type",
                    given[1].1.span,
                    "a question has one contribution, and here is a second",
                )
                .help("begin a new entry of the list for it")
                .related(given[0].1.span, "the first stands here"),
            );
            return None;
        }
        let Some((kind, words)) = given.pop() else {
            reader.fault(
                Diagnostic::error("missing-field", fields.span, "a question needs its words")
                    .help("add `ask: …`; or `request:`, `observation:`, `challenge:` or `offer:`"),
            );
            return None;
        };
        Some(Question {
            kind,
            words,
            fields,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        QuestionFields::schema(definitions)
    }
}

impl Redact for Question<Internal> {
    type Public = Question<Public>;

    fn redact(&self) -> Question<Public> {
        Question {
            kind: self.kind,
            words: self.words.redact(),
            fields: self.fields.redact(),
        }
    }
}

impl HasTexts for Question<Internal> {
    const WHAT: &'static str = QuestionFields::<Internal>::WHAT;

    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        met.enter(Self::WHAT, self.fields.span);
        met.field(self.kind.word());
        self.words.texts(met);
        met.leave();
        self.fields.texts(met);
    }
}

record! {
    /// An answer, or the part of one respondent.
    "findings" struct Finding<E> or "text" {
        /// Who answered.
        by: Vec<Party<E>>,
        /// The answer.
        text: Text<E>,
    }
}

record! {
    /// The assurance that was given.
    "an assurance" struct Assurance<E> {
        /// How sure.
        level: AssuranceLevel,
        /// Who gave it.
        by: Vec<Party<E>>,
        /// In a sentence.
        text: Option<Text<E>>,
    }
}

choice! {
    /// Levels of assurance.
    "a level of assurance" enum AssuranceLevel {
        /// Full confidence.
        Confident = "confident", "Confident",
        /// Enough for the purpose.
        Adequate = "adequate", "Adequate assurance",
        /// In part.
        Partial = "partial", "Partly assured",
        /// None.
        NotConfident = "not confident", "Not confident",
    }
}

record! {
    /// A decision.
    "a decision" struct Decision<E> or "text" {
        /// Its own number or ref.
        reference as "ref": Option<Text<E>>,
        /// What was decided.
        text: Text<E>,
        /// Why.
        reason: Option<Text<E>>,
        /// Whether it is of significant public interest (Specified Information Order 2011).
        significant: bool,
        /// Who took it, where it was not the meeting.
        by: Vec<Party<E>>,
        /// Who proposed it.
        proposer: Option<Party<E>>,
        /// Who seconded it.
        seconder: Option<Party<E>>,
        /// How the votes fell.
        votes: Option<Votes<E>>,
    }
}

record! {
    /// How votes fell.
    "votes" struct Votes<E> {
        /// For.
        in_favour as "for": Option<Text<E>>,
        /// Against.
        against: Option<Text<E>>,
        /// Abstained.
        abstained: Option<Text<E>>,
    }
}

record! {
    /// Information supplied after the meeting; not part of the proceedings.
    "a post-meeting note" struct PostMeeting<E> or "text" {
        /// A name of its own for links.
        id: Option<Word>,
        /// When it was supplied.
        date: Option<Date<E>>,
        /// Who supplied it.
        by: Vec<Party<E>>,
        /// What was supplied.
        text: Text<E>,
    }
}
