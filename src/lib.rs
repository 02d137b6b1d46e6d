//! minutebook turns structured YAML into publishable meeting notes: Markdown, HTML and accessible PDF.
//!
//! This page is the architecture. Data flows in one direction, and the modules below stand in its order; a module may
//! use those above it and none below (`tests/it/architecture.rs` fails otherwise).
//!
//! ```text
//!  YAML files ──load──▶ Book ──check──▶ diagnostics (file, line, column, what, how to mend it) ──mend──▶ the book's files
//!                        │
//!                     edition        internal, or public: types with no place for withheld text
//!                        │
//!                        ├──ledger──▶ every action as at a date ──forward──▶ the next meeting's draft YAML
//!                        │                      └──exchange──▶ CSV, JSON, iCalendar
//!                        ├──publish──▶ releases: versions in the documents, their record, and what is kept of them
//!                      render ──view──▶ what a template may see, every text ready for its format
//!                        │ Tera
//!              Markdown ─┴─ HTML ──▶ PDF   (the same semantic HTML, set on pages and tagged)
//!                             └──publish──▶ the website
//! ```
//!
//! Where to find the place for a change:
//!
//! | to change | go to |
//! | --- | --- |
//! | what a file can say | [`model`]: one declaration gives the type, its reading, its schema and its public edition |
//! | what stands of an action | [`ledger`]: history in, state, dates, age and counts out |
//! | which pictures are understood | [`picture`] |
//! | what is doubtful | [`check`]: one file in `check/lints/` for each lint |
//! | what the program writes into a book | [`mend`] for refs and aliases, [`forward`] and `templates/next.yaml` for the next meeting's draft |
//! | what a reader sees | `templates/`, and [`render::view`] for what they may use |
//! | what other programs get | [`exchange`]: one file for each format |
//! | what is recorded of withheld text | [`model::held`], and [`exchange::withheld`] for the list |
//! | what may not be published | [`publish::leaks`] |
//! | what approving and publishing ask for and write | [`publish`] |
//! | the website | [`publish::site`], and `templates/site/` for what its pages look like |
//! | how a PDF is set | [`render::pdf`]: its style values are in one file |
//! | what a terminal shows | [`report`], and [`model::mask`] for what a shown line hides |
//! | a command | [`cli`]: one file for each |
//!
//! What holds everywhere:
//!
//! - A mistake in a book is a [`diagnostic::Diagnostic`], never an `Err` and never a panic. All faults of all files are
//!   collected; only then is something printed, and only by [`report`] and [`cli`].
//! - Only [`load`], [`publish`] and [`cli`] touch the disk. Only [`cli`] reads the clock and prints.
//! - Same input, same bytes out: no clock, no hash order, no absolute path and no random id in any output.
//! - Withheld text is forgotten by [`model::Redact`], on the way to types that cannot hold it. The public edition is
//!   parsed again from a source out of which the passages were cut.
//! - History is only ever added to, and nothing depends on the order or the names of files: [`ledger`] sorts by days.
//! - What a person wrote is never rewritten: [`mend`] and [`forward`] put words between what stands there, and prove by
//!   reading the new text that nothing else changed.
//!
//! What is deliberately absent:
//!
//! - **A YAML library that decides what a value is.** `1.10`, `10:30` and `No` must stay what a person reads, so files
//!   are read with an event parser into [`yaml::Node`], in which every scalar keeps its text and its place. That gives
//!   exact places for every diagnostic without looking anything up again.
//! - **Deserialisation that stops at the first fault.** `model` reads nodes by declaration and reports every fault.
//! - **Escaping in templates.** A view holds only [`render::view`] text that is ready for its format.

pub mod source;

pub mod diagnostic;

pub mod yaml;

pub mod model;

pub mod picture;

pub mod load;

pub mod edition;

pub mod ledger;

pub mod check;

pub mod mend;

pub mod render;

pub mod exchange;

pub mod publish;

pub mod forward;

pub mod report;

pub mod cli;
