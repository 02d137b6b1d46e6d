//! Prints diagnostics: for people, and as JSON lines for programs. The only code that gives them a shape.

mod json;
mod people;

pub use json::json;
pub use people::{Colour, More, bounded, people, summary};
