//! What leaves the office. In: the public edition of a book. Out: files for readers. `site` makes the website.

pub mod site;
