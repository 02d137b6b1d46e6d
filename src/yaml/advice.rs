//! What the faults of the YAML parser mean to people, and what most often lies behind them.

/// The commonest faults of the YAML parser, for people who have never heard of a block collection.
pub(super) fn in_plain_words(info: &str) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|word| info.contains(word));
    if says(&["quoted scalar"]) && says(&["indentation", "end of stream", "document indicator"]) {
        Some("a quote opens here and is not closed")
    } else if says(&["unknown escape", "escape code", "hexadecimal"]) {
        Some("a backslash between double quotes has a meaning of its own")
    } else if says(&["block collection", "block mapping"]) {
        Some("the indent of this line does not fit the lines above it")
    } else if says(&["mapping values are not allowed"]) {
        Some("a colon with a space behind it stands where only text can")
    } else if says(&[
        "flow mapping",
        "flow sequence",
        "misplaced bracket",
        "illegal placement",
    ]) {
        Some("a bracket is missing or too many, or a comma is missing before this")
    } else if says(&["tab"]) {
        Some("a tab stands where only spaces can")
    } else if says(&["expected node content"]) {
        Some("something is missing here, or a bracket above is not closed")
    } else if says(&["simple key expect"]) {
        Some("a colon is missing here, or in the line above")
    } else if says(&["unknown anchor"]) {
        Some("text that begins with * is taken for the name of another text")
    } else {
        None
    }
}

/// What most often lies behind a fault of the YAML parser at this place.
pub(super) fn advice(text: &str, at: usize, info: &str) -> &'static str {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(line_start..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    if line.trim_start_matches(' ').starts_with('\t') || info.contains("tab") {
        "indent with spaces: YAML does not allow tabs there"
    } else if line.matches(": ").count() > 1 || info.contains("mapping values") {
        "put text that contains a colon and a space in quotes, or on the next line after `|`"
    } else if matches!(line.trim_start().split_once(": "), Some((_, value)) if value.starts_with(['@', '`', '%', '&', '*', '!', '[', '{']))
    {
        "put text that begins with one of @ ` % & * ! [ { in quotes"
    } else if info.contains("escape") || info.contains("hexadecimal") {
        "write two backslashes, or use single quotes"
    } else if info.contains("quoted scalar") {
        "write the quote that closes it; a long text needs none on the next line after `|`"
    } else if ["flow", "bracket", "illegal placement"]
        .iter()
        .any(|word| info.contains(word))
    {
        "close each [ with ] and each { with }, here or above, and put commas between"
    } else if info.contains("block collection") || info.contains("block mapping") {
        "begin it in the same column as the field or dash that it belongs with"
    } else {
        "compare the indent and the quotes of this line with those of the lines above"
    }
}

/// Where two people changed the same lines, and nobody has chosen between them: the line with which the first choice begins.
pub(super) fn conflict(text: &str) -> Option<(u32, u32)> {
    const BEGINS: &str = "<<<<<<< ";
    let begins = match text.starts_with(BEGINS) {
        true => 0,
        false => text.find(&format!("\n{BEGINS}"))? + 1,
    };
    let ends = ["\n=======", "\n>>>>>>> "];
    let is_one = ends.iter().all(|end| text[begins..].contains(end));
    is_one.then_some((begins as u32, (begins + BEGINS.trim_end().len()) as u32))
}
