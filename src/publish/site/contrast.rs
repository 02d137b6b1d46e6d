//! Whether the book's accent colour can be seen: its contrast with white, as WCAG 2.2 computes it.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Public;
use crate::model::settings::Settings;

/// The least contrast of text with what is behind it (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// The accent colour that is used when the book has none.
const USUAL: &str = "#1d3f72";

/// The contrast of the accent colour with white.
pub(super) fn of_accent(settings: &Settings<Public>) -> Option<f64> {
    let look = settings.look.as_ref();
    let accent = look.and_then(|look| look.accent.as_deref());
    Some(1.05 / (luminance(accent.unwrap_or(USUAL))? + 0.05))
}

/// Says so when the accent colour is too pale.
pub(super) fn diagnostics(settings: &Settings<Public>) -> Vec<Diagnostic> {
    let accent = settings.look.as_ref().and_then(|look| look.accent.as_ref());
    let contrast = of_accent(settings).filter(|contrast| *contrast < LEAST);
    let (Some(accent), Some(contrast)) = (accent, contrast) else {
        return Vec::new();
    };
    let message = format!(
        "`{}` has a contrast of {contrast:.1} to 1 with white",
        accent.text
    );
    let place = Target::Place(accent.span);
    let found = Diagnostic::new("accent-contrast", Severity::Warning, place, message);
    vec![found.help("choose a darker colour: WCAG 2.2 AA asks for at least 4.5 to 1")]
}

/// The relative luminance of a colour that is written as `#rrggbb`.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let part = |at: usize| {
        let value = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
        let value = f64::from(value) / 255.0;
        Some(match value <= 0.04045 {
            true => value / 12.92,
            false => ((value + 0.055) / 1.055).powf(2.4),
        })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |colour| luminance(colour).map(|one| 1.05 / (one + 0.05));
        assert_eq!(contrast("#000000").map(f64::round), Some(21.0));
        assert_eq!(contrast("#ffffff"), Some(1.0));
        // The palest grey that passes.
        assert!(contrast("#767676").is_some_and(|one| (LEAST..4.6).contains(&one)));
        assert_eq!(contrast("#12345"), None);
    }
}
