//! Files and folders that nobody should make: every one is answered with a message, at its place, in good time.

mod files;
mod folders;
mod properties;
mod texts;
mod values;

use minutebook::diagnostic::{Diagnostic, Target};
use minutebook::load::Loaded;
use minutebook::report::{self, Colour};
use minutebook::{check, load};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// For how long anything may keep a processor, in a build without optimisation. Nothing takes a third of it; what is not
/// linear takes minutes.
const LIMIT: Duration = Duration::from_secs(15);

/// How long anything may take by the clock, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(120);

/// What is timed runs one at a time.
static TIMED: Mutex<()> = Mutex::new(());

fn timed<T>(run: impl FnOnce() -> T) -> T {
    let alone = TIMED.lock().unwrap_or_else(PoisonError::into_inner);
    let (start, used_before) = (Instant::now(), used());
    let result = run();
    let (took, used) = (start.elapsed(), used() - used_before);
    drop(alone);
    assert!(used < LIMIT, "kept a processor for {used:?}");
    assert!(took < PATIENCE, "took {took:?}");
    result
}

/// For how long this thread has kept a processor, where the system says so.
#[cfg(unix)]
fn used() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap()
}

#[cfg(not(unix))]
fn used() -> Duration {
    Duration::ZERO
}

const SETTINGS: &str = "organisation: { name: Office of the Commissioner }\n";

/// The head of a meeting: what follows begins on line 3.
const MEETING: &str = "kind: meeting\ndate: 2026-08-25\n";

/// A book in a folder of its own.
struct Book {
    folder: TempDir,
}

impl Book {
    fn new() -> Book {
        let book = Book::without_settings();
        book.file("minutebook.yaml", SETTINGS);
        book
    }

    fn without_settings() -> Book {
        let folder = tempfile::tempdir().unwrap();
        Book { folder }
    }

    /// A book with one meeting, `a.yaml`.
    fn of(meeting: impl AsRef<[u8]>) -> Book {
        let book = Book::new();
        book.file("a.yaml", meeting);
        book
    }

    /// A book with one meeting, of which this is what follows the date.
    fn with(fields: &str) -> Book {
        Book::of(format!("{MEETING}{fields}"))
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self, path: &str, content: impl AsRef<[u8]>) -> &Book {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Loads and checks the book and prints everything in both shapes, within the limit of time.
    fn seen(&self) -> Seen {
        timed(|| self.seen_at_leisure())
    }

    fn seen_at_leisure(&self) -> Seen {
        let loaded = load::load(self.root()).unwrap();
        let mut diagnostics = loaded.faults.clone();
        diagnostics.extend(check::check(&loaded.book));
        let sources = &loaded.book.sources;
        let root = Path::new("book");
        let (shown, more) = report::bounded(&diagnostics);
        let shown = shown
            .iter()
            .map(|one| report::people(one, sources, root, Colour::No));
        let more = more.iter().map(|more| more.people(sources, root));
        let printed = shown.chain(more).map(|text| text + "\n").collect();
        for diagnostic in diagnostics.iter().take(2_000) {
            let line = report::json(diagnostic, sources);
            let _: serde_json::Value = serde_json::from_str(&line).unwrap();
        }
        Seen {
            loaded,
            diagnostics,
            printed,
        }
    }

    /// Runs `minutebook check` on the book.
    fn run(&self, arguments: &[&str]) -> Ran {
        run(&[&["check", self.root().to_str().unwrap()], arguments].concat())
    }
}

/// What a book was answered with.
struct Seen {
    loaded: Loaded,
    diagnostics: Vec<Diagnostic>,
    printed: String,
}

impl Seen {
    /// Each diagnostic in short: `a.yaml:3:1 unknown-field`.
    fn short(&self) -> Vec<String> {
        let sources = &self.loaded.book.sources;
        let short = |diagnostic: &Diagnostic| {
            let code = diagnostic.code;
            match diagnostic.target {
                Target::Book => code.to_owned(),
                Target::File(source) => format!("{} {code}", sources.get(source).path.display()),
                Target::Place(span) => {
                    let (path, place) =
                        (sources.get(span.source).path.display(), sources.place(span));
                    format!("{path}:{}:{} {code}", place.line, place.column)
                }
            }
        };
        self.diagnostics.iter().map(short).collect()
    }

    /// The same for structural faults only.
    fn faults(&self) -> Vec<String> {
        let mut short = self.short();
        short.truncate(self.loaded.faults.len());
        short
    }

    /// The one fault, in short and in words.
    fn only(&self) -> (String, String) {
        assert_eq!(self.loaded.faults.len(), 1, "{}", self.printed);
        (
            self.faults().remove(0),
            self.loaded.faults[0].message.clone(),
        )
    }

    fn help(&self) -> &str {
        self.loaded.faults[0].help.as_deref().unwrap()
    }

    #[track_caller]
    fn is(&self, short: &str, message: &str) {
        let (short_seen, message_seen) = self.only();
        assert_eq!(
            (short_seen.as_str(), message_seen.as_str()),
            (short, message)
        );
    }

    #[track_caller]
    fn loads(&self) -> &minutebook::model::meeting::Meeting {
        assert_eq!(self.faults(), Vec::<String>::new(), "{}", self.printed);
        &self.loaded.book.meetings[0].meeting
    }
}

/// What the program said.
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Ran {
    let program = || {
        Command::new(env!("CARGO_BIN_EXE_minutebook"))
            .args(arguments)
            .env_remove("RUST_BACKTRACE")
            .output()
    };
    let Output {
        status,
        stdout,
        stderr,
    } = timed(program).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let (code, out, err) = (status.code(), text(stdout), text(stderr));
    assert!(!err.contains("panicked"), "{err}");
    Ran { code, out, err }
}
