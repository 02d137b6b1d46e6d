//! Which words say something by themselves. In: a word as the leak check compares it. Out: whether it does.

/// So many words in a row are enough to know a passage again.
pub(super) const RUN: usize = 8;

/// The least digits that make a number telling.
const DIGITS: usize = 4;

/// Whether a word says something: no short number, no year, no day or month, no little word.
pub(super) fn is_heavy(word: &str) -> bool {
    match word.bytes().all(|byte| byte.is_ascii_digit()) {
        true => is_telling_number(word),
        false => (word.len() > 3 || !word.is_ascii()) && !is_of_the_calendar(word),
    }
}

/// Whether a word has enough digits to be a number that somebody would know again.
pub(super) fn is_telling_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let is_year = word.len() == DIGITS && (word.starts_with("19") || word.starts_with("20"));
    digits >= DIGITS && !is_year
}

fn is_of_the_calendar(word: &str) -> bool {
    const CALENDAR: [&str; 19] = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "sept",
    ];
    CALENDAR.contains(&word)
}
