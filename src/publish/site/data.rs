//! Open data: the actions and the meetings as CSV and JSON, with the schemas that describe them.

use super::{File, Published, Site};
use crate::exchange::{self, csv, ics, json};
use ::csv::{QuoteStyle, Terminator, WriterBuilder};
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

/// Every file of open data.
pub(super) fn all(site: &Site<'_, '_>) -> io::Result<Vec<File>> {
    let rows: Vec<Row> = site
        .newest()
        .into_iter()
        .filter_map(|one| row(site, one))
        .collect();
    let meetings = json!({ "organisation": site.organisation(), "meetings": rows });
    Ok(vec![
        File::new("actions.csv", csv::csv(&site.actions)?),
        File::new(
            "actions.json",
            json::json(&site.actions).map_err(io::Error::other)?,
        ),
        File::new("actions.ics", ics::ics(&site.actions)),
        File::new("actions.schema.json", pretty(&exchange::schema())?),
        File::new("meetings.csv", meetings_csv(&rows)?),
        File::new("meetings.json", pretty(&meetings)?),
        File::new("meetings.schema.json", pretty(&schema())?),
    ])
}

fn row(site: &Site<'_, '_>, one: &Published<'_, '_>) -> Option<Row> {
    let meeting = one.meeting()?;
    let series = one
        .series
        .and_then(|series| site.shelf.settings.series.get(series));
    let time = meeting
        .time
        .as_ref()
        .or(series.and_then(|series| series.time.as_ref()));
    let venue = meeting
        .venue
        .as_ref()
        .or(series.and_then(|series| series.venue.as_ref()));
    let line = |text: Option<&_>| text.map_or_else(String::new, |text| site.words.line(text));
    Some(Row {
        title: one.title.clone(),
        series: one
            .series
            .map_or_else(String::new, |key| site.series_title(key)),
        date: one.day.map_or_else(String::new, |day| day.to_string()),
        time: line(time.map(|time| &time.written)),
        venue: line(venue),
        kind: line(meeting.meeting_type.as_ref()),
        html: one.file("html"),
        pdf: one.file("pdf"),
        markdown: one.file("md"),
    })
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

fn schema() -> Value {
    let properties: serde_json::Map<String, Value> = COLUMNS
        .iter()
        .map(|(name, about)| {
            (
                (*name).to_owned(),
                json!({ "type": "string", "description": about }),
            )
        })
        .collect();
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
