//! What stands between a book and its public: nothing is put in place that has not been looked at. In: a book, its public
//! edition, and files that are about to be published. Out: what speaks against it, what is recorded of it, and the
//! website.

pub mod leaks;
pub mod releases;
pub mod site;
