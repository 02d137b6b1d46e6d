//! From a document's objects to the bytes of its file.
//!
//! In: objects and a trailer. Out: PDF 1.7 with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8),
//! so that the many small objects of a structure tree cost little. The compressor is written in Rust and takes no heed of
//! the processor: the same objects give the same bytes on every machine.

use std::cell::RefCell;
use std::io::Write;

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;

/// How hard to compress: 4 makes a file a seventh smaller, and all that is done for it is a tenth more.
const EFFORT: u32 = 1;

/// Objects of one object stream.
const TOGETHER: usize = 200;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(u32),
    In { stream: u32, index: u16 },
}

/// Objects as they stand in the file, where there are so many that a dictionary for each costs too much.
#[derive(Default)]
pub(super) struct Written {
    text: Vec<u8>,
    /// The number of each, and where it begins.
    starts: Vec<(u32, usize)>,
}

impl Written {
    /// Begins the object with this number: what is written next is in it.
    pub(super) fn begin(&mut self, (number, _): ObjectId) -> &mut Vec<u8> {
        self.starts.push((number, self.text.len()));
        &mut self.text
    }

    fn objects(&self) -> impl Iterator<Item = (u32, Small<'_>)> {
        let ends = self.starts.iter().skip(1).map(|(_, start)| *start);
        let ends = ends.chain([self.text.len()]);
        let each = self.starts.iter().zip(ends);
        each.map(|((number, start), end)| (*number, Small::Written(&self.text[*start..end])))
    }
}

/// An object that is no stream.
enum Small<'w> {
    Object(Object),
    Written(&'w [u8]),
}

/// The bytes of a file with these objects, and with those that are written already.
pub(super) fn bytes(mut document: Document, written: &Written) -> Vec<u8> {
    let objects = std::mem::take(&mut document.objects);
    let mut streams: Vec<(u32, Stream)> = Vec::new();
    let mut small: Vec<(u32, Small<'_>)> = written.objects().collect();
    for ((number, _), object) in objects {
        match object {
            Object::Stream(stream) => streams.push((number, stream)),
            object => small.push((number, Small::Object(object))),
        }
    }
    small.sort_unstable_by_key(|(number, _)| *number);
    let mut next = document.max_id + 1;
    let mut places = vec![Place::Free; next as usize];
    for (at, (number, _)) in small.iter().enumerate() {
        places[*number as usize] = Place::In {
            stream: next + (at / TOGETHER) as u32,
            index: (at % TOGETHER) as u16,
        };
    }
    let together: Vec<Stream> = small.par_chunks(TOGETHER).map(object_stream).collect();
    for stream in together {
        streams.push((next, stream));
        places.push(Place::Free);
        next += 1;
    }
    streams
        .par_iter_mut()
        .for_each(|(_, stream)| compress(stream));

    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    for (number, stream) in streams {
        places[number as usize] = Place::At(out.len() as u32);
        write_stream(&mut out, number, stream);
    }
    let start = out.len();
    places.push(Place::At(start as u32));
    let mut table = Stream::new(document.trailer, cross_references(&places));
    table.dict.remove(b"Prev");
    table.dict.extend(&dictionary! {
        "Type" => "XRef",
        "Size" => places.len() as i64,
        "W" => vec![1.into(), 4.into(), 2.into()],
    });
    compress(&mut table);
    write_stream(&mut out, next, table);
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}

fn write_stream(out: &mut Vec<u8>, number: u32, mut stream: Stream) {
    stream.dict.set("Length", stream.content.len() as i64);
    out.extend(format!("{number} 0 obj\n").bytes());
    put_dictionary(out, &stream.dict);
    out.extend(b"\nstream\n");
    out.append(&mut stream.content);
    out.extend(b"\nendstream\nendobj\n");
}

/// An object as it stands in a file (ISO 32000-1, 7.3).
pub(super) fn put(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => out.extend(if *value { &b"true"[..] } else { b"false" }),
        Object::Integer(number) => put_text(out, format_args!("{number}")),
        Object::Real(number) => put_text(out, format_args!("{number}")),
        Object::Name(name) => put_name(out, name),
        Object::String(bytes, format) => put_string(out, bytes, format),
        Object::Array(objects) => {
            out.push(b'[');
            for (index, object) in objects.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                put(out, object);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => put_dictionary(out, dictionary),
        // A stream stands by itself: only what describes it could be here.
        Object::Stream(stream) => put_dictionary(out, &stream.dict),
        Object::Reference((number, generation)) => {
            put_text(out, format_args!("{number} {generation} R"));
        }
    }
}

pub(super) fn put_text(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to memory does not fail.
    let _ = out.write_fmt(text);
}

fn put_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend(b"<<");
    put_entries(out, dictionary);
    out.extend(b">>");
}

/// What stands in a dictionary.
pub(super) fn put_entries(out: &mut Vec<u8>, dictionary: &Dictionary) {
    for (key, value) in dictionary {
        put_name(out, key);
        let parted = matches!(
            value,
            Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)
        );
        if !parted {
            out.push(b' ');
        }
        put(out, value);
    }
}

fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        match byte {
            b'!'..=b'~' if !b"#()<>[]{}/%".contains(byte) => out.push(*byte),
            _ => put_text(out, format_args!("#{byte:02X}")),
        }
    }
}

