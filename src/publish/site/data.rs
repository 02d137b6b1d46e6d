//! Open data: the actions and the meetings as CSV and JSON, with the schemas that describe them.

use super::cache::fingerprint;
use super::{File, Maker, Published, Site, maker, pages, view};
use crate::exchange::{self, ActionRecord, Actions, csv, ics, json};
use ::csv::{QuoteStyle, Terminator, WriterBuilder};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use std::io;

/// The columns of the meetings: name, and what stands there.
pub(super) const COLUMNS: [(&str, &str); 9] = [
    ("title", "The title of the notes."),
    (
        "series",
        "The title of the series; empty for a meeting of no series.",
    ),
    ("date", "The day of the meeting, as 2026-08-25."),
    ("time", "When it began, as written."),
    ("venue", "Where it was held."),
    ("type", "The type of the meeting."),
    (
        "html",
        "The address of the notes, from the root of the website.",
    ),
    ("pdf", "The address of the same notes as a tagged PDF."),
    ("markdown", "The address of the same notes as Markdown."),
];

/// What stands in each column of the actions, in their order.
pub(super) const ACTIONS: [&str; csv::COLUMNS.len()] = [
    "By what the action is called.",
    "What it needs: Overdue, Due now, and so on.",
    "How it stands, with what belongs to that.",
    "The rating of an action of a plan: red, amber or green.",
    "What is to be done.",
    "Its parts, one in a line.",
    "Who is to do it.",
    "For which bodies they act.",
    "The day on which it was set.",
    "Where it was set: document and item.",
    "The key of the series that looks at it.",
    "By when it was first to be done, in the words used then.",
    "The day that this comes to.",
    "By when it is to be done now, in the words used.",
    "The day that this comes to.",
    "For how many days the due date has passed.",
    "How often it was given a new due date.",
    "Why, each time.",
    "To how many meetings it was carried forward.",
    "For how many days it has been open.",
    "The day on which something was last said of it.",
    "Who said it.",
    "What was said.",
    "What is to be done next.",
    "How often it comes back.",
    "The ref of the action that took its place.",
    "The day on which it was closed.",
    "Why it is withheld, or a part of it.",
    "The file of the book in which it was set.",
];

/// A document with its actions; the fields of a meeting are the columns.
#[derive(Serialize)]
struct Document<'d> {
    organisation: String,
    kind: &'static str,
    #[serde(flatten)]
    row: Row,
    actions: Vec<&'d ActionRecord>,
}

/// Every meeting with notes.
#[derive(Serialize)]
struct Meetings {
    organisation: String,
    meetings: Vec<Row>,
}

/// A meeting with notes; its fields are the columns.
#[derive(Serialize)]
struct Row {
    title: String,
    series: String,
    date: String,
    time: String,
    venue: String,
    #[serde(rename = "type")]
    kind: String,
    html: String,
    pdf: String,
    markdown: String,
}

/// An action as data.
pub(super) struct ActionData {
    /// Its record as JSON, without line ends.
    pub(super) json: String,
    /// By which it is known again.
    pub(super) of: String,
}

impl ActionData {
    /// That of every action.
    pub(super) fn all(actions: &Actions) -> Vec<ActionData> {
        let actions = actions.actions.par_iter();
        let data = actions.map(|record| {
            // Records that this program makes can always be written.
            let json = serde_json::to_string(record).unwrap_or_default();
            let of = fingerprint([json.as_bytes()]);
            ActionData { json, of }
        });
        data.collect()
    }
}

/// Every file of open data, those first that take longest.
pub(super) fn all<'m>(site: &'m Site<'_, '_>, actions: &'m [ActionData]) -> Vec<Maker<'m>> {
    let mut files: Vec<Maker<'m>> = vec![
        // A calendar is for what is to be done, and shows no more of what is closed than the registers.
        maker(|| {
            let is_in = |action: &ActionRecord| !pages::is_archived(action, site.as_at);
            File::new("actions.ics", ics::ics_with(&site.actions, is_in))
        }),
        Box::new(|| Ok(File::new("actions.csv", csv::csv(&site.actions)?))),
        Box::new(|| {
            let records = actions.iter().map(|one| one.json.as_str());
            let lines = json::lines(&site.actions, records).map_err(io::Error::other)?;
            Ok(File::new("actions.json", lines))
        }),
        Box::new(|| Ok(File::new("meetings.csv", meetings_csv(&rows(site))?))),
        Box::new(|| {
            let meetings = Meetings {
                organisation: site.organisation(),
                meetings: rows(site),
            };
            let text = serde_json::to_string_pretty(&meetings).map_err(io::Error::other)?;
            Ok(File::new("meetings.json", text + "\n"))
        }),
    ];
    let schema = |path: &'static str, schema: Value| -> Maker<'m> {
        Box::new(move || Ok(File::new(path, pretty(&schema)?)))
    };
    files.push(schema("actions.schema.json", exchange::schema()));
    files.push(schema("meetings.schema.json", meetings_schema()));
    files.push(schema("document.schema.json", document_schema()));
    files
}

