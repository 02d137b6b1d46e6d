//! What the template of a draft sees. Every field is plain text: the template's filters `yaml`, `comment` and `block` make
//! it fit to stand in the file.

use serde::Serialize;

/// The next meeting, as the notes before it and the settings know it.
#[derive(Debug, Serialize)]
pub struct View {
    /// Where the JSON Schema of a meeting is, for editors.
    pub schema: String,
    /// The key of the series.
    pub series: String,
    /// The title of the series.
    pub series_title: String,
    /// The type of the meeting.
    #[serde(rename = "type")]
    pub meeting_type: Option<String>,
    /// Its subject.
    pub theme: Option<String>,
    /// Its day.
    pub date: Day,
    /// The day that the last notes announced, where it is another.
    pub announced: Option<Day>,
    /// When it begins.
    pub time: Option<String>,
    /// Where it is held.
    pub venue: Option<String>,
    /// Who is expected.
    pub members: Vec<Expected>,
    /// Who takes the notes, where that is no member.
    pub note_taker: Option<Expected>,
    /// The meeting before it.
    pub previous: Option<Day>,
    /// The actions of the series, in groups; each is an item of the agenda.
    pub matters: Vec<Group>,
    /// The items that come next.
    pub items: Vec<Point>,
    /// The title of the last item; none where the file has it already.
    pub last_item: Option<String>,
    /// The meeting after it.
    pub next: Next,
}

/// A day.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// As 2026-08-25.
    pub iso: String,
    /// As Tuesday 25 August 2026.
    pub words: String,
}

/// Somebody who is expected.
#[derive(Debug, Serialize)]
pub struct Expected {
    /// As the list of those present names them; ready for YAML.
    pub entry: String,
    /// Who that is.
    pub who: String,
}

/// An item of actions.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Its title.
    pub title: String,
    /// What to know of it.
    pub about: Vec<String>,
    /// The actions.
    pub actions: Vec<Matter>,
    /// Open actions that have no ref yet, so that nothing can name them.
    pub without_ref: Vec<Matter>,
}

/// An action that is carried forward.
#[derive(Debug, Serialize)]
pub struct Matter {
    /// Its ref.
    pub reference: String,
    /// What to know of it: its text, who owns it, when it is due, what has happened.
    pub about: Vec<String>,
    /// The state that it has, in a word; for one that is proposed for closure, that to which it may go.
    pub state: String,
    /// How long it is kept, where it is retained.
    pub condition: Option<String>,
}

/// Another item.
#[derive(Debug, Serialize)]
pub struct Point {
    /// Its title.
    pub title: String,
    /// What it rests on.
    pub context: Option<String>,
    /// Why it is here.
    pub about: Vec<String>,
}

/// The meeting after the next.
#[derive(Debug, Serialize)]
pub struct Next {
    /// Its day, where the series has a schedule.
    pub date: Option<Day>,
    /// When it begins.
    pub time: Option<String>,
    /// Where it is held.
    pub venue: Option<String>,
}
