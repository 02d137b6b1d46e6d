//! A document of the website: where it stands, what it is called, when it was held and changed.

use super::address::Addresses;
use crate::edition::Placed;
use crate::exchange::Words;
use crate::model::Public;
use crate::model::meeting::Meeting;
use crate::model::tracker::{Plan, Tracker, Version};
use crate::render;
use chrono::NaiveDate;

/// A document of the website.
pub(super) struct Published<'d, 's> {
    pub(super) document: render::Document<'d, 's, Public>,
    /// Its address without the ending.
    pub(super) address: String,
    /// The address that it had when it was first released, where that was another one.
    pub(super) first_address: Option<String>,
    pub(super) title: String,
    /// What it is: "Notes", "Tracker", "Plan".
    pub(super) kind: &'static str,
    pub(super) series: Option<&'s str>,
    /// The day of the meeting, or as at which it is printed.
    pub(super) day: Option<NaiveDate>,
    /// The last day that it gives for a change of itself.
    pub(super) updated: Option<NaiveDate>,
}

impl<'s> Published<'_, 's> {
    /// The path of one of its files.
    pub(super) fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.address)
    }

    pub(super) fn meeting(&self) -> Option<&'s Meeting<Public>> {
        match self.document {
            render::Document::Meeting(one) => Some(one.meeting),
            _ => None,
        }
    }
}

/// A document with all this; nothing where it has no address.
pub(super) fn published<'d, 's>(
    document: render::Document<'d, 's, Public>,
    words: &Words<'s, Public>,
    addresses: &Addresses,
) -> Option<Published<'d, 's>> {
    let address = addresses.document(document.source())?.to_owned();
    Some(match document {
        render::Document::Meeting(one) => of_meeting(document, one.meeting, words, address),
        render::Document::Tracker(one) => of_tracker(document, one, words, address),
        render::Document::Plan(one) => of_plan(document, one, words, address),
    })
}

fn of_meeting<'d, 's>(
    document: render::Document<'d, 's, Public>,
    meeting: &'s Meeting<Public>,
    words: &Words<'s, Public>,
    address: String,
) -> Published<'d, 's> {
    let approved = meeting.approved.as_ref().and_then(|one| one.date.as_ref());
    let approved = approved.and_then(|date| date.day());
    let versions = days(&meeting.versions);
    let day = meeting.date.day();
    Published {
        document,
        address,
        first_address: None,
        title: words.meeting_title(meeting),
        kind: "Notes",
        series: meeting.series.as_deref(),
        day,
        updated: versions.chain(approved).chain(day).max(),
    }
}

fn of_tracker<'d, 's>(
    document: render::Document<'d, 's, Public>,
    placed: &Placed<'s, Tracker<Public>>,
    words: &Words<'s, Public>,
    address: String,
) -> Published<'d, 's> {
    let tracker = placed.content;
    let title = tracker.title.as_ref().or(tracker.group.as_ref());
    let day = tracker.date.as_ref().and_then(|date| date.day());
    let versions = days(&tracker.versions);
    Published {
        document,
        address,
        first_address: None,
        title: title.map_or_else(|| "Tracker".to_owned(), |title| words.line(title)),
        kind: "Tracker",
        series: tracker.series.as_deref(),
        day,
        updated: versions.chain(day).max(),
    }
}

fn of_plan<'d, 's>(
    document: render::Document<'d, 's, Public>,
    placed: &Placed<'s, Plan<Public>>,
    words: &Words<'s, Public>,
    address: String,
) -> Published<'d, 's> {
    let plan = placed.content;
    let day = plan.date.as_ref().and_then(|date| date.day());
    let versions = days(&plan.versions);
    Published {
        document,
        address,
        first_address: None,
        title: words.line(&plan.title),
        kind: "Plan",
        series: plan.series.as_deref(),
        day,
        updated: versions.chain(day).max(),
    }
}

/// The days of versions.
fn days(versions: &[Version<Public>]) -> impl Iterator<Item = NaiveDate> {
    versions.iter().filter_map(|one| one.date.as_ref()?.day())
}