fn put_string(out: &mut Vec<u8>, bytes: &[u8], format: &StringFormat) {
    match format {
        StringFormat::Literal => {
            out.push(b'(');
            for byte in bytes {
                match byte {
                    b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
                    b'\r' => out.extend(b"\\r"),
                    _ => out.push(*byte),
                }
            }
            out.push(b')');
        }
        StringFormat::Hexadecimal => {
            out.push(b'<');
            for byte in bytes {
                put_text(out, format_args!("{byte:02X}"));
            }
            out.push(b'>');
        }
    }
}

fn object_stream(objects: &[(u32, Small<'_>)]) -> Stream {
    let mut index = Vec::new();
    let mut body = Vec::new();
    for (number, object) in objects {
        put_text(&mut index, format_args!("{number} {} ", body.len()));
        match object {
            Small::Object(object) => put(&mut body, object),
            Small::Written(text) => body.extend_from_slice(text),
        }
        body.push(b'\n');
    }
    let dictionary = dictionary! {
        "Type" => "ObjStm",
        "N" => objects.len() as i64,
        "First" => index.len() as i64,
    };
    index.append(&mut body);
    Stream::new(dictionary, index)
}

/// Compress a stream that may be and is not.
///
/// A compressed stream never ends in an end-of-line character: a reader that looks for the end of the data instead of
/// trusting its length would lose it (ISO 19005-2, 6.1.7.1).
pub(super) fn compress(stream: &mut Stream) {
    if !stream.allows_compression || stream.dict.has(b"Filter") {
        return;
    }
    let program = stream.dict.has(b"Length1");
    loop {
        let compressed = deflate(&stream.content);
        if !compressed.ends_with(b"\r") && !compressed.ends_with(b"\n") {
            stream.content = compressed;
            stream.dict.set("Filter", "FlateDecode");
            return;
        }
        // White space behind operators and objects, padding behind the tables of a font; not zero, for the checksum
        // that the data ends in must change.
        stream
            .content
            .extend_from_slice(if program { &[0, 0, 0, 1] } else { b" " });
        if program {
            stream.dict.set("Length1", stream.content.len() as i64);
        }
    }
}

/// Compressed data; the compressor's tables are used again by the next stream of the thread.
fn deflate(content: &[u8]) -> Vec<u8> {
    thread_local! {
        static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(EFFORT), true));
    }
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut out = Vec::with_capacity(content.len() / 2 + 64);
        loop {
            let read = compressor.total_in() as usize;
            match compressor.compress_vec(&content[read..], &mut out, FlushCompress::Finish) {
                Ok(Status::StreamEnd) | Err(_) => return out,
                Ok(_) => out.reserve(out.capacity()),
            }
        }
    })
}

fn cross_references(places: &[Place]) -> Vec<u8> {
    let mut out = Vec::with_capacity(places.len() * 7);
    for (number, place) in places.iter().enumerate() {
        let (kind, value, last): (u8, u32, u16) = match *place {
            Place::Free => (0, 0, if number == 0 { u16::MAX } else { 0 }),
            Place::At(offset) => (1, offset, 0),
            Place::In { stream, index } => (2, stream, index),
        };
        out.push(kind);
        out.extend(value.to_be_bytes());
        out.extend(last.to_be_bytes());
    }
    out
}

/// A dictionary for a stream that holds readable text or binary data as it is.
pub(super) fn plain(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    Stream::new(dictionary, content).with_compression(false)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let mut document = Document::new();
        let names: Vec<_> = (0..500)
            .map(|number| document.add_object(dictionary! { "Number" => number }))
            .collect();
        let page = document.add_object(Stream::new(Dictionary::new(), b"BT ET ".repeat(99)));
        let mut written = Written::default();
        let id = document.new_object_id();
        written.begin(id).extend(b"<</Number 500>>");
        let root = document.add_object(dictionary! { "Type" => "Catalog", "Page" => page });
        document.trailer.set("Root", root);
        let read = Document::load_mem(&bytes(document, &written)).unwrap();
        assert_eq!(
            read.objects
                .values()
                .filter(|object| object.as_dict().is_ok_and(|d| d.has(b"Number")))
                .count(),
            501
        );
        let number = read.get_dictionary(id).unwrap().get(b"Number").unwrap();
        assert_eq!(number.as_i64().unwrap(), 500);
        assert!(names.iter().all(|id| read.get_dictionary(*id).is_ok()));
        let stream = read.get_object(page).and_then(Object::as_stream).unwrap();
        assert_eq!(
            stream.decompressed_content().unwrap().trim_ascii_end(),
            b"BT ET ".repeat(99).trim_ascii_end()
        );
    }

    #[test]
    fn no_stream_ends_in_an_end_of_line() {
        for length in 0..500 {
            let mut stream = Stream::new(Dictionary::new(), vec![b'x'; length]);
            compress(&mut stream);
            assert!(!stream.content.ends_with(b"\r") && !stream.content.ends_with(b"\n"));
            let program = dictionary! { "Length1" => length as i64 };
            let mut stream = Stream::new(program, vec![b'x'; length]);
            compress(&mut stream);
            assert!(!stream.content.ends_with(b"\r") && !stream.content.ends_with(b"\n"));
        }
    }

    #[test]
    fn a_font_whose_sum_is_a_line_end_is_compressed_as_well() {
        for byte in [b'\n' - 1, b'\r' - 1] {
            let mut stream = Stream::new(dictionary! { "Length1" => 1 }, vec![byte]);
            compress(&mut stream);
            assert!(stream.dict.has(b"Filter"));
            assert!(!stream.content.ends_with(b"\n") && !stream.content.ends_with(b"\r"));
        }
    }
}
