//! What is remembered from one build of a website to the next, so that a file is neither made nor looked through nor
//! written again while everything that it was made of is the same.
//!
//! It stands in a hidden folder of the book (`.minutebook/`), for its owner alone, and never on the website. It may be
//! removed at any time. A stale page is worse than a slow build: one that is damaged, that another program wrote, or that
//! speaks of files which are not as that build left them counts for nothing, and what it speaks of is made again.
//!
//! It holds what files were made of as fingerprints, the public words of documents for the search, and for each withheld
//! passage a number that tells whether the book withholds anything that was not sought in those files.

use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The hidden folder of a book.
const FOLDER: &str = ".minutebook";

/// What the first line of a cache begins with; the fingerprints of the two other lines follow.
const HEAD: &str = "minutebook website cache 5 ";

/// What is known of the website that stands now.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Cache {
    /// Who wrote it.
    program: String,
    /// What was sought in its files, in order.
    #[serde(with = "letters")]
    secrets: Vec<u64>,
    /// Its files. They stand in a line of their own, since they are known last.
    #[serde(skip)]
    files: BTreeMap<String, Known>,
    /// For the address of each PDF what it was made of, and what was made.
    pdfs: BTreeMap<String, (String, String)>,
    /// The words of each document, by its address.
    words: BTreeMap<String, String>,
    /// For the address of each document what its files are made of.
    own: BTreeMap<String, Own>,
    /// What everything that is gathered from documents was made of, and its files.
    gathered: (String, Vec<String>),
}

/// What the files of a document are made of; empty where that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Own {
    /// While no list of the website changes: quick to tell.
    pub(super) with_lists: String,
    /// Itself alone.
    pub(super) alone: String,
}

/// What is known of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) stamp: Stamp,
    /// What it was made of; empty where that is not known.
    pub(super) of: String,
    /// Whether nothing withheld was found in it.
    pub(super) is_clean: bool,
    /// Whether nothing was wrong with it as a page.
    pub(super) is_sound: bool,
}

/// By which a file is known again: how many bytes it has, and when it was last written, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp(u64, u64);

impl Stamp {
    /// How many bytes the file has.
    pub(super) fn size(self) -> u64 {
        self.0
    }

    /// The stamp of a file; none where its system does not know times.
    pub(super) fn of(file: &fs::Metadata) -> Option<Stamp> {
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let nanoseconds = u64::try_from(written.as_nanos()).ok()?;
        file.is_file().then_some(Stamp(file.len(), nanoseconds))
    }
}

/// Where the cache of a website stands.
pub(super) fn place(root: &Path, target: &Path) -> io::Result<PathBuf> {
    let target = std::path::absolute(target)?;
    let name = fingerprint([target.as_os_str().as_encoded_bytes()]);
    Ok(root.join(FOLDER).join(format!("site-{name}")))
}

/// Numbers as letters from `a` to `p`: thousands of them in digits would somewhere be a day or a number that is withheld.
mod letters {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(numbers: &[u64], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(numbers.iter().map(|number| written(*number)))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<u64>, D::Error> {
        let all: Vec<String> = Deserialize::deserialize(from)?;
        let numbers = all.iter().map(|letters| read(letters));
        let numbers: Option<Vec<u64>> = numbers.collect();
        numbers.ok_or_else(|| D::Error::custom("these letters are no number"))
    }

    fn written(number: u64) -> String {
        let letter = |at: u32| char::from(b'a' + (number >> (4 * at) & 15) as u8);
        (0..16).rev().map(letter).collect()
    }

    fn read(letters: &str) -> Option<u64> {
        letters.bytes().try_fold(0, |number: u64, letter| {
            let digit = letter.checked_sub(b'a').filter(|digit| *digit < 16)?;
            Some((number << 4) + u64::from(digit))
        })
    }
}

/// The hidden folder, which is made where there is none, and kept out of repositories.
fn folder_of(place: &Path) -> io::Result<&Path> {
    let folder = place.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    Ok(folder)
}

/// Keeps other builds of the same website away for as long as the file lives. Where that is not possible, nothing is kept
/// away.
///
/// # Errors
/// When such a build is running.
pub(super) fn alone(place: &Path) -> io::Result<Option<File>> {
    let lock = folder_of(place).and_then(|_| File::create(place.with_extension("lock")));
    match lock.as_ref().map(File::try_lock) {
        Ok(Err(TryLockError::WouldBlock)) => Err(io::Error::other(
            "this website is being built already: wait until that build has ended, then try again",
        )),
        _ => Ok(lock.ok()),
    }
}

impl Cache {
    /// A cache that knows nothing yet.
    pub(super) fn new(program: &str, secrets: &[u64]) -> Cache {
        Cache {
            program: program.to_owned(),
            secrets: secrets.to_vec(),
            ..Cache::default()
        }
    }

