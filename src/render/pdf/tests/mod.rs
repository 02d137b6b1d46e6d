//! What a reader gets from finished files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod reader;

use std::fmt::Write;

use lopdf::content::Content;
use scraper::{ElementRef, Html, Selector};

use self::reader::{File, Part};
use super::{Furniture, Paper, pdf, style};

const MEETING: &str = include_str!("../../../../tests/cases/pdf/meeting.html");

fn furniture() -> Furniture {
    Furniture {
        short_title: "Monthly assurance meeting".to_owned(),
        appendix: Some("Appendix 3".to_owned()),
        classification: Some("official".to_owned()),
        version: Some("Version 1.1, 14 September 2026".to_owned()),
        watermark: Some("DRAFT".to_owned()),
        ..Furniture::default()
    }
}

fn page(main: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en-GB><head><title>T</title></head><body><main>{main}</main></body></html>"
    )
}

fn read(html: &str) -> File {
    File::read(&pdf(html, &furniture()).bytes)
}

/// The words that a browser would show in `main`, in order.
fn words_of_html(html: &str) -> Vec<String> {
    fn walk(element: ElementRef<'_>, out: &mut String) {
        const INLINE: [&str; 17] = [
            "a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup",
            "time", "q", "s", "u", "x-y",
        ];
        let value = element.value();
        let hidden = ["script", "style", "template", "button"].contains(&value.name())
            || value.name() == "svg"
            || value.attr("hidden").is_some()
            || value
                .classes()
                .any(|class| class == "screen-only" || class == "sr-only");
        if hidden {
            return;
        }
        let inline = INLINE.contains(&value.name());
        if !inline {
            out.push(' ');
        }
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                out.push_str(text);
            } else if let Some(child) = ElementRef::wrap(child) {
                walk(child, out);
            }
        }
        if !inline {
            out.push(' ');
        }
    }
    let document = Html::parse_document(html);
    let main = document
        .select(&Selector::parse("main").unwrap())
        .next()
        .unwrap();
    let mut text = String::new();
    walk(main, &mut text);
    text.split_whitespace().map(str::to_owned).collect()
}

/// The structure tree says what the HTML says, word for word.
#[track_caller]
fn assert_same_words(html: &str) -> File {
    let file = read(html);
    assert_eq!(file.tree().words(), words_of_html(html));
    file
}

fn numbered_words(count: usize, tag: &str) -> String {
    (0..count).fold(String::new(), |mut out, index| {
        let _ = write!(out, "{tag}{index} ");
        out
    })
}

#[test]
fn a_meeting_is_read_word_for_word() {
    let file = assert_same_words(MEETING);
    let tree = file.tree();
    for (role, count) in [
        ("Document", 1),
        ("H1", 1),
        ("H2", 3),
        ("Table", 2),
        ("Caption", 2),
        ("BlockQuote", 1),
        ("Note", 1),
        ("Link", 2),
    ] {
        assert_eq!(tree.find(role).len(), count, "{role}");
    }
}

#[test]
fn header_cells_say_what_they_head() {
    let tree = read(MEETING).tree();
    let scopes: Vec<String> = tree
        .find("TH")
        .iter()
        .map(|cell| cell.attribute("Scope").unwrap())
        .collect();
    assert_eq!(scopes.iter().filter(|scope| *scope == "Column").count(), 8);
    assert_eq!(scopes.iter().filter(|scope| *scope == "Row").count(), 6);
}

#[test]
fn links_lead_somewhere_and_have_a_name() {
    let tree = read(MEETING).tree();
    let mut found = Vec::new();
    for link in tree.find("Link") {
        let annotations: Vec<_> = link
            .text
            .iter()
            .filter_map(|part| match part {
                Part::Annotation(annotation) => Some(annotation),
                _ => None,
            })
            .collect();
        assert_eq!(annotations.len(), 1);
        let contents = annotations[0].get(b"Contents").unwrap().as_str().unwrap();
        found.push((
            String::from_utf8_lossy(contents).into_owned(),
            annotations[0].has(b"A"),
            annotations[0].has(b"Dest"),
        ));
    }
    assert_eq!(
        found,
        [
            ("Actions".to_owned(), false, true),
            ("the Commissioner's website".to_owned(), true, false)
        ]
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let first = pdf(MEETING, &furniture()).bytes;
    let other = std::thread::spawn(|| pdf(MEETING, &furniture()).bytes)
        .join()
        .unwrap();
    assert_eq!(first, pdf(MEETING, &furniture()).bytes);
    assert_eq!(first, other);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for html in [
        MEETING,
        include_str!("../../../../tests/cases/pdf/plan.html"),
        &page("<p>\u{1f9d1} a</p><p>\u{4e2d} b</p><table><tr><td>\u{1f9d1} c</td></tr></table>"),
    ] {
        let made: Vec<super::Pdf> = [1, 2, 5]
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
                pool.build().unwrap().install(|| pdf(html, &furniture()))
            })
            .into();
        for one in &made[1..] {
            assert_eq!(one.bytes, made[0].bytes);
            assert_eq!(one.missing, made[0].missing);
        }
    }
}

