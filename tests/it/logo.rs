//! A crest as forces have them, from the SVG in a book to what a PDF paints. The PDF is read by a reader of its own, which
//! knows the standard and nothing of how the program draws.

use crate::book;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, Stream};
use std::fmt::Write;
use std::fs;

/// A shield with a turned gradient and a rim whose colours run, a striped ring cut out twice, a boss that is lit from the
/// side, two discs that cover half together and two that cover half each, gloss, and a canton of two shapes.
const CREST: &str = "\
group
  fill axial #f7f7f7 .45 #9aa7b4 .55 #5c6b7a #e3e8ed matrix 683 445 -478 635 398 -111
  fill axial #1d3f72 #7a1020 matrix 0 775 -833 0 83 42
  save
    clip even and odd
    clip
    fill #12343f
    fill #12343f
    fill #12343f
    fill #12343f
  restore
  fill radial from -.38 -.4 #fff6c8 .5 #d9a514 #6b4a00 matrix 167 0 0 167 500 375
  save
    cover 60%
    group
      fill #cc0000
      fill #0000cc
  restore
  save
    cover 50%
    fill #008800
  restore
  save
    cover 50%
    fill #008800
  restore
  save
    mask
      group
        fill axial #e6e6e6 #000000 matrix 0 250 -800 0 100 58
    fill axial #ffffff #ffffff matrix 0 250 -800 0 100 58
  restore
  save
    mask
      group
        fill #ffffff
        fill #ffffff
    fill #7a1020
  restore
";

#[test]
fn a_crest_with_gradients_clips_and_half_transparent_shapes_is_painted() {
    let root = book::cases("render").join("crest/in");
    let made = book::make(&root);
    assert!(!made.messages.contains("logo"), "{}", made.messages);
    let [notes] = made.public.as_slice() else {
        panic!("one document");
    };
    let svg = STANDARD.encode(fs::read(root.join("crest.svg")).unwrap());
    assert!(notes.html.contains(&svg), "the page shows the file itself");
    let document = Document::load_mem(&notes.pdf).unwrap();
    let form = pictures(&document);
    let [form] = form.as_slice() else {
        panic!("{} pictures", form.len());
    };
    let mut painted = String::new();
    paint(&document, form, 0, &mut painted);
    assert_eq!(painted, CREST);
    assert_eq!(book::make(&root).public[0].pdf, notes.pdf);
}

/// The forms that the first page shows.
fn pictures(document: &Document) -> Vec<&Stream> {
    let page = document.page_iter().next().unwrap();
    let resources = document.get_dictionary(page).unwrap();
    let resources = resources.get_deref(b"Resources", document).unwrap();
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let shown = content.operations.iter().filter(|one| one.operator == "Do");
    shown
        .map(|one| {
            let name = one.operands[0].as_name().unwrap();
            let picture = resource(document, resources.as_dict().unwrap(), b"XObject", name);
            picture.as_stream().unwrap()
        })
        .collect()
}

fn resource<'a>(
    document: &'a Document,
    resources: &'a Dictionary,
    kind: &[u8],
    name: &[u8],
) -> &'a Object {
    let kind = resources.get_deref(kind, document).unwrap();
    kind.as_dict().unwrap().get_deref(name, document).unwrap()
}