    /// Reads what this program wrote, and forgets files that are not as it left them. `stand` has the files that are there.
    pub(super) fn read(
        place: &Path,
        program: &str,
        stand: &BTreeMap<String, Option<Stamp>>,
    ) -> Cache {
        let read = fs::read(place).ok().and_then(|bytes| parsed(&bytes));
        let mut cache = read
            .filter(|cache| cache.program == program)
            .unwrap_or_default();
        cache
            .files
            .retain(|path, known| stand.get(path) == Some(&Some(known.stamp)));
        cache
    }

    /// Whether a file stands there that was made of just this.
    pub(super) fn is_made_of(&self, path: &str, of: &str) -> bool {
        !of.is_empty() && self.files.get(path).is_some_and(|known| known.of == of)
    }

    /// Whether a file stands there in which nothing was found of what was sought then.
    pub(super) fn is_clean(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|known| known.is_clean)
    }

    /// Whether a file stands there with which nothing was wrong as a page.
    pub(super) fn is_sound(&self, path: &str) -> bool {
        self.files.get(path).is_some_and(|known| known.is_sound)
    }

    /// Whether all this was sought then. What is withheld since may stand in any file.
    pub(super) fn were_sought(&self, secrets: &[u64]) -> bool {
        let was_sought = |secret: &u64| self.secrets.binary_search(secret).is_ok();
        secrets.iter().all(was_sought)
    }

    /// What a file was made of; empty where that is not known.
    pub(super) fn made_of(&self, path: &str) -> &str {
        self.files.get(path).map_or("", |known| &known.of)
    }

    /// The files that are gathered from documents, where all of them stand there and were made of just this.
    pub(super) fn gathered(&self, of: &str) -> Option<&[String]> {
        let (made_of, files) = &self.gathered;
        let stand = || files.iter().all(|path| self.files.contains_key(path));
        (!of.is_empty() && made_of == of && stand()).then_some(files)
    }

    /// What the files of a document were made of, where all of them stand there.
    pub(super) fn own<'p>(
        &self,
        address: &str,
        files: impl IntoIterator<Item = &'p String>,
    ) -> Option<&Own> {
        let stand = files.into_iter().all(|path| self.files.contains_key(path));
        self.own.get(address).filter(|_| stand)
    }

    /// The words of a document.
    pub(super) fn words(&self, address: &str) -> Option<&str> {
        self.words.get(address).map(String::as_str)
    }

    /// What a PDF was made of, and what was made.
    pub(super) fn pdf(&self, path: &str) -> Option<&(String, String)> {
        self.pdfs.get(path)
    }

    /// Whether a file is the one that was made of this.
    pub(super) fn holds(&self, path: &str, key: &str, bytes: &[u8]) -> bool {
        let known = self.pdfs.get(path);
        known.is_some_and(|(made_of, made)| made_of == key && *made == fingerprint([bytes]))
    }

    /// Remembers what a PDF was made of.
    pub(super) fn insert(&mut self, path: String, key: String, made: String) {
        self.pdfs.insert(path, (key, made));
    }

    /// Remembers what the files of a document are made of.
    pub(super) fn insert_own(&mut self, address: String, of: Own) {
        self.own.insert(address, of);
    }

    /// Remembers the files that are gathered from documents.
    pub(super) fn insert_gathered(&mut self, of: String, files: Vec<String>) {
        self.gathered = (of, files);
    }

    /// Remembers the words of a document.
    pub(super) fn insert_words(&mut self, address: String, words: String) {
        self.words.insert(address, words);
    }

    /// All of it but the files of the website, as it is written.
    pub(super) fn body(&self) -> Body {
        serde_json::to_vec(self).map(|bytes| {
            let number = fingerprint([bytes.as_slice()]);
            (bytes, number)
        })
    }
}

/// A line of a cache and its fingerprint.
type Body = serde_json::Result<(Vec<u8>, String)>;

/// Writes a cache with the files of the website. Where that is not possible, the next build is a slow one.
pub(super) fn write(place: &Path, body: Body, files: &BTreeMap<String, Known>) {
    let written = body.map_err(io::Error::other);
    let written = written.and_then(|body| try_write(place, &body, files));
    if written.is_err() {
        let _ = fs::remove_file(place);
    }
}

