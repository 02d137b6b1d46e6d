//! Nothing says who withheld an entry, when and why.

use crate::check::wording::listed;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::exemption::SECTIONS;
use crate::model::withheld::{Mark, Record};

pub(super) const LINT: Lint = Lint {
    code: "withheld-without-record",
    severity: Severity::Note,
    summary: "Nothing says who withheld an entry, when and why.",
    explanation: "The office must be able to show it when somebody asks for the words. Write `withheld: { \
                  exemption: s31, reason: …, by: …, date: … }`; a qualified exemption (sections 22, 24, 27, 30, \
                  31, 36, 38, 42 and 43) needs the public interest test as well: `public_interest: …`. Everything \
                  but the exemption stays internal.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for mark in &subject.parts.marks {
        let record = mark.record.as_ref();
        let has = |field: fn(&Record) -> bool| record.is_some_and(field);
        let fields = [
            (has(|record| record.reason.is_some()), "why", "reason: …"),
            (has(|record| record.by.is_some()), "who decided", "by: …"),
            (has(|record| record.date.is_some()), "when", "date: …"),
            (
                !is_qualified(mark) || has(|record| record.public_interest.is_some()),
                "the public interest test",
                "public_interest: …",
            ),
        ];
        let missing = || fields.iter().filter(|(is_there, ..)| !is_there);
        let names: Vec<String> = missing().map(|(_, name, _)| (*name).to_owned()).collect();
        let lines: Vec<&str> = missing().map(|(.., line)| *line).collect();
        if !names.is_empty() {
            let message = format!("the withholding does not record {}", listed(&names));
            found.at(mark.span, message).help =
                Some(format!("add {} to `withheld:`", lines.join(", ")));
        }
    }
}

fn is_qualified(mark: &Mark) -> bool {
    mark.exemptions.iter().any(|exemption| {
        SECTIONS.iter().any(|(section, qualified)| {
            *qualified
                && exemption
                    .section()
                    .is_some_and(|own| own.split('(').next() == Some(*section))
        })
    })
}
