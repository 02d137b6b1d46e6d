//! Public text carries a marking above OFFICIAL.

use crate::check::wording::{shortened, tokens};
use crate::check::{Check, Cue, Found, Lint, TextSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "sensitive-marking",
    severity: Severity::Error,
    summary: "Public text carries a marking above OFFICIAL.",
    explanation: "What is OFFICIAL-SENSITIVE or higher must not be published, and a document that says so of \
                  itself must not either. Withhold the words that made it sensitive, then change the marking.",
    lowered_in_extracts: false,
    check: Check::Printed(check),
};

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    let words = subject.words.trim();
    if subject.withheld || words.is_empty() {
        return;
    }
    const ALONE: [&str; 4] = ["SECRET", "TOP SECRET", "CONFIDENTIAL", "RESTRICTED"];
    let marking = match ALONE
        .iter()
        .any(|marking| words.eq_ignore_ascii_case(marking))
    {
        true => Some(words),
        false if subject.cues.has(Cue::Marking) => official_sensitive(words),
        false => None,
    };
    if let Some(marking) = marking {
        let message = format!("`{}` stands in public text", shortened(marking));
        found.at(subject.within(marking), message).help =
            Some("withhold the sensitive words, and change the marking to OFFICIAL".to_owned());
    }
}

fn official_sensitive(words: &str) -> Option<&str> {
    let tokens = tokens(words);
    let pair = tokens.windows(2).find(|pair| {
        let between = words[pair[0].end()..pair[1].start].trim();
        pair[0].is("official")
            && pair[1].is("sensitive")
            && (matches!(between, "-" | "–" | "—" | "‑" | ":" | "/" | "(" | "[")
                || between.is_empty() && pair[0].text.chars().all(char::is_uppercase))
    })?;
    words.get(pair[0].start..pair[1].end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::assert_cued;

    #[test]
    fn nothing_stands_there_without_its_cue() {
        assert_cued(
            |words| official_sensitive(words).is_some(),
            |cues| cues.has(Cue::Marking),
        );
    }
}
