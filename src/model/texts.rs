//! Walks over every text of a document, so that no lint and no check can overlook a field.

use super::exemption::Exemption;
use super::record::same_in_public;
use super::text::Text;
use super::withheld::Mark;
use crate::source::Span;

/// The texts that were met, in the order of the document.
#[derive(Default)]
pub struct Texts<'t> {
    found: Vec<Met<'t>>,
    kept: Vec<Kept<'t>>,
    withheld: bool,
    /// The exemptions of the entry that is being withheld whole.
    mark: &'t [Exemption],
    shown: Vec<&'t Text>,
    path: Vec<Step<'t>>,
}

/// A record on the way from the document to something in it.
#[derive(Clone, Copy)]
pub struct Step<'t> {
    /// What it is, in a message: "an item".
    pub what: &'static str,
    /// Where it stands.
    pub span: Span,
    /// Its own number, ref or label, where one is written.
    pub label: Option<&'t Text>,
    /// How many entries of its list stand before it.
    pub nth: usize,
    /// How many entries of the list stand before the one through which the way goes on.
    below: usize,
    /// The field in it through which the way goes on; empty at the end of the way.
    pub field: &'static str,
}

/// Something that is kept from the public edition, and the way to it.
pub struct Kept<'t> {
    /// The records in which it stands, the document first.
    pub path: Vec<Step<'t>>,
    /// What it is.
    pub what: What<'t>,
}

/// What is kept from the public edition.
pub enum What<'t> {
    /// The passages of a text.
    Passages(&'t Text),
    /// An entry that is withheld whole, and its texts as far as they were kept.
    Entry(&'t Mark, Vec<&'t Text>),
}

/// A text, and whether it stands in something that is withheld whole.
#[derive(Clone, Copy)]
pub struct Met<'t> {
    /// The text.
    pub text: &'t Text,
    /// Whether no word of it is public.
    pub withheld: bool,
    /// Why no word of it is public; empty when it is.
    pub exemptions: &'t [Exemption],
    /// What it is for.
    pub role: Role,
}

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Something is said in it.
    Prose,
    /// It names somebody or a place, in words or by a key of the register.
    Name,
    /// It is a day, a number, a ref, or how often something comes back.
    Number,
}

impl Role {
    /// The role of the text in a field.
    fn of(field: &str) -> Role {
        match field {
            "owner" | "owners" | "by" | "to" | "chair" | "note_taker" | "lead" | "attendance"
            | "in_attendance" | "apologies" | "proposer" | "seconder" | "members" | "person"
            | "body" | "role" | "initials" | "name" | "venue" | "group" | "provided_by"
            | "provided_to" | "report_to" | "author" | "circulation" => Role::Name,
            "date" | "set" | "from" | "until" | "due" | "review" | "every" | "rhythm" | "time"
            | "ended" | "meeting" | "ref" | "refs" | "number" | "label" | "action" | "at"
            | "replaced_by" | "duplicate_of" | "captured_under" | "for" | "against"
            | "abstained" | "open_limit" | "schedule" | "quorum" => Role::Number,
            _ => Role::Prose,
        }
    }
}

/// Something that may hold texts.
pub trait HasTexts {
    /// What it is, in a message: "an item"; empty where it has no name of its own.
    const WHAT: &'static str = "";

    /// Adds its texts in the order of its fields.
    fn texts<'t>(&'t self, met: &mut Texts<'t>);

    /// Everything that is withheld in it, with the way to it. What is withheld inside an entry that is withheld whole does
    /// not count again.
    fn all_kept(&self) -> Vec<Kept<'_>> {
        let mut met = Texts::default();
        self.texts(&mut met);
        met.kept
    }

    /// The exemptions of everything that is withheld in it, an entry for each passage and each row.
    fn all_withheld(&self) -> Vec<Vec<Exemption>> {
        let kept = self.all_kept().into_iter();
        let exemptions = kept.flat_map(|kept| match kept.what {
            What::Passages(text) => text.passages().to_vec(),
            What::Entry(mark, _) => vec![mark.exemptions.clone()],
        });
        exemptions.collect()
    }

    /// The numbers of entries that are withheld whole, which are shown all the same.
    fn all_shown(&self) -> Vec<&Text> {
        let mut met = Texts::default();
        self.texts(&mut met);
        met.shown
    }

    /// Every text of it.
    fn all_texts(&self) -> Vec<Met<'_>> {
        let mut met = Texts::default();
        self.texts(&mut met);
        met.found
    }
}

impl<'t> Texts<'t> {
    /// Adds a text.
    pub fn meet(&mut self, text: &'t Text) {
        let withheld = self.withheld;
        let exemptions = if withheld { self.mark } else { &[] };
        if !withheld {
            self.label(text);
            if !text.passages().is_empty() {
                self.keep(What::Passages(text));
            }
        }
        let field = self.path.last().map_or("", |step| step.field);
        self.found.push(Met {
            text,
            withheld,
            exemptions,
            role: Role::of(field),
        });
    }

    /// Begins a record: what is met until it is left stands in it.
    pub fn enter(&mut self, what: &'static str, span: Span) {
        let nth = self.path.last().map_or(0, |above| above.below);
        self.path.push(Step {
            what,
            span,
            label: None,
            nth,
            below: 0,
            field: "",
        });
    }

    /// Goes on to a field of the record.
    pub fn field(&mut self, field: &'static str) {
        if let Some(step) = self.path.last_mut() {
            step.field = field;
        }
    }

    /// Ends the record.
    pub fn leave(&mut self) {
        self.path.pop();
    }

    fn label(&mut self, text: &'t Text) {
        if let Some(step) = self.path.last_mut()
            && matches!(step.field, "ref" | "number" | "label" | "action")
        {
            step.label.get_or_insert(text);
        }
    }

    fn keep(&mut self, what: What<'t>) {
        let path = self.path.clone();
        self.kept.push(Kept { path, what });
    }

    /// Adds an entry that is withheld whole: its number, which is shown all the same, its mark, and what was kept of it.
    pub fn withhold<T: HasTexts>(
        &mut self,
        span: Span,
        number: Option<&'t Text>,
        mark: &'t Mark,
        of: &'t Option<T>,
    ) {
        if self.withheld {
            mark.record.texts(self);
            of.texts(self);
            return;
        }
        self.enter(T::WHAT, span);
        if let Some(step) = self.path.last_mut() {
            step.label = number;
        }
        self.shown.extend(number);
        self.meet_withheld(&mark.exemptions, &mark.record);
        let first = self.found.len();
        self.meet_withheld(&mark.exemptions, of);
        let texts = self.found[first..].iter().map(|met| met.text).collect();
        self.keep(What::Entry(mark, texts));
        self.leave();
    }

    /// Adds texts that are withheld whole.
    pub fn meet_withheld(&mut self, exemptions: &'t [Exemption], of: &'t impl HasTexts) {
        let before = (self.withheld, self.mark);
        (self.withheld, self.mark) = (true, exemptions);
        of.texts(self);
        (self.withheld, self.mark) = before;
    }
}

impl<T: HasTexts> HasTexts for Option<T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.iter().for_each(|one| one.texts(met));
    }
}

impl<T: HasTexts> HasTexts for Vec<T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        for (nth, one) in self.iter().enumerate() {
            if let Some(step) = met.path.last_mut() {
                step.below = nth;
            }
            one.texts(met);
        }
    }
}

impl<T: HasTexts> HasTexts for Box<T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.as_ref().texts(met);
    }
}

impl HasTexts for Text {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        met.meet(self);
    }
}

same_in_public!(String, bool);
