//! What a folder can do: links, circles, pipes, permissions, and paths that are no book.

use super::*;
#[cfg(unix)]
use std::os::unix::fs::symlink;

#[test]
fn a_path_that_is_no_folder_is_explained() {
    let book = Book::new();
    let root = book.root().to_str().unwrap();
    let ran = run(&["check", &format!("{root}/nowhere")]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.err,
        format!("error: {root}/nowhere: there is no such folder\n")
    );
    let ran = run(&["check", &format!("{root}/minutebook.yaml")]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(
        ran.err,
        format!(
            "error: {root}/minutebook.yaml: this is a file; give the folder in which minutebook.yaml stands\n"
        )
    );
    assert_eq!(ran.out, "");
}

#[test]
fn a_folder_without_settings_is_no_book() {
    let book = Book::without_settings();
    book.seen().is(
        "no-book",
        "there is no `minutebook.yaml` at the root of this folder",
    );
    book.file("a.yaml", format!("{MEETING}oops: x\n"));
    assert_eq!(
        book.seen().faults(),
        ["no-book", "a.yaml:3:1 unknown-field"]
    );
    assert_eq!(book.run(&[]).code, Some(1));
}

#[test]
fn settings_that_are_a_folder_are_no_book() {
    let book = Book::without_settings();
    book.file("minutebook.yaml/a.yaml", MEETING);
    assert_eq!(book.seen().only().0, "no-book");
}

#[test]
fn a_folder_with_the_name_of_a_file_is_a_folder() {
    let book = Book::new();
    book.file("x.yaml/a.yaml", format!("{MEETING}oops: x\n"));
    assert_eq!(book.seen().faults(), ["x.yaml/a.yaml:3:1 unknown-field"]);
}

#[test]
fn hidden_and_reserved_folders_are_left_out() {
    let book = Book::new();
    for path in [
        ".git/a.yaml",
        ".a.yaml",
        "out/a.yaml",
        "templates/a.yaml",
        "a.yaml.bak",
        "a.txt",
    ] {
        book.file(path, "oops\n");
    }
    assert_eq!(book.seen().faults(), Vec::<String>::new());
    for path in ["a/out/a.yaml", "b.YAML", "c.yml"] {
        book.file(path, "oops\n");
    }
    assert_eq!(
        book.seen().faults(),
        [
            "a/out/a.yaml:1:1 wrong-type",
            "b.YAML:1:1 wrong-type",
            "c.yml:1:1 wrong-type"
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_not_followed() {
    let book = Book::of(MEETING);
    symlink(".", book.root().join("again")).unwrap();
    fs::create_dir_all(book.root().join("b/c")).unwrap();
    symlink("../..", book.root().join("b/c/up")).unwrap();
    symlink("self.yaml", book.root().join("self.yaml")).unwrap();
    let seen = book.seen();
    assert_eq!(
        seen.faults(),
        [
            "again link-circle",
            "b/c/up link-circle",
            "self.yaml unreadable"
        ]
    );
    assert_eq!(seen.loaded.book.meetings.len(), 1);
}

#[cfg(unix)]
#[test]
fn links_between_folders_cannot_multiply_what_is_read() {
    let book = Book::new();
    for level in 0..24 {
        let folder = book.root().join(format!("d{level}"));
        fs::create_dir(&folder).unwrap();
        for link in ["a", "b"] {
            symlink(format!("../d{}", level + 1), folder.join(link)).unwrap();
        }
    }
    book.file("d24/x.yaml", MEETING);
    let seen = book.seen();
    assert_eq!(seen.faults(), Vec::<String>::new());
    assert_eq!(seen.loaded.book.meetings.len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_book_is_followed_once() {
    let (book, other) = (Book::new(), Book::without_settings());
    other.file("deep/a.yaml", MEETING);
    symlink(other.root(), book.root().join("one")).unwrap();
    symlink(other.root(), book.root().join("two")).unwrap();
    symlink(
        other.root().join("deep/a.yaml"),
        book.root().join("three.yaml"),
    )
    .unwrap();
    let seen = book.seen();
    let files: Vec<String> = (seen.loaded.book.meetings.iter())
        .map(|document| {
            seen.loaded
                .book
                .sources
                .get(document.source)
                .path
                .display()
                .to_string()
        })
        .collect();
    assert_eq!(files, ["one/deep/a.yaml", "three.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_told_when_it_could_matter() {
    let book = Book::new();
    for link in ["a.yaml", "folder", "photo.jpg", ".#b.yaml", "out"] {
        symlink("nowhere", book.root().join(link)).unwrap();
    }
    let seen = book.seen();
    assert_eq!(seen.faults(), ["a.yaml unreadable", "folder unreadable"]);
    assert_eq!(
        seen.diagnostics[0].message,
        "this cannot be read: it is not there"
    );
    assert!(seen.loaded.unreadable);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_never_waited_for() {
    let book = Book::new();
    for name in ["a.yaml", "b.txt"] {
        let made = Command::new("mkfifo").arg(book.root().join(name)).status();
        assert!(made.unwrap().success());
    }
    symlink("/dev/zero", book.root().join("zero.yaml")).unwrap();
    let seen = book.seen();
    assert_eq!(seen.faults(), ["a.yaml unreadable", "zero.yaml unreadable"]);
    assert_eq!(
        seen.diagnostics[0].message,
        "this cannot be read: it is neither a file nor a folder"
    );
    assert_ne!(book.run(&[]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let book = Book::of(MEETING);
    book.file("b/b.yaml", MEETING).file("c.yaml", MEETING);
    let allow = |mode| {
        for name in ["b", "c.yaml"] {
            fs::set_permissions(book.root().join(name), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0);
    // Whoever may read everything, as root may, sees no fault; nobody may panic.
    let is_refused = fs::read_dir(book.root().join("b")).is_err();
    let seen = book.seen();
    allow(0o755);
    let expected: &[&str] = if is_refused {
        &["b unreadable", "c.yaml unreadable"]
    } else {
        &[]
    };
    assert_eq!(seen.faults(), expected);
    if is_refused {
        assert_eq!(
            seen.diagnostics[0].message,
            "this cannot be read: permission is missing"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_refuses_to_be_read_is_told() {
    // The memory of a process can be opened, by its owner, and not be read from its start: the same path as a failing disk.
    let book = Book::new();
    symlink("/proc/self/mem", book.root().join("a.yaml")).unwrap();
    assert_eq!(book.seen().only().0, "a.yaml unreadable");
}

#[cfg(target_os = "linux")]
#[test]
fn names_of_files_may_be_anything() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let book = Book::new();
    for name in [
        b"\xFF.yaml".as_slice(),
        b"\x1B[31m.yaml",
        b"a\nb.yaml",
        "\u{202E}.yaml".as_bytes(),
    ] {
        fs::write(book.root().join(OsStr::from_bytes(name)), "oops\n").unwrap();
    }
    let seen = book.seen();
    assert_eq!(seen.loaded.faults.len(), 4);
    assert!(
        !seen.printed.contains(['\u{1b}', '\u{202E}']),
        "{}",
        seen.printed
    );
    let ran = book.run(&["--format", "json"]);
    assert_eq!(ran.out.lines().count(), 4);
}

#[test]
fn a_book_has_a_bounded_number_of_files() {
    let book = Book::new();
    for n in 0..101 {
        let folder = book.root().join(format!("{n:03}"));
        fs::create_dir(&folder).unwrap();
        for m in 0..200 {
            fs::write(folder.join(format!("{m}.yaml")), "").unwrap();
        }
    }
    let seen = book.seen();
    let last = seen
        .diagnostics
        .iter()
        .find(|one| one.code == "too-large")
        .unwrap();
    assert_eq!(
        last.message,
        "there are more than 20000 YAML files below this folder"
    );
    assert!(seen.loaded.unreadable);
}

#[test]
fn names_that_become_one_are_told() {
    let book = Book::new();
    for name in [
        "a.yaml",
        "a.yml",
        "b/C.yaml",
        "b/c.yaml",
        "d/Si\u{f4}n.yaml",
        "d/sio\u{302}n.yaml",
    ] {
        book.file(name, MEETING);
    }
    let seen = book.seen();
    let faults = seen.faults();
    // A system to which two of the names are one has one file of them.
    assert!(faults.contains(&"a.yml same-name".to_owned()), "{faults:?}");
    assert_eq!(seen.loaded.book.meetings.len(), 3, "{faults:?}");
    assert_eq!(book.run(&[]).code, Some(1));
}

#[test]
fn updates_may_have_any_name() {
    let book = Book::of(MEETING);
    book.file("a.yml", "kind: updates\n");
    assert_eq!(book.seen().faults(), Vec::<String>::new());
}

#[test]
fn a_name_too_long_for_what_is_made_of_it_is_told() {
    let book = Book::new();
    book.file(&format!("{}.yaml", "n".repeat(241)), MEETING);
    let (_, message) = book.seen().only();
    assert_eq!(message, "the name has 241 bytes; the limit is 240");
    let book = Book::new();
    book.file(&format!("{}.yaml", "n".repeat(240)), MEETING);
    book.seen().loads();
    for edition in ["public", "internal"] {
        let root = book.root().to_str().unwrap();
        let ran = run(&["build", root, "--to", "md", "--edition", edition]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_windows_has_not_is_a_warning() {
    let book = Book::new();
    for name in [
        "AUX.yaml",
        "con/a.yaml",
        "a:b.yaml",
        "end./a.yaml",
        "a\\b.yaml",
        "contract.yaml",
    ] {
        book.file(name, MEETING);
    }
    let seen = book.seen();
    let expected = [
        "AUX.yaml",
        "a:b.yaml",
        "a\\b.yaml",
        "con/a.yaml",
        "end./a.yaml",
    ];
    assert_eq!(
        seen.faults(),
        expected.map(|name| format!("{name} awkward-name"))
    );
    assert_eq!(seen.loaded.book.meetings.len(), 6);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_what_is_written_is_replaced_and_not_followed() {
    let (book, other) = (Book::of(MEETING), tempfile::tempdir().unwrap());
    let theirs = other.path().join("theirs.md");
    fs::write(&theirs, "three years").unwrap();
    fs::create_dir(book.root().join("out")).unwrap();
    symlink(&theirs, book.root().join("out/a.md")).unwrap();
    let ran = run(&["build", book.root().to_str().unwrap(), "--to", "md"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "three years");
    let made = book.root().join("out/a.md").symlink_metadata().unwrap();
    assert!(made.file_type().is_file());
}

#[test]
fn files_that_the_settings_name_lie_in_the_book() {
    for name in [
        "../crest.svg",
        "/crest.svg",
        "a/../../crest.svg",
        "./../crest.svg",
        "",
        "..",
        "crest.svg\0",
    ] {
        let quoted = serde_json::Value::from(name);
        for look in [
            format!("logo: {{ file: {quoted}, alt: Crest }}"),
            format!("fonts: [{quoted}]"),
        ] {
            let book = Book::without_settings();
            book.file("minutebook.yaml", format!("{SETTINGS}look: {{ {look} }}\n"));
            let faults = book.seen().faults();
            let code = if look.starts_with("logo") {
                "logo"
            } else {
                "font"
            };
            assert!(
                matches!(faults.as_slice(), [one] if one.ends_with(code)),
                "{look}: {faults:?}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn links_and_pipes_in_the_place_of_a_picture_a_font_or_a_template_are_refused() {
    let other = tempfile::tempdir().unwrap();
    let theirs = other.path().join("theirs.svg");
    fs::write(&theirs, "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    let within = |book: &Book| {
        let own = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'><path d='M0 0h1v1z'/></svg>";
        book.file("pictures/own.svg", own);
        symlink("pictures/own.svg", book.root().join("crest.svg")).unwrap();
    };
    let outside = |book: &Book| symlink(&theirs, book.root().join("crest.svg")).unwrap();
    let pipe = |book: &Book| {
        let path = book.root().join("crest.svg");
        let made = Command::new("mkfifo").arg(path).status().unwrap();
        assert!(made.success());
    };
    type Place<'p> = &'p dyn Fn(&Book);
    let refused: [(Place<'_>, Option<&str>); 3] = [
        (&within, None),
        (
            &outside,
            Some("`crest.svg` is a link that leads out of the book"),
        ),
        (&pipe, Some("`crest.svg` is no file")),
    ];
    for (place, message) in refused {
        let book = Book::without_settings();
        let look = "look: { logo: { file: crest.svg, alt: Crest } }\n";
        book.file("minutebook.yaml", format!("{SETTINGS}{look}"));
        place(&book);
        match message {
            None => assert_eq!(book.seen().faults(), Vec::<String>::new()),
            Some(message) => assert_eq!(book.seen().only().1, message),
        }
    }
    let book = Book::without_settings();
    let look = "look: { fonts: [font.ttf] }\n";
    book.file("minutebook.yaml", format!("{SETTINGS}{look}"));
    symlink(&theirs, book.root().join("font.ttf")).unwrap();
    let message = "`font.ttf` is a link that leads out of the book";
    assert_eq!(book.seen().only().1, message);

    let book = Book::of(MEETING);
    book.file("templates/own/part.html", "");
    symlink(&theirs, book.root().join("templates/meeting.html")).unwrap();
    for arguments in [
        &["build"][..],
        &["build", "--site"],
        &["actions", "--to", "html"],
    ] {
        let ran = run(&[arguments, &[book.root().to_str().unwrap()]].concat());
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        let message = "templates: meeting.html is a link that leads out of the book; copy the template into this folder\n";
        assert!(ran.err.ends_with(message), "{}", ran.err);
    }
}
