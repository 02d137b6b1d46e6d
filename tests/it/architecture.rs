//! The architecture, held by tests: data flows one way through the modules of `src/lib.rs`, only `cli` prints, ends the
//! program or reads the clock, every module says what it is for, and the top of the repository holds what it should.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn a_module_uses_only_itself_and_those_before_it() {
    let order = modules(&read(&root().join("src/lib.rs")));
    assert!(order.len() > 5, "src/lib.rs declares {order:?}");
    let mut wrong = Vec::new();
    for (file, path, text) in sources() {
        for (line, used) in uses_of_later(&order, &path, &text) {
            wrong.push(format!(
                "{}:{line}: `{}` uses `{used}`, which comes later in src/lib.rs",
                file.display(),
                path[0]
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_module_is_declared_in_the_library() {
    let order = modules(&read(&root().join("src/lib.rs")));
    let found: BTreeSet<String> = sources()
        .into_iter()
        .map(|(_, path, _)| path[0].clone())
        .collect();
    let declared: BTreeSet<String> = order.into_iter().collect();
    assert_eq!(found, declared);
}

#[test]
fn only_the_command_line_prints_exits_and_reads_the_clock() {
    let mut wrong = Vec::new();
    for (file, path, text) in sources() {
        if path[0] != "cli" {
            for (line, what) in forbidden(&text) {
                wrong.push(format!(
                    "{}:{line}: `{what}` belongs in src/cli",
                    file.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    for (file, _, text) in sources() {
        assert!(
            text.starts_with("//!"),
            "{} does not begin with `//!`",
            file.display()
        );
    }
}

#[test]
fn the_top_of_the_repository_holds_what_it_should() {
    let known = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "src",
        "templates",
        "notes",
        "tests",
        "benches",
    ];
    let ignored = read(&root().join(".gitignore"));
    let ignored: BTreeSet<&str> = ignored
        .lines()
        .map(|line| line.trim().trim_matches('/'))
        .collect();
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_known =
            known.contains(&name.as_str()) || name.starts_with("LICENSE") || name.starts_with('.');
        assert!(
            is_known || ignored.contains(name.as_str()),
            "{name} does not belong at the top of the repository"
        );
    }
}

#[test]
fn the_checker_sees_every_way_to_write_a_use() {
    let order: Vec<String> = ["source", "model", "check", "cli"]
        .map(str::to_owned)
        .to_vec();
    let later = |path: &[&str], text: &str| {
        let path: Vec<String> = path.iter().map(|&part| part.to_owned()).collect();
        uses_of_later(&order, &path, text)
    };
    let cli = |line| vec![(line, "cli".to_owned())];
    assert_eq!(later(&["model"], "use crate::cli::run;"), cli(1));
    assert_eq!(
        later(&["model"], "use crate::{\n    source,\n    cli,\n};"),
        cli(3)
    );
    assert_eq!(
        later(&["model"], "use crate::{source::{self, Span}, cli::{run}};"),
        cli(1)
    );
    assert_eq!(later(&["model"], "fn f() { crate :: cli::run() }"), cli(1));
    assert_eq!(later(&["model"], "use ::minutebook::cli;"), cli(1));
    assert_eq!(later(&["model"], "use super::cli;"), cli(1));
    assert_eq!(later(&["model"], "use super::{source, cli};"), cli(1));
    assert_eq!(later(&["model", "date"], "use super::super::cli;"), cli(1));
    assert_eq!(later(&["model", "date"], "use super::cli;"), []);
    assert_eq!(
        later(
            &["model"],
            "mod tests {\n    use super::cli;\n    use super::super::cli;\n}"
        ),
        cli(3)
    );
    assert_eq!(later(&["model"], "use crate::*;"), [(1, "*".to_owned())]);
    assert_eq!(
        later(
            &["model"],
            "// crate::cli\n/* crate::cli */ const A: &str = \"crate::cli\";"
        ),
        []
    );
    assert_eq!(
        later(
            &["model"],
            "const A: &str = r#\"crate::cli \"# ; const B: char = '\"';\nuse crate::cli;"
        ),
        cli(2)
    );
    assert_eq!(
        later(
            &["check"],
            "use crate::{source, model::{cli, check}};\nuse crate::check::Lint;"
        ),
        []
    );
    let clock = "fn f<'a>() { std::time::SystemTime::now(); println!(\"x\"); } // eprintln!";
    assert_eq!(forbidden(clock), [(1, "SystemTime::now"), (1, "println!")]);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every source file of the library, with its module path and its text.
fn sources() -> Vec<(PathBuf, Vec<String>, String)> {
    let src = root().join("src");
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(&src).sort_by_file_name() {
        let file = entry.unwrap().into_path();
        let below = file.strip_prefix(&src).unwrap().with_extension("");
        if file.extension().is_none_or(|extension| extension != "rs")
            || matches!(below.to_str(), Some("lib" | "main"))
        {
            continue;
        }
        let parts = below.iter().map(|part| part.to_str().unwrap().to_owned());
        let path = parts.filter(|part| part != "mod").collect();
        let text = read(&file);
        sources.push((file.strip_prefix(root()).unwrap().to_owned(), path, text));
    }
    sources
}

/// The modules that a library declares, in its order.
fn modules(library: &str) -> Vec<String> {
    let tokens = tokens(library);
    let declared = tokens
        .windows(3)
        .filter(|three| three[0].1 == "mod" && three[2].1 == ";");
    declared.map(|three| three[1].1.clone()).collect()
}

/// Where the text of a module names a top-level module that comes after its own.
fn uses_of_later(order: &[String], path: &[String], text: &str) -> Vec<(usize, String)> {
    let own = order.iter().position(|module| *module == path[0]);
    let allowed = |name: &str| match order.iter().position(|module| module == name) {
        Some(used) => own.is_some_and(|own| used <= own),
        None => name != "*",
    };
    let tokens = tokens(text);
    let word = |at: usize| tokens.get(at).map_or("", |(_, token)| token.as_str());
    let mut found = Vec::new();
    // For each open brace, whether it is that of a module written in place.
    let mut braces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match word(at) {
            "{" => braces.push(at >= 2 && word(at - 2) == "mod"),
            "}" => drop(braces.pop()),
            _ => {}
        }
        let depth = path.len() + braces.iter().filter(|is_module| **is_module).count();
        let Some(next) = to_the_root(&word, at, depth) else {
            at += 1;
            continue;
        };
        for (line, name) in named(&tokens, next) {
            if !allowed(&name) {
                found.push((line, name));
            }
        }
        at = next;
    }
    found
}

/// Behind `crate::`, or behind just as many `super::` as lead to the root.
fn to_the_root<'t>(word: &impl Fn(usize) -> &'t str, at: usize, depth: usize) -> Option<usize> {
    let continues = at > 0 && word(at - 1) == "::";
    if matches!(word(at), "crate" | "minutebook") && word(at + 1) == "::" {
        return Some(at + 2);
    }
    let mut next = at;
    while !continues && word(next) == "super" && word(next + 1) == "::" {
        next += 2;
    }
    (next > at && (next - at) / 2 == depth).then_some(next)
}

/// The first names of the paths that begin here: one, or those of a list in braces.
fn named(tokens: &[(usize, String)], at: usize) -> Vec<(usize, String)> {
    match tokens.get(at) {
        Some((_, brace)) if brace == "{" => {}
        Some(name) => return vec![name.clone()],
        None => return Vec::new(),
    }
    let (mut names, mut depth, mut begins) = (Vec::new(), 0, false);
    for (line, token) in &tokens[at..] {
        match token.as_str() {
            "{" => {
                depth += 1;
                begins = depth == 1;
            }
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            "," => begins = depth == 1,
            name if begins => {
                names.push((*line, name.to_owned()));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

/// Where a text prints, ends the program, or reads the clock.
fn forbidden(text: &str) -> Vec<(usize, &'static str)> {
    const WHAT: [(&[&str], &str); 9] = [
        (&["println", "!"], "println!"),
        (&["eprintln", "!"], "eprintln!"),
        (&["print", "!"], "print!"),
        (&["eprint", "!"], "eprint!"),
        (&["process", "::", "exit"], "process::exit"),
        (&["SystemTime", "::", "now"], "SystemTime::now"),
        (&["Local", "::", "now"], "Local::now"),
        (&["Utc", "::", "now"], "Utc::now"),
        (&["Instant", "::", "now"], "Instant::now"),
    ];
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (at, (line, _)) in tokens.iter().enumerate() {
        for (words, what) in WHAT {
            let here = tokens[at..].iter().map(|(_, token)| token.as_str());
            if here.take(words.len()).eq(words.iter().copied()) {
                found.push((*line, what));
            }
        }
    }
    found
}

/// The words and signs of a Rust file with their lines; comments and what stands in quotes are left out.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    let starts = |at: usize, what: &str| {
        what.chars()
            .enumerate()
            .all(|(n, c)| chars.get(at + n) == Some(&c))
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut tokens, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let from = at;
        match chars[at] {
            '/' if starts(at, "//") => at = find(&chars, at, "\n"),
            '/' if starts(at, "/*") => at = find(&chars, at + 2, "*/") + 2,
            'r' if starts(at, "r\"") || starts(at, "r#\"") || starts(at, "r##\"") => {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                let end = format!("\"{}", "#".repeat(hashes));
                at = find(&chars, at + hashes + 2, &end) + end.len();
            }
            '"' => {
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    at += if chars[at] == '\\' { 2 } else { 1 };
                }
                at += 1;
            }
            '\'' if chars.get(at + 1) == Some(&'\\') => at = find(&chars, at + 3, "'") + 1,
            '\'' if chars.get(at + 2) == Some(&'\'') => at += 3,
            ':' if starts(at, "::") => {
                tokens.push((line, "::".to_owned()));
                at += 2;
            }
            c if is_word(c) => {
                while at < chars.len() && is_word(chars[at]) {
                    at += 1;
                }
                tokens.push((line, chars[from..at].iter().collect()));
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push((line, c.to_string()));
                }
                at += 1;
            }
        }
        line += chars[from..at.min(chars.len())]
            .iter()
            .filter(|c| **c == '\n')
            .count();
    }
    tokens
}

fn find(chars: &[char], from: usize, what: &str) -> usize {
    let what: Vec<char> = what.chars().collect();
    let rest = chars.get(from..).unwrap_or_default();
    let at = rest.windows(what.len()).position(|window| window == what);
    at.map_or(chars.len(), |at| from + at)
}
