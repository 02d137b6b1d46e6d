//! The lints, one a file, and the faults of structure that stop a file from loading.

use super::Lint;
use crate::diagnostic::Severity;

/// Declares each lint's module and makes the list of them all, in one place.
macro_rules! lints {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// Every lint.
        pub const LINTS: &[Lint] = &[$($name::LINT),*];
    };
}

lints! {
    absent_chair,
    absent_note_taker,
    absent_owner,
    absent_respondent,
    accent_colour,
    action_circle,
    altered_release,
    ambiguous_name,
    approved_by_another,
    attended_items,
    changed_due_without_reason,
    changed_since_published,
    clashing_number,
    closed_without_update,
    contact_details,
    damaged_release,
    dangling_link,
    date_in_text,
    dated_before_meeting,
    due_before_meeting,
    empty_bullet,
    empty_item,
    ended_not_later,
    foreign_language,
    green_but_overdue,
    hidden_characters,
    left_before_arrived,
    link_address,
    listed_matter_twice,
    listed_twice,
    lost_release,
    meeting_on_sunday,
    missing_footnote,
    missing_heading,
    missing_number,
    mistyped_mark,
    mixed_exemption,
    next_meeting_not_later,
    no_apologies,
    no_due,
    no_findings,
    no_owner,
    no_rag,
    no_replacement,
    no_state,
    no_status,
    no_update,
    none_with_content,
    not_followed_up,
    note_without_source,
    omitted_but_there,
    omitted_without_reason,
    open_too_long,
    operational_detail,
    owner_differs,
    owner_is_group,
    present_and_absent,
    previous_notes_not_earlier,
    promise_without_action,
    published_extract,
    published_without_release,
    releases_out_of_order,
    repeated_id,
    repeated_label,
    repeated_ref,
    repeated_text,
    retained_without_condition,
    same_day,
    seconded_by_proposer,
    sensitive_marking,
    site_address,
    slashed_date,
    unaccounted_member,
    unclear_date,
    unclear_due,
    unclear_limit,
    unclear_rhythm,
    unclear_schedule,
    unclear_time,
    unexplained_abbreviation,
    unfinished_release,
    unknown_action,
    unknown_body,
    unknown_exemption,
    unknown_meeting,
    unknown_member,
    unknown_owner,
    unknown_person,
    unknown_series,
    unknown_source,
    unlikely_year,
    unlinked_reference,
    unstated_exemption,
    untitled_item,
    unused_footnote,
    unused_passage_record,
    update_after_close,
    update_before_action,
    update_without_action,
    update_without_source,
    vague_next_action,
    version_without_author,
    weekday,
    withheld_action_open,
    withheld_name_open,
    withheld_person_listed,
    withheld_without_record,
    worsened_without_reason,
}

/// A fault that is no lint: its severity is fixed.
pub struct Structural {
    /// The code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// One line: what is wrong.
    pub summary: &'static str,
}