#[test]
fn furniture_is_on_every_page_and_never_content() {
    let html = page(&format!(
        "<h1>Long</h1><p>{}</p>",
        numbered_words(3000, "w")
    ));
    let file = read(&html);
    assert!(file.pages.len() > 3);
    for (index, artifacts) in file.artifacts.iter().enumerate() {
        assert_eq!(artifacts.matches("OFFICIAL").count(), 2);
        assert!(artifacts.contains(&format!("Page {} of {}", index + 1, file.pages.len())));
        assert!(artifacts.contains("DRAFT"));
        assert_eq!(artifacts.contains("Monthly assurance meeting"), index > 0);
    }
    assert_eq!(file.tree().words(), words_of_html(&html));
}

#[test]
fn a_paragraph_over_many_pages_is_one_element() {
    let html = page(&format!(
        "<h1>Long</h1><p>{}</p>",
        numbered_words(3000, "w")
    ));
    let file = assert_same_words(&html);
    assert_eq!(file.tree().find("P").len(), 1);
}

#[test]
fn the_head_of_a_table_is_repeated_but_read_once() {
    let rows = (0..200).fold(String::new(), |mut out, row| {
        let _ = write!(
            out,
            "<tr><th scope=row>r{row}</th><td>{}</td></tr>",
            numbered_words(if row == 100 { 900 } else { 2 }, "c")
        );
        out
    });
    let html = page(&format!(
        "<h1>T</h1><table><caption>All</caption><thead><tr><th>Ref</th><th>Words</th></tr></thead><tbody>{rows}</tbody></table>"
    ));
    let file = assert_same_words(&html);
    assert!(file.pages.len() > 4);
    for artifacts in &file.artifacts[1..] {
        assert!(
            artifacts.contains("Ref") && artifacts.contains("Words"),
            "{artifacts}"
        );
    }
    assert_eq!(file.tree().find("TR").len(), 201);
}

#[test]
fn no_heading_is_last_on_a_page() {
    for lines in 0..12 {
        let filler = "<p>one line</p>".repeat(20 + lines);
        let html = page(&format!(
            "<h1>T</h1>{}",
            format!("{filler}<h2>Heading</h2>").repeat(6) + "<p>end of all</p>"
        ));
        let file = assert_same_words(&html);
        for marked in &file.marked {
            assert_ne!(
                marked.values().last().map(|text| text.trim()),
                Some("Heading")
            );
        }
    }
}

#[test]
fn a_missing_character_is_named_and_reported() {
    let result = pdf(
        &page("<h1>T</h1><p>before \u{1f9d1}\u{4e2d} after \u{7}</p>"),
        &Furniture::default(),
    );
    let words = File::read(&result.bytes).tree().words();
    assert_eq!(
        words[1..],
        ["before", "[U+1F9D1][U+4E2D]", "after", "[U+0007]"]
    );
    let found: Vec<char> = result
        .missing
        .iter()
        .map(|missing| missing.character)
        .collect();
    assert_eq!(found, ['\u{7}', '\u{4e2d}', '\u{1f9d1}']);
    assert!(result.missing[2].context.contains("before"));
}

#[test]
fn every_script_of_the_bundled_fonts_comes_back() {
    let html = page(
        "<h1>Llŷr Ŵyn, Łukasz Żółć, Ștefan Țîrcă, Şükrü İğdır, Ωμέγα, Журавлёв</h1>\
         <p>office affluent fjord; e\u{301} x\u{302}; “a”–‘b’—c…; £ € $; → ← ✓ ✗ ★; no\u{a0}break; co-op, non\u{2011}stop</p>\
         <p>\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}</p><p>mixed \u{5e9}\u{5dc}\u{5d5}\u{5dd} words \u{633}\u{644}\u{627}\u{645} end</p>",
    );
    let result = pdf(&html, &furniture());
    assert_eq!(result.missing, []);
    assert_same_words(&html);
}

/// The places of the glyphs of a page from left to right, in the order of the file.
fn places(file: &File) -> Vec<f32> {
    let content = file.document.get_page_content(file.pages[0]);
    let content = Content::decode(&content).unwrap();
    let (mut x, mut places) = (0.0, Vec::new());
    for operation in content.operations {
        match operation.operator.as_str() {
            "BT" => x = 0.0,
            "Td" => x += operation.operands[0].as_float().unwrap(),
            "TJ" => places.push(x),
            _ => {}
        }
    }
    places
}

