//! The documents are in another language than the program's own words.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "foreign-language",
    severity: Severity::Warning,
    summary: "The documents are in another language, and the program's own words are English.",
    explanation: "Headings, labels, dates and notices that the program writes are in English, whatever `language:` says. They are \
                  marked as English, and the texts of the files as being in that language, so that a screen reader speaks \
                  each as it should. Words in another language within English notes need no `language:`: write \
                  `[Heddlu Gogledd Cymru](lang:cy)`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let settings = &subject.book.settings;
    if let (Some(language), Some(written)) = (settings.foreign_language(), &settings.language) {
        let message = format!(
            "the documents are in the language `{language}`, and the program's own words in English"
        );
        found.at(written.span, message).help = Some(
            "put labels of your own into `templates/`; or leave `language:` out, and mark words as `[…](lang:cy)`"
                .to_owned(),
        );
    }
}
