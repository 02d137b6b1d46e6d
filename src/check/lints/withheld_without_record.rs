//! Nothing says why something is withheld, who decided it, and when.

use crate::check::wording::listed;
use crate::check::{BookSubject, Check, Found, Holding, Lint};
use crate::diagnostic::Severity;
use crate::model::held::{Ground, Held};
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    code: "withheld-without-record",
    severity: Severity::Note,
    summary: "Nothing says why something is withheld, who decided it, and when.",
    explanation: "The office must be able to show it when somebody asks for the words. Of an entry that is \
                  withheld whole write `withheld: { exemption: s31, reason: …, by: …, date: … }`; of passages, once \
                  in the document or in minutebook.yaml, `passages: [ { exemption: s31, reason: …, by: …, date: … } \
                  ]`. A qualified exemption (sections 22, 24, 27, 30, 31, 36, 38, 42 and 43) needs the public \
                  interest test as well: `public_interest: …`. Everything but the exemption stays internal. \
                  `minutebook withheld` lists it all.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for Holding { held, .. } in subject.holdings {
        let (entries, passages): (Vec<_>, Vec<_>) = held.iter().partition(|one| one.is_entry);
        for entry in entries {
            of_entry(entry, found);
        }
        of_passages(&passages, found);
    }
}

fn of_entry(entry: &Held<'_>, found: &mut Found) {
    let lacks: Vec<Lack> = LACKS
        .into_iter()
        .filter(|lack| entry.grounds.iter().any(lack.is_lacking))
        .collect();
    if !lacks.is_empty() {
        let message = format!("the withholding does not record {}", names(&lacks));
        found.at(entry.place, message).help = Some(format!("add {} to `withheld:`", lines(&lacks)));
    }
}

/// Passages of a file for which the same is missing are one finding, at the first of them.
fn of_passages(passages: &[&Held<'_>], found: &mut Found) {
    let mut alike: BTreeMap<(String, String), Vec<&Held<'_>>> = BTreeMap::new();
    for passage in passages {
        for ground in &passage.grounds {
            let lacks: Vec<Lack> = LACKS
                .into_iter()
                .filter(|lack| (lack.is_lacking)(ground))
                .collect();
            if !lacks.is_empty() {
                // A code that is not known may be the secret itself, written in the wrong place.
                let code = match ground.exemption.is_known() {
                    true => ground.exemption.code(),
                    false => "…",
                };
                let fields = format!("exemption: {code}, {}", lines(&lacks));
                alike
                    .entry((names(&lacks), fields))
                    .or_default()
                    .push(passage);
            }
        }
    }
    for ((names, fields), passages) in alike {
        let what = match passages.len() {
            1 => "of this passage".to_owned(),
            2 => "of this passage and another".to_owned(),
            count => format!("of this passage and {} others", count - 1),
        };
        let message = format!("the withholding {what} does not record {names}");
        found.at(passages[0].place, message).help = Some(format!(
            "add to this file, or to minutebook.yaml: `passages: [ {{ {fields} }} ]`"
        ));
    }
}

/// Something that ought to be recorded.
#[derive(Clone, Copy)]
struct Lack {
    is_lacking: fn(&Ground<'_>) -> bool,
    name: &'static str,
    line: &'static str,
}

const LACKS: [Lack; 4] = [
    Lack {
        is_lacking: |ground| ground.reason.is_none(),
        name: "why",
        line: "reason: …",
    },
    Lack {
        is_lacking: |ground| ground.by.is_none(),
        name: "who decided",
        line: "by: …",
    },
    Lack {
        is_lacking: |ground| ground.date.is_none(),
        name: "when",
        line: "date: …",
    },
    Lack {
        is_lacking: |ground| ground.lacks_public_interest(),
        name: "the public interest test",
        line: "public_interest: …",
    },
];

fn names(lacks: &[Lack]) -> String {
    let names: Vec<String> = lacks.iter().map(|lack| lack.name.to_owned()).collect();
    listed(&names)
}

fn lines(lacks: &[Lack]) -> String {
    let lines: Vec<&str> = lacks.iter().map(|lack| lack.line).collect();
    lines.join(", ")
}
