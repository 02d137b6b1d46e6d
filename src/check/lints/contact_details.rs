//! A telephone number or an e-mail address stands in public text.

use crate::check::links::{Link, links};
use crate::check::{Check, Cue, Found, Lint, TextSubject};
use crate::diagnostic::Severity;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    code: "contact-details",
    severity: Severity::Error,
    summary: "A telephone number or an e-mail address stands in public text.",
    explanation: "Published notes carry no contact details of people: they are personal data (section 40), and \
                  published addresses are harvested. Remove them, or withhold them: `<<s40(2) | …>>`. A book that \
                  publishes the line of an office can lower this lint with a reason under `lints:`.",
    lowered_in_extracts: false,
    check: Check::Printed(check),
};

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    if subject.withheld {
        return;
    }
    let words = subject.words;
    let mut places: Vec<(Span, &str)> = Vec::new();
    if subject.cues.has(Cue::At) {
        let addresses = words.split_whitespace().filter_map(address);
        places.extend(addresses.map(|address| (subject.within(address), "an e-mail address")));
    }
    if subject.cues.has(Cue::TenDigits) {
        let numbers = telephones(words).into_iter();
        places.extend(numbers.map(|number| (subject.within(number), "a telephone number")));
    }
    if places.is_empty() && subject.cues.has(Cue::Link) {
        let mailto =
            |link: &Link| !link.withheld && link.address.to_lowercase().starts_with("mailto:");
        let links = links(subject.text);
        if let Some(link) = links.iter().find(|link| mailto(link)) {
            places.push((subject.within(&link.address), "an e-mail address"));
        }
    }
    places.dedup();
    for (place, what) in places {
        found
            .at(place, format!("{what} stands in public text"))
            .help = Some("remove it, or withhold it: `<<s40(2) | …>>`".to_owned());
    }
}

/// The e-mail address in a word.
fn address(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (name, domain) = word.split_once('@')?;
    let is_name = name.chars().next_back().is_some_and(char::is_alphanumeric);
    let is_domain = domain.contains('.') && domain.starts_with(char::is_alphanumeric);
    (is_name && is_domain).then_some(word)
}

/// The telephone numbers of a text, in the forms that are written in Britain: a number of ten or eleven digits that begins
/// with 0, or with +44, in groups divided by single spaces or dashes, the first perhaps in brackets.
fn telephones(words: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut after = 0;
    let mut before = None;
    for (at, c) in words.char_indices() {
        let alone =
            || before.is_none_or(|c: char| !c.is_alphanumeric() && !"./,:-£$€+(".contains(c));
        if matches!(c, '0' | '+' | '(')
            && at >= after
            && alone()
            && let Some(length) = telephone(&words[at..])
        {
            found.push(&words[at..at + length]);
            after = at + length;
        }
        before = Some(c);
    }
    found
}

/// The length of the telephone number with which a text begins.
fn telephone(text: &str) -> Option<usize> {
    let mut digits = String::new();
    let mut groups: Vec<usize> = Vec::new();
    let mut end = 0;
    let mut group = 0;
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' if digits.len() < 16 => {
                digits.push(c);
                group += 1;
                gap = 0;
                end = at + 1;
            }
            '+' if at == 0 => {}
            ' ' | '-' | '\u{a0}' | '(' | ')' if gap < 2 => {
                gap += 1;
                if group > 0 {
                    groups.push(group);
                    group = 0;
                }
            }
            _ => break,
        }
    }
    if group > 0 {
        groups.push(group);
    }
    let next = text[end..].chars().next();
    let runs_on = next.is_some_and(|c| c.is_alphanumeric() || "/,%".contains(c))
        && text[end..].chars().nth(1).is_none_or(char::is_alphanumeric);
    let national = match digits.strip_prefix("44") {
        Some(rest) if text.starts_with('+') || text.starts_with("(+") => {
            format!("0{}", rest.trim_start_matches('0'))
        }
        _ => digits,
    };
    let is_number = (10..=11).contains(&national.len())
        && national.starts_with('0')
        && matches!(
            national.as_bytes().get(1),
            Some(b'1' | b'2' | b'3' | b'5' | b'7' | b'8' | b'9')
        );
    let is_grouped = groups.len() <= 6
        && groups
            .iter()
            .skip(1)
            .all(|group| *group >= 2 || groups[0] == 2);
    (is_number && is_grouped && !runs_on && (groups[0] >= 3 || text.starts_with(['+', '('])))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::assert_cued;

    #[test]
    fn nothing_stands_there_without_its_cue() {
        let has_address =
            |words: &str| words.split_whitespace().any(|word| address(word).is_some());
        assert_cued(has_address, |cues| cues.has(Cue::At));
        assert_cued(
            |words| !telephones(words).is_empty(),
            |cues| cues.has(Cue::TenDigits),
        );
    }
}
