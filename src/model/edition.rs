//! The two editions as types. A value of the public edition has no place in which withheld text could stand.

use std::fmt::Debug;

/// An edition: who a document is for decides what it can hold.
pub trait Edition: Copy + Debug + Default + Send + Sync + 'static {
    /// Where withheld text is kept.
    type Secret<T: Send + Sync>: Send + Sync;

    /// Keeps withheld text, or forgets it.
    fn keep<T: Send + Sync>(secret: T) -> Self::Secret<T>;

    /// The withheld text, in the edition that has it.
    fn open<T: Send + Sync>(secret: &Self::Secret<T>) -> Option<&T>;

    /// Whether this is the edition for people inside the organisation.
    const INTERNAL: bool;
}

/// Everything that was written, withheld text marked as such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Internal;

/// What may be published: withheld text is gone, its mark remains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Public;

/// What stands in the public edition where text was withheld. It has no content and can have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gone;

impl Edition for Internal {
    type Secret<T: Send + Sync> = T;

    fn keep<T: Send + Sync>(secret: T) -> T {
        secret
    }

    fn open<T: Send + Sync>(secret: &T) -> Option<&T> {
        Some(secret)
    }

    const INTERNAL: bool = true;
}

impl Edition for Public {
    type Secret<T: Send + Sync> = Gone;

    fn keep<T: Send + Sync>(_: T) -> Gone {
        Gone
    }

    fn open<T: Send + Sync>(_: &Gone) -> Option<&T> {
        None
    }

    const INTERNAL: bool = false;
}

/// The way from the internal edition to the public one.
pub trait Redact {
    /// The same thing without withheld text.
    type Public;

    /// Makes the public edition.
    fn redact(&self) -> Self::Public;
}

impl<T: Redact> Redact for Option<T> {
    type Public = Option<T::Public>;

    fn redact(&self) -> Self::Public {
        self.as_ref().map(Redact::redact)
    }
}

impl<T: Redact> Redact for Vec<T> {
    type Public = Vec<T::Public>;

    fn redact(&self) -> Self::Public {
        self.iter().map(Redact::redact).collect()
    }
}

impl<T: Redact> Redact for Box<T> {
    type Public = Box<T::Public>;

    fn redact(&self) -> Self::Public {
        Box::new(self.as_ref().redact())
    }
}
