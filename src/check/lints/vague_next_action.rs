//! A next action does not say who is to do what.

use crate::check::wording::{Token, public_words, tokens};
use crate::check::{Check, DocumentSubject, Found, Lint, Part};
use crate::diagnostic::Severity;
use crate::model::action::NextAction;
use crate::model::register::Lookup;

pub(super) const LINT: Lint = Lint {
    code: "vague-next-action",
    severity: Severity::Note,
    summary: "A next action does not say who is to do what.",
    explanation: "\"Ongoing\" or \"Final report\" is nothing that somebody can do and tick off. Begin with a verb \
                  (\"Send the figures to the board\"), and say who: `next_action: { text: …, owner: … }`, or \
                  begin with a name from the register (\"ROCU to send the figures\").",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for next in &subject.parts.next_actions {
        let words = public_words(&next.text);
        let is_open = !next.withheld && next.text.passages().is_empty();
        let no_verb = is_open && lacks_verb(&words);
        let no_owner =
            next.owner.is_empty() && !(is_open && begins_with_name(subject, next, &words));
        let (message, help) = match (no_owner, no_verb) {
            (true, true) => (
                "this next action says neither who is to act nor what they do",
                "begin with a verb, and add `owner: …`",
            ),
            (true, false) => ("this next action has no owner", "add `owner: …`"),
            (false, true) => (
                "this next action does not say what is to be done",
                "begin with a verb: send, agree, write, bring …",
            ),
            (false, false) => continue,
        };
        found.at(next.span, message).help = Some(help.to_owned());
    }
}

/// Whether the text begins with somebody whom the register has: "ROCU to …", "The DCC will …".
fn begins_with_name(
    subject: &DocumentSubject<'_>,
    next: &Part<'_, NextAction>,
    words: &str,
) -> bool {
    const LONGEST: usize = 6;
    let tokens = tokens(words);
    let begin = usize::from(tokens.first().is_some_and(|token| token.is("the")));
    (begin..tokens.len().min(begin + LONGEST)).any(|end| {
        let name = words.get(tokens[begin].start..tokens[end].end());
        name.is_some_and(|name| !matches!(subject.register.find(name, next.day), Lookup::Nobody))
    })
}

/// Words that stand alone in the place of something to do.
const EMPTY: [&str; 12] = [
    "ongoing",
    "on-going",
    "on going",
    "tbc",
    "tba",
    "n/a",
    "none",
    "as above",
    "see above",
    "no change",
    "as before",
    "nothing",
];
/// Things, not doings, on which a short text without a verb ends.
const THINGS: [&str; 16] = [
    "report", "reports", "update", "updates", "meeting", "meetings", "paper", "papers", "figures",
    "plan", "group", "actions", "action", "briefing", "feedback", "data",
];
/// Verbs with which a short text may begin.
const VERBS: [&str; 44] = [
    "agree",
    "amend",
    "approve",
    "arrange",
    "attend",
    "await",
    "book",
    "brief",
    "bring",
    "chair",
    "check",
    "circulate",
    "close",
    "collect",
    "complete",
    "convene",
    "draft",
    "finalise",
    "finish",
    "give",
    "hold",
    "implement",
    "invite",
    "issue",
    "monitor",
    "obtain",
    "order",
    "prepare",
    "present",
    "produce",
    "provide",
    "publish",
    "receive",
    "request",
    "review",
    "revise",
    "schedule",
    "send",
    "set",
    "share",
    "submit",
    "test",
    "update",
    "write",
];

/// Whether a text certainly names nothing to do: an empty phrase, one word, or two that are a thing.
fn lacks_verb(words: &str) -> bool {
    let plain = words.trim().trim_end_matches('.').to_lowercase();
    let tokens: Vec<Token<'_>> = tokens(words);
    let begins = |token: &Token<'_>| token.is_one_of(&VERBS);
    EMPTY.contains(&plain.as_str())
        || match tokens.as_slice() {
            [] => true,
            [one] => one.is_one_of(&THINGS),
            [first, last] => last.is_one_of(&THINGS) && !begins(first),
            _ => false,
        }
}
