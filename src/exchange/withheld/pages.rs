//! The record of withheld text as pages for the office: what the templates `withheld.html` and `withheld.md` see.

use super::wording::missing_of;
use super::{GroundRecord, WithheldList, WithheldRecord};
use crate::model::Internal;
use crate::render::view::Fact;
use crate::render::view::record::{RecordCount, RecordDocument, RecordRow, RecordView};
use crate::render::{Output, Ready, Rendered, Renderer};

/// Makes plain words ready for a format.
type Plain<'p> = &'p dyn Fn(&str) -> Ready;

/// The record in every format that was asked for.
pub fn pages(
    list: &WithheldList,
    renderer: &Renderer<'_, Internal>,
    outputs: &[Output],
) -> Rendered {
    renderer.record(|plain| view(list, plain), outputs)
}

fn view(list: &WithheldList, plain: Plain<'_>) -> RecordView {
    let by_exemption = list.totals.by_exemption.iter().map(|one| RecordCount {
        label: plain(&capitalised(&one.called())),
        count: one.count,
    });
    RecordView {
        notice: plain(without_marking(list.notice)),
        facts: facts(list, plain),
        by_exemption: by_exemption.collect(),
        documents: documents(list, plain),
    }
}

/// The notice that stands behind the marking says it no second time.
fn without_marking(notice: &str) -> &str {
    notice.strip_prefix("INTERNAL. ").unwrap_or(notice)
}

fn facts(list: &WithheldList, plain: Plain<'_>) -> Vec<Fact> {
    let mut facts = vec![(
        "In short",
        format!("{} {}.", list.organisation, list.summary()),
    )];
    if !list.filters.is_empty() {
        facts.push(("Selection", list.filters.join("; ")));
    }
    let fact = |(label, value): (&str, String)| Fact {
        label: plain(label),
        value: plain(&value),
    };
    facts.into_iter().map(fact).collect()
}

fn documents(list: &WithheldList, plain: Plain<'_>) -> Vec<RecordDocument> {
    let alike = list.withheld.chunk_by(|one, other| one.file == other.file);
    let document = |(at, withheld): (usize, &[WithheldRecord])| RecordDocument {
        anchor: plain(&format!("document-{}", at + 1)),
        title: plain(&withheld[0].title),
        file: plain(&withheld[0].file),
        count: withheld.len(),
        rows: withheld.iter().flat_map(|one| rows(one, plain)).collect(),
    };
    alike.enumerate().map(document).collect()
}

/// A row for all exemptions of which the same is recorded. The words stand in the first.
fn rows(one: &WithheldRecord, plain: Plain<'_>) -> Vec<RecordRow> {
    let lines = |text: Option<&str>| -> Vec<Ready> {
        let lines = text.unwrap_or_default().lines();
        lines
            .filter(|line| !line.trim().is_empty())
            .map(|line| plain(line.trim()))
            .collect()
    };
    let row = |(at, alike): (usize, &[GroundRecord])| {
        let ground = &alike[0];
        RecordRow {
            line: one.line,
            place: plain(&one.place),
            what: plain(&what(one, at)),
            words: lines(one.words.as_deref().filter(|_| at == 0)),
            exemptions: alike
                .iter()
                .map(|one| plain(&capitalised(&one.called())))
                .collect(),
            reason: lines(ground.reason.as_deref()),
            by: ground.by.as_deref().map(plain),
            date: ground.day().as_deref().map(plain),
            public_interest: lines(ground.public_interest.as_deref()),
            qualified: alike.iter().any(|ground| ground.qualified),
            missing: plain(&missing_of(alike)),
        }
    };
    one.alike().enumerate().map(row).collect()
}

fn what(one: &WithheldRecord, row: usize) -> String {
    match (one.is_entry, row) {
        (_, 0) => capitalised(&one.what()),
        (false, _) => "The same passage".to_owned(),
        (true, _) => "The same entry".to_owned(),
    }
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
