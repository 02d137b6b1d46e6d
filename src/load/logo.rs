//! Reads the logo that the settings name. It must lie within the book. It is tried as a picture, so that a person hears at
//! once what will not be seen.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Logo;
use crate::model::settings::Settings;
use crate::picture::{self, Refusal};
use crate::source::Span;
use std::fs;
use std::path::{Component, Path};

/// The largest logo that is read, in bytes: it travels inside every page.
const MAX_LOGO: u64 = 512 * 1024;

/// The logo of a book, when its settings name one. What is wrong with it goes to `faults`.
pub(super) fn logo(root: &Path, settings: &Settings, faults: &mut Vec<Diagnostic>) -> Option<Logo> {
    let setting = settings.look.as_ref()?.logo.as_ref()?;
    let fault = |message: String, help: &str| {
        Diagnostic::error("logo", setting.file.span, message).help(help)
    };
    let path = Path::new(&setting.file.text);
    let is_within = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let Some(media_type) = media_type(path).filter(|_| is_within) else {
        faults.push(fault(
            format!(
                "`{}` is not the name of a picture in this book",
                setting.file.text
            ),
            "name a PNG, JPEG or SVG file from the book's root, such as `pictures/logo.png`",
        ));
        return None;
    };
    let path = root.join(path);
    if let Some(message) = super::not_in_book(root, &path) {
        let message = format!("`{}` {message}", setting.file.text);
        faults.push(fault(message, "copy the picture into the book"));
        return None;
    }
    match fs::metadata(&path) {
        Ok(metadata) if metadata.len() > MAX_LOGO => {
            faults.push(fault(
                format!(
                    "the logo has {} kB; the limit is {} kB",
                    metadata.len() / 1024,
                    MAX_LOGO / 1024
                ),
                "save it smaller: it is part of every page",
            ));
            return None;
        }
        _ => {}
    }
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            faults.push(fault(
                format!("the logo cannot be read: {error}"),
                "correct the name of the file, or remove `logo:`",
            ));
            return None;
        }
    };
    let file = &setting.file.text;
    match picture::read(media_type, &bytes) {
        Ok(_) => {}
        Err(Refusal::Broken(why)) => {
            faults.push(fault(
                format!("`{file}` is not a picture that can be shown: {why}"),
                "export it again as PNG or plain SVG, with the ending of what it is",
            ));
            return None;
        }
        Err(Refusal::NotForPaper(what)) => {
            faults.push(not_for_paper(setting.file.span, file, what))
        }
    }
    Some(Logo {
        media_type,
        bytes,
        alt: setting.alt.text.clone(),
    })
}

/// A picture that a browser shows, and a PDF cannot.
fn not_for_paper(span: Span, file: &str, what: &str) -> Diagnostic {
    let message = format!("the PDF cannot show the logo `{file}`: it has {what}");
    let place = Target::Place(span);
    Diagnostic::new("logo-not-in-pdf", Severity::Warning, place, message).help(
        "export it as PNG (RGB, not interlaced), or as plain SVG with its text made into paths; until then the PDF has its \
         `alt:` text in its place",
    )
}

fn media_type(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "svg" => Some(picture::SVG),
        _ => None,
    }
}
