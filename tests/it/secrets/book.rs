//! A book in which every field of every kind of document holds a secret. The fields are those of the JSON Schemas, so that
//! a field that is added is filled as well.

use super::words::{CODES, FORMS, Secret, Words};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Fields that hold words for the program, and what stands in them. Nothing in them can be withheld, and the book does not
/// load when somebody tries: [`super::every_field_hides_its_words_or_refuses_them`].
pub(super) const WORDS: [(&str, &str); 29] = [
    ("Accepted.by", "cex"),
    ("Accepted.date", "2026-09-01"),
    ("Accepted.file", "nothing.html"),
    ("Accepted.fingerprint", "00000000"),
    ("Accepted.reason", "nobody minds"),
    ("Item.id", "id-"),
    ("LintSetting.reason", "it is meant"),
    ("LogoSetting.alt", "The crest"),
    ("LogoSetting.file", "crest.svg"),
    ("Look.accent", "#1d4f5f"),
    ("Look.band", "#445566"),
    ("Look.fonts", ""),
    ("Meeting.kind", "meeting"),
    ("Meeting.series", "board"),
    ("Organisation.website", "https://wenmoor.example/"),
    ("Paper.link", "https://wenmoor.example/paper"),
    ("Plan.kind", "plan"),
    ("Plan.series", "board"),
    ("PostMeeting.id", "id-"),
    ("QuestionFields.id", "id-"),
    ("Reference.link", "https://wenmoor.example/source"),
    ("Series.refs", "{n}/{yy}"),
    ("Settings.language", "en-GB"),
    ("SiteSetting.address", "https://wenmoor.example/notes/"),
    ("SiteSetting.renamed", "meeting.yaml"),
    ("Tracker.kind", "tracker"),
    ("Tracker.refs", "T{n}"),
    ("Tracker.series", "board"),
    ("Updates.kind", "updates"),
];

/// Fields of which a meeting needs the one and must not have the other.
const ONE_OF: [(&str, &[&str]); 3] = [
    ("AttendeeFields", &["name", "person"]),
    ("DueFields", &["when", "date", "none", "meeting"]),
    (
        "QuestionFields",
        &["ask", "request", "observation", "challenge", "offer"],
    ),
];

/// Plants secrets.
pub(super) struct Planter {
    /// The parts of all schemas.
    parts: Map<String, Value>,
    words: Words,
    pub(super) secrets: Vec<Secret>,
    /// The fields that were filled.
    pub(super) filled: BTreeSet<String>,
    /// Where parts were written in full: in what kind of document and field, and whether in something withheld. Once is
    /// enough.
    written: BTreeSet<(String, bool)>,
    file: String,
    kind: String,
    /// Whether all that is written now is withheld with what it is in.
    is_withheld: bool,
    /// Whether words for the program are withheld too, to see them refused.
    pub(super) is_probe: bool,
    /// Fields of a document that are not written.
    pub(super) left_out: &'static [&'static str],
    count: usize,
}

impl Planter {
    pub(super) fn new(schemas: &[Value]) -> Planter {
        let parts = schemas
            .iter()
            .filter_map(|schema| schema["$defs"].as_object());
        Planter {
            parts: parts
                .flatten()
                .map(|(name, part)| (name.clone(), part.clone()))
                .collect(),
            words: Words::default(),
            secrets: Vec::new(),
            filled: BTreeSet::new(),
            written: BTreeSet::new(),
            file: String::new(),
            kind: String::new(),
            is_withheld: false,
            is_probe: false,
            left_out: &[],
            count: 0,
        }
    }

