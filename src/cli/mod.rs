//! The command line: one file a command. The only code that knows clap, reads the clock, and prints.

mod actions;
mod amend;
mod approve;
mod build;
mod check;
mod completions;
mod explain;
mod left_over;
mod making;
mod next;
mod output;
mod pages;
mod publish;
mod releasing;
mod render;
mod schema;
mod site;
mod target;
mod withheld;
mod writing;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Turns structured YAML into meeting notes fit to publish.
#[derive(Parser)]
#[command(name = "minutebook", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Arguments),
    Next(next::Arguments),
    Render(render::Arguments),
    Build(build::Arguments),
    Approve(approve::Arguments),
    Publish(publish::Arguments),
    Amend(amend::Arguments),
    Actions(actions::Arguments),
    Withheld(withheld::Arguments),
    Explain(explain::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
}

/// How a command ended.
enum Outcome {
    /// Everything was done.
    Done,
    /// The book has errors.
    Faults,
    /// The command could not run.
    Failed,
}

/// Runs the program. Exit codes: 0 done; 1 the book has errors; 2 the command could not run.
pub fn run() -> ExitCode {
    // This thread works too, instead of waiting for others that have to be started. Where it cannot, they do the work.
    let _ = rayon::ThreadPoolBuilder::new()
        .use_current_thread()
        .build_global();
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Next(arguments) => next::run(&arguments),
        Command::Render(arguments) => render::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Approve(arguments) => approve::run(&arguments),
        Command::Publish(arguments) => publish::run(&arguments),
        Command::Amend(arguments) => amend::run(&arguments),
        Command::Actions(arguments) => actions::run(&arguments),
        Command::Withheld(arguments) => withheld::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Faults => ExitCode::from(1),
        Outcome::Failed => ExitCode::from(2),
    }
}
