//! `minutebook completions`: what a shell needs to complete commands.

use super::{Outcome, output};
use clap::CommandFactory;
use clap_complete::Shell;

/// Print the completions for a shell
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "minutebook", &mut script);
    output::line(&String::from_utf8_lossy(&script));
    Outcome::Done
}
