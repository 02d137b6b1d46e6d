//! Something is said openly of an action that is withheld whole.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::edition::WithheldActions;
use crate::ledger::Said;
use crate::model::Internal;
use crate::model::text::Text;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    code: "withheld-action-open",
    severity: Severity::Note,
    summary: "Something is said openly of an action that is withheld whole.",
    explanation: "Nobody outside may know what such an action is about, so the public edition withholds whatever is \
                  said of it later, at meetings and in files of updates, under the exemption of the action. Say so \
                  in the file too, with `withheld:`, so that whoever reads or copies it can see it; or open the \
                  action.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let actions = WithheldActions::of(subject.book);
    let of_entries = subject.ledger.entries().iter().flat_map(|entry| {
        let events = entry.events.iter();
        events.map(|event| (entry.reference, event.span, &event.said))
    });
    let of_none = subject.ledger.strays.iter();
    let of_none = of_none.map(|stray| (stray.reference, stray.span, &stray.said));
    let all = of_entries.chain(of_none);
    let open =
        all.filter(|(reference, span, said)| is_open(subject, *reference, *span, said, &actions));
    let mut open: Vec<Span> = open.map(|(_, span, _)| span).collect();
    open.sort();
    for span in open {
        let message = "something is said openly of an action that is withheld whole";
        let diagnostic = found.at(span, message);
        diagnostic.help = Some(
            "say there too that it is withheld: `withheld: { exemption: …, reason: …, by: …, date: … }`; the public \
             edition withholds it anyway"
                .to_owned(),
        );
    }
}

fn is_open(
    subject: &BookSubject<'_>,
    reference: Option<&Text>,
    span: Span,
    said: &Said<'_, Internal>,
    actions: &WithheldActions,
) -> bool {
    let says_something = match said {
        Said::Arising { .. } => !said.is_silent(),
        Said::Between(_) => true,
        Said::Own(_) => false,
    };
    says_something
        && said.mark().is_none()
        && !subject.is_hidden(span)
        && reference.is_some_and(|reference| actions.exemptions(reference).is_some())
}
