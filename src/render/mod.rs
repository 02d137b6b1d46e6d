//! From an edition of the book to what a reader sees: view, templates, Markdown, HTML, PDF.

pub mod pdf;
