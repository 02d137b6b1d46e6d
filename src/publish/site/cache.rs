//! Which PDF was made of what, so that it is not made again while that is the same. Kept in a hidden file of the website.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};

/// The file. It also says that a folder is a website of this program's.
pub(super) const FILE: &str = ".minutebook-site.json";

/// For the address of each PDF what it was made of, and what was made.
#[derive(Default)]
pub(super) struct Cache {
    known: BTreeMap<String, (String, String)>,
}

impl Cache {
    /// Reads a cache; one that is damaged or of another version is empty.
    pub(super) fn read(bytes: Option<Vec<u8>>) -> Cache {
        let known = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Cache {
            known: known.unwrap_or_default(),
        }
    }

    /// Whether a file is the one that was made of this.
    pub(super) fn holds(&self, address: &str, key: &str, bytes: &[u8]) -> bool {
        let known = self.known.get(address);
        known.is_some_and(|(made_of, made)| made_of == key && *made == fingerprint([bytes]))
    }

    /// Remembers what a file was made of.
    pub(super) fn insert(&mut self, address: String, key: String, made: String) {
        self.known.insert(address, (key, made));
    }

    /// As it is written.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(&self.known).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// A number of 128 bits for some bytes. It guards against chance, not against malice: whoever can write the one file can
/// write the other.
pub(super) fn fingerprint<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hashers = [DefaultHasher::new(), DefaultHasher::new()];
    hashers[1].write_u8(1);
    for part in parts {
        for hasher in &mut hashers {
            hasher.write_usize(part.len());
            hasher.write(part);
        }
    }
    let [one, other] = hashers.map(|hasher| hasher.finish());
    format!("{one:016x}{other:016x}")
}
