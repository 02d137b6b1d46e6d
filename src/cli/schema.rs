//! `minutebook schema`: the JSON Schema that editors use for completion.

use super::{Outcome, output};
use crate::load::schema::{SCHEMAS, schema};
use clap::builder::PossibleValuesParser;

/// Print the JSON Schema of a kind of file, for completion in an editor
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// `book` for minutebook.yaml, or the kind of a document
    #[arg(value_parser = PossibleValuesParser::new(SCHEMAS))]
    kind: String,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Some(schema) = schema(&arguments.kind) else {
        output::failure(&format!("there is no kind `{}`", arguments.kind));
        return Outcome::Failed;
    };
    output::line(&format!("{schema:#}"));
    Outcome::Done
}
