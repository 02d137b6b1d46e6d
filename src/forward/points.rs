//! The items of the next agenda beside its actions: evidence that is awaited, standing items that are due, items that were
//! deferred.

use super::occasion::Occasion;
use super::view::Point;
use super::wording;
use crate::edition::{Shelf, Shelved};
use crate::model::Public;
use crate::model::date::last_day;
use crate::model::meeting::{Item, Question, QuestionKind};
use crate::model::outline::{ItemOutline, Outline};
use crate::model::rhythm::Every;
use crate::model::settings::Series;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::render::dates;
use chrono::{Datelike, NaiveDate};

/// The title of the item for questions without an answer.
const AWAITED: &str = "Evidence awaited";
/// The title of the last item.
const LAST: &str = "Any other business";

/// Every such item, each title once.
pub(super) fn points(
    public: &Shelf<'_, Public>,
    occasion: &Occasion<'_, '_>,
    key: &str,
    series: &Series<Public>,
) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    points.extend(awaited(public, occasion, key));
    let standing = standing(occasion, series);
    let deferred = deferred(public, occasion, key);
    for point in standing.into_iter().chain(deferred) {
        match points
            .iter_mut()
            .find(|one| is_same(&one.title, &point.title))
        {
            Some(known) => known.about.extend(point.about),
            None => points.push(point),
        }
    }
    points
}

/// The title of the last item: as a standing item or the meeting before has it.
pub(super) fn last_item(occasion: &Occasion<'_, '_>, points: &mut Vec<Point>) -> String {
    if let Some(at) = points.iter().position(|point| is_last(&point.title)) {
        return points.remove(at).title;
    }
    let items = occasion
        .previous()
        .map_or(&[][..], |one| &one.meeting.items);
    let items = items.iter().filter_map(Row::known);
    let mut titles = items.filter_map(|item| Some(wording::carried(item.title.as_ref()?)));
    titles
        .find(|title| is_last(title))
        .unwrap_or_else(|| LAST.to_owned())
}

/// Whether a title is that of the last item.
pub(super) fn is_last(title: &str) -> bool {
    title.to_lowercase().contains(&LAST.to_lowercase())
}

/// Whether two titles are the same for a reader.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    wording::flat(one).to_lowercase() == wording::flat(other).to_lowercase()
}

/// Walks over every item of a meeting that is shown, with its number.
fn each_item<'b>(
    rows: &'b [Row<Public, Item<Public>>],
    outlines: &[ItemOutline],
    visit: &mut impl FnMut(&'b Item<Public>, &ItemOutline),
) {
    for (row, outline) in rows.iter().zip(outlines) {
        if let Some(item) = row.known() {
            visit(item, outline);
            each_item(&item.items, &outline.items, visit);
        }
    }
}

fn outline(public: &Shelf<'_, Public>, shelved: &Shelved<'_, Public>, key: &str) -> Outline {
    Outline::of(shelved.meeting, public.settings.series.get(key))
}

/// Questions of the meeting before that still wait for evidence.
fn awaited(public: &Shelf<'_, Public>, occasion: &Occasion<'_, '_>, key: &str) -> Option<Point> {
    let previous = occasion.previous()?;
    let outline = outline(public, previous, key);
    let mut lines = Vec::new();
    each_item(
        &previous.meeting.items,
        &outline.items,
        &mut |item, outline| {
            for (row, numbers) in item.questions.iter().zip(&outline.questions) {
                let Some(question) = row.known() else {
                    continue;
                };
                if let Some(waits) = waits_for(question) {
                    let item = (!outline.full.is_empty()).then(|| format!("item {}", outline.full));
                    let number = numbers.entry.number.as_ref();
                    let number = number.map(|number| format!("question {number}"));
                    let place: Vec<String> = [item, number].into_iter().flatten().collect();
                    let place = match place.is_empty() {
                        true => String::new(),
                        false => format!("{}: ", place.join(", ")),
                    };
                    lines.push(format!(
                        "- {place}{} {waits}",
                        wording::sentence(wording::carried(&question.words))
                    ));
                }
            }
        },
    );
    if lines.is_empty() {
        return None;
    }
    let day = occasion.previous_day().map(dates::day).unwrap_or_default();
    Some(Point {
        title: AWAITED.to_owned(),
        context: Some(format!(
            "Questions of the meeting on {day} that still wait for evidence:\n{}",
            lines.join("\n")
        )),
        about: Vec::new(),
    })
}

/// What a question waits for; nothing once it was answered whole, there or in a note after the meeting.
fn waits_for(question: &Question<Public>) -> Option<String> {
    let fields = &question.fields;
    if !fields.post_meeting.is_empty() {
        return None;
    }
    if !fields.gaps.is_empty() {
        let gaps: Vec<String> = fields.gaps.iter().map(wording::carried).collect();
        return Some(format!("Gaps: {}", gaps.join("; ")));
    }
    let is_answered = fields
        .findings
        .iter()
        .any(|one| !one.text.source().trim().is_empty())
        || fields.assurance.is_some();
    let leads_on = !fields.actions.is_empty() || !fields.decisions.is_empty();
    let waits = match question.kind {
        QuestionKind::Ask => !is_answered,
        QuestionKind::Request | QuestionKind::Challenge => !is_answered && !leads_on,
        QuestionKind::Observation | QuestionKind::Offer => false,
    };
    waits.then(|| "No answer was recorded.".to_owned())
}

