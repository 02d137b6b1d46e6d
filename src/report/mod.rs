//! What people read on a terminal: diagnostics, also as JSON lines for programs, the register of actions, and the record of
//! what is withheld. The only code that gives them a shape.

mod json;
mod people;
mod table;
mod withheld;

pub use json::json;
pub use people::{Colour, More, bounded, people, summary};
pub use table::table;
pub use withheld::withheld;
