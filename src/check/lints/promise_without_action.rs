//! Somebody promises something, and no action stands beside it.

use crate::check::wording::{Token, nth_place, public_words, tokens};
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::text::Text;

pub(super) const LINT: Lint = Lint {
    code: "promise-without-action",
    severity: Severity::Warning,
    summary: "Somebody promises something, and no action stands beside it.",
    explanation: "\"The force will provide the figures\" is a commitment, and one that is no action is forgotten. \
                  Set an action in the same question or item, with an owner and a due date; or, where nothing was \
                  promised, write what is planned in other words.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for question in &subject.parts.questions {
        let of_item = question.item.is_some_and(|item| !item.actions.is_empty());
        if question.withheld || of_item || !question.fields.actions.is_empty() {
            continue;
        }
        let fields = &question.whole().fields;
        let findings = fields.findings.iter().map(|finding| &finding.text);
        let assurance = fields.assurance.as_ref().and_then(|one| one.text.as_ref());
        for text in findings.chain(assurance) {
            report(subject, text, "question", found);
        }
    }
    for item in subject.parts.items.iter().filter(|item| !item.withheld) {
        if item.actions.is_empty() {
            item.text
                .iter()
                .for_each(|text| report(subject, text, "item", found));
        }
    }
}

/// How many promises of one text are reported.
const MOST: usize = 20;

fn report(subject: &MeetingSubject<'_>, text: &Text, what: &str, found: &mut Found) {
    let words = public_words(text);
    let promises = promises(&words);
    for (at, promise) in promises.iter().enumerate().take(MOST) {
        let before = promises[..at].iter().filter(|other| *other == promise);
        let place = nth_place(&subject.book.sources, text.span, promise, before.count());
        found
            .at(place, "this is promised, and no action stands beside it")
            .help = Some(format!(
            "add an action to this {what}: `actions: [ {{ text: …, owner: …, due: … }} ]`"
        ));
    }
}

/// What somebody does who promises.
const VERBS: [&str; 19] = [
    "provide",
    "share",
    "circulate",
    "clarify",
    "confirm",
    "send",
    "supply",
    "forward",
    "produce",
    "prepare",
    "investigate",
    "update",
    "check",
    "arrange",
    "distribute",
    "submit",
    "explore",
    "brief",
    "recirculate",
];
/// The same in two words.
const VERB_PAIRS: [(&str, &str); 11] = [
    ("bring", "back"),
    ("report", "back"),
    ("feed", "back"),
    ("come", "back"),
    ("get", "back"),
    ("go", "back"),
    ("write", "to"),
    ("look", "into"),
    ("find", "out"),
    ("follow", "up"),
    ("speak", "to"),
];
/// What is to happen to something that is promised.
const DONE: [&str; 9] = [
    "provided",
    "shared",
    "circulated",
    "clarified",
    "confirmed",
    "sent",
    "supplied",
    "forwarded",
    "submitted",
];
/// Words that may stand between.
const BETWEEN: [&str; 9] = [
    "also",
    "now",
    "then",
    "shortly",
    "therefore",
    "soon",
    "further",
    "subsequently",
    "all",
];

/// The words of each promise.
fn promises(words: &str) -> Vec<&str> {
    let tokens = tokens(words);
    let mut promises = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match promise(&tokens[at..]) {
            Some(count) => {
                promises.push(&words[tokens[at].start..tokens[at + count - 1].end()]);
                at += count;
            }
            None => at += 1,
        }
    }
    promises
}

/// How many tokens a promise takes that begins with the first of these.
fn promise(tokens: &[Token<'_>]) -> Option<usize> {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is(word));
    let any =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is_one_of(words));
    let opening = match () {
        () if is(0, "will") => 1,
        () if any(0, &["is", "are", "was", "were"]) && is(1, "going") && is(2, "to") => 3,
        () if any(
            0,
            &["undertook", "agreed", "promised", "committed", "offered"],
        ) && is(1, "to") =>
        {
            2
        }
        () if is(0, "to") && is(1, "be") => 1,
        _ => return None,
    };
    let verb = opening + usize::from(any(opening, &BETWEEN));
    if is(verb, "be") && any(verb + 1, &DONE) {
        return Some(verb + 2);
    }
    if is(verb, "be") && any(verb + 1, &["brought", "reported", "fed"]) && is(verb + 2, "back") {
        return Some(verb + 3);
    }
    if is(0, "to") {
        return None;
    }
    if any(verb, &VERBS) {
        return Some(verb + 1);
    }
    let is_pair = VERB_PAIRS
        .iter()
        .any(|(first, second)| is(verb, first) && is(verb + 1, second));
    is_pair.then_some(verb + 2)
}
