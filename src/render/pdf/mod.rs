//! From rendered HTML to a tagged PDF.
