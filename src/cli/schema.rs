//! `minutebook schema`: the JSON Schema that editors use for completion.

use super::{Outcome, output};
use crate::exchange;
use crate::load::schema::{SCHEMAS, schema};
use clap::builder::PossibleValuesParser;

/// What describes the JSON of `minutebook actions`.
const ACTIONS: &str = "actions";
/// What describes the JSON of `minutebook withheld`.
const WITHHELD: &str = "withheld";

/// Print the JSON Schema of a kind of file, for completion in an editor; or of the JSON of `actions` or `withheld`
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// `book` for minutebook.yaml, the kind of a document, `actions` for what `minutebook actions --to json` writes, or
    /// `withheld` for what `minutebook withheld --to json` writes
    #[arg(value_parser = PossibleValuesParser::new(SCHEMAS.into_iter().chain([ACTIONS, WITHHELD])))]
    kind: String,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let found = match arguments.kind.as_str() {
        ACTIONS => Some(exchange::schema()),
        WITHHELD => Some(exchange::withheld::schema()),
        kind => schema(kind),
    };
    let Some(schema) = found else {
        output::failure(&format!("there is no kind `{}`", arguments.kind));
        return Outcome::Failed;
    };
    output::line(&format!("{schema:#}"));
    Outcome::Done
}
