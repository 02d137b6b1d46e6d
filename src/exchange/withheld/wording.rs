//! The record of withheld text in the words of people: days as "1 April 2026", what is not recorded by its name. The
//! terminal and the pages say the same.

use super::{ExemptionTotal, GroundRecord, WithheldList, WithheldRecord};
use crate::render::dates;
use chrono::NaiveDate;

impl WithheldList {
    /// "withholds 24 passages and entries; of 3 something is not recorded".
    pub fn summary(&self) -> String {
        let totals = &self.totals;
        let what = match totals.total {
            0 if self.filters.is_empty() => "withholds nothing".to_owned(),
            0 => "withholds nothing of this kind".to_owned(),
            1 => "withholds 1 passage or entry".to_owned(),
            count => format!("withholds {count} passages and entries"),
        };
        match totals.incomplete {
            0 => what,
            count => format!("{what}; of {count} something is not recorded"),
        }
    }
}

impl WithheldRecord {
    /// "a passage", "the whole entry", "the whole entry, with action 9/26".
    pub fn what(&self) -> String {
        match (self.is_entry, &self.with_action) {
            (_, Some(action)) => format!("the whole entry, with action {action}"),
            (true, None) => "the whole entry".to_owned(),
            (false, None) => "a passage".to_owned(),
        }
    }

    /// The exemptions, together where the same is recorded of them, so that it is said once.
    pub fn alike(&self) -> impl Iterator<Item = &[GroundRecord]> {
        self.grounds.chunk_by(|one, other| {
            let facts = |ground: &GroundRecord| {
                [
                    ground.reason.clone(),
                    ground.by.clone(),
                    ground.date.clone(),
                    ground.public_interest.clone(),
                ]
            };
            facts(one) == facts(other)
        })
    }
}

impl GroundRecord {
    /// "section 31, law enforcement (qualified)".
    pub fn called(&self) -> String {
        let called = called(&self.name, self.meaning.as_deref());
        match self.qualified {
            true => format!("{called} (qualified)"),
            false => called,
        }
    }

    /// When it was decided: "1 April 2026", or as written.
    pub fn day(&self) -> Option<String> {
        let date = self.date.as_deref()?;
        let day = NaiveDate::parse_from_str(date, "%Y-%m-%d");
        Some(day.map_or_else(|_| date.to_owned(), dates::day))
    }

    /// What is missing, in words.
    pub fn missing_words(&self) -> String {
        let words = self.missing.iter().map(|field| match *field {
            "by" => "who decided",
            "date" => "when",
            "public_interest" => "public interest test",
            field => field,
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

impl ExemptionTotal {
    /// "section 31, law enforcement".
    pub fn called(&self) -> String {
        called(&self.name, self.meaning.as_deref())
    }
}

/// What is missing of exemptions of which the same is recorded, in words: a qualified one asks for more than the others.
pub fn missing_of(alike: &[GroundRecord]) -> String {
    let most = alike.iter().max_by_key(|ground| ground.missing.len());
    most.map(GroundRecord::missing_words).unwrap_or_default()
}

fn called(name: &str, meaning: Option<&str>) -> String {
    match meaning {
        Some(meaning) => format!("{name}, {meaning}"),
        None => name.to_owned(),
    }
}
