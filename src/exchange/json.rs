//! The register as JSON: one object, whose fields are those of [`Actions`]. Fields may be added; none changes its meaning.

use super::record::Actions;

/// How an object ends whose last field is an empty list.
const EMPTY_LIST: &str = "[]\n}";

/// The register as JSON, indented, with a line end at its end.
///
/// # Errors
/// Never for records that this program makes.
pub fn json(actions: &Actions) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(actions)? + "\n")
}

/// The same with each action on a line, for files that hold thousands. `records` are the actions as JSON.
///
/// # Errors
/// Never for records that this program makes.
pub fn lines<'r>(
    actions: &Actions,
    records: impl ExactSizeIterator<Item = &'r str> + Clone,
) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&actions.without_actions())?;
    let Some(end) = text.strip_suffix(EMPTY_LIST).map(str::len) else {
        return json(actions);
    };
    if records.len() == 0 {
        return Ok(text + "\n");
    }
    text.truncate(end);
    let mut between = "[\n    ";
    let size = |record: &str| record.len() + between.len();
    text.reserve(records.clone().map(size).sum::<usize>() + EMPTY_LIST.len() + between.len());
    for record in records {
        text.push_str(between);
        text.push_str(record);
        between = ",\n    ";
    }
    text.push_str("\n  ]\n}\n");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Counts, Day};

    #[test]
    fn without_actions_both_are_the_same() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 8, 25).unwrap();
        let counts = Counts {
            total: 0,
            overdue: 0,
            due_now: 0,
            no_update: 0,
            proposed: 0,
            open: 0,
            new: 0,
            closed: 0,
            withheld: 0,
        };
        let actions = Actions {
            organisation: "Wenmoor PCC".to_owned(),
            edition: "public",
            as_at: Day(day),
            filters: vec!["[]".to_owned()],
            counts,
            actions: Vec::new(),
        };
        let none: [&str; 0] = [];
        let lines = lines(&actions, none.into_iter()).unwrap();
        assert_eq!(lines, json(&actions).unwrap());
    }
}