#[test]
fn words_from_right_to_left_are_drawn_in_reading_order_at_the_places_where_they_are_seen() {
    for words in [
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}",
        "\u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \u{639}\u{644}\u{64a}\u{643}\u{645}",
    ] {
        let bare = Furniture::default();
        let file = File::read(&pdf(&page(&format!("<p>{words}</p>")), &bare).bytes);
        let content = file.document.get_page_content(file.pages[0]);
        // Whoever finds words by their places would turn round what stands beside them as a whole.
        assert!(!String::from_utf8_lossy(&content).contains("ActualText"));
        assert_eq!(file.marked[0].values().collect::<Vec<_>>(), [words]);
        let places: Vec<f32> = places(&file)
            .into_iter()
            .take(words.chars().count())
            .collect();
        assert_eq!(
            places.len(),
            words.chars().count(),
            "one place for each letter"
        );
        assert!(places.is_sorted_by(|a, b| a > b), "{places:?}");
    }
}

#[test]
fn struck_words_have_a_line_through_them_and_are_told_as_such() {
    let plain = read(&page("<p>There were 41 43 calls.</p>"));
    let file = assert_same_words(&page("<p>There were <s>41</s> 43 calls.</p>"));
    let tree = file.tree();
    let [struck] = tree.find("Span")[..] else {
        panic!("one span")
    };
    assert_eq!(struck.words(), ["41"]);
    let attributes = struck.dictionary.get(b"A").unwrap().as_dict().unwrap();
    let decoration = attributes.get(b"TextDecorationType").unwrap();
    assert_eq!(decoration.as_name().unwrap(), b"LineThrough");
    let lines = |file: &File| {
        let content = Content::decode(&file.document.get_page_content(file.pages[0])).unwrap();
        let shapes = content.operations.iter();
        shapes
            .filter(|operation| operation.operator == "re")
            .count()
    };
    assert_eq!(lines(&file), lines(&plain) + 1);
}

#[test]
fn a_bullet_stands_where_its_words_begin() {
    let word = "\u{646}\u{639}\u{645}";
    let bare = Furniture::default();
    let first_of = |list: &str| {
        let html = page(&format!("<ul><li{list}>{word}</ul>"));
        let file = File::read(&pdf(&html, &bare).bytes);
        let places = places(&file);
        (places[0], places[1])
    };
    let (bullet, letter) = first_of(" dir=rtl");
    assert!(bullet > letter && letter > 400.0, "{bullet} {letter}");
    let (bullet, letter) = first_of("");
    assert!(bullet < letter && letter < 200.0, "{bullet} {letter}");
}

#[test]
fn a_sign_that_the_font_of_the_text_lacks_is_drawn_whole() {
    let file = read(&page("<p>a \u{2260} b =\u{338} c</p>"));
    let fonts = file.document.get_page_fonts(file.pages[0]).unwrap();
    let names: Vec<String> = fonts
        .values()
        .map(|font| {
            String::from_utf8_lossy(font.get(b"BaseFont").unwrap().as_name().unwrap()).into_owned()
        })
        .collect();
    assert!(
        names.iter().any(|name| name.ends_with("+DejaVuSans")),
        "{names:?}"
    );
    assert_same_words(&page("<p>a \u{2260} b =\u{338} c</p>"));
}

#[test]
fn subject_and_keywords_stand_in_both_places_alike() {
    let html = "<html lang=en-GB><head><title>T</title><meta name=description content='Notes of 26 May 2026. R&amp;D board.'>\
                <meta name=keywords content='Notes, Cyllid, Łódź'></head><body><main><p>x</p></main></body></html>";
    let file = read(html);
    let information = file
        .document
        .trailer
        .get_deref(b"Info", &file.document)
        .unwrap();
    let information = information.as_dict().unwrap();
    let words = |key: &[u8]| lopdf::decode_text_string(information.get(key).unwrap()).unwrap();
    assert_eq!(words(b"Subject"), "Notes of 26 May 2026. R&D board.");
    assert_eq!(words(b"Keywords"), "Notes, Cyllid, Łódź");
    let metadata = file.document.catalog().unwrap();
    let metadata = metadata.get_deref(b"Metadata", &file.document).unwrap();
    let metadata = metadata.as_stream().unwrap();
    let xmp = metadata
        .decompressed_content()
        .unwrap_or_else(|_| metadata.content.clone());
    let xmp = String::from_utf8(xmp).unwrap();
    assert!(
        xmp.contains(">Notes of 26 May 2026. R&amp;D board.</rdf:li></rdf:Alt></dc:description>")
    );
    assert!(xmp.contains("<pdf:Keywords>Notes, Cyllid, Łódź</pdf:Keywords>"));
}

