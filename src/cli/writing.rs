//! How the commands write files: whole, or not at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use tempfile::{NamedTempFile, TempDir};

/// Writes a file beside its target and puts it in place when it is complete. A device or a pipe is written to.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_device(path) {
        return write_to_device(path, bytes);
    }
    if is_in_place(path, bytes) {
        return Ok(());
    }
    let file = beside(path, bytes)?;
    // A file that is for few eyes stays so.
    if let Ok(before) = path.metadata() {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// The same for a file that must not be there yet.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    beside(path, bytes)?.persist_noclobber(path)?;
    Ok(())
}

/// Whether a path is that of a device or a pipe, or a name that the system has for one: `/dev/stdout` may be a file.
pub(super) fn is_device(path: &Path) -> bool {
    let is_other = |found: std::fs::Metadata| !found.is_file() && !found.is_dir();
    path.parent() == Some(Path::new("/dev")) || path.metadata().is_ok_and(is_other)
}

/// It is never read, since that may wait without end, and never replaced, since others use it.
fn write_to_device(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut device = File::options().append(true).open(path)?;
    match device.write_all(bytes) {
        // A reader that has gone away (`| head`) is no fault of ours.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Whether a file has these bytes already.
fn is_in_place(path: &Path, bytes: &[u8]) -> bool {
    let is_like = |found: std::fs::Metadata| found.is_file() && found.len() == bytes.len() as u64;
    path.metadata().is_ok_and(is_like) && std::fs::read(path).is_ok_and(|before| before == bytes)
}

/// A complete file beside the target. Its name begins with a point, so that it is no part of a book should it be left.
fn beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file; the temporary one would be for its owner alone.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// How the names of files and folders begin that are there for a while only. With a point, so that they are no part of a
/// book should they be left.
const PREFIX: &str = ".minutebook-";

/// The file in a folder of [`Staging`] that a build holds a lock on as long as it runs. It says for which output.
const LOCK: &str = "lock";

/// A folder beside the output in which files wait until all of them may be put in place. It goes when it is dropped, with
/// what is still in it; nothing of it is ever below the output folder. One that a build had to leave, since it was killed,
/// is removed by the next for the same output.
pub(super) struct Staging {
    beside: PathBuf,
    /// The name of the output.
    name: String,
    folder: OnceLock<(TempDir, Option<File>)>,
    making: Mutex<()>,
    count: AtomicUsize,
}

/// A file that waits; nothing when the same bytes are in place already.
pub(super) struct Staged(Option<PathBuf>);

impl Staging {
    /// A folder beside this one; it is made when something is laid into it.
    pub(super) fn beside(out: &Path) -> io::Result<Staging> {
        let out = std::path::absolute(out)?;
        let beside = out.parent().unwrap_or(&out).to_owned();
        let name = out.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        remove_left(&beside, &name);
        Ok(Staging {
            beside,
            name,
            folder: OnceLock::new(),
            making: Mutex::new(()),
            count: AtomicUsize::new(0),
        })
    }

    /// Lays a file into it that is to go to this path.
    pub(super) fn add(&self, path: &Path, bytes: &[u8]) -> io::Result<Staged> {
        if is_in_place(path, bytes) {
            return Ok(Staged(None));
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let staged = self.folder()?.join(number.to_string());
        std::fs::write(&staged, bytes)?;
        Ok(Staged(Some(staged)))
    }

    fn folder(&self) -> io::Result<&Path> {
        if let Some(folder) = self.folder.get() {
            return Ok(folder.0.path());
        }
        // One thread makes it; the others wait, so that no second one can be left.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = self.folder.get() {
            return Ok(folder.0.path());
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        std::fs::create_dir_all(&self.beside).ok();
        // Where nothing can be made beside it, the system's own place for such files will do.
        let folder = builder
            .tempdir_in(&self.beside)
            .or_else(|_| builder.tempdir())?;
        let lock = locked(folder.path(), &self.name).ok();
        Ok(self.folder.get_or_init(|| (folder, lock)).0.path())
    }

    /// Puts a file in its place.
    pub(super) fn put(&self, staged: Staged, path: &Path) -> io::Result<()> {
        let Some(staged) = staged.0 else {
            return Ok(());
        };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        // A file that is for few eyes stays so.
        if let Ok(before) = path.metadata() {
            std::fs::set_permissions(&staged, before.permissions())?;
        }
        match std::fs::rename(&staged, path) {
            Ok(()) => Ok(()),
            // It lies on another disk.
            Err(_) => write(path, &std::fs::read(&staged)?),
        }
    }
}

/// A lock in a folder. It is there only once it is held: one that nobody holds is left from a build that is gone.
fn locked(folder: &Path, name: &str) -> io::Result<File> {
    let unlocked = folder.join("unlocked");
    let mut file = File::create_new(&unlocked)?;
    file.write_all(name.as_bytes())?;
    file.lock()?;
    std::fs::rename(unlocked, folder.join(LOCK))?;
    Ok(file)
}

/// Removes folders that builds for this output have left. What cannot be told or removed stays.
fn remove_left(beside: &Path, name: &str) {
    let Ok(entries) = std::fs::read_dir(beside) else {
        return;
    };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_ours && is_folder && is_left(&entry.path(), name) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn is_left(folder: &Path, name: &str) -> bool {
    let lock = folder.join(LOCK);
    let is_same = std::fs::read(&lock).is_ok_and(|of| of == name.as_bytes());
    is_same && File::open(&lock).is_ok_and(|lock| lock.try_lock().is_ok())
}

/// Replaces the text of a file of the book, when it still is what was read. A byte order mark, the permissions of the file
/// and links to it stay.
///
/// # Errors
/// When the file has changed, or cannot be read or written.
pub(super) fn replace(path: &Path, before: &str, after: &str) -> io::Result<()> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let path = path.canonicalize()?;
    let bytes = std::fs::read(&path)?;
    let (mark, text) = match bytes.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => (&[][..], bytes.as_slice()),
    };
    if text != before.as_bytes() {
        return Err(io::Error::other("it was changed meanwhile; run this again"));
    }
    let permissions = std::fs::metadata(&path)?.permissions();
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new()
        .prefix(PREFIX)
        .tempfile_in(folder)?;
    file.write_all(mark)?;
    file.write_all(after.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.persist(path)?;
    Ok(())
}
