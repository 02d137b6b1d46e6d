//! The person whom the text of an action names as the one who is to do it: "The ACC will …", "DCC to …".

use super::lint::DocumentSubject;
use super::wording::{public_words, tokens};
use crate::model::action::Action;
use crate::model::register::{Entry, Lookup};

/// Somebody whom a text names.
pub(super) struct NamedOwner<'b> {
    /// The key in the register.
    pub(super) key: &'b str,
    /// The words of the text.
    pub(super) words: String,
}

/// The longest name that is looked for, in words.
const LONGEST: usize = 6;

/// Who is to do an action, as its text begins.
pub(super) fn named_owner<'b>(
    subject: &DocumentSubject<'b>,
    action: &Action,
) -> Option<NamedOwner<'b>> {
    let words = public_words(&action.text);
    let tokens = tokens(&words);
    let begin = usize::from(tokens.first()?.is("the"));
    let end = (begin + 1..tokens.len().min(begin + LONGEST + 1))
        .find(|at| tokens[*at].is_one_of(&["will", "to", "shall", "should", "must"]))?;
    let name = words.get(tokens[begin].start..tokens[end - 1].end())?;
    match subject.register.find(name, subject.day()) {
        Lookup::One(Entry::Person(key, _)) => Some(NamedOwner {
            key,
            words: name.to_owned(),
        }),
        _ => None,
    }
}
