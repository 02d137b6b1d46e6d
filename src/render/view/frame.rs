//! What stands around the content of a document of any kind: its title, status and notices, what machines read of it, and
//! what is on every page of the PDF.

use super::document::Scribe;
use super::people::and;
use super::{Fact, Frame, Label, LogoView, Notice};
use crate::edition::Tally;
use crate::model::exemption::ExemptionNames;
use crate::model::meeting::Status;
use crate::model::settings::{self, Labels};
use crate::model::text::Text;
use crate::model::tracker::Version;
use crate::model::withheld::PassageRecord;
use crate::model::{Edition, Logo};
use crate::render::colour::{self, Theme};
use crate::render::dates;
use crate::render::format::Ready;
use crate::render::pdf::{Furniture, Paper};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde_json::{Value, json};

impl<E: Edition> Scribe<'_, '_, E> {
    /// The frame of a document. Made last, when every abbreviation of the content has been met.
    pub(super) fn frame(&self, title: Ready, plain_title: &str, json_ld: Value) -> Frame {
        let settings = self.library.settings;
        let organisation = &settings.organisation;
        let classification = self.classification();
        Frame {
            language: self.plain(settings.language_of_labels()),
            title,
            title_plain: self.plain(plain_title),
            organisation_plain: self.plain(&self.writer.words(&organisation.name)),
            organisation: self.writer.title(&organisation.name),
            website: organisation
                .website
                .as_deref()
                .map(|website| self.plain(website)),
            logo: self.logo(),
            classification: classification.map(|text| self.plain(&text.words().to_uppercase())),
            theme: Theme::of(settings.look.as_ref()),
            internal: E::INTERNAL,
            status: self.status(),
            version: self.version(),
            notices: self.notices(),
            reasons: self.reasons(),
            footnotes: self.footnotes(),
            glossary: self.glossary(),
            metadata: self.metadata(plain_title),
            json_ld: Ready::made(escaped(without_nulls(json_ld))),
        }
    }

    /// Where the footnotes stand. They are written now, so that their abbreviations are met.
    fn footnotes(&self) -> Option<Ready> {
        self.writer.footnotes.write(self.writer);
        self.writer.footnotes.place()
    }

    /// What stands on every page of the PDF.
    pub(super) fn furniture(&self, short_title: String) -> Furniture {
        let settings = self.library.settings;
        let look = settings.look.as_ref();
        let watermark = match (E::INTERNAL, self.about.status) {
            (true, _) => Some("INTERNAL".to_owned()),
            (false, Status::Draft) => Some("DRAFT".to_owned()),
            (false, _) => None,
        };
        Furniture {
            short_title,
            appendix: self.about.appendix.map(|text| self.writer.words(text)),
            classification: self.classification().map(|text| text.words()),
            version: Some(self.version_of_pages()),
            watermark,
            accent: colour::accent(look),
            band: colour::band(look),
            paper: match look.and_then(|look| look.paper) {
                Some(settings::Paper::Letter) => Paper::Letter,
                Some(settings::Paper::A4) | None => Paper::A4,
            },
            typefaces: self.library.typefaces.clone(),
            text_size: look.and_then(|look| Some(look.text_size?.number().into())),
            line_length: look.and_then(|look| Some(look.line_length?.number())),
        }
    }

    fn classification(&self) -> Option<&Text<E>> {
        let own = self.about.classification;
        own.or(self.library.settings.classification.as_ref())
    }

    fn version_of_pages(&self) -> String {
        let status = self.about.status;
        let approved = self
            .about
            .approved
            .and_then(|approval| approval.date.as_ref());
        let words = match approved.and_then(|date| date.day()) {
            Some(day) if status == Status::Approved => format!("Approved {}", dates::day(day)),
            Some(day) => format!("{}, approved {}", status.label(), dates::day(day)),
            None => status.label().to_owned(),
        };
        let number = self
            .last_version()
            .and_then(|version| version.number.as_ref());
        match number {
            Some(number) => format!("{words}, version {}", self.writer.words(number)),
            None => words,
        }
    }

    /// The version of a document that keeps a record of them: the last that is listed.
    fn last_version(&self) -> Option<&Version<E>> {
        self.about.versions.last()
    }

    fn logo(&self) -> Option<LogoView> {
        let logo = self.library.logo?;
        Some(LogoView {
            src: Ready::made(data_address(logo)),
            alt: self.plain(&logo.alt),
        })
    }