/// DejaVu Sans with a Chinese character in place of its last group of characters (ISO/IEC 14496-22, cmap, format 12).
fn font_with_u20000() -> Vec<u8> {
    let mut font = include_bytes!("../../../../templates/fonts/dejavu/DejaVuSans.ttf").to_vec();
    let number =
        |font: &[u8], at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let cmap = (0..64)
        .map(|index| 12 + 16 * index)
        .find(|at| &font[*at..at + 4] == b"cmap")
        .map(|at| number(&font, at + 8))
        .unwrap();
    let tables = usize::from(font[cmap + 3]);
    let table = (0..tables)
        .map(|index| cmap + number(&font, cmap + 8 + 8 * index))
        .find(|at| font[*at..at + 2] == [0, 12])
        .unwrap();
    let last = table + 16 + 12 * (number(&font, table + 12) - 1);
    for at in [last, last + 4] {
        font[at..at + 4].copy_from_slice(&0x20000_u32.to_be_bytes());
    }
    font
}

#[test]
fn fonts_of_the_book_have_what_the_bundled_ones_lack() {
    let html =
        page("<h1>T</h1><p>before \u{20000} after</p><table><tr><td>\u{20000}</td></tr></table>");
    let bundled = pdf(&html, &furniture());
    assert_eq!(bundled.missing.len(), 2);
    let own = super::Typefaces::new(&[std::sync::Arc::new(font_with_u20000())]);
    let with_own = Furniture {
        typefaces: own,
        ..furniture()
    };
    let result = pdf(&html, &with_own);
    assert_eq!(result.missing, []);
    let file = File::read(&result.bytes);
    assert_eq!(file.tree().words(), words_of_html(&html));
    // The fonts of one document are not those of the next on the same thread.
    assert_eq!(pdf(&html, &furniture()).bytes, bundled.bytes);
}

#[test]
fn a_damaged_font_of_the_book_costs_no_word() {
    let html = page("<h1>T</h1><p>before \u{20000} after</p>");
    let whole = font_with_u20000();
    let number = |at: usize| u32::from_be_bytes(whole[at..at + 4].try_into().unwrap()) as usize;
    let loca = (0..64)
        .map(|index| 12 + 16 * index)
        .find(|at| &whole[*at..at + 4] == b"loca")
        .unwrap();
    // Nobody knows where a glyph lies.
    let mut damaged = whole.clone();
    damaged[number(loca + 8)..][..number(loca + 12)].fill(0xff);
    let with = |fonts: &[&Vec<u8>]| {
        let fonts: Vec<_> = fonts
            .iter()
            .map(|font| std::sync::Arc::new((*font).clone()))
            .collect();
        let furniture = Furniture {
            typefaces: super::Typefaces::new(&fonts),
            ..furniture()
        };
        pdf(&html, &furniture)
    };
    let result = with(&[&damaged]);
    let missing: Vec<char> = result.missing.iter().map(|one| one.character).collect();
    assert_eq!(missing, ['\u{20000}']);
    let words = File::read(&result.bytes).tree().words();
    assert_eq!(words[1..], ["before", "[U+20000]", "after"]);
    // Another of the book's has the character too.
    let result = with(&[&damaged, &whole]);
    assert_eq!(result.missing, []);
    let words = File::read(&result.bytes).tree().words();
    assert_eq!(words, words_of_html(&html));
}

#[test]
fn text_may_be_larger_and_lines_shorter() {
    let html = page(&format!(
        "<h1>T</h1><p>{}</p><p><a href='https://e.org'>Link</a></p>\
         <svg viewBox='0 0 100 50' width='100' height='50'><title>Alt</title><rect width='9' height='9'/></svg>",
        numbered_words(400, "w")
    ));
    let plain = read(&html);
    let set = |text_size, line_length| {
        let furniture = Furniture {
            text_size,
            line_length,
            ..furniture()
        };
        let file = File::read(&pdf(&html, &furniture).bytes);
        assert_eq!(file.tree().words(), words_of_html(&html));
        file
    };
    let large = set(Some(18.0), None);
    assert!(large.pages.len() > plain.pages.len());
    let width = |file: &File| {
        let page = file.document.get_dictionary(file.pages[0]).unwrap();
        page.get(b"MediaBox").unwrap().as_array().unwrap()[2]
            .as_float()
            .unwrap()
    };
    assert_eq!(width(&large), width(&plain));
    let figure = |file: &File| {
        let bounds = file.tree().find("Figure")[0].numbers("BBox");
        bounds[2] - bounds[0]
    };
    assert!((figure(&large) / figure(&plain) - 1.5).abs() < 0.01);
    let narrow = set(None, Some(45));
    assert!(narrow.pages.len() > plain.pages.len());
}

