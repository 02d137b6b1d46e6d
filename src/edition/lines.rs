//! The public words of documents as lines: what is kept of a release, and compared with it later. In: a book. Out: the
//! lines of any document of it, in which nothing stands that its public edition would not show.

use super::{Tally, WithheldActions};
use crate::model::{Book, Redact, transcript};
use crate::source::SourceId;

/// The public words of the documents of a book.
pub struct PublicLines<'b> {
    book: &'b Book,
    withheld: WithheldActions,
}

impl<'b> PublicLines<'b> {
    /// Gathers what is needed for all of them.
    pub fn new(book: &'b Book) -> PublicLines<'b> {
        PublicLines {
            book,
            withheld: WithheldActions::of(book),
        }
    }

    /// Those of one document; `None` where the file is no document.
    pub fn of(&self, source: SourceId) -> Option<String> {
        let mut meetings = self.book.meetings.iter();
        if let Some(one) = meetings.find(|one| one.source == source) {
            let mut meeting = one.meeting.redact();
            self.withheld
                .withhold_in_meeting(&mut meeting, &mut Tally::default());
            return Some(transcript::lines(&meeting));
        }
        let mut trackers = self.book.trackers.iter();
        if let Some(one) = trackers.find(|one| one.source == source) {
            return Some(transcript::lines(&one.content.redact()));
        }
        let mut plans = self.book.plans.iter();
        let plan = plans.find(|one| one.source == source)?;
        Some(transcript::lines(&plan.content.redact()))
    }
}
