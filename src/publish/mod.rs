//! What stands between a book and its public: nothing is put in place that has not been looked at. In: a book, and files
//! that are about to be published. Out: what speaks against it.

pub mod leaks;