#[test]
fn hostile_html_never_panics_and_loses_nothing() {
    let deep = |tag: &str| {
        page(&format!(
            "{}deep words here{}",
            format!("<{tag}>").repeat(1000),
            format!("</{tag}>").repeat(1000)
        ))
    };
    for html in [
        deep("div"),
        deep("ul><li"),
        deep("blockquote"),
        deep("section"),
        deep("span"),
        page(&format!("<p>{}</p>", "x".repeat(20_000))),
        page(
            "<table></table><table><tr></tr></table><ul></ul><dl></dl><p></p><h1></h1><h3> </h3><blockquote></blockquote>",
        ),
        page("<table><tr><td colspan=9999 rowspan=9999>a<td>b<tr><td>c</table>"),
        page("<table><tr><th>h<th>i<tr><td rowspan=2>a<td>b<tr><td>c<tr><td colspan=2>d</table>"),
        page("<table><tr><td><table><tr><td>inner<td>table</table><td>outer</table>"),
        page("<ul>stray<p>text</p><li>item</ul><li>lonely</li><dd>d</dd><dt>t</dt>"),
        page(
            "<dl><dd>only detail</dd></dl><dl><dt>only term</dt></dl><dl><div><dt>a</dt><dt>b</dt><dd>c</dd><dd><p>d</p></dd></div></dl>",
        ),
        page("<ol start=-3 type=i><li>a<li value=4000>b</ol><ol type=a start=0><li>c<li>d</ol>"),
        page(
            "<a href='#gone'>dangling</a> <a href='javascript:alert(1)'>script</a> <a href=''>empty</a><a href='https://e.org'><p>block link</p></a>",
        ),
        page(
            "<p><span class=number>1</span></p><p><span class=number>2</span> text</p><h2><span class=number>3</span></h2>",
        ),
        page("<p><span class='label label-red'></span><span class='label'>only</span></p>"),
        page(&format!(
            "<p><span class='label label-red'>{}</span></p>",
            numbered_words(500, "l")
        )),
        page(&format!(
            "<table><tr>{}</tr></table>",
            "<td>c</td>".repeat(200)
        )),
        page(&format!(
            "<div class=action><p>{}</p></div><div class=note>{}</div>",
            numbered_words(2000, "a"),
            "<p>n</p>".repeat(99)
        )),
        page("a<br><br>b<br> <pre>  kept\n   spaces\t here\n</pre><code>x</code><wbr>y"),
        page("<h6>six</h6><h3>three</h3><h1>one</h1><h5>five</h5>"),
        page("\u{202e}override\u{202c} \u{200b}zero\u{ad}width \u{feff}bom"),
    ] {
        let file = read(&html);
        let expected: String = words_of_html(&html).concat();
        let strip = |text: String| {
            text.replace(
                ['\u{200b}', '\u{ad}', '\u{202e}', '\u{202c}', '\u{feff}'],
                "",
            )
        };
        let got = strip(file.tree().words().concat()).replace("[U+FEFF]", "");
        assert_eq!(got, strip(expected), "{}", &html[..html.len().min(300)]);
    }
    for html in [
        "",
        "plain",
        "<",
        "<html><head><title>x</title>",
        "<main hidden>a</main>",
        "\0\0",
        "<svg><p>",
        "<main><img src=x>",
    ] {
        let _ = read(html);
    }
}

#[test]
fn only_what_is_shown_is_set() {
    let html = page(
        "<h1>Shown</h1><script>no()</script><style>no{}</style><template>no</template><button>no</button>\
         <p hidden>no</p><p class=screen-only>no</p><p class=print-only>yes</p>",
    );
    assert_eq!(read(&html).tree().words(), ["Shown", "yes"]);
}

#[test]
fn languages_and_abbreviations_are_marked() {
    let tree = read(MEETING).tree();
    let spans = tree.find("Span");
    let value = |key: &[u8]| {
        spans
            .iter()
            .find_map(|span| span.dictionary.get(key).ok()?.as_str().ok())
            .map(<[u8]>::to_vec)
    };
    assert_eq!(value(b"E"), Some(b"Police and Crime Commissioner".to_vec()));
    assert_eq!(value(b"Lang"), Some(b"cy".to_vec()));
}

