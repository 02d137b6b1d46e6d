//! What a book withholds. In: a book. Out: the withheld passages, and the texts of entries that are withheld whole.

use super::squash::Squashed;
use crate::model::exemption::Exemption;
use crate::model::held::passage_places;
use crate::model::text::Text;
use crate::model::texts::{Met, Role};
use crate::model::{Book, HasTexts};
use crate::source::{Sources, Span};
use rayon::prelude::*;

/// A withheld passage.
pub(super) struct Secret {
    /// Where it stands in the book.
    pub(super) place: Span,
    /// Why it is withheld.
    pub(super) exemptions: Vec<Exemption>,
    /// Its letters.
    pub(super) text: Squashed,
    /// As it was written, without markup.
    pub(super) written: String,
    /// How it came to be withheld.
    pub(super) form: Form,
}

/// How words came to be withheld.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Somebody marked these very words.
    Marked,
    /// They are what an entry says that is withheld whole.
    Said,
    /// They are a name or a number in an entry that is withheld whole, or in its record: an owner, a date.
    Field,
}

/// The withheld passages of a book.
pub(super) fn of(book: &Book) -> Vec<Secret> {
    let secrets = each(book, |document| held(document, &book.sources));
    secrets.into_iter().flatten().collect()
}

/// The same of each document of a book, its settings first.
pub(super) fn each<T: Send>(book: &Book, of: impl Fn(&dyn Document) -> T + Send + Sync) -> Vec<T> {
    let mut all: Vec<&dyn Document> = vec![&book.settings];
    all.extend(
        book.meetings
            .iter()
            .map(|one| -> &dyn Document { &one.meeting }),
    );
    all.extend(
        book.trackers
            .iter()
            .map(|one| -> &dyn Document { &one.content }),
    );
    all.extend(
        book.plans
            .iter()
            .map(|one| -> &dyn Document { &one.content }),
    );
    all.extend(
        book.updates
            .iter()
            .map(|one| -> &dyn Document { &one.content }),
    );
    all.into_par_iter().map(of).collect()
}

/// What is needed of a document, whatever its kind.
pub(super) trait Document: Sync {
    fn met(&self) -> Vec<Met<'_>>;
    fn shown(&self) -> Vec<&Text>;
}

impl<T: HasTexts + Sync> Document for T {
    fn met(&self) -> Vec<Met<'_>> {
        self.all_texts()
    }

    fn shown(&self) -> Vec<&Text> {
        self.all_shown()
    }
}

/// What a document withholds.
fn held(document: &dyn Document, sources: &Sources) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for met in document.met() {
        match met.withheld {
            true => secrets.push(whole(met)),
            false => secrets.extend(passages(met, sources)),
        }
    }
    secrets.retain(|secret| !secret.text.letters.is_empty());
    secrets
}

fn whole(met: Met<'_>) -> Secret {
    let written = met.text.words();
    Secret {
        place: met.text.span,
        exemptions: met.exemptions.to_vec(),
        text: Squashed::plain(&written),
        written,
        form: match met.role {
            Role::Prose => Form::Said,
            Role::Name | Role::Number => Form::Field,
        },
    }
}

fn passages(met: Met<'_>, sources: &Sources) -> Vec<Secret> {
    let mut secrets = Vec::new();
    let places = passage_places(met.text, sources);
    for (number, passage) in met.text.withheld().into_iter().enumerate() {
        let words = std::iter::once(passage.words).chain(passage.addresses);
        secrets.extend(words.map(|written| Secret {
            place: places.get(number).copied().unwrap_or(met.text.span),
            exemptions: passage.exemptions.clone(),
            text: Squashed::plain(&written),
            written,
            form: Form::Marked,
        }));
    }
    secrets
}
