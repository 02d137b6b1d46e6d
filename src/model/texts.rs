//! Walks over every text of a document, so that no lint and no check can overlook a field.

use super::exemption::Exemption;
use super::record::same_in_public;
use super::text::Text;

/// The texts that were met, in the order of the document.
#[derive(Default)]
pub struct Texts<'t> {
    found: Vec<Met<'t>>,
    rows: Vec<&'t [Exemption]>,
    withheld: bool,
    /// The exemptions of the entry that is being withheld whole.
    mark: &'t [Exemption],
    shown: Vec<&'t Text>,
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
}

/// Something that may hold texts.
pub trait HasTexts {
    /// Adds its texts in the order of its fields.
    fn texts<'t>(&'t self, met: &mut Texts<'t>);

    /// The exemptions of everything that is withheld in it, an entry for each passage and each row.
    fn all_withheld(&self) -> Vec<Vec<Exemption>> {
        let mut met = Texts::default();
        self.texts(&mut met);
        let rows = met.rows.iter().map(|exemptions| exemptions.to_vec());
        let open = met.found.iter().filter(|one| !one.withheld);
        let passages = open.flat_map(|one| one.text.passages().to_vec());
        rows.chain(passages).collect()
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
        self.found.push(Met {
            text,
            withheld,
            exemptions,
        });
    }

    /// Adds the mark of an entry that is withheld whole. What is withheld inside it does not count again.
    pub fn mark(&mut self, exemptions: &'t [Exemption]) {
        if !self.withheld {
            self.rows.push(exemptions);
            self.mark = exemptions;
        }
    }

    /// Adds the number of an entry that is withheld whole, which is shown all the same.
    pub fn show(&mut self, number: Option<&'t Text>) {
        if !self.withheld {
            self.shown.extend(number);
        }
    }

    /// Adds texts that are withheld whole.
    pub fn meet_withheld(&mut self, of: &'t impl HasTexts) {
        let before = std::mem::replace(&mut self.withheld, true);
        of.texts(self);
        self.withheld = before;
    }
}

impl<T: HasTexts> HasTexts for Option<T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.iter().for_each(|one| one.texts(met));
    }
}

impl<T: HasTexts> HasTexts for Vec<T> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.iter().for_each(|one| one.texts(met));
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
