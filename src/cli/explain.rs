//! `minutebook explain`: the documentation of a code.

use super::{Outcome, output};
use crate::check;
use crate::diagnostic::nearest;

/// Explain a code that a message showed, or list them all
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code, such as `weekday`
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Some(code) = &arguments.code else {
        for (code, severity, summary) in check::codes() {
            output::line(&format!("{code:<28} {:<8} {summary}", severity.word()));
        }
        return Outcome::Done;
    };
    if let Some(text) = check::explain(code) {
        output::line(&text);
        return Outcome::Done;
    }
    let codes = check::codes().map(|(code, _, _)| code);
    output::failure(&match nearest(code, codes) {
        Some(meant) => format!("there is no code `{code}`; did you mean `{meant}`?"),
        None => format!("there is no code `{code}`; `minutebook explain` lists them"),
    });
    Outcome::Failed
}
