//! What people read on a terminal: diagnostics, also as JSON lines for programs, and the register of actions. The only
//! code that gives them a shape.

mod json;
mod people;
mod table;

pub use json::json;
pub use people::{Colour, More, bounded, people, summary};
pub use table::table;
