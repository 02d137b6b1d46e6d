//! The folder of a website while it is made: beside its target, and put in its place when all is there.
//!
//! A file that is the same as before is linked, so that it keeps its bytes and its time. Nothing in the target changes until
//! the new folder takes its place; a build that is stopped leaves it as it was, and the next build removes what is left.
//! Every file is looked through for what is withheld, unless that was done before and nothing has been withheld since.

use super::accessible::{self, Seen};
use super::cache::{Cache, Known, Stamp, fingerprint};
use super::mirror::{self, Changes, Found, Mirror, Standing, link_all};
use crate::publish::leaks::{Leak, Secrets};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The hidden file that says that a folder is a website of this program's.
const MARK: &str = ".minutebook-site.json";
const MARK_TEXT: &str = "{ \"made by\": \"minutebook\" }\n";

/// How the names of files end that a website has. Others in its folder are somebody's own: a server's `.htaccess`, a host's
/// `CNAME`, whatever is below `.well-known/`.
const ENDINGS: [&str; 12] = [
    "css", "csv", "html", "ics", "jpg", "js", "json", "md", "pdf", "png", "svg", "xml",
];

/// The one file of a website whose name ends in another way.
const ROBOTS: &str = "robots.txt";

/// The place of a website, and what stands there now.
pub(super) struct Target {
    path: PathBuf,
    /// The files that stand there. What is no file has no stamp.
    pub(super) stand: Standing,
    mirror: Mirror,
}

impl Target {
    /// Looks at the place of a website, and at its mirror.
    ///
    /// # Errors
    /// When something stands there that is no website of this program's.
    pub(super) fn new(path: &Path, mirror: PathBuf) -> io::Result<Target> {
        let mut path = std::path::absolute(path)?;
        if path.is_symlink() && path.exists() {
            path = path.canonicalize()?;
        }
        let old = beside(&path, "old")?;
        // A build on a system that cannot exchange folders was stopped between its two last steps.
        if !path.exists() && old.exists() {
            fs::rename(&old, &path)?;
        }
        may_be_replaced(&path)?;
        let (found, beside) = rayon::join(|| mirror::found(&path), || mirror::found(&mirror));
        let found = found?;
        let stand = standing(&path, &found);
        let mirror = Mirror::new(mirror, &beside.unwrap_or_default(), &found);
        Ok(Target {
            path,
            stand,
            mirror,
        })
    }

    /// Whether a file of just these bytes stands there.
    fn is_same(&self, path: &str, bytes: &[u8]) -> bool {
        let stamp = self.stand.get(path).copied().flatten();
        let may_be = stamp.is_none_or(|stamp| stamp.size() == bytes.len() as u64);
        may_be && self.read(path).is_some_and(|before| before == bytes)
    }

    /// A file that stands there.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.stand.get(path)?;
        fs::read(self.path.join(path)).ok()
    }
}

/// A website that is being made.
pub(super) struct Staging<'s> {
    /// What must not be in it.
    secrets: &'s Secrets,
    /// Whether all of it was sought before in the files that stand now.
    were_sought: bool,
    target: &'s Target,
    cache: &'s Cache,
    /// Where it is made.
    folder: PathBuf,
    made: Mutex<Made>,
}

/// What there is so far.
#[derive(Default)]
struct Made {
    leaks: Vec<Leak>,
    /// What is wrong with pages.
    faults: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, New>,
    /// Files that somebody else put into the folder.
    others: BTreeSet<String>,
}

/// A file of the new website.
struct New {
    /// What it was made of; empty where that is not known.
    of: String,
    is_clean: bool,
    /// Whether nothing is wrong with it as a page.
    is_sound: bool,
    /// Whether it is as it was; it stands in the folder only when the website is finished.
    is_kept: bool,
}

/// A website that has taken its place.
pub(super) struct Finished {
    pub(super) written: usize,
    pub(super) kept: usize,
    pub(super) files: BTreeMap<String, Known>,
}

