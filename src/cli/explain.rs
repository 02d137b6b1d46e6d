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
        for lint in check::LINTS {
            output::line(&format!(
                "{:<28} {:<8} {}",
                lint.code,
                lint.severity.word(),
                lint.summary
            ));
        }
        for fault in check::STRUCTURE {
            output::line(&format!(
                "{:<28} {:<8} {}",
                fault.code, "error", fault.summary
            ));
        }
        return Outcome::Done;
    };
    if let Some(text) = check::explain(code) {
        output::line(&text);
        return Outcome::Done;
    }
    let codes = check::LINTS.iter().map(|lint| lint.code);
    let codes = codes.chain(check::STRUCTURE.iter().map(|fault| fault.code));
    output::failure(&match nearest(code, codes) {
        Some(meant) => format!("there is no code `{code}`; did you mean `{meant}`?"),
        None => format!("there is no code `{code}`; `minutebook explain` lists them"),
    });
    Outcome::Failed
}
