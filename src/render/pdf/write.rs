//! From pages to the bytes of a PDF file.
//!
//! In: pages, structure, metadata. Out: PDF 1.7 that claims PDF/UA-1 and PDF/A-2a. printpdf writes the pages, lopdf what
//! it leaves out; what is on them comes from `content`, fonts from `embed`, shapes of pictures from `forms`, tags from `tags`.
//! Nothing is laid out here.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};
use rayon::prelude::*;

use super::blocks::{Bookmark, Link};
use super::content::{content, picture_name};
use super::embed::{self, Fonts};
use super::file;
use super::fonts::{FaceId, Set};
use super::forms;
use super::metadata;
use super::pages::{Page, Place};
use super::picture::{Kind, Picture};
use super::structure::Structure;
use super::tags::{self, Marks, Tagged, view};
use super::tree::Head;
use crate::picture::{Coding, Colours, Raster};

/// A small sRGB profile for the output intent (ISO 19005-2, 6.2.3); its licence lies beside it.
const SRGB: &[u8] = include_bytes!("srgb/sRGB-v2-magic.icc");

/// Everything that goes into the file.
pub(super) struct Finished<'a> {
    pub(super) head: &'a Head,
    pub(super) pages: &'a [Page],
    pub(super) fonts: &'a Set,
    pub(super) places: &'a [Option<Place>],
    pub(super) structure: &'a Structure,
    pub(super) links: &'a [Link],
    pub(super) pictures: &'a [Picture],
    pub(super) bookmarks: &'a [Bookmark],
    pub(super) identifier: Vec<u8>,
}

/// The bytes of the file.
///
/// # Errors
/// Fonts of the book that are damaged, so that what is set in them would be lost.
pub(super) fn write(finished: &Finished<'_>) -> Result<Vec<u8>, Vec<FaceId>> {
    let fonts = Fonts::of(finished.pages, finished.fonts)?;
    let (operators, marks): (Vec<Vec<u8>>, Marks) = finished
        .pages
        .par_iter()
        .map(|page| content(page, finished.structure, finished.pictures, &fonts))
        .unzip();
    // The tags need what was marked on the pages, and not the pages themselves.
    let (streams, (mut document, elements)) = rayon::join(
        || operators.into_par_iter().map(compressed).collect(),
        || tagged(finished, &fonts, &marks),
    );
    fill(&mut document, streams);
    Ok(file::bytes(document, &elements))
}

fn compressed(operators: Vec<u8>) -> Stream {
    let mut stream = Stream::new(Dictionary::new(), operators);
    file::compress(&mut stream);
    stream
}

/// Everything but what is on the pages.
fn tagged(finished: &Finished<'_>, fonts: &Fonts, marks: &Marks) -> (Document, file::Written) {
    let mut document = sheets(finished.pages);
    let resources = fonts.write(&mut document);
    share(&mut document, b"Font", resources);
    let elements = complete(&mut document, finished, marks);
    (document, elements)
}

/// Puts what is on the pages where they refer to.
fn fill(document: &mut Document, streams: Vec<Stream>) {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for (page, stream) in pages.into_iter().zip(streams) {
        let contents = document
            .get_dictionary(page)
            .and_then(|page| page.get(b"Contents"))
            .and_then(Object::as_reference);
        if let Ok(contents) = contents {
            document.set_object(contents, stream);
        }
    }
}

/// The pages with nothing on them, and the resources that they share: the file that printpdf writes.
fn sheets(pages: &[Page]) -> Document {
    let mut printed = PdfDocument::new("");
    let empty = |page: &Page| {
        let sheet = || Rect::from_wh(Pt(page.width), Pt(page.height));
        PdfPage {
            media_box: sheet(),
            trim_box: sheet(),
            crop_box: sheet(),
            ops: Vec::new(),
        }
    };
    printed.pages = pages.iter().map(empty).collect();
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: false,
        image_optimization: None,
    };
    printed.to_lopdf_document(&options, &mut Vec::new())
}

/// A raster as an image (ISO 32000-1, 8.9.5).
fn image(raster: &Raster) -> Stream {
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(raster.width),
        "Height" => i64::from(raster.height),
        "BitsPerComponent" => i64::from(raster.bits),
    };
    let mut components = 1;
    match &raster.colours {
        Colours::Grey => dictionary.set("ColorSpace", "DeviceGray"),
        Colours::Rgb => {
            components = 3;
            dictionary.set("ColorSpace", "DeviceRGB");
        }
        Colours::Palette(colours) => {
            let last = (colours.len() / 3).clamp(1, 256) as i64 - 1;
            let colours = embed::hexadecimal(colours.clone());
            let space = vec!["Indexed".into(), "DeviceRGB".into(), last.into(), colours];
            dictionary.set("ColorSpace", space);
        }
    }
    match raster.coding {
        Coding::Plain => {}
        Coding::Png => {
            dictionary.set("Filter", "FlateDecode");
            let parameters = dictionary! {
                "Predictor" => 15,
                "Colors" => components,
                "BitsPerComponent" => i64::from(raster.bits),
                "Columns" => i64::from(raster.width),
            };
            dictionary.set("DecodeParms", parameters);
        }
        Coding::Jpeg => dictionary.set("Filter", "DCTDecode"),
    }
    Stream::new(dictionary, raster.data.clone())
}