impl<'s> Staging<'s> {
    /// Begins a website.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(super) fn new(
        target: &'s Target,
        cache: &'s Cache,
        secrets: &'s Secrets,
    ) -> io::Result<Staging<'s>> {
        let folder = beside(&target.path, "new")?;
        for left in [&folder, &beside(&target.path, "old")?] {
            if left.exists() {
                fs::remove_dir_all(left)?;
            }
        }
        fs::create_dir_all(&folder)?;
        let staging = Staging {
            secrets,
            were_sought: cache.were_sought(secrets.numbers()),
            target,
            cache,
            folder,
            made: Mutex::default(),
        };
        staging.add(MARK, MARK_TEXT.as_bytes())?;
        Ok(staging)
    }

    /// A file of the website that stands now.
    pub(super) fn before(&self, path: &str) -> Option<Vec<u8>> {
        self.target.read(path)
    }

    /// Adds a file. `path` is an address that this program made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn add(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.add_of(path, bytes, "")
    }

    /// The same for a file of which it is known what it was made of.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn add_of(&self, path: &str, bytes: &[u8], of: &str) -> io::Result<()> {
        // Where nothing else is known, a file is made of its bytes.
        let of_bytes = of.is_empty().then(|| format!("={}", fingerprint([bytes])));
        let of = of_bytes.as_deref().unwrap_or(of);
        let is_kept = of_bytes.is_some() && self.cache.is_made_of(path, of)
            || self.target.is_same(path, bytes);
        let is_clean = is_kept && self.is_clean(path) || self.look(path, bytes);
        let is_sound = is_kept && self.cache.is_sound(path) || self.read_as_page(path, bytes);
        if !is_kept {
            fs::File::create_new(self.place(path)?)?.write_all(bytes)?;
        }
        self.insert(path, of, [is_clean, is_sound, is_kept]);
        Ok(())
    }

    /// Adds a file as it stands now, made of this.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn keep_of(&self, path: &str, of: &str) -> io::Result<()> {
        let (mut is_clean, mut is_sound) = (self.is_clean(path), self.cache.is_sound(path));
        if !(is_clean && is_sound) {
            let bytes = fs::read(self.target.path.join(path))?;
            is_clean = is_clean || self.look(path, &bytes);
            is_sound = is_sound || self.read_as_page(path, &bytes);
        }
        self.insert(path, of, [is_clean, is_sound, true]);
        Ok(())
    }

    /// Keeps what somebody else put into the folder. It is looked through like everything that is published. A file whose
    /// name is no text is not found under it, and goes.
    pub(super) fn keep_others(&self) {
        let is_there = |path: &str| self.target.path.join(path).symlink_metadata().is_ok();
        let others = self.target.stand.keys();
        let others = others.filter(|path| is_other(path) && is_there(path));
        let others: BTreeSet<String> = others.cloned().collect();
        for path in &others {
            if let Some(bytes) = self.target.read(path) {
                self.look(path, &bytes);
            }
        }
        self.made().others = others;
    }

    /// Whether the new website has a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.made().files.contains_key(path)
    }

    /// Adds a file that another of the new website is the same as.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub(super) fn same(&self, as_path: &str, path: &str) -> io::Result<()> {
        let is_kept = self
            .made()
            .files
            .get(as_path)
            .is_some_and(|file| file.is_kept);
        let folder = match is_kept {
            true => &self.target.path,
            false => &self.folder,
        };
        self.add(path, &fs::read(folder.join(as_path))?)
    }

    /// What was found of what is withheld, in the order of the files.
    pub(super) fn leaks(&self) -> Vec<Leak> {
        let mut leaks = std::mem::take(&mut self.made().leaks);
        leaks.sort_by(|a, b| a.file.cmp(&b.file));
        leaks
    }

    /// The files of the new website.
    pub(super) fn paths(&self) -> Vec<String> {
        let made = self.made();
        made.files.keys().chain(&made.others).cloned().collect()
    }

    /// Whether a file that stands now needs no other look.
    fn is_clean(&self, path: &str) -> bool {
        self.were_sought && self.cache.is_clean(path)
    }

    /// Looks for what is withheld in a file. Whether there is nothing.
    fn look(&self, path: &str, bytes: &[u8]) -> bool {
        let found = self.secrets.check_file(Path::new(path), bytes);
        let is_clean = found.is_empty();
        self.made().leaks.extend(found);
        is_clean
    }

    /// Reads a page as somebody who cannot see it. Whether nothing is wrong.
    fn read_as_page(&self, path: &str, bytes: &[u8]) -> bool {
        let is_page = path.ends_with(".html");
        let found = match std::str::from_utf8(bytes) {
            Ok(html) if is_page => accessible::faults(html),
            _ => Vec::new(),
        };
        let is_sound = found.is_empty();
        if !is_sound {
            self.made().faults.insert(path.to_owned(), found);
        }
        is_sound
    }

    /// What was found on the pages that there are so far.
    pub(super) fn seen(&self) -> Seen {
        let made = self.made();
        let pages = made.files.keys().filter(|path| path.ends_with(".html"));
        Seen {
            pages: pages.count(),
            faults: made.faults.clone(),
        }
    }

    fn insert(&self, path: &str, of: &str, [is_clean, is_sound, is_kept]: [bool; 3]) {
        let file = New {
            of: of.to_owned(),
            is_clean,
            is_sound,
            is_kept,
        };
        self.made().files.insert(path.to_owned(), file);
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let file = self.folder.join(path);
        if let Some(folder) = file.parent().filter(|folder| !folder.exists()) {
            fs::create_dir_all(folder)?;
        }
        Ok(file)
    }

    /// Puts the website in its place; where nothing changed, it stands there already.
    ///
    /// # Errors
    /// When the folders cannot be renamed; what stood there still does.
    pub(super) fn finish(self) -> io::Result<Finished> {
        let Made { files, others, .. } = std::mem::take(&mut *self.made());
        let (kept, written): (Vec<_>, Vec<_>) = files.iter().partition(|(_, file)| file.is_kept);
        let counts = (written.len(), kept.len());
        let mut stamps = self.target.stand.clone();
        for (path, _) in &written {
            let metadata = fs::symlink_metadata(self.folder.join(path))?;
            stamps.insert((*path).clone(), Stamp::of(&metadata));
        }
        if !(written.is_empty() && kept.len() + others.len() == self.target.stand.len()) {
            let names = |all: &[(&String, &New)]| -> Vec<String> {
                all.iter().map(|(path, _)| (*path).clone()).collect()
            };
            let (written, mut kept) = (names(&written), names(&kept));
            let stood = self.target.stand.keys();
            let stood = stood.filter(|path| !others.contains(*path));
            let changes = Changes {
                written: written.iter().map(String::as_str).collect(),
                dropped: stood
                    .map(String::as_str)
                    .filter(|path| !files.contains_key(*path))
                    .collect(),
            };
            kept.extend(others.iter().cloned());
            let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
            self.put_in_place(&kept, &changes)?;
        }
        // A file without a stamp is made again.
        let known = files.into_iter().filter_map(|(path, file)| {
            let known = Known {
                stamp: stamps.get(&path).copied().flatten()?,
                of: file.of,
                is_clean: file.is_clean,
                is_sound: file.is_sound,
            };
            Some((path, known))
        });
        Ok(Finished {
            written: counts.0,
            kept: counts.1,
            files: known.collect(),
        })
    }

    /// Puts the new website in the place of the one that stands there.
    fn put_in_place(&self, kept: &[&str], changes: &Changes<'_>) -> io::Result<()> {
        let Target { path, mirror, .. } = self.target;
        let is_new = !path.exists();
        let from_mirror = !is_new && mirror.is_true && mirror.take(&self.folder, changes).is_ok();
        let next = match from_mirror {
            true => mirror.path(),
            false => {
                link_all(path, &self.folder, kept, copied)?;
                self.folder.as_path()
            }
        };
        if is_new {
            fs::rename(next, path)?;
            mirror.copy(path, &changes.written);
            return Ok(());
        }
        fs::set_permissions(next, fs::metadata(path)?.permissions())?;
        self.exchange(next)?;
        if from_mirror {
            mirror.follow(path, changes);
        } else if !mirror.adopt(next, path, changes) {
            self.remove(next)?;
        }
        Ok(())
    }

    /// Lets two folders change places: the next website, and the one that stands there.
    fn exchange(&self, next: &Path) -> io::Result<()> {
        let target = &self.target.path;
        if !exchanged(next, target) {
            let old = beside(target, "old")?;
            fs::rename(target, &old)?;
            if let Err(error) = fs::rename(next, target) {
                fs::rename(&old, target)?;
                return Err(error);
            }
            fs::rename(&old, next)?;
        }
        Ok(())
    }

    /// Removes what stood there, file by file on every processor, then what is left.
    fn remove(&self, old: &Path) -> io::Result<()> {
        let stood: Vec<&String> = self.target.stand.keys().collect();
        stood.par_iter().for_each(|path| {
            let _ = fs::remove_file(old.join(path));
        });
        fs::remove_dir_all(old)
    }
}