#[test]
fn a_wide_table_lies_on_landscape_pages() {
    let widths = |before: &str| -> Vec<f32> {
        let html = page(&format!(
            "<h1>T</h1>{before}<h2>Plan</h2><table class=wide><caption>Plan</caption><tr><th>a</th><th>b</th></tr>\
             <tr><td>c</td><td>d</td></tr></table><p>after</p>",
        ));
        let file = assert_same_words(&html);
        let wide = file.pages.len() - 2;
        assert!(file.marked[wide].values().any(|text| text.contains("Plan")));
        let sheets = file.pages.iter().map(|id| {
            let page = file.document.get_dictionary(*id).unwrap();
            let sheet = page.get(b"MediaBox").unwrap().as_array().unwrap();
            sheet[2].as_float().unwrap()
        });
        sheets.collect()
    };
    assert_eq!(
        widths(&"<p>before</p>".repeat(20)),
        [595.28, 841.89, 595.28]
    );
    // A short opening gets no upright page of its own.
    assert_eq!(widths("<p>before</p>"), [841.89, 595.28]);
}

#[test]
fn a_table_with_many_columns_breaks_no_number() {
    let table = |columns: usize, first: &str| {
        let cells = |tag: &str, words: &str| format!("<{tag}>{words}").repeat(columns);
        let (head, body) = (cells("th", "Month"), cells("td", "1,234"));
        page(&format!(
            "<p>Before.</p><table><thead><tr><th>Force{head}</thead><tbody><tr><td>{first}{body}</tbody></table><p>After."
        ))
    };
    // What stands beside each other, on pages that are upright or not.
    for (columns, wide) in [(5, false), (13, true), (18, true), (60, true)] {
        let file = assert_same_words(&table(columns, "Northmere"));
        let turned = file.pages.iter().any(|page| {
            let page = file.document.get_dictionary(*page).unwrap();
            let sheet = page.get(b"MediaBox").unwrap().as_array().unwrap();
            sheet[2].as_float().unwrap() > sheet[3].as_float().unwrap()
        });
        assert_eq!(turned, wide, "{columns} columns");
        let content = file
            .pages
            .iter()
            .map(|page| file.document.get_page_content(*page));
        let drawn = content.flat_map(|content| Content::decode(&content).unwrap().operations);
        let sizes = drawn
            .filter(|operation| operation.operator == "Tf")
            .map(|operation| operation.operands[1].as_float().unwrap());
        let least = sizes.fold(f32::MAX, f32::min);
        assert!(
            least >= style::LEAST_TABLE - 0.01,
            "{columns} columns: {least}"
        );
    }
    // A long address alone turns no page.
    let file = read(&table(3, &"quarterly_figures_of_every_district".repeat(4)));
    assert_eq!(file.pages.len(), 1);
}

#[test]
fn a_caption_of_several_paragraphs_stays_with_its_table() {
    for lines in 28..40 {
        let html = page(&format!(
            "<p>{}end</p><table><caption><p>first</p><p>second</p></caption><tr><th>head</th></tr><tr><td>cell</td></tr></table>",
            "line<br>".repeat(lines)
        ));
        let file = assert_same_words(&html);
        let page_of = |words: &str| {
            let says = |text: &String| text.contains(words);
            file.marked
                .iter()
                .position(|marked| marked.values().any(says))
        };
        assert_eq!(page_of("first"), page_of("cell"), "{lines}");
        assert_eq!(page_of("second"), page_of("cell"), "{lines}");
    }
}

#[test]
fn letter_paper_is_letter_paper() {
    let furniture = Furniture {
        paper: Paper::Letter,
        ..Furniture::default()
    };
    let file = File::read(&pdf(MEETING, &furniture).bytes);
    let page = file.document.get_dictionary(file.pages[0]).unwrap();
    assert_eq!(
        page.get(b"MediaBox").unwrap().as_array().unwrap()[3]
            .as_float()
            .unwrap(),
        792.0
    );
}

#[test]
fn pictures_are_figures_with_their_alternative() {
    let file = read(include_str!("../../../../tests/cases/pdf/pictures.html"));
    let tree = file.tree();
    let alternatives: Vec<String> = tree
        .find("Figure")
        .iter()
        .map(|figure| {
            assert!(figure.attribute("BBox").is_some());
            String::from_utf8_lossy(figure.dictionary.get(b"Alt").unwrap().as_str().unwrap())
                .into_owned()
        })
        .collect();
    assert_eq!(
        alternatives,
        [
            "Crest of the office, with transparency",
            "The same in plain colours",
            "The same from a palette",
            "The same in grey",
            "A linked photograph",
            "Two shapes",
            "Crest"
        ]
    );
    let words = tree.words().join(" ");
    assert!(
        words.contains("A picture that is elsewhere A drawing with words"),
        "{words}"
    );
    assert_eq!(tree.find("Link").len(), 1);
}

