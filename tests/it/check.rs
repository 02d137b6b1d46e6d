//! A case for each lint: a book in which it speaks, and one in which it must stay silent.
