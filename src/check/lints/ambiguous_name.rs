//! A name fits several people, so that nobody can tell who is meant.

use crate::check::wording::quoted;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::register::{Entry, Lookup};
use chrono::NaiveDate;

pub(super) const LINT: Lint = Lint {
    code: "ambiguous-name",
    severity: Severity::Warning,
    summary: "A name fits several people, so that nobody can tell who is meant.",
    explanation: "Two people share the rank or the initials on that day. Name the one who is meant by key, or by \
                  the rank with the portfolio: `ACC local policing`. Where a post changed hands, give both \
                  holders `posts:` with `from:` and `until:`, and the date of the meeting decides.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for named in &subject.parts.people {
        let name = named.party.name.as_ref().or(named.party.body.as_ref());
        let (Lookup::Several(entries), Some(name)) =
            (subject.register.party(named.party, named.day), name)
        else {
            continue;
        };
        let message = match named.withheld {
            true => "this name fits several entries of the register".to_owned(),
            false => format!("`{}` can be {}", quoted(name), count(&entries)),
        };
        let options: Vec<String> = entries
            .iter()
            .map(|entry| described(entry, named.day))
            .collect();
        found.at(name.span, message).help = Some(match named.withheld {
            true => "write the key of the one who is meant".to_owned(),
            false => format!(
                "write the key of the one who is meant: {}",
                options.join(", ")
            ),
        });
    }
}

fn count(entries: &[&Entry<'_>]) -> String {
    let are_people = entries
        .iter()
        .all(|entry| matches!(entry, Entry::Person(..)));
    let what = match are_people {
        true => "people",
        false => "entries of the register",
    };
    match entries.len() {
        2 => format!("either of two {what}"),
        many => format!("any of {many} {what}"),
    }
}

fn described(entry: &Entry<'_>, day: Option<NaiveDate>) -> String {
    let portfolio = match entry {
        Entry::Person(_, person) => person.post_on(day).portfolio,
        Entry::Body(..) => None,
    };
    match portfolio.or(entry.name()) {
        Some(words) => format!("`{}` ({})", entry.key(), quoted(words)),
        None => format!("`{}`", entry.key()),
    }
}
