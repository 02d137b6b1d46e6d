//! A question has no answer.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::meeting::QuestionKind;

pub(super) const LINT: Lint = Lint {
    code: "no-findings",
    severity: Severity::Warning,
    summary: "A question has no answer.",
    explanation: "A reader takes it for one that was dodged. Write `findings:`, or record what was supplied later \
                  as a `post_meeting:` note; where there was no answer, say so: `findings: No answer was given.` \
                  A request or a challenge may lead to an action or a decision instead; an observation or an \
                  offer needs no answer.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for question in &subject.parts.questions {
        let fields = &question.fields;
        let is_answered = fields.findings.iter().any(|one| !one.text.is_empty())
            || fields.assurance.is_some()
            || !fields.post_meeting.is_empty();
        let leads_on = !fields.actions.is_empty() || !fields.decisions.is_empty();
        let what = match question.kind {
            QuestionKind::Ask if !is_answered => "question",
            QuestionKind::Request if !is_answered && !leads_on => "request",
            QuestionKind::Challenge if !is_answered && !leads_on => "challenge",
            _ => continue,
        };
        found
            .at(question.words.span, format!("this {what} has no findings"))
            .help =
            Some("add `findings: …` below it; if no answer was given, say so there".to_owned());
    }
}
