//! A text may hold operational detail that needs an exemption.

use crate::check::wording::{Token, tokens};
use crate::check::{Check, Cue, Cues, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "operational-detail",
    severity: Severity::Note,
    summary: "A text may hold operational detail that needs an exemption.",
    explanation: "Where officers will be, covert methods, informants, number plates, home addresses and postcodes can harm \
                  an operation or a person. Consider withholding the words: `<<s31 | …>>` for law enforcement, \
                  `<<s40(2) | …>>` for somebody's data. If they are harmless, leave them.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let prose = subject
        .texts
        .iter()
        .filter(|shown| may_be_there(shown.cues))
        .filter(|shown| !subject.parts.not_prose.contains(&shown.text.span));
    for shown in prose {
        let mut details = details(&shown.words);
        details.sort_unstable();
        details.dedup();
        for (words, what) in details {
            let place = subject.within(shown.text.span, words);
            let exemption = match what {
                "a number plate" | "an address" | "a postcode" => "s40(2)",
                _ => "s31",
            };
            found
                .at(place, format!("{what} may need an exemption"))
                .help = Some(format!(
                "withhold it with `<<{exemption} | …>>`; if it is harmless, leave it"
            ));
        }
    }
}

fn may_be_there(cues: Cues) -> bool {
    let is_address = cues.has(Cue::Digit) && cues.has(Cue::Street);
    is_address || cues.has(Cue::CapitalBeforeDigit) || cues.has(Cue::Covert)
}

fn details(words: &str) -> Vec<(&str, &'static str)> {
    let tokens = tokens(words);
    let mut details = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = |by: usize| tokens.get(at + by);
        let is = |by: usize, word: &[&str]| next(by).is_some_and(|token| token.is_one_of(word));
        let upto = |by: usize| next(by).map_or(token.text, |last| &words[token.start..last.end()]);
        if token.is("covert")
            && is(
                1,
                &[
                    "operation",
                    "activity",
                    "surveillance",
                    "police",
                    "officers",
                    "tactics",
                    "methods",
                ],
            )
        {
            details.push((upto(1), "covert work"));
        } else if token.is_one_of(&["covertly", "undercover"]) {
            details.push((token.text, "covert work"));
        } else if token.is_one_of(&["informant", "informants"]) {
            details.push((token.text, "a source of information"));
        } else if token.is("will")
            && is(1, &["be"])
            && is(2, &["deployed", "stationed"])
            && is(3, &["on", "at", "in", "to", "from", "outside", "along"])
        {
            details.push((upto(3), "a coming deployment"));
        } else if is_plate(token.text, next(1).map_or("", |next| next.text)) {
            let by = usize::from(token.text.len() == 4);
            details.push((upto(by), "a number plate"));
        } else if is_postcode(token.text, next(1).map_or("", |next| next.text)) {
            details.push((upto(1), "a postcode"));
        } else if is_address(token.text, next(1), next(2), next(3)) {
            let by = match is(2, &STREETS) {
                true => 2,
                false => 3,
            };
            details.push((upto(by), "an address"));
        }
    }
    details
}

const STREETS: [&str; 10] = [
    "Street", "Road", "Lane", "Avenue", "Close", "Drive", "Crescent", "Gardens", "Terrace", "Grove",
];

/// Two letters, two digits and three letters, in one word or two.
fn is_plate(word: &str, next: &str) -> bool {
    let whole = match word.len() {
        4 if next.len() == 3 => format!("{word}{next}"),
        _ => word.to_owned(),
    };
    let bytes = whole.as_bytes();
    bytes.len() == 7
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            2 | 3 => byte.is_ascii_digit(),
            _ => byte.is_ascii_uppercase(),
        })
}

/// The two halves of a British postcode: `NE1 4ST`.
fn is_postcode(outward: &str, inward: &str) -> bool {
    if inward.len() != 3 {
        return false;
    }
    let shape = |half: &str| -> String {
        let sign = |c: char| match c {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '?',
        };
        half.chars().map(sign).collect()
    };
    let outward = shape(outward);
    let is_outward = matches!(
        outward.as_str(),
        "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A"
    );
    is_outward && shape(inward) == "9AA"
}

/// A house number and the name of a street: 12 High Street.
fn is_address(
    word: &str,
    one: Option<&Token<'_>>,
    two: Option<&Token<'_>>,
    three: Option<&Token<'_>>,
) -> bool {
    let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |token: Option<&Token<'_>>| {
        token.is_some_and(|token| token.text.starts_with(char::is_uppercase))
    };
    let is_street =
        |token: Option<&Token<'_>>| token.is_some_and(|token| STREETS.contains(&token.text));
    is_number && is_name(one) && (is_street(two) || is_name(two) && is_street(three))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::assert_cued;

    #[test]
    fn nothing_stands_there_without_its_cue() {
        assert_cued(|words| !details(words).is_empty(), may_be_there);
    }
}
