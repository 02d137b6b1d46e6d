//! The text of an action names somebody else than its owner.

use crate::check::owner_in_text::named_owner;
use crate::check::wording::quoted_party;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "owner-differs",
    severity: Severity::Note,
    summary: "The text of an action names somebody else than its owner.",
    explanation: "\"The ACC will …\" with another owner leaves open who is to do it. Correct the owner or the text; \
                  where one answers for what another does, name both as `owners:`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for action in subject
        .parts
        .actions
        .iter()
        .filter(|action| !action.withheld)
    {
        let Some(first) = action.whole().all_owners().next() else {
            continue;
        };
        let Some(named) = named_owner(subject, action.whole()) else {
            continue;
        };
        let is_owner = action
            .whole()
            .all_owners()
            .any(|owner| subject.who(owner).keys.contains(&named.key));
        if is_owner {
            continue;
        }
        let place = subject.within(action.text.span, &named.words);
        let message = format!(
            "the text says that `{}` is to do it, and the owner is {}",
            named.words,
            quoted_party(first)
        );
        let diagnostic = found.at(place, message);
        diagnostic.help =
            Some("correct the owner or the text, or name both as `owners:`".to_owned());
        diagnostic
            .related
            .push((first.span, "the owner stands here".to_owned()));
    }
}