/// Every meeting with notes, the newest first.
fn rows(site: &Site<'_, '_>) -> Vec<Row> {
    let meetings = site.newest().into_iter();
    let meetings = meetings.filter(|one| one.meeting().is_some());
    meetings.map(|one| row(site, one)).collect()
}

/// A document as data: what it is, and the actions that were set in it.
pub(super) fn of_document(site: &Site<'_, '_>, one: &Published<'_, '_>) -> io::Result<String> {
    let file = view::path_of(site.sources, one.document.source());
    let document = Document {
        organisation: site.organisation(),
        kind: one.kind,
        row: row(site, one),
        actions: site.actions_in(&file).map(|(action, _)| action).collect(),
    };
    let text = serde_json::to_string_pretty(&document).map_err(io::Error::other)?;
    Ok(text + "\n")
}

fn row(site: &Site<'_, '_>, one: &Published<'_, '_>) -> Row {
    let meeting = one.meeting();
    let series = one
        .series
        .and_then(|series| site.shelf.settings.series.get(series));
    let time = meeting
        .and_then(|meeting| meeting.time.as_ref())
        .or(series.and_then(|series| series.time.as_ref()));
    let venue = meeting
        .and_then(|meeting| meeting.venue.as_ref())
        .or(series.and_then(|series| series.venue.as_ref()));
    let line = |text: Option<&_>| text.map_or_else(String::new, |text| site.words.line(text));
    Row {
        title: one.title.clone(),
        series: one
            .series
            .map_or_else(String::new, |key| site.series_title(key)),
        date: one.day.map_or_else(String::new, |day| day.to_string()),
        time: line(time.map(|time| &time.written)),
        venue: line(venue),
        kind: line(meeting.and_then(|meeting| meeting.meeting_type.as_ref())),
        html: one.file("html"),
        pdf: one.file("pdf"),
        markdown: one.file("md"),
    }
}

fn meetings_csv(rows: &[Row]) -> io::Result<String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .has_headers(false)
        .from_writer(Vec::from("\u{FEFF}"));
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for row in rows {
        let cells = [
            &row.title,
            &row.series,
            &row.date,
            &row.time,
            &row.venue,
            &row.kind,
            &row.html,
            &row.pdf,
            &row.markdown,
        ];
        writer.write_record(cells.map(|cell| csv::safe(cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn properties() -> serde_json::Map<String, Value> {
    let columns = COLUMNS.iter();
    let columns = columns.map(|(name, about)| {
        let property = json!({ "type": "string", "description": about });
        ((*name).to_owned(), property)
    });
    columns.collect()
}

fn document_schema() -> Value {
    let mut properties = properties();
    let mut add = |name: &str, property: Value| properties.insert(name.to_owned(), property);
    add(
        "organisation",
        json!({ "type": "string", "description": "Whose document it is." }),
    );
    add(
        "kind",
        json!({ "enum": ["Notes", "Tracker", "Plan"], "description": "What it is." }),
    );
    add(
        "actions",
        json!({
            "type": "array",
            "description": "The actions that were set in it, each with its whole history.",
            "items": { "$ref": "#/$defs/ActionRecord" },
        }),
    );
    let names: Vec<String> = properties.keys().cloned().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A published document and its actions",
        "type": "object",
        "properties": properties,
        "required": names,
        "$defs": exchange::schema()["$defs"],
    })
}

fn meetings_schema() -> Value {
    let properties = properties();
    let names = COLUMNS.map(|(name, _)| name);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Meetings with published notes",
        "type": "object",
        "properties": {
            "organisation": { "type": "string", "description": "Whose meetings they are." },
            "meetings": {
                "type": "array",
                "description": "The meetings, the newest first.",
                "items": { "type": "object", "properties": properties, "required": names },
            },
        },
        "required": ["organisation", "meetings"],
    })
}

fn pretty(value: &Value) -> io::Result<String> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
    Ok(text + "\n")
}
