//! What the file says of itself: XMP, the document information, the identifier.
//!
//! Everything comes from the head of the document: no clock, no machine. The same facts stand in the XMP packet and in the
//! information dictionary, as ISO 19005-2, 6.6.3 wants them to agree.

use lopdf::{Dictionary, Object, StringFormat};

use super::tree::Head;

/// What the file is called by; also the value that the XMP packet gives as its producer.
const PRODUCER: &str = concat!("minutebook ", env!("CARGO_PKG_VERSION"));

/// The document information dictionary (ISO 32000-1, 14.3.3).
pub(super) fn information(head: &Head) -> Dictionary {
    let mut info = Dictionary::new();
    let author = author(head);
    for (key, value) in [
        ("Title", title(head)),
        ("Author", author),
        ("Subject", subject(head)),
        ("Keywords", &head.keywords),
        ("Producer", PRODUCER),
    ] {
        if !value.is_empty() {
            info.set(key, text_string(value));
        }
    }
    for (key, value) in [("CreationDate", &head.date), ("ModDate", &head.modified)] {
        if let Some([year, month, day]) = date(value) {
            info.set(
                key,
                Object::string_literal(format!("D:{year}{month}{day}000000Z")),
            );
        }
    }
    info
}

/// The language of the document (ISO 14289-1, 7.2): English when the document does not say.
pub(super) fn language(head: &Head) -> &str {
    if head.language.is_empty() {
        "en-GB"
    } else {
        &head.language
    }
}

fn title(head: &Head) -> &str {
    if head.title.is_empty() {
        "Untitled"
    } else {
        &head.title
    }
}

fn author(head: &Head) -> &str {
    if head.creator.is_empty() {
        &head.publisher
    } else {
        &head.creator
    }
}

fn subject(head: &Head) -> &str {
    if head.description.is_empty() {
        &head.subject
    } else {
        &head.description
    }
}

/// Year, month and day of an ISO date; a time behind it is not looked at.
fn date(value: &str) -> Option<[&str; 3]> {
    let (year, month, day) = (value.get(..4)?, value.get(5..7)?, value.get(8..10)?);
    let digits = [year, month, day]
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let valid =
        matches!(month.parse::<u8>(), Ok(1..=12)) && matches!(day.parse::<u8>(), Ok(1..=31));
    let dashes = value.as_bytes().get(4) == Some(&b'-') && value.as_bytes().get(7) == Some(&b'-');
    (digits && dashes && valid).then_some([year, month, day])
}

/// The most characters of a text string; with two bytes each it stays below the limit of ISO 19005-2, 6.1.13.
const MOST_CHARACTERS: usize = 8000;

/// A text string (ISO 32000-1, 7.9.2.2), cut where it is longer than an archive allows.
pub(super) fn text_string(text: &str) -> Object {
    let end = text
        .char_indices()
        .nth(MOST_CHARACTERS)
        .map_or(text.len(), |(at, _)| at);
    let text = &text[..end];
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// The metadata packet, with its claims to ISO 14289-1 and ISO 19005-2, level A, and the schema that declares the first
/// (ISO 19005-2, 6.6.2.3).
pub(super) fn xmp(head: &Head) -> String {
    let mut body = String::new();
    let language = xml(language(head));
    body.push_str(&format!(
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n",
        xml(title(head))
    ));
    if !author(head).is_empty() {
        body.push_str(&format!(
            "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
            xml(author(head))
        ));
    }
    if !head.publisher.is_empty() {
        body.push_str(&format!(
            "<dc:publisher><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:publisher>\n",
            xml(&head.publisher)
        ));
    }
    if !subject(head).is_empty() {
        body.push_str(&format!(
            "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n",
            xml(subject(head))
        ));
    }
    body.push_str(&format!(
        "<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n"
    ));
    body.push_str("<dc:format>application/pdf</dc:format>\n");
    if !head.keywords.is_empty() {
        body.push_str(&format!(
            "<pdf:Keywords>{}</pdf:Keywords>\n",
            xml(&head.keywords)
        ));
    }
    body.push_str(&format!("<pdf:Producer>{PRODUCER}</pdf:Producer>\n"));
    for (key, value) in [("CreateDate", &head.date), ("ModifyDate", &head.modified)] {
        if let Some([year, month, day]) = date(value) {
            body.push_str(&format!(
                "<xmp:{key}>{year}-{month}-{day}T00:00:00Z</xmp:{key}>\n"
            ));
        }
    }
    format!("{BEFORE}{body}{AFTER}")
}

/// Text for XML: escaped, and without the characters that XML cannot hold.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

const BEFORE: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
"#;

const AFTER: &str = r#"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#;

/// Sixteen bytes that change with the content and with nothing else (ISO 32000-1, 14.4).
pub(super) fn identifier(parts: &[&[u8]]) -> Vec<u8> {
    let mut hashes = [0xcbf2_9ce4_8422_2325_u64, 0x6c62_272e_07bb_0142];
    for byte in parts.iter().flat_map(|part| part.iter().chain([&0xff])) {
        for hash in &mut hashes {
            *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hashes.iter().flat_map(|hash| hash.to_be_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_date_is_a_date() {
        assert_eq!(date("2026-09-14"), Some(["2026", "09", "14"]));
        assert_eq!(date("2026-09-14T10:30"), Some(["2026", "09", "14"]));
        for wrong in [
            "",
            "2026",
            "14/09/2026",
            "2026-13-01",
            "2026-00-10",
            "20é6-09-14",
        ] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn long_strings_are_cut_between_characters() {
        let long = text_string(&"ż".repeat(50_000));
        assert!(
            long.as_str()
                .is_ok_and(|bytes| bytes.len() == 2 + 2 * MOST_CHARACTERS)
        );
    }

    #[test]
    fn markup_in_the_title_is_text() {
        let head = Head {
            title: "A & B <script>\u{7}".to_owned(),
            ..Head::default()
        };
        assert!(xmp(&head).contains("A &amp; B &lt;script&gt; <"));
    }
}
