//! What must hold for every book: nothing lost, nothing leaked.
