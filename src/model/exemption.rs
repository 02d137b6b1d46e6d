//! Why something may be withheld: the sections of the Freedom of Information Act 2000, and a book's own reasons.

use super::edition::Edition;
use super::record::same_in_public;
use super::settings::Settings;
use crate::yaml::{Definitions, FromNode, Node, Reader};
use serde_json::json;
use std::collections::BTreeMap;

/// The code of a reason for withholding: a section of the Freedom of Information Act 2000 such as `s40(2)`,
/// `out-of-scope`, `unstated`, or a code of the book's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exemption(String);

/// A section of the Freedom of Information Act 2000 under which something may be withheld.
pub struct Section {
    /// Its number: `31`, `40(2)`.
    pub number: &'static str,
    /// Whether it is qualified: section 2(2)(b) of the Act then asks for a public interest test.
    pub is_qualified: bool,
    /// What it protects, after the heading of the section in the Act.
    pub meaning: &'static str,
}

/// The sections in use for police documents.
pub const SECTIONS: [Section; 13] = [
    absolute("21", "information that can be had by other means"),
    qualified("22", "information that is to be published"),
    absolute("23", "bodies that deal with security matters"),
    qualified("24", "national security"),
    qualified("27", "international relations"),
    qualified("30", "investigations and proceedings"),
    qualified("31", "law enforcement"),
    qualified("36", "the effective conduct of public affairs"),
    qualified("38", "health and safety"),
    absolute("40(2)", "personal information"),
    absolute("41", "information provided in confidence"),
    qualified("42", "legal professional privilege"),
    qualified("43", "commercial interests"),
];

const fn absolute(number: &'static str, meaning: &'static str) -> Section {
    Section {
        number,
        is_qualified: false,
        meaning,
    }
}

const fn qualified(number: &'static str, meaning: &'static str) -> Section {
    Section {
        number,
        is_qualified: true,
        meaning,
    }
}

impl Exemption {
    /// The exemption with this code; case and spaces do not count.
    pub fn new(code: &str) -> Exemption {
        Exemption(code.trim().to_lowercase().replace(' ', ""))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// The number of the section, when the code is one of a section of the Act.
    pub fn section(&self) -> Option<&str> {
        let number = self.0.strip_prefix('s')?;
        number
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(number)
    }

    /// Whether the code is one that this program knows.
    pub fn is_known(&self) -> bool {
        match self.section() {
            Some(_) => self.entry().is_some(),
            None => self.0 == "out-of-scope" || self.0 == "unstated",
        }
    }

    /// The section of the Act that it names, or of which it names a part: `s31(1)(a)`, `s40`.
    fn entry(&self) -> Option<&'static Section> {
        let number = self.section()?;
        SECTIONS.iter().find(|known| {
            let is_part = number.starts_with(&format!("{}(", known.number));
            known.number == number || is_part || (number == "40" && known.number == "40(2)")
        })
    }

    /// Whether it names a qualified section, which needs a public interest test.
    pub fn is_qualified(&self) -> bool {
        self.entry().is_some_and(|section| section.is_qualified)
    }

    /// What it protects; `None` where no section of the Act says it.
    pub fn meaning(&self) -> Option<&'static str> {
        self.entry().map(|section| section.meaning)
    }
}

same_in_public!(Exemption);

impl FromNode for Exemption {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        String::from_node(node, reader).map(|code| Exemption::new(&code))
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        let known = SECTIONS
            .iter()
            .map(|section| format!("s{}", section.number));
        let known: Vec<String> = known
            .chain(["out-of-scope".into(), "unstated".into()])
            .collect();
        json!({ "anyOf": [{ "enum": known }, { "type": "string" }] })
    }
}

/// How the exemptions of a book are called in print.
#[derive(Debug, Default)]
pub struct ExemptionNames {
    own: BTreeMap<Exemption, String>,
}

impl ExemptionNames {
    /// The names, with those of the book's own exemptions.
    fn new<'k>(own: impl IntoIterator<Item = (&'k str, String)>) -> ExemptionNames {
        let own = own
            .into_iter()
            .map(|(code, words)| (Exemption::new(code), words));
        ExemptionNames { own: own.collect() }
    }

    /// The names, with those of the exemptions that the settings of a book add.
    pub fn of<E: Edition>(settings: &Settings<E>) -> ExemptionNames {
        let own = settings.exemptions.iter();
        ExemptionNames::new(own.map(|(key, words)| (key.name.as_str(), words.words())))
    }

    /// The words of a mark, such as "section 31" or "sections 31 and 40(2)". A code that nobody knows may be a slip in
    /// which the words themselves stand where the code belongs, so it is never repeated.
    pub fn words(&self, exemptions: &[Exemption]) -> String {
        let known = |one: &&Exemption| one.is_known() && !self.own.contains_key(one);
        let sections: Vec<&str> = exemptions
            .iter()
            .filter(known)
            .filter_map(Exemption::section)
            .collect();
        let mut parts = Vec::new();
        match sections.as_slice() {
            [] => {}
            [one] => parts.push(format!("section {one}")),
            [first @ .., last] => {
                parts.push(format!("sections {} and {last}", first.join(", ")));
            }
        }
        for other in exemptions {
            match (self.own.get(other), other.code()) {
                (Some(words), _) => parts.push(words.clone()),
                (None, _) if other.is_known() && other.section().is_some() => {}
                (None, "out-of-scope") => parts.push("out of scope".to_owned()),
                (None, "unstated") => parts.push("exemption not stated".to_owned()),
                (None, _) => parts.push("exemption not known".to_owned()),
            }
        }
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_called_by_their_sections() {
        let names = ExemptionNames::new([("legal", "legal advice".to_owned())]);
        let words = |codes: &[&str]| {
            let exemptions: Vec<Exemption> =
                codes.iter().map(|code| Exemption::new(code)).collect();
            names.words(&exemptions)
        };
        assert_eq!(words(&["s31"]), "section 31");
        assert_eq!(
            words(&["S 31", "s40(2)", "legal"]),
            "sections 31 and 40(2), legal advice"
        );
        assert_eq!(words(&["out-of-scope"]), "out of scope");
        assert_eq!(words(&["Smith"]), "exemption not known");
        assert_eq!(words(&["s1970Smith"]), "exemption not known");
    }
}
