//! A published document was changed and not amended.

use crate::check::difference::difference;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::edition::PublicLines;
use crate::ledger;
use crate::model::meeting::Status;
use crate::model::releases::{self, Standing};
use crate::model::transcript::fingerprint;
use rayon::prelude::*;

pub(super) const LINT: Lint = Lint {
    code: "changed-since-published",
    severity: Severity::Error,
    summary: "A published document was changed and not amended.",
    explanation: "What was published must not change in silence. The public words of the document differ from those \
                  of its last release; comments, white space and withheld words do not count. Undo the change, or \
                  run `minutebook amend FILE --note \"what changed and why\"`: readers then see what changed and when.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let book = subject.book;
    let standings: Vec<Standing<'_>> = releases::standings(book);
    let public = PublicLines::new(book);
    // What they withhold is not known before another file is mended.
    let waiting = ledger::waiting(book);
    let changed: Vec<(usize, String)> = standings
        .par_iter()
        .enumerate()
        .filter(|(_, standing)| standing.status == Some(Status::Published))
        .filter(|(_, standing)| !waiting.contains_key(&standing.source))
        .filter_map(|(at, standing)| {
            let last = standing.last()?;
            let lines = public.of(standing.source)?;
            (fingerprint(&lines) != last.fingerprint.text).then_some((at, lines))
        })
        .collect();
    for (at, lines) in changed {
        let standing = &standings[at];
        let version = standing.last().map_or("", |last| &last.version.text);
        let message = format!("this was changed since version {version} was published");
        let fault = found.at(standing.span, message);
        fault.help = Some(
            "undo the change, or run `minutebook amend FILE --note \"…\"` with what changed and why"
                .to_owned(),
        );
        if let Some(before) = book.released.get(&standing.source) {
            fault.difference = difference(before, &lines);
        }
    }
}