/// What a form paints, a line for each step, and further in what lies inside another.
fn paint(document: &Document, form: &Stream, depth: usize, out: &mut String) {
    let dictionary = |object: &'_ Object| object.as_dict().unwrap().clone();
    let is_group = form.dict.get(b"Group").is_ok();
    line(out, depth, if is_group { "group" } else { "form" });
    let resources = dictionary(form.dict.get_deref(b"Resources", document).unwrap());
    let content = Content::decode(&form.decompressed_content().unwrap()).unwrap();
    let (mut depth, mut colour) = (depth + 1, String::new());
    for operation in &content.operations {
        let operands = &operation.operands;
        let named = |kind| {
            let name = operands[0].as_name().unwrap();
            resource(document, &resources, kind, name)
        };
        match operation.operator.as_str() {
            "q" => {
                line(out, depth, "save");
                depth += 1;
            }
            "Q" => {
                depth -= 1;
                line(out, depth, "restore");
            }
            "W" => line(out, depth, "clip"),
            "W*" => line(out, depth, "clip even and odd"),
            "rg" => colour = hexadecimal(operands),
            "scn" => colour = gradient(&dictionary(named(b"Pattern"))),
            "f" => line(out, depth, &format!("fill {colour}")),
            "gs" => {
                let state = dictionary(named(b"ExtGState"));
                if let Ok(mask) = state.get(b"SMask") {
                    line(out, depth, "mask");
                    let group = mask.as_dict().unwrap().get_deref(b"G", document).unwrap();
                    paint(document, group.as_stream().unwrap(), depth + 1, out);
                }
                let cover = state.get(b"ca").unwrap().as_float().unwrap();
                if cover < 1.0 {
                    line(out, depth, &format!("cover {:.0}%", cover * 100.0));
                }
            }
            "Do" => paint(document, named(b"XObject").as_stream().unwrap(), depth, out),
            "cs" => assert_eq!(operands[0].as_name().unwrap(), b"Pattern"),
            "m" | "l" | "c" | "h" | "n" => {}
            other => panic!("{other}"),
        }
    }
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{}{text}", "  ".repeat(depth));
}

fn numbers(object: &Object) -> Vec<f32> {
    let numbers = object.as_array().unwrap().iter();
    numbers.map(|number| number.as_float().unwrap()).collect()
}

fn hexadecimal(parts: &[Object]) -> String {
    parts.iter().fold("#".to_owned(), |text, part| {
        let part = (part.as_float().unwrap() * 255.0).round();
        text + &format!("{:02x}", part as u8)
    })
}

/// A gradient: its colours with the places between them, and where it lies.
fn gradient(pattern: &Dictionary) -> String {
    let shading = pattern.get(b"Shading").unwrap().as_dict().unwrap();
    let goes_on = shading.get(b"Extend").unwrap().as_array().unwrap();
    assert_eq!(goes_on, &[true.into(), true.into()]);
    let places = numbers(shading.get(b"Coords").unwrap());
    let kind = match places.as_slice() {
        [0.0, 0.0, 1.0, 0.0] => "axial".to_owned(),
        [x, y, 0.0, 0.0, 0.0, 1.0] => format!("radial from {}", short(&[*x, *y])),
        other => panic!("{other:?}"),
    };
    let function = shading.get(b"Function").unwrap().as_dict().unwrap();
    let matrix = numbers(pattern.get(b"Matrix").unwrap());
    let matrix: Vec<f32> = matrix.iter().map(|number| number.round()).collect();
    format!("{kind} {} matrix {}", colours(function), short(&matrix))
}

fn colours(function: &Dictionary) -> String {
    let colour =
        |of: &Dictionary, key: &[u8]| hexadecimal(of.get(key).unwrap().as_array().unwrap());
    let Ok(parts) = function.get(b"Functions") else {
        return format!("{} {}", colour(function, b"C0"), colour(function, b"C1"));
    };
    let parts = parts.as_array().unwrap();
    let bounds = numbers(function.get(b"Bounds").unwrap());
    assert_eq!(bounds.len() + 1, parts.len());
    let mut text = colour(parts[0].as_dict().unwrap(), b"C0");
    for (at, part) in parts.iter().enumerate() {
        let part = part.as_dict().unwrap();
        assert!(
            text.ends_with(&colour(part, b"C0")),
            "no colour changes at once"
        );
        if let Some(bound) = bounds.get(at) {
            text += &format!(" {}", short(&[*bound]));
        }
        text += &format!(" {}", colour(part, b"C1"));
    }
    text
}

/// Numbers to two decimals.
fn short(numbers: &[f32]) -> String {
    let one = |number: &f32| {
        let text = format!("{}", (number * 100.0).round() / 100.0 + 0.0);
        text.replace("0.", ".")
    };
    numbers.iter().map(one).collect::<Vec<_>>().join(" ")
}