#[test]
fn charts_are_figures_beside_their_captions() {
    let html = include_str!("../../../../tests/cases/pdf/charts.html");
    let file = assert_same_words(html);
    let tree = file.tree();
    let alternatives: Vec<String> = tree
        .find("Figure")
        .iter()
        .map(|figure| reader::utf8(figure.dictionary.get(b"Alt").unwrap()))
        .collect();
    assert_eq!(
        alternatives,
        [
            "Open actions by quarter: 12, 18, 15 and 9; of them late: 2, 5, 4 and 1.",
            "A ring, three quarters full",
            "Rising",
            "Said in its own words",
        ]
    );
    let captions = tree.find("Caption");
    assert_eq!(
        captions[0].words().join(" "),
        "Open actions at the end of each quarter, and late ones (line)"
    );
    // The words of a chart are drawn with it, as text that can be searched for.
    let chart = file.marked[0]
        .values()
        .find(|text| text.contains("Actions"));
    assert!(chart.is_some_and(|text| text.contains("July–September")));
    assert!(file.artifacts[0].contains("steady"));
}

#[test]
fn a_chart_stays_inside_the_measure_and_with_its_caption() {
    let chart = "<figure class=chart><svg viewBox='0 0 600 200' role=img><title>Alt</title><rect width='600' height='200'/>\
                 <text x='300' y='100'>Inside</text></svg><figcaption>Below it</figcaption></figure>";
    for lead in 10..30 {
        let html = page(&format!("<h1>T</h1>{}{chart}", "<p>x</p>".repeat(lead)));
        let file = assert_same_words(&html);
        let of_chart = file
            .marked
            .iter()
            .find(|page| page.values().any(|text| text.contains("Inside")));
        assert!(of_chart.is_some_and(|page| page.values().any(|text| text.contains("Below it"))));
        let bounds = file.tree().find("Figure")[0].numbers("BBox");
        let [left, bottom, right, top] = bounds[..] else {
            panic!("{bounds:?}");
        };
        assert!((right - left - 471.28).abs() < 0.1, "as wide as the text");
        assert!(left >= 62.0 && bottom >= 66.0 && top <= 841.89 - 68.0);
        assert!(((right - left) / (top - bottom) - 3.0).abs() < 0.01);
    }
}

#[test]
fn cells_under_wide_headers_name_them() {
    let html = page(
        "<h1>T</h1><table><caption>c</caption><thead><tr><th rowspan=2>Area<th colspan=2>Calls<tr><th>999<th>101</thead>\
         <tbody><tr><th scope=row>North<td>12<td>40</table>",
    );
    let tree = assert_same_words(&html).tree();
    let name = |text: &str| {
        let cells = tree.find("TH");
        let cell = cells.iter().find(|cell| cell.words() == [text]).unwrap();
        String::from_utf8_lossy(cell.dictionary.get(b"ID").unwrap().as_str().unwrap()).into_owned()
    };
    let cells = tree.find("TD");
    let headers = cells[1].attribute("Headers").unwrap();
    for text in ["Calls", "101", "North"] {
        assert!(headers.contains(&name(text)), "{headers} {text}");
    }
    assert!(!headers.contains(&name("999")));
}

#[test]
fn two_lines_of_a_paragraph_at_least_are_on_each_page() {
    for lead in 20..32 {
        let html = page(&format!(
            "<h1>T</h1>{}<p>{}</p>",
            "<p>x</p>".repeat(lead),
            numbered_words(60, "wordnumber")
        ));
        let file = assert_same_words(&html);
        let parts: Vec<usize> = file
            .marked
            .iter()
            .map(|marked| {
                marked
                    .values()
                    .filter(|text| text.contains("wordnumber"))
                    .map(|text| text.split_whitespace().count())
                    .sum()
            })
            .filter(|count| *count > 0)
            .collect();
        // Five words to a line, and the last line may have only one.
        assert!(parts.iter().all(|count| *count >= 6), "{lead}: {parts:?}");
    }
}

#[test]
fn a_question_stays_with_its_findings() {
    for lead in 20..32 {
        let html = page(&format!(
            "<h1>T</h1>{}<div class=question><p><span class=number>1</span> <strong>The question?</strong></p></div>\
             <div class=findings><p>{}</p></div>",
            "<p>x</p>".repeat(lead),
            numbered_words(40, "finding-")
        ));
        let file = read(&html);
        for marked in &file.marked {
            if marked.values().any(|text| text.contains("The question?")) {
                assert!(
                    marked.values().any(|text| text.contains("finding-0")),
                    "{lead}"
                );
            }
        }
    }
}

#[test]
fn context_stays_with_the_question_that_rests_on_it() {
    for lead in 15..32 {
        for (open, close) in [("", ""), ("<section class=question>", "</section>")] {
            let html = page(&format!(
                "<h1>T</h1>{}{open}<blockquote class=context><p>{}</p></blockquote>{}<div class=headed>\
                 <h4 class=ask>The question?</h4></div>{}{close}",
                "<p>x</p>".repeat(lead),
                numbered_words(60, "context-"),
                if open.is_empty() {
                    "<section class=question>"
                } else {
                    ""
                },
                if open.is_empty() { "</section>" } else { "" },
            ));
            let file = assert_same_words(&html);
            for marked in &file.marked {
                if marked.values().any(|text| text.contains("The question?")) {
                    let context = marked.values().any(|text| text.contains("context-59"));
                    assert!(context, "{lead}");
                }
            }
        }
    }
}

