//! The tests from outside, in one program: cases as folders under `tests/cases`, and the command line end to end.
//! `SNAPSHOTS=overwrite cargo test` renews every expected output; read the difference before you keep it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod architecture;
mod book;
mod check;
mod command_line;
mod earlier;
mod fix;
mod hostile;
mod leaks;
mod ledger;
mod logo;
mod next;
mod page;
mod pdf;
mod properties;
mod readme;
mod rebuild;
mod register;
mod releases;
mod render;
mod secrets;
mod sheets;
mod site;
mod withheld;
