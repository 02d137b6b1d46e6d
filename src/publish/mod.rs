//! What stands between a book and its public: nothing is put in place that has not been looked at. In: a book, its public
//! edition, and files that are about to be published. Out: what speaks against it, and what is recorded of it. Nothing
//! here touches the disk.

pub mod leaks;
pub mod releases;
