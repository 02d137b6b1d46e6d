//! The reader must be able to fail: a secret is planted in files of every kind, and each must be found.

use super::reader::Reader;
use super::words::Secret;
use super::{place, write};
use base64::Engine;
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use std::collections::BTreeSet;
use std::io::Write;

const WORD: &str = "zaqivexoxkwu";

fn of_each(write: impl Fn(char) -> String) -> String {
    WORD.chars().map(write).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    [0xFE, 0xFF].into_iter().chain(units).collect()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Files that are no PDF.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let base64 = base64::engine::general_purpose::STANDARD;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(WORD.as_bytes()).unwrap();
    let page = |inside: String| format!("<!doctype html>\n<p>Open é {inside}</p>\n").into_bytes();
    vec![
        ("plain.md", format!("Open {WORD}.").into_bytes()),
        ("case.md", WORD.to_uppercase().into_bytes()),
        (
            "spaced.md",
            of_each(|c| format!("{c}\u{A0}-\n")).into_bytes(),
        ),
        (
            "accents.md",
            of_each(|c| format!("{c}\u{301}")).into_bytes(),
        ),
        (
            "wide.md",
            of_each(|c| char::from_u32(u32::from(c) - 0x61 + 0xFF41).unwrap().into()).into_bytes(),
        ),
        (
            "unseen.md",
            of_each(|c| format!("{c}\u{200B}\u{AD}")).into_bytes(),
        ),
        ("comment.html", page(format!("<!-- {WORD} -->"))),
        ("attribute.html", page(format!("<b title=\"{WORD}\"></b>"))),
        (
            "tags.html",
            page(of_each(|c| format!("<b class=\"x\">{c}</b>"))),
        ),
        (
            "entities.html",
            page(of_each(|c| format!("&#{};", u32::from(c)))),
        ),
        (
            "hexadecimal.html",
            page(of_each(|c| format!("&#x{:X};", u32::from(c)))),
        ),
        (
            "address.html",
            page(of_each(|c| format!("%{:02x}", u32::from(c)))),
        ),
        (
            "picture.html",
            page(format!(
                "<img src=\"data:image/svg+xml;base64,{}\">",
                base64.encode(format!("<svg>{WORD}</svg>"))
            )),
        ),
        (
            "style.css",
            of_each(|c| format!("\\{:04x} ", u32::from(c))).into_bytes(),
        ),
        (
            "escapes.json",
            of_each(|c| format!("\\u{:04x}", u32::from(c))).into_bytes(),
        ),
        ("folded.ics", of_each(|c| format!("{c}\r\n ")).into_bytes()),
        (
            "attached.ics",
            format!(
                "ATTACH;ENCODING=BASE64:{}\r\n",
                base64.encode(WORD).split_at(8).0.to_owned()
                    + "\r\n "
                    + base64.encode(WORD).split_at(8).1
            )
            .into_bytes(),
        ),
        ("sixteen.csv", utf16(WORD)),
        (
            "little.csv",
            WORD.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        ("packed.xml.gz", gzip.finish().unwrap()),
        (
            "dump.txt",
            of_each(|c| format!("{:02x}", u32::from(c))).into_bytes(),
        ),
        ("zaqivexoxkwu.txt", b"nothing".to_vec()),
    ]
}

/// A page that says nothing, and what is added to it.
fn pdf(plant: impl FnOnce(&mut Document, &mut Dictionary)) -> Document {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let mut page = dictionary! { "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 500.into(), 500.into()] };
    plant(&mut document, &mut page);
    let page = document.add_object(page);
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, kids.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document
}

fn titled(title: Object) -> Document {
    pdf(|document, _| {
        let info = document.add_object(dictionary! { "Title" => title });
        document.trailer.set("Info", info);
    })
}

fn with_stream(key: &'static str, content: &[u8]) -> Document {
    pdf(|document, page| {
        let data = deflated(content);
        let stream =
            document.add_object(Stream::new(dictionary! { "Filter" => "FlateDecode" }, data));
        page.set(key, stream);
    })
}

/// Words that are set glyph by glyph, of a font whose codes are its own.
fn glyphs() -> Document {
    pdf(|document, page| {
        let codes: String = (1..=WORD.len())
            .map(|code| format!("<{code:04X}> -20 "))
            .collect();
        let letters: String = WORD
            .chars()
            .enumerate()
            .map(|(at, c)| format!("<{:04X}> <{:04X}>\n", at + 1, u32::from(c)))
            .collect();
        let map = format!(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{} beginbfchar\n{letters}endbfchar\nendcmap\n",
            WORD.len()
        );
        let map = document.add_object(Stream::new(
            dictionary! { "Filter" => "FlateDecode" },
            deflated(map.as_bytes()),
        ));
        let descendant = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Open",
            "CIDSystemInfo" => dictionary! { "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0 },
        });
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Open", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map,
        });
        page.set(
            "Resources",
            dictionary! { "Font" => dictionary! { "F" => font } },
        );
        let content = format!("BT /F 12 Tf 50 400 Td [{codes}] TJ ET");
        let content = document.add_object(Stream::new(
            dictionary! { "Filter" => "FlateDecode" },
            deflated(content.as_bytes()),
        ));
        page.set("Contents", content);
    })
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn pdfs() -> Vec<(&'static str, Vec<u8>)> {
    let literal = || Object::string_literal(WORD);
    let halves = WORD.split_at(5);
    let mut objects = Vec::new();
    titled(literal()).save_modern(&mut objects).unwrap();
    assert!(
        !objects
            .windows(WORD.len())
            .any(|window| window == WORD.as_bytes())
    );
    let mut loose = saved(titled(Object::string_literal("Open")));
    loose.extend(
        [
            b"\n99 0 obj\n<< /Filter /FlateDecode >>\nstream\n",
            &deflated(WORD.as_bytes())[..],
            b"\nendstream\nendobj\n",
        ]
        .concat(),
    );
    let octal = of_each(|c| format!("\\{:03o}", u32::from(c)));
    vec![
        ("string.pdf", saved(titled(literal()))),
        (
            "hexadecimal.pdf",
            saved(titled(Object::String(
                utf16(WORD),
                StringFormat::Hexadecimal,
            ))),
        ),
        (
            "sixteen.pdf",
            saved(titled(Object::String(utf16(WORD), StringFormat::Literal))),
        ),
        ("name.pdf", saved(titled(Object::Name(WORD.into())))),
        ("objects.pdf", objects),
        (
            "stream.pdf",
            saved(with_stream(
                "Contents",
                format!("BT [({}) -20 ({})] TJ ET", halves.0, halves.1).as_bytes(),
            )),
        ),
        (
            "octal.pdf",
            saved(with_stream(
                "Contents",
                format!("BT ({octal}) Tj ET").as_bytes(),
            )),
        ),
        (
            "spoken.pdf",
            saved(with_stream(
                "Contents",
                format!(
                    "/Span << /ActualText <{}> >> BDC EMC",
                    utf16(WORD)
                        .iter()
                        .map(|byte| format!("{byte:02X}"))
                        .collect::<String>()
                )
                .as_bytes(),
            )),
        ),
        (
            "metadata.pdf",
            saved(with_stream(
                "Metadata",
                format!("<x:xmpmeta><dc:title>{WORD}</dc:title></x:xmpmeta>").as_bytes(),
            )),
        ),
        ("piece.pdf", saved(with_stream("PieceInfo", &utf16(WORD)))),
        ("glyphs.pdf", saved(glyphs())),
        ("loose.pdf", loose),
    ]
}

#[test]
fn the_reader_sees_through_every_disguise() {
    let (folder, _keeps) = place("planted");
    let secret = Secret {
        place: "planted".to_owned(),
        words: vec![vec![WORD.to_owned()]],
    };
    let reader = Reader::new(std::slice::from_ref(&secret));
    let planted = [files(), pdfs()].concat();
    for (name, bytes) in &planted {
        write(&folder.join("files").join(name), bytes);
    }
    write(
        &folder.join("secrets.json"),
        serde_json::to_vec(&[secret]).unwrap(),
    );
    let found = reader.find(&folder.join("files"));
    let found: BTreeSet<String> = found
        .iter()
        .map(|found| {
            found
                .file
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let missed: Vec<&str> = planted
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !found.contains(*name))
        .collect();
    assert_eq!(missed, Vec::<&str>::new());
}
