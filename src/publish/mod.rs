//! From a book to what is on the website: releases. In: a book and its public edition. Out: files and their contents;
//! nothing here touches the disk.

pub mod releases;
