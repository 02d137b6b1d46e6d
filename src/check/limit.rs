//! How long an action may stay open, as a book's settings say it.

use super::lint::BookSubject;
use crate::model::due::DueRule;
use crate::model::text::Text;

/// The limit as written, and what it means; `None` in the second place where it cannot be understood.
pub(super) fn open_limit<'b>(subject: &BookSubject<'b>) -> Option<(&'b Text, Option<DueRule>)> {
    let text = subject.book.settings.open_limit.as_ref()?;
    let rule = match DueRule::of(&format!("in {}", text.source().trim())) {
        rule @ DueRule::After(count, _) if count > 0 => Some(rule),
        _ => None,
    };
    Some((text, rule))
}