impl Drop for Staging<'_> {
    /// What was not finished is of no use.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Copies a file with its time.
fn copied(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    let time = fs::metadata(from)?.modified()?;
    let copy = fs::File::options().write(true).open(to)?;
    copy.set_modified(time)
}

/// By which each file of a folder is known again.
fn standing(folder: &Path, found: &Found) -> Standing {
    let stamped = found.par_iter().map(|(name, _)| {
        let metadata = fs::symlink_metadata(folder.join(name)).ok();
        (name.clone(), metadata.as_ref().and_then(Stamp::of))
    });
    stamped.collect()
}

/// Exchanges two folders in one step, where the system can.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchanged(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchanged(_: &Path, _: &Path) -> bool {
    false
}

/// A hidden folder beside the target, so that the two can be renamed into one another.
fn beside(target: &Path, what: &str) -> io::Result<PathBuf> {
    let Some(name) = target.file_name() else {
        let message = "a website needs a folder of its own";
        return Err(io::Error::other(message));
    };
    let name = format!(".{}.{what}", name.to_string_lossy());
    Ok(target.with_file_name(name))
}

/// Whether a file is none that a website of this program's has.
fn is_other(path: &str) -> bool {
    let mut parts = path.split('/');
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    let is_hidden = parts.any(|part| part.starts_with('.'));
    let is_own = path == ROBOTS || ending.is_some_and(|ending| ENDINGS.contains(&ending));
    path != MARK && (is_hidden || !is_own)
}

/// Whether a file stands, or would stand, on a website of this program's.
pub fn is_on_one(file: &Path) -> bool {
    let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let folder = real(file.parent().unwrap_or(&file));
    folder.ancestors().any(|folder| folder.join(MARK).is_file())
}

/// Where a folder lies, or would lie, once links and `..` are followed. Parts that do not exist yet cannot be links.
fn real(folder: &Path) -> PathBuf {
    let mut real = PathBuf::new();
    for part in folder.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(part) => {
                real.push(part);
                real = real.canonicalize().unwrap_or(real);
            }
            part => real.push(part),
        }
    }
    real
}

/// A folder of somebody's own files must never be taken for a website.
fn may_be_replaced(target: &Path) -> io::Result<()> {
    if !target.exists() || target.join(MARK).is_file() {
        return Ok(());
    }
    let is_empty = fs::read_dir(target).is_ok_and(|mut files| files.next().is_none());
    match is_empty {
        true => Ok(()),
        false => Err(io::Error::other(
            "this folder holds files that are no website of minutebook's; name an empty one, or one that does not exist",
        )),
    }
}