    /// A printed label: the document's own, its series', or the usual one.
    pub(super) fn labels(
        &self,
        label: impl Fn(&Labels<E>) -> Option<&Text<E>>,
        usual: &str,
    ) -> Ready {
        let own = self.about.labels.and_then(&label);
        let found = own.or_else(|| {
            let series = self.library.settings.series.get(self.about.series?)?;
            series.labels.as_ref().and_then(&label)
        });
        found.map_or_else(|| self.plain(usual), |text| self.writer.title(text))
    }

    pub(super) fn status(&self) -> Label {
        match self.about.status {
            Status::Draft => self.label("Draft", "yellow"),
            Status::Approved => self.label("Approved", "blue"),
            Status::Published => self.label("Published", "green"),
        }
    }

    /// The number of the version and the approval, in a line.
    fn version(&self) -> Option<Ready> {
        let number = self
            .last_version()
            .and_then(|version| version.number.as_ref());
        let number = number.map(|number| {
            let words = format!("Version {}", self.writer.title(number).as_str());
            Ready::made(words)
        });
        let parts: Vec<Ready> = [number, self.approval()].into_iter().flatten().collect();
        let words: Vec<&str> = parts.iter().map(Ready::as_str).collect();
        (!words.is_empty()).then(|| Ready::made(words.join(". ")))
    }

    fn approval(&self) -> Option<Ready> {
        let approval = self.about.approved?;
        let mut text = "Approved".to_owned();
        if let Some(by) = &approval.by {
            text.push_str(&format!(" by {}", self.the(by).as_str()));
        }
        if let Some(date) = &approval.date {
            text.push_str(&format!(" on {}", self.date(date).as_str()));
        }
        Some(Ready::made(text))
    }

    /// What is withheld in the document, and in what it prints of the settings.
    fn withheld(&self) -> Tally {
        let mut withheld = self.about.withheld.clone();
        self.writer.shared.add_to(&mut withheld);
        withheld
    }

    fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut add = |kind, title: &str, text: &str| {
            notices.push(Notice {
                kind,
                title: self.plain(title),
                text: self.plain(text),
            });
        };
        if E::INTERNAL {
            add(
                "internal",
                "INTERNAL",
                "This edition contains withheld text. Do not publish it or pass it on.",
            );
        }
        let about = self.about;
        if about.status == Status::Draft {
            let have = if about.is_plural { "have" } else { "has" };
            let this = capitalised(about.this);
            let text = format!("{this} {have} not been approved and may change.");
            add("draft", "Draft", &text);
        }
        if about.is_extract {
            add(
                "extract",
                "Extract",
                "This is a part of the notes. Other parts of the meeting are not shown.",
            );
        }
        let amendment = self.amendment().map(|text| Notice {
            kind: "amended",
            title: self.plain("Amended"),
            text,
        });
        let withheld = self.withheld();
        if withheld.total > 0 {
            add(
                "edited",
                if E::INTERNAL {
                    "To be edited"
                } else {
                    "Edited"
                },
                &edited(&withheld, &self.library.exemptions, about.this, E::INTERNAL),
            );
        }
        notices.extend(amendment);
        notices
    }

    /// Why passages are withheld, for the internal edition alone: what the document records, then what the book does of
    /// exemptions that stand in the document.
    fn reasons(&self) -> Vec<Fact> {
        let claimed = self.withheld().by_exemption;
        let is_claimed = |record: &&PassageRecord| {
            let mut exemptions = record.exemption.iter();
            let is_any = record.exemption.is_empty() && !claimed.is_empty();
            is_any || exemptions.any(|exemption| claimed.contains_key(exemption))
        };
        let own = self.about.passages.and_then(|own| E::open(&own.records));
        let shared = E::open(&self.library.settings.passages.records);
        let shared = shared.into_iter().flatten().filter(is_claimed);
        own.into_iter()
            .flatten()
            .chain(shared)
            .filter_map(|record| self.passage_reason(record))
            .collect()
    }

    fn passage_reason(&self, record: &PassageRecord) -> Option<Fact> {
        let texts = [&record.reason, &record.public_interest, &record.by];
        let reason = self.reason(texts, record.date.as_ref())?;
        let of = match record.exemption.as_slice() {
            [] => "every passage".to_owned(),
            exemptions => self.library.exemptions.words(exemptions),
        };
        let at = record.at.iter().map(|at| self.writer.words(at));
        let label: Vec<String> = std::iter::once(capitalised(&of)).chain(at).collect();
        Some(self.fact(&label.join(", "), reason))
    }

    fn glossary(&self) -> Vec<Fact> {
        let used = self.writer.abbreviations.used();
        used.into_iter()
            .map(|(short, long)| self.fact(&short, self.plain(&long)))
            .collect()
    }

    fn metadata(&self, title: &str) -> Vec<Fact> {
        let settings = self.library.settings;
        let organisation = settings.organisation.name.words();
        let mut metadata = vec![
            ("dcterms.title", title.to_owned()),
            ("dcterms.creator", organisation.clone()),
            ("dcterms.publisher", organisation),
            ("dcterms.language", settings.language().to_owned()),
            ("dcterms.type", "Text".to_owned()),
            ("description", self.description()),
            ("keywords", self.keywords()),
        ];
        metadata.extend(self.about.day.map(|day| ("dcterms.date", iso(day))));
        let approved = self
            .about
            .approved
            .and_then(|approval| approval.date.as_ref());
        metadata.extend(
            approved
                .and_then(|date| date.day())
                .map(|day| ("dcterms.dateAccepted", iso(day))),
        );
        let days = [
            ("dcterms.issued", self.issued()),
            ("dcterms.modified", self.modified()),
        ];
        let days = days
            .into_iter()
            .filter_map(|(name, day)| Some((name, iso(day?))));
        metadata.extend(days);
        metadata
            .into_iter()
            .map(|(name, value)| self.fact(name, self.plain(&value)))
            .collect()
    }

    pub(super) fn fact(&self, label: &str, value: Ready) -> Fact {
        Fact {
            label: self.plain(label),
            value,
        }
    }

    /// The organisation for machines, as schema.org has it.
    pub(super) fn organisation(&self) -> Value {
        let organisation = &self.library.settings.organisation;
        json!({
            "@type": "GovernmentOrganization",
            "name": organisation.name.words(),
            "url": organisation.website.as_deref(),
        })
    }

    /// The document for machines.
    pub(super) fn digital_document(&self, title: &str) -> Value {
        let number = self
            .last_version()
            .and_then(|version| version.number.as_ref());
        json!({
            "@type": "DigitalDocument",
            "name": title,
            "inLanguage": self.library.settings.language(),
            "publisher": self.organisation(),
            "creativeWorkStatus": self.about.status.label(),
            "version": number.map(|number| self.writer.words(number)),
            "datePublished": self.issued().map(iso),
            "dateModified": self.modified().map(iso),
        })
    }
}

/// JSON that can stand in a `script` element.
fn escaped(value: Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

pub(super) fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => object
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        other => other,
    }
}

/// A day as machines read it.
pub(super) fn iso(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

/// A logo as an address that holds the whole picture.
pub(crate) fn data_address(logo: &Logo) -> String {
    let data = STANDARD.encode(&logo.bytes);
    format!("data:{};base64,{data}", logo.media_type)
}

/// The notice on an edited document: how much is withheld, and under which exemptions (ICO guidance on minutes).
fn edited(withheld: &Tally, names: &ExemptionNames, this: &str, internal: bool) -> String {
    let passages = match withheld.total {
        1 => "1 passage".to_owned(),
        total => format!("{total} passages"),
    };
    let verb = match (internal, withheld.total) {
        (false, 1) => "has been withheld from",
        (false, _) => "have been withheld from",
        (true, 1) => "is withheld from the public edition of",
        (true, _) => "are withheld from the public edition of",
    };
    let mut sections = Vec::new();
    let mut others = Vec::new();
    for (exemption, count) in &withheld.by_exemption {
        let words = names.words(std::slice::from_ref(exemption));
        match words.starts_with("section ") {
            true => sections.push(format!("{count} under {words}")),
            false => others.push(format!("{words}, {count}")),
        }
    }
    // Not "section 31 (2)", which would be a subsection.
    let mut reasons = Vec::new();
    if !sections.is_empty() {
        let sections = and(&sections);
        reasons.push(format!("{sections} of the Freedom of Information Act 2000"));
    }
    reasons.extend(others);
    format!("{passages} {verb} {this}: {}.", reasons.join("; "))
}
