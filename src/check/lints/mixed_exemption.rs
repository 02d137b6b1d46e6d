//! Something is withheld as sensitive and as irrelevant, which are two reasons.

use crate::check::wording::public_words;
use crate::check::{Check, Cue, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::exemption::Exemption;
use crate::model::text::Text;

pub(super) const LINT: Lint = Lint {
    code: "mixed-exemption",
    severity: Severity::Warning,
    summary: "Something is withheld as sensitive and as irrelevant, which are two reasons.",
    explanation: "\"Sensitive and irrelevant\" names no exemption. What is sensitive is withheld under a section \
                  of the Act, which can be tested; what is out of the scope of the document was never asked for. \
                  Give both codes: `exemption: [s31, out-of-scope]`, or the one that holds.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

const HELP: &str = "give two codes: `exemption: [s31, out-of-scope]`";

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for mark in &subject.parts.marks {
        let codes = &mark.exemptions;
        let record = mark.record.as_ref();
        let reason = record.and_then(|record| record.reason.as_ref());
        let names_scope = codes.iter().any(|code| code.code() == "out-of-scope");
        let names_other = codes.iter().any(|code| code.code() != "out-of-scope");
        let is_one_code = codes.iter().any(is_mixed_code);
        let says_both = reason.is_some_and(is_mixed_reason) && !(names_scope && names_other);
        let says_scope = reason.is_some_and(says_irrelevant) && !names_scope;
        if is_one_code || says_both || says_scope {
            let message = "being sensitive and being irrelevant are two reasons";
            found.at(mark.span, message).help = Some(HELP.to_owned());
        }
    }
    let shown = subject.texts.iter();
    for shown in shown.filter(|shown| shown.cues.has(Cue::Irrelevant)) {
        if let Some(words) = mixed(&shown.words) {
            let place = subject.within(shown.text.span, words);
            let message = "being sensitive and being irrelevant are two reasons";
            found.at(place, message).help = Some(
                "withhold what is meant with both codes: `<<s31, out-of-scope | …>>`".to_owned(),
            );
        }
    }
}

/// A code in which words stand: `sensitive and irrelevant`, without its spaces.
fn is_mixed_code(code: &Exemption) -> bool {
    code.code().contains("sensitive") && code.code().contains("irrelevant")
}

fn is_mixed_reason(reason: &Text) -> bool {
    let words = public_words(reason).to_lowercase();
    words.contains("sensitive") && says_irrelevant(reason)
}

fn says_irrelevant(reason: &Text) -> bool {
    let words = public_words(reason).to_lowercase();
    [
        "irrelevant",
        "not relevant",
        "out of scope",
        "outside the scope",
        "outside scope",
    ]
    .iter()
    .any(|phrase| words.contains(phrase))
}

/// The words in which a text names both reasons as one.
fn mixed(words: &str) -> Option<&str> {
    const PHRASES: [&str; 5] = [
        "sensitive and irrelevant",
        "irrelevant and sensitive",
        "sensitive/irrelevant",
        "sensitive & irrelevant",
        "sensitive or irrelevant",
    ];
    let lower = words.to_ascii_lowercase();
    let found = |phrase: &&str| Some((lower.find(phrase)?, phrase.len()));
    let (start, length) = PHRASES.iter().find_map(found)?;
    words.get(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::assert_cued;

    #[test]
    fn nothing_stands_there_without_its_cue() {
        assert_cued(
            |words| mixed(words).is_some(),
            |cues| cues.has(Cue::Irrelevant),
        );
    }
}