/// An item that comes back by itself.
struct Standing<'b> {
    title: String,
    every: Option<&'b Every<Public>>,
    meeting_type: Option<&'b Text<Public>>,
}

/// Standing items that are due by the end of the month of the meeting.
fn standing<'b>(occasion: &Occasion<'_, 'b>, series: &'b Series<Public>) -> Vec<Point> {
    let of_settings = series.standing_items.iter().map(|item| Standing {
        title: wording::carried(&item.title),
        every: item.every.as_ref(),
        meeting_type: item.meeting_type.as_ref(),
    });
    let mut all: Vec<Standing<'b>> = of_settings.collect();
    let count = all.len();
    for shelved in &occasion.earlier {
        let items: &'b [Row<Public, Item<Public>>] = &shelved.meeting.items;
        given_at_meetings(items, &mut all, count);
    }
    let meeting_type = occasion.meeting_type().map(wording::carried);
    let is_of_type = |item: &&Standing<'b>| {
        item.meeting_type.is_none_or(|wanted| {
            let wanted = wording::carried(wanted);
            meeting_type
                .as_ref()
                .is_some_and(|own| is_same(own, &wanted))
        })
    };
    let items = all.iter().filter(is_of_type);
    items.filter_map(|item| due(item, occasion)).collect()
}

/// Items that were to come back: the last meeting that said how often wins, and the settings over all of them.
fn given_at_meetings<'b>(
    rows: &'b [Row<Public, Item<Public>>],
    all: &mut Vec<Standing<'b>>,
    of_settings: usize,
) {
    for item in rows.iter().filter_map(Row::known) {
        if let (Some(title), Some(every)) = (&item.title, &item.every) {
            let title = wording::carried(title);
            match all.iter().position(|one| is_same(&one.title, &title)) {
                Some(at) if at < of_settings => {}
                Some(at) => all[at].every = Some(every),
                None => all.push(Standing {
                    title,
                    every: Some(every),
                    meeting_type: None,
                }),
            }
        }
        given_at_meetings(&item.items, all, of_settings);
    }
}

fn due(item: &Standing<'_>, occasion: &Occasion<'_, '_>) -> Option<Point> {
    let last = occasion.earlier.iter().rev();
    let last = last.filter(|shelved| stood(&shelved.meeting.items, &item.title));
    let last = last.filter_map(|shelved| shelved.meeting.date.day()).next();
    let rhythm = item.every.and_then(Every::rhythm);
    let until = item.every.and_then(|every| every.until.as_ref());
    let until = until.and_then(|until| until.rule.day(last, |_| None));
    if until.is_some_and(|until| until < occasion.date) {
        return None;
    }
    if let (Some(rhythm), Some(last)) = (rhythm, last) {
        let end = last_day(occasion.date.year(), occasion.date.month())?;
        rhythm.after(last, 1).filter(|day| *day <= end)?;
    }
    Some(Point {
        title: item.title.clone(),
        context: None,
        about: vec![comes_back(item, rhythm.is_some(), last)],
    })
}

fn comes_back(item: &Standing<'_>, is_understood: bool, last: Option<NaiveDate>) -> String {
    let every = match item.every {
        None => "at every meeting".to_owned(),
        Some(every) => wording::flat(every.rhythm.source()),
    };
    let last = match last {
        Some(last) => format!("last on {}", dates::day(last)),
        None => "not held yet".to_owned(),
    };
    let doubt = match item.every.is_some() && !is_understood {
        true => " It is not clear how often that is, so that it is listed each time.",
        false => "",
    };
    format!("Standing item, {every}; {last}.{doubt}")
}

/// Whether an item of this title was held, at any depth.
fn stood(rows: &[Row<Public, Item<Public>>], title: &str) -> bool {
    rows.iter().filter_map(Row::known).any(|item| {
        let own = item.title.as_ref().map(wording::carried);
        let is_own = own.is_some_and(|own| is_same(&own, title)) && item.deferred.is_none();
        is_own || stood(&item.items, title)
    })
}

/// Items that the meeting before put off.
fn deferred(public: &Shelf<'_, Public>, occasion: &Occasion<'_, '_>, key: &str) -> Vec<Point> {
    let Some(previous) = occasion.previous() else {
        return Vec::new();
    };
    let outline = outline(public, previous, key);
    let mut points = Vec::new();
    each_item(
        &previous.meeting.items,
        &outline.items,
        &mut |item, outline| {
            if let (Some(reason), Some(title)) = (&item.deferred, &item.title) {
                points.push(Point {
                    title: wording::carried(title),
                    context: None,
                    about: vec![wording::deferred(
                        reason,
                        &outline.full,
                        &previous.meeting.date,
                    )],
                });
            }
        },
    );
    points
}