#[test]
fn an_item_that_fits_on_a_page_is_not_broken() {
    for lead in 20..32 {
        let html = page(&format!(
            "<h1>T</h1>{}<ul><li>{}</li></ul><table><tr><th>h<tr><td>{}</table>",
            "<p>x</p>".repeat(lead),
            numbered_words(90, "item-"),
            numbered_words(90, "cell-")
        ));
        let file = assert_same_words(&html);
        for tag in ["item-", "cell-"] {
            let pages = file
                .marked
                .iter()
                .filter(|marked| marked.values().any(|text| text.contains(tag)))
                .count();
            assert_eq!(pages, 1, "{lead} {tag}");
        }
    }
}

/// What stands before the first list inside an item stays together; the rest may go over to the next page.
#[test]
fn a_list_inside_an_item_may_leave_its_page_whatever_follows_it() {
    let list: String = (0..25).map(|at| format!("<li>entry-{at}</li>")).collect();
    for behind in ["", "<p>behind</p>"] {
        let html = page(&format!(
            "<h1>T</h1>{}<ul><li><p>{}</p><ul>{list}</ul>{behind}</li></ul>",
            "<p>x</p>".repeat(12),
            numbered_words(30, "lead-"),
        ));
        let file = assert_same_words(&html);
        let first = file.marked[0].values().cloned().collect::<String>();
        for words in ["lead-0", "lead-29", "entry-0", "entry-9"] {
            assert!(first.contains(words), "{behind}: {words}");
        }
        assert!(!first.contains("entry-24"), "{behind}");
    }
}

#[test]
fn everything_hard_is_read_word_for_word() {
    let file = assert_same_words(include_str!("../../../../tests/cases/pdf/stress.html"));
    assert!(file.pages.len() > 15);
}

#[test]
fn a_plan_is_set_on_landscape_pages_with_its_short_opening() {
    let file = assert_same_words(include_str!("../../../../tests/cases/pdf/plan.html"));
    let lies: Vec<bool> = file
        .pages
        .iter()
        .map(|id| {
            let page = file.document.get_dictionary(*id).unwrap();
            let sheet = page.get(b"MediaBox").unwrap().as_array().unwrap();
            sheet[2].as_float().unwrap() > sheet[3].as_float().unwrap()
        })
        .collect();
    let last = lies.len() - 1;
    assert!(!lies[last] && lies[..last].iter().all(|lies| *lies));
    // On each page that goes on with a row: the head, the ref of that row, and that it goes on.
    for (page, artifacts) in file.artifacts[1..last].iter().enumerate() {
        let read: Vec<&str> = file.marked[page + 1].values().map(String::as_str).collect();
        assert!(artifacts.contains("TimescaleUpdates"), "{artifacts}");
        let goes_on = !read.iter().any(|text| {
            let number = text.trim();
            number.len() == 3 && number.as_bytes()[1] == b'.'
        }) || read[0].len() > 3 && !read[0].starts_with("Objective");
        assert_eq!(
            goes_on,
            artifacts.contains("cont."),
            "{artifacts} {:?}",
            &read[..3]
        );
    }
}

#[test]
fn rows_of_a_group_name_its_header() {
    let tree = read(include_str!("../../../../tests/cases/pdf/plan.html")).tree();
    let groups: Vec<&reader::Node> = tree
        .find("TH")
        .into_iter()
        .filter(|cell| cell.attribute("ColSpan").is_some())
        .collect();
    assert_eq!(groups.len(), 3);
    for (body, group) in tree.find("TBody").into_iter().zip(groups) {
        assert_eq!(group.attribute("Scope").as_deref(), Some("Row"));
        assert_eq!(group.attribute("ColSpan").as_deref(), Some("7"));
        let id = String::from_utf8_lossy(group.dictionary.get(b"ID").unwrap().as_str().unwrap());
        for cell in body.find("TD") {
            assert!(cell.attribute("Headers").unwrap().contains(&*id));
        }
    }
}

#[test]
fn a_page_that_ends_exactly_full_is_followed_by_no_empty_page() {
    for lines in (34..42).chain(74..82) {
        let html = page(&format!("<h1>T</h1><p>{}end</p>", "line<br>".repeat(lines)));
        let file = read(&html);
        assert!(
            file.marked.iter().all(|marked| !marked.is_empty()),
            "{lines}"
        );
    }
}
