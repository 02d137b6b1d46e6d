//! What documents of every kind say of themselves, so that everything around their content is made in one way.

use crate::edition::Tally;
use crate::model::Edition;
use crate::model::meeting::{Approval, Meeting, Status};
use crate::model::settings::{Keyed, Labels};
use crate::model::text::Text;
use crate::model::tracker::{Plan, Tracker, Version};
use crate::model::withheld::Passages;
use chrono::NaiveDate;

/// What a document says of itself.
pub(super) struct About<'d, E: Edition> {
    /// What it is to whoever files it, and the word between that and its day: "Notes" "of".
    pub(super) kind: (&'static str, &'static str),
    /// What else it is filed under: its type, its theme, its group.
    pub(super) subjects: Vec<&'d Text<E>>,
    /// What it is called in a sentence: "these notes", "this plan".
    pub(super) this: &'static str,
    /// Whether that is a plural.
    pub(super) is_plural: bool,
    /// The day that decides which posts people have, and as at which it is printed.
    pub(super) day: Option<NaiveDate>,
    pub(super) series: Option<&'d str>,
    pub(super) status: Status,
    pub(super) approved: Option<&'d Approval<E>>,
    pub(super) classification: Option<&'d Text<E>>,
    pub(super) appendix: Option<&'d Text<E>>,
    pub(super) is_extract: bool,
    pub(super) labels: Option<&'d Labels<E>>,
    pub(super) glossary: &'d Keyed<Text<E>>,
    /// Whether abbreviations are explained in it.
    pub(super) explains: bool,
    pub(super) versions: &'d [Version<E>],
    /// How much of it is withheld.
    pub(super) withheld: Tally,
    /// Why.
    pub(super) passages: Option<&'d Passages<E>>,
}

impl<'d, E: Edition> About<'d, E> {
    pub(super) fn meeting(meeting: &'d Meeting<E>, withheld: &Tally) -> About<'d, E> {
        let subjects = [&meeting.meeting_type, &meeting.theme];
        About {
            kind: ("Notes", "of"),
            subjects: subjects.into_iter().flatten().collect(),
            this: "these notes",
            is_plural: true,
            day: meeting.date.day(),
            series: meeting.series.as_deref(),
            status: meeting.status.unwrap_or(Status::Draft),
            approved: meeting.approved.as_ref(),
            classification: meeting.classification.as_ref(),
            appendix: None,
            is_extract: meeting.extract,
            labels: meeting.labels.as_ref(),
            glossary: &meeting.glossary,
            explains: true,
            versions: &meeting.versions,
            withheld: withheld.clone(),
            passages: Some(&meeting.passages),
        }
    }

    pub(super) fn tracker(
        tracker: &'d Tracker<E>,
        day: Option<NaiveDate>,
        withheld: Tally,
    ) -> About<'d, E> {
        About {
            kind: ("Tracker", "of"),
            subjects: tracker.group.iter().collect(),
            this: "this tracker",
            is_plural: false,
            day,
            series: tracker.series.as_deref(),
            status: tracker.status.unwrap_or(Status::Draft),
            approved: tracker.approved.as_ref(),
            classification: tracker.classification.as_ref(),
            appendix: tracker.appendix.as_ref(),
            is_extract: false,
            labels: tracker.labels.as_ref(),
            glossary: &tracker.glossary,
            explains: true,
            versions: &tracker.versions,
            withheld,
            passages: Some(&tracker.passages),
        }
    }

    pub(super) fn plan(plan: &'d Plan<E>, day: Option<NaiveDate>, withheld: Tally) -> About<'d, E> {
        About {
            kind: ("Plan", "of"),
            subjects: plan.group.iter().collect(),
            this: "this plan",
            is_plural: false,
            day,
            series: plan.series.as_deref(),
            status: plan.status.unwrap_or(Status::Draft),
            approved: plan.approved.as_ref(),
            classification: plan.classification.as_ref(),
            appendix: plan.appendix.as_ref(),
            is_extract: false,
            labels: plan.labels.as_ref(),
            glossary: &plan.glossary,
            explains: true,
            versions: &plan.versions,
            withheld,
            passages: Some(&plan.passages),
        }
    }
}