/// Put the pictures of files among the resources that all pages share.
fn add_pictures(document: &mut Document, pictures: &[Picture]) {
    let mut shared = Dictionary::new();
    for (index, picture) in pictures.iter().enumerate() {
        let object = match &picture.kind {
            Kind::Raster(raster) => document.add_object(image(raster)),
            Kind::Vector(vector) => forms::add(document, vector),
            Kind::Drawing(_) => continue,
        };
        shared.set(picture_name(index), object);
    }
    if !shared.is_empty() {
        share(document, b"XObject", shared);
    }
}

/// Fill one of the dictionaries of resources that all pages share.
fn share(document: &mut Document, kind: &[u8], resources: Dictionary) {
    let shared = document.page_iter().next().and_then(|page| {
        let page = document.get_dictionary(page).ok()?;
        let own = page
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict)
            .ok()?;
        own.get(kind).and_then(Object::as_reference).ok()
    });
    if let Some(shared) = shared {
        document.set_object(shared, resources);
    }
}

/// What printpdf leaves out: tags, metadata, output intent, bookmarks, identifier. The elements of the tags are given back.
fn complete(document: &mut Document, finished: &Finished<'_>, marks: &Marks) -> file::Written {
    document.version = "1.7".to_owned();
    let page_ids: Vec<ObjectId> = document.page_iter().collect();
    let tagged = Tagged {
        structure: finished.structure,
        links: finished.links,
        pages: finished.pages,
        page_ids: &page_ids,
        places: finished.places,
        marks,
    };
    let (tree, elements) = tags::write(document, &tagged);
    add_pictures(document, finished.pictures);
    for (index, id) in page_ids.iter().enumerate() {
        if let Ok(page) = document.get_dictionary_mut(*id) {
            page.set("StructParents", index as i64);
            // The tab order follows the structure (ISO 14289-1, 7.18.3).
            page.set("Tabs", "S");
        }
    }
    let outlines = bookmarks(document, finished, &page_ids);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = document.add_object(file::plain(
        packet,
        metadata::xmp(finished.head).into_bytes(),
    ));
    let pages = document
        .catalog()
        .ok()
        .and_then(|catalog| catalog.get(b"Pages").ok().cloned());
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Lang" => metadata::text_string(metadata::language(finished.head)),
        "MarkInfo" => dictionary! { "Marked" => true },
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "StructTreeRoot" => tree,
        "Metadata" => packet,
        "OutputIntents" => vec![intent.into()],
    };
    if let Some(pages) = pages {
        catalog.set("Pages", pages);
    }
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    replace(document, b"Root", catalog);
    replace(document, b"Info", metadata::information(finished.head));
    let id = embed::hexadecimal(finished.identifier.clone());
    document.trailer.set("ID", vec![id.clone(), id]);
    elements
}

/// Put a dictionary where the trailer refers to.
fn replace(document: &mut Document, key: &[u8], dictionary: Dictionary) {
    match document.trailer.get(key).and_then(Object::as_reference) {
        Ok(id) => document.set_object(id, dictionary),
        Err(_) => {
            let id = document.add_object(dictionary);
            document.trailer.set(key, id);
        }
    }
}

/// The outline: headings inside headings (ISO 32000-1, 12.3.3).
fn bookmarks(
    document: &mut Document,
    finished: &Finished<'_>,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    let entries: Vec<(&Bookmark, Place)> = finished
        .bookmarks
        .iter()
        .filter_map(|bookmark| Some((bookmark, (*finished.places.get(bookmark.target as usize)?)?)))
        .collect();
    if entries.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    // The entry that each lies in, and the children of each; the last list is that of the root.
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len() + 1];
    let mut parents = vec![entries.len(); entries.len()];
    let mut path: Vec<usize> = Vec::new();
    for (index, (bookmark, _)) in entries.iter().enumerate() {
        while path
            .last()
            .is_some_and(|last| entries[*last].0.level >= bookmark.level)
        {
            path.pop();
        }
        let parent = path.last().copied().unwrap_or(entries.len());
        parents[index] = parent;
        children[parent].push(index);
        path.push(index);
    }
    let id_of = |index: usize| {
        if index == entries.len() {
            root
        } else {
            ids[index]
        }
    };
    for (index, (bookmark, (page, y))) in entries.iter().enumerate() {
        let siblings = &children[parents[index]];
        let position = siblings
            .iter()
            .position(|sibling| *sibling == index)
            .unwrap_or(0);
        let mut entry = dictionary! {
            "Title" => metadata::text_string(&bookmark.title),
            "Parent" => id_of(parents[index]),
            "Dest" => view(page_ids[*page], finished.pages[*page].height, *y),
        };
        if let Some(previous) = position
            .checked_sub(1)
            .and_then(|position| siblings.get(position))
        {
            entry.set("Prev", id_of(*previous));
        }
        if let Some(next) = siblings.get(position + 1) {
            entry.set("Next", id_of(*next));
        }
        if let (Some(first), Some(last)) = (children[index].first(), children[index].last()) {
            entry.set("First", id_of(*first));
            entry.set("Last", id_of(*last));
            // Closed below the first two levels.
            let count = children[index].len() as i64;
            entry.set("Count", if bookmark.level < 2 { count } else { -count });
        }
        document.set_object(ids[index], entry);
    }
    let top = children.last().cloned().unwrap_or_default();
    let mut outline = dictionary! { "Type" => "Outlines", "Count" => top.len() as i64 };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        outline.set("First", id_of(*first));
        outline.set("Last", id_of(*last));
    }
    document.set_object(root, outline);
    Some(root)
}
