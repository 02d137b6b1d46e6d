//! The folder of a website while it is made: beside its target, and put in its place when all is there.
//!
//! A file that is the same as before is linked, so that it keeps its bytes and its time. Nothing in the target changes until
//! the new folder takes its place; a build that is stopped leaves it as it was, and the next build removes what is left.

use crate::publish::leaks::{Leak, Secrets};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A website that is being made.
pub(super) struct Staging<'s> {
    /// What must not be in it.
    secrets: &'s Secrets,
    leaks: Mutex<Vec<Leak>>,
    /// Where it will stand.
    target: PathBuf,
    /// Where it is made.
    folder: PathBuf,
    written: AtomicUsize,
    kept: AtomicUsize,
}

impl<'s> Staging<'s> {
    /// Begins a website that will stand at `target`.
    ///
    /// # Errors
    /// When the folder cannot be made, or when something stands at the target that is no website of this program's.
    pub(super) fn new(target: &Path, mark: &str, secrets: &'s Secrets) -> io::Result<Staging<'s>> {
        let target = std::path::absolute(target)?;
        let (folder, old) = (beside(&target, "new")?, beside(&target, "old")?);
        // A build on a system that cannot exchange folders was stopped between its two last steps.
        if !target.exists() && old.exists() {
            fs::rename(&old, &target)?;
        }
        may_be_replaced(&target, mark)?;
        for left in [&folder, &old] {
            if left.exists() {
                fs::remove_dir_all(left)?;
            }
        }
        fs::create_dir_all(&folder)?;
        Ok(Staging {
            secrets,
            leaks: Mutex::default(),
            target,
            folder,
            written: AtomicUsize::new(0),
            kept: AtomicUsize::new(0),
        })
    }

    /// A file of the website that stands now.
    pub(super) fn before(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.target.join(path)).ok()
    }

    /// Adds a file, and looks for what is withheld in it. `path` is an address that this program made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn add(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let found = self.secrets.check_file(Path::new(path), bytes);
        if !found.is_empty()
            && let Ok(mut leaks) = self.leaks.lock()
        {
            leaks.extend(found);
        }
        let is_same = self.before(path).is_some_and(|before| before == bytes);
        if is_same {
            return self.keep(path);
        }
        let file = self.place(path)?;
        fs::File::create_new(file)?.write_all(bytes)?;
        self.written.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Adds a file as it stands now.
    ///
    /// # Errors
    /// When it cannot be linked or copied.
    pub(super) fn keep(&self, path: &str) -> io::Result<()> {
        let (before, file) = (self.target.join(path), self.place(path)?);
        if fs::hard_link(&before, &file).is_err() {
            fs::copy(&before, &file)?;
            let time = fs::metadata(&before)?.modified()?;
            fs::File::options()
                .write(true)
                .open(&file)?
                .set_modified(time)?;
        }
        self.kept.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Adds a file that another of the new website is the same as.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub(super) fn same(&self, as_path: &str, path: &str) -> io::Result<()> {
        let bytes = fs::read(self.folder.join(as_path))?;
        self.add(path, &bytes)
    }

    /// What was found of what is withheld, in the order of the files.
    pub(super) fn leaks(&self) -> Vec<Leak> {
        let found = self
            .leaks
            .lock()
            .map(|mut leaks| std::mem::take(&mut *leaks));
        let mut leaks = found.unwrap_or_default();
        leaks.sort_by(|a, b| a.file.cmp(&b.file));
        leaks
    }

    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let file = self.folder.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(file)
    }

    /// Puts the website in its place. How many files were written, and how many are as they were.
    ///
    /// # Errors
    /// When the folders cannot be renamed; what stood there still does.
    pub(super) fn finish(self) -> io::Result<(usize, usize)> {
        let counts = (
            self.written.load(Ordering::Relaxed),
            self.kept.load(Ordering::Relaxed),
        );
        if !self.target.exists() {
            fs::rename(&self.folder, &self.target)?;
            return Ok(counts);
        }
        if exchanged(&self.folder, &self.target) {
            // What stood there stands in the folder now, and goes with it.
            fs::remove_dir_all(&self.folder)?;
            return Ok(counts);
        }
        let old = beside(&self.target, "old")?;
        fs::rename(&self.target, &old)?;
        fs::rename(&self.folder, &self.target)?;
        fs::remove_dir_all(&old)?;
        Ok(counts)
    }
}

impl Drop for Staging<'_> {
    /// What was not finished is of no use.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
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

/// A folder of somebody's own files must never be taken for a website.
fn may_be_replaced(target: &Path, mark: &str) -> io::Result<()> {
    if !target.exists() || target.join(mark).is_file() {
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
