//! YAML as a tree in which every value keeps its place and its text as written. In: the text of a file. Out: nodes,
//! and from them the types of the model. What a person reads is what it means: no scalar is turned into a number,
//! a truth value or a date behind their back, so `1.10`, `10:30` and `No` stay what stands there.

mod advice;
mod node;
mod parse;
mod read;
mod schema;
mod slips;
pub mod write;

pub use node::{Entry, Node, Value};
pub use parse::{MAX_DEPTH, MAX_NODES, MAX_TEXT, parse};
pub use read::{Fields, FromNode, Reader};
pub use schema::{Definitions, document_schema};