    /// Every field of a part that holds text.
    pub(super) fn fields(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        for (part, schema) in &self.parts {
            for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
                if is_text(schema) {
                    fields.insert(format!("{part}.{field}"));
                }
            }
        }
        fields
    }

    /// A document with a secret in every field.
    pub(super) fn document(&mut self, file: &str, part: &str) -> Map<String, Value> {
        file.clone_into(&mut self.file);
        part.clone_into(&mut self.kind);
        self.part(part, true)
    }

    fn part(&mut self, part: &str, in_full: bool) -> Map<String, Value> {
        self.count += 1;
        let schema = self.parts[part].clone();
        let fields = schema["properties"].as_object().unwrap();
        let one_of = ONE_OF.iter().find(|(name, _)| *name == part);
        let one = one_of.map(|(_, fields)| fields[self.count % fields.len()]);
        let is_other = |field: &str| {
            one_of.is_some_and(|(_, fields)| fields.contains(&field)) && one != Some(field)
        };
        let needed = |field: &str| {
            schema["required"]
                .as_array()
                .is_some_and(|all| all.contains(&field.into()))
                || one == Some(field)
                || (field == "title" && part == "Item")
        };
        let mut filled = Map::new();
        for (field, schema) in fields {
            if is_other(field)
                || self.left_out.contains(&field.as_str())
                || !(in_full || needed(field))
            {
                continue;
            }
            let place = format!("{part}.{field}");
            let value = self.value(schema, &place);
            filled.extend(value.map(|value| (field.clone(), value)));
        }
        filled
    }

    fn value(&mut self, schema: &Value, place: &str) -> Option<Value> {
        if let Some(part) = reference(schema) {
            self.filled.insert(place.to_owned());
            let key = self.key(place, part);
            let in_full = self.written.insert(key);
            return Some(self.part(part, in_full).into());
        }
        let options = options(schema);
        if let Some(list) = options.iter().find(|one| one["type"] == "array") {
            return Some(self.list(&list["items"], place));
        }
        let part = options.iter().find(|one| reference(one).is_some());
        if let Some(part) = part
            && !self.written.contains(&self.key(place, reference(part)?))
        {
            return self.value(part, place);
        }
        let choices = options.iter().find_map(|one| one["enum"].as_array());
        if let Some(choices) = choices {
            if self.is_probe && !place.starts_with("Record.") {
                return Some(self.plant(place, "<<s31 | @>>").into());
            }
            return Some(choices[self.count % choices.len()].clone());
        }
        match schema["type"].as_str() {
            Some("boolean") => {
                Some((!place.ends_with("none") && !place.ends_with("extract")).into())
            }
            Some("integer") => Some(schema["minimum"].clone()),
            Some("object") => Some(self.keyed(&schema["additionalProperties"], place)),
            _ => Some(self.leaf(place).into()),
        }
    }

    /// Entries of every kind that a list can hold: as a text, in full, and withheld whole.
    fn list(&mut self, items: &Value, place: &str) -> Value {
        let mut entries = Vec::new();
        let options = options(items);
        let withheld = options
            .iter()
            .find(|one| !one["properties"]["withheld"].is_null());
        for option in options
            .iter()
            .filter(|one| one["properties"]["withheld"].is_null())
        {
            entries.extend(self.value(option, place));
            let Some(part) = reference(option).map(str::to_owned) else {
                continue;
            };
            for _ in 1..ONE_OF
                .iter()
                .find(|(name, _)| *name == part)
                .map_or(1, |(_, all)| all.len())
            {
                entries.push(self.part(&part, false).into());
            }
            if withheld.is_some() {
                entries.push(self.withheld(&part, place, json!("s31")));
                let record = self.aside(|planter| planter.part("Record", true));
                entries.push(self.withheld(&part, place, record.into()));
            }
        }
        entries.into()
    }

    fn key(&self, place: &str, part: &str) -> (String, bool) {
        (format!("{} {place} {part}", self.kind), self.is_withheld)
    }

    /// An entry that is withheld whole. Its number or ref is shown.
    fn withheld(&mut self, part: &str, place: &str, mark: Value) -> Value {
        let mut entry = self.aside(|planter| {
            let key = planter.key(place, part);
            let in_full = planter.written.insert(key);
            planter.part(part, in_full)
        });
        for shown in ["ref", "number", "action"] {
            if entry.get(shown).is_some_and(Value::is_string) {
                entry.insert(shown.to_owned(), format!("W{}", self.count).into());
            }
        }
        entry.insert("withheld".to_owned(), mark);
        entry.into()
    }

    /// Writes something of which no word is public.
    fn aside<T>(&mut self, write: impl FnOnce(&mut Planter) -> T) -> T {
        let before = std::mem::replace(&mut self.is_withheld, true);
        let written = write(self);
        self.is_withheld = before;
        written
    }

    fn keyed(&mut self, schema: &Value, place: &str) -> Value {
        let mut entries = Map::new();
        for key in ["k1", "k2"] {
            let key = match self.is_probe && key == "k2" {
                true => self.plant(&format!("{place} key"), "<<s31 | @>>"),
                false => key.to_owned(),
            };
            entries.extend(self.value(schema, place).map(|value| (key, value)));
        }
        entries.into()
    }

    fn leaf(&mut self, place: &str) -> String {
        self.filled.insert(place.to_owned());
        self.count += 1;
        let word = WORDS.iter().find(|(field, _)| *field == place);
        match word {
            Some(_) if self.is_probe && !place.ends_with(".kind") => {
                self.plant(place, "<<s31 | @>>")
            }
            Some((_, "id-")) => format!("id-{}", self.count),
            Some((_, word)) => (*word).to_owned(),
            // The day of a meeting cannot be withheld: without it, nothing could be put in order.
            None if place == "Meeting.date" => "2026-06-30".to_owned(),
            // What has a code that nobody knows cannot be published.
            None if place == "Record.exemption" && !self.is_draft() => "s38".to_owned(),
            None if place == "Record.exemption" => self.plant(place, "@"),
            None if self.count.is_multiple_of(7) && self.is_draft() => {
                self.plant(place, CODES[self.count % CODES.len()])
            }
            None => self.plant(place, FORMS[self.count % FORMS.len()]),
        }
    }

    fn is_draft(&self) -> bool {
        self.file.starts_with("drafts/")
    }

    fn plant(&mut self, place: &str, form: &str) -> String {
        // Where the whole is withheld, marks are not needed.
        let bare = form
            .replace("<<s31 |", "")
            .replace("<<s31|", "")
            .replace(">>", "");
        let form = match self.is_withheld && self.count.is_multiple_of(2) && !bare.contains("<<") {
            true => &bare,
            false => form,
        };
        let (text, words) = self.words.text(form);
        let place = format!("{}: {place}", self.file);
        self.secrets.push(Secret { place, words });
        text
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

/// What a value can be, with choices inside choices laid side by side.
fn options(schema: &Value) -> Vec<Value> {
    match schema["anyOf"].as_array() {
        Some(all) => all.iter().flat_map(options).collect(),
        None => vec![schema.clone()],
    }
}

/// Whether a field can hold a text, in a list or by key as well.
fn is_text(schema: &Value) -> bool {
    options(schema).iter().any(|one| match &one["type"] {
        Value::String(name) if name == "array" => is_text(&one["items"]),
        Value::String(name) if name == "object" => is_text(&one["additionalProperties"]),
        Value::String(name) => name == "string",
        Value::Array(names) => names.contains(&"string".into()),
        _ => false,
    })
}

/// A document as YAML: a line for each value, so that a message about one names its line.
pub(super) fn yaml(document: &Map<String, Value>) -> String {
    let mut text = String::new();
    // The kind comes first, as people write it.
    let kind = document.iter().filter(|(key, _)| *key == "kind");
    let rest = document.iter().filter(|(key, _)| *key != "kind");
    let ordered: Vec<(&String, &Value)> = kind.chain(rest).collect();
    fields(&ordered, 0, &mut text);
    text
}

fn fields(entries: &[(&String, &Value)], level: usize, text: &mut String) {
    for (key, value) in entries {
        let key = match key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
        {
            true => (*key).clone(),
            false => Value::String((*key).clone()).to_string(),
        };
        text.push_str(&format!("{}{key}:", "  ".repeat(level)));
        node(value, level + 1, text);
    }
}

fn node(value: &Value, level: usize, text: &mut String) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            text.push('\n');
            fields(&entries.iter().collect::<Vec<_>>(), level, text);
        }
        Value::Array(entries) if !entries.is_empty() => {
            text.push('\n');
            for entry in entries {
                text.push_str(&format!("{}-", "  ".repeat(level)));
                node(entry, level + 1, text);
            }
        }
        value => text.push_str(&format!(" {value}\n")),
    }
}