/// Every fault of structure: reported while a file is read.
pub const STRUCTURE: &[Structural] = &[
    warning(
        "awkward-name",
        "The name of a document cannot be used on every system.",
    ),
    fault("empty-file", "A file holds nothing."),
    fault(
        "file-name",
        "The name of a document is too long, or is that of an internal edition.",
    ),
    fault(
        "font",
        "A font that the settings name cannot be used in a PDF.",
    ),
    warning(
        "link-circle",
        "A symbolic link leads back into a folder above it.",
    ),
    fault(
        "logo",
        "The logo that the settings name is not a picture in the book.",
    ),
    warning(
        "logo-not-in-pdf",
        "The logo has something that a PDF cannot show, such as words, a shadow or a picture inside; its `alt:` words stand in its place.",
    ),
    fault(
        "missing-field",
        "A field that must be there is missing or has no value.",
    ),
    fault("no-book", "The folder has no minutebook.yaml."),
    fault("no-date", "A meeting has no date that can be understood."),
    fault(
        "no-kind",
        "A file does not say what it is: kind is missing.",
    ),
    fault("not-text", "A file is not UTF-8 text."),
    fault(
        "not-yaml",
        "A file is not YAML: an indent, a quote or a colon is amiss.",
    ),
    fault("repeated-field", "A field stands in the same place twice."),
    warning(
        "reserved-folder",
        "A document lies in releases/, where none is read.",
    ),
    fault("same-name", "Two documents have the same name."),
    fault(
        "too-deep",
        "Lists and fields are nested more than 64 levels deep.",
    ),
    fault(
        "too-large",
        "A file is larger than 4 MB, or holds more than half a million values.",
    ),
    fault(
        "unknown-field",
        "A field is not known there: most often a typing mistake.",
    ),
    fault("unknown-kind", "The kind of a document is not known."),
    fault(
        "unknown-lint",
        "The settings name a lint that does not exist.",
    ),
    fault(
        "unknown-word",
        "A word stands where only certain words can.",
    ),
    fault("unreadable", "A file or folder cannot be read."),
    fault(
        "withheld-code",
        "Withheld text does not begin with the code of an exemption.",
    ),
    fault(
        "withheld-escaped",
        "A backslash keeps words from being withheld.",
    ),
    fault(
        "withheld-nested",
        "Withheld text begins inside withheld text.",
    ),
    fault(
        "withheld-unclosed",
        "Withheld text is opened with << and never closed with >>.",
    ),
    fault(
        "withheld-word",
        "Words are marked as withheld where nothing can be.",
    ),
    fault(
        "wrong-type",
        "Something else stands where a text, a list or fields belong.",
    ),
];

/// Every fault of rendering: reported while a document is made.
pub const RENDERING: &[Structural] = &[
    warning(
        "accent-contrast",
        "The accent colour is too pale for a website: its contrast with white is below 4.5 to 1.",
    ),
    fault(
        "broken-template",
        "A template cannot be read, or asks for something that is not there.",
    ),
    warning(
        "gone-address",
        "A page that was on the website is gone, and nothing leads on from its address.",
    ),
    warning(
        "inaccessible-page",
        "A page of the website lacks something that some readers need, or fetches something from another host.",
    ),
    fault(
        "leak",
        "A passage that is withheld stands openly in what was about to be published.",
    ),
    warning(
        "leak-piece",
        "A name, a number or a rare word that is withheld stands openly in what is published.",
    ),
    warning(
        "left-over",
        "The output folder has files of documents that the book no longer has.",
    ),
    warning(
        "lost-version",
        "What was kept of an earlier version is gone, so that it is not on the website.",
    ),
    warning(
        "missing-character",
        "No font has a character; the PDF shows its number instead.",
    ),
    fault(
        "renamed-address",
        "An old address under `renamed` leads out of the website, or to nothing that is published.",
    ),
    fault(
        "same-address",
        "Two things would stand at one address of the website.",
    ),
    note(
        "stale-acceptance",
        "A finding that `accepted` in minutebook.yaml accepts is in none of its files any more.",
    ),
    fault(
        "version-not-compared",
        "What was kept of a version is gone, so that nothing can tell whether the website shows withheld words with it.",
    ),
    fault(
        "withdrawn-newest",
        "The newest version of a document is withdrawn, and the document is published.",
    ),
    fault(
        "withheld-since",
        "An earlier version may show words that a later one withholds.",
    ),
];

const fn fault(code: &'static str, summary: &'static str) -> Structural {
    Structural {
        code,
        severity: Severity::Error,
        summary,
    }
}

const fn note(code: &'static str, summary: &'static str) -> Structural {
    Structural {
        code,
        severity: Severity::Note,
        summary,
    }
}

const fn warning(code: &'static str, summary: &'static str) -> Structural {
    Structural {
        code,
        severity: Severity::Warning,
        summary,
    }
}
