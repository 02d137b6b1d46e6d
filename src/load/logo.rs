//! Reads the logo that the settings name. It must lie within the book.

use crate::diagnostic::Diagnostic;
use crate::model::Logo;
use crate::model::settings::Settings;
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
    match fs::read(&path) {
        Ok(bytes) => Some(Logo {
            media_type,
            bytes,
            alt: setting.alt.text.clone(),
        }),
        Err(error) => {
            faults.push(fault(
                format!("the logo cannot be read: {error}"),
                "correct the name of the file, or remove `logo:`",
            ));
            None
        }
    }
}

fn media_type(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}
