//! A second folder with the files of the website that stands now: the same files, by hard links. The next website is made of
//! it by putting in what changed, and then the two folders change places, so that a small edit costs little in a large book.
//!
//! It stands in the hidden folder of the book, its files as public as those of the website, and is for speed: where it cannot
//! be had, or is not the same as the website, it is thrown away, and the next website is linked file by file.

use super::cache::Stamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The folder, whether it is there or not.
pub(super) struct Mirror {
    path: PathBuf,
    /// Whether it has the files of the website, and no others.
    pub(super) is_true: bool,
}

/// What makes one website out of another: files that are new or changed, and files that go.
pub(super) struct Changes<'c> {
    pub(super) written: Vec<&'c str>,
    pub(super) dropped: Vec<&'c str>,
}

impl Mirror {
    /// `found` is what is in it, `stand` what is in the website.
    pub(super) fn new(path: PathBuf, found: &Found, stand: &Found) -> Mirror {
        Mirror {
            path,
            is_true: !stand.is_empty() && found == stand,
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it the next website: what was written is linked into it.
    ///
    /// # Errors
    /// When a file cannot be linked. Then it is no mirror any more.
    pub(super) fn take(&self, folder: &Path, changes: &Changes<'_>) -> io::Result<()> {
        self.link(folder, changes)?;
        self.drop_all(changes)
    }

    /// Makes what stood in the place of a website the same as that website.
    pub(super) fn follow(&self, website: &Path, changes: &Changes<'_>) {
        let linked = self.link(website, changes);
        if linked.and_then(|()| self.drop_all(changes)).is_err() {
            self.forget();
        }
    }

    /// Takes a folder that is no longer the website, to be made the same as it.
    pub(super) fn adopt(&self, folder: &Path, website: &Path, changes: &Changes<'_>) -> bool {
        self.forget();
        let is_adopted = fs::rename(folder, &self.path).is_ok();
        if is_adopted {
            self.follow(website, changes);
        }
        is_adopted
    }

    /// Links every file of a new website.
    pub(super) fn copy(&self, website: &Path, files: &[&str]) {
        self.forget();
        if link_all(website, &self.path, files, |_, _| {
            Err(io::ErrorKind::Other.into())
        })
        .is_err()
        {
            self.forget();
        }
    }

    /// Removes it, and sees that one can be made.
    fn forget(&self) {
        let _ = fs::remove_dir_all(&self.path);
        let _ = self.path.parent().map(fs::create_dir_all);
    }

    fn link(&self, from: &Path, changes: &Changes<'_>) -> io::Result<()> {
        let link = |path: &&str| fs::hard_link(from.join(path), self.free(path)?);
        changes.written.iter().try_for_each(link)
    }

    /// A place in it where no file stands. A file there may be the website's own, so that it is never written to.
    fn free(&self, path: &str) -> io::Result<PathBuf> {
        let place = self.path.join(path);
        if let Some(folder) = place.parent().filter(|folder| !folder.exists()) {
            fs::create_dir_all(folder)?;
        }
        match fs::remove_file(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(place),
        }
    }

    fn drop_all(&self, changes: &Changes<'_>) -> io::Result<()> {
        for path in &changes.dropped {
            fs::remove_file(self.path.join(path))?;
            // A folder that is empty now goes too.
            let mut above = Path::new(path).parent();
            while let Some(folder) = above.filter(|folder| !folder.as_os_str().is_empty()) {
                if fs::remove_dir(self.path.join(folder)).is_err() {
                    break;
                }
                above = folder.parent();
            }
        }
        Ok(())
    }
}

/// The names of the files below a folder in order, each with the number of the file: two names of one file have the same.
pub(super) type Found = Vec<(String, u64)>;

/// What is below a folder; nothing where there is none.
pub(super) fn found(folder: &Path) -> io::Result<Found> {
    let mut found = Vec::new();
    if folder.exists() {
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            if !entry.file_type().is_dir() {
                let below = entry.path().strip_prefix(folder);
                let mut name = below.unwrap_or(entry.path()).to_string_lossy().into_owned();
                if cfg!(windows) {
                    name = name.replace('\\', "/");
                }
                found.push((name, number(&entry)?));
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The number of a file on its disk. Only there can one file have two names, so that both are on one disk.
#[cfg(unix)]
fn number(entry: &DirEntry) -> io::Result<u64> {
    use walkdir::DirEntryExt;
    Ok(entry.ino())
}

/// Where files have no number, by which time and size are one.
#[cfg(not(unix))]
fn number(entry: &DirEntry) -> io::Result<u64> {
    let metadata = entry.metadata()?;
    let written = metadata.modified()?.duration_since(std::time::UNIX_EPOCH);
    let written = written.map_or(0, |time| time.as_nanos() as u64);
    Ok(written.rotate_left(24) ^ metadata.len())
}

/// The files below a folder, by which each is known again; nothing for what is no file.
pub(super) type Standing = BTreeMap<String, Option<Stamp>>;

/// Links files of one folder into another, which may be new. What cannot be linked is left to `otherwise`.
pub(super) fn link_all(
    from: &Path,
    to: &Path,
    files: &[&str],
    otherwise: impl Fn(&Path, &Path) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let folders: BTreeSet<&Path> = files
        .iter()
        .filter_map(|path| Path::new(path).parent())
        .collect();
    for folder in folders {
        fs::create_dir_all(to.join(folder))?;
    }
    files.par_iter().try_for_each(|path| {
        let (from, to) = (from.join(path), to.join(path));
        fs::hard_link(&from, &to).or_else(|_| otherwise(&from, &to))
    })
}