fn try_write(
    place: &Path,
    (body, number): &(Vec<u8>, String),
    files: &BTreeMap<String, Known>,
) -> io::Result<()> {
    let files = serde_json::to_vec(files).map_err(io::Error::other)?;
    let folder = folder_of(place)?;
    // A temporary file is for its owner alone, and stays so.
    let mut file = tempfile::Builder::new()
        .prefix(".site-")
        .tempfile_in(folder)?;
    let head = head(number, &fingerprint([files.as_slice()]));
    for part in [head.as_bytes(), b"\n", body, b"\n", &files] {
        file.write_all(part)?;
    }
    file.persist(place)?;
    Ok(())
}

fn head(body: &str, files: &str) -> String {
    format!("{HEAD}{body} {files}")
}

/// The cache in these bytes, where they are whole.
fn parsed(bytes: &[u8]) -> Option<Cache> {
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let (first, body, files) = (lines.next()?, lines.next()?, lines.next()?);
    let (of_body, of_files) = rayon::join(|| fingerprint([body]), || fingerprint([files]));
    if first != head(&of_body, &of_files).as_bytes() {
        return None;
    }
    let (body, files) = rayon::join(
        || serde_json::from_slice(body).ok(),
        || serde_json::from_slice(files).ok(),
    );
    let mut cache: Cache = body?;
    cache.files = files?;
    Some(cache)
}

/// A number of 128 bits for some bytes. It guards against chance, not against malice: whoever can write the one file can
/// write the other.
pub(super) fn fingerprint<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hashers = [0, 1].map(|seed| FixedState::with_seed(seed).build_hasher());
    for part in parts {
        for hasher in &mut hashers {
            hasher.write_usize(part.len());
            hasher.write(part);
        }
    }
    let [one, other] = hashers.map(|hasher| hasher.finish());
    format!("{one:016x}{other:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cache of one file, as it is written.
    fn written(place: &Path) -> BTreeMap<String, Option<Stamp>> {
        let known = Known {
            stamp: Stamp(3, 4),
            of: "a".to_owned(),
            is_clean: true,
            is_sound: true,
        };
        let files = BTreeMap::from([("index.html".to_owned(), known)]);
        write(place, Cache::new("program 1", &[5, 7]).body(), &files);
        BTreeMap::from([("index.html".to_owned(), Some(Stamp(3, 4)))])
    }

    #[test]
    fn a_cache_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("hidden/site");
        let stand = written(&place);
        let cache = Cache::read(&place, "program 1", &stand);
        assert!(cache.is_made_of("index.html", "a") && !cache.is_made_of("index.html", "b"));
        assert!(!cache.is_made_of("index.html", "") && !cache.is_made_of("other.html", "a"));
    }

    #[test]
    fn a_cache_of_another_program_or_of_other_files_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("site");
        let stand = written(&place);
        assert!(!Cache::read(&place, "program 2", &stand).is_made_of("index.html", "a"));
        for other in [None, Some(Stamp(3, 5)), Some(Stamp(2, 4))] {
            let stand = BTreeMap::from([("index.html".to_owned(), other)]);
            assert!(!Cache::read(&place, "program 1", &stand).is_made_of("index.html", "a"));
        }
    }

    #[test]
    fn a_damaged_cache_is_ignored_wherever_the_damage_is() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("site");
        let stand = written(&place);
        let whole = fs::read(&place).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&place, &damaged).unwrap();
            assert!(!Cache::read(&place, "program 1", &stand).is_made_of("index.html", "a"));
            fs::write(&place, &whole[..at]).unwrap();
            assert!(!Cache::read(&place, "program 1", &stand).is_made_of("index.html", "a"));
        }
    }

    #[test]
    fn what_is_withheld_since_was_not_sought() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("site");
        let stand = written(&place);
        let cache = Cache::read(&place, "program 1", &stand);
        for (secrets, clean) in [
            (&[][..], true),
            (&[7], true),
            (&[5, 7], true),
            (&[5, 6, 7], false),
            (&[8], false),
        ] {
            assert_eq!(cache.were_sought(secrets), clean, "{secrets:?}");
        }
        assert!(cache.is_clean("index.html") && !cache.is_clean("other.html"));
        assert!(!Cache::default().were_sought(&[5]));
    }

    #[cfg(unix)]
    #[test]
    fn a_cache_is_for_its_owner_alone_and_for_no_repository() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), Path::new("/srv/notes")).unwrap();
        written(&place);
        let mode = fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
        let ignore = place.with_file_name(".gitignore");
        assert_eq!(fs::read_to_string(ignore).unwrap(), "*\n");
    }
}
