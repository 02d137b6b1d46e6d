//! The two colours of a book, and what can be read on them. In: colours as `#rrggbb`. Out: their contrast as WCAG 2.2
//! computes it, and the colours that go with them.

use super::Ready;
use super::pdf::Colour;
use crate::model::settings::Look;
use serde::Serialize;

/// The least contrast of text with what is behind it (WCAG 2.2, 1.4.3).
pub(crate) const LEAST: f64 = 4.5;
/// The accent colour of a book that names none.
pub(crate) const USUAL: Colour = [0x1d, 0x3f, 0x72];

const WHITE: Colour = [255; 3];
const BLACK: Colour = [0; 3];
/// What stands behind cards in dark colours: the palest ground there.
const DARK_CARD: Colour = [0x1f, 0x24, 0x29];

/// The colours of a book, ready for a style sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Theme {
    /// The accent colour, as `#1d3f72`.
    pub accent: Option<Ready>,
    /// Black or white: what can be read on it.
    pub accent_ink: Option<Ready>,
    /// The accent colour where the page is dark: paler, so that it can be seen.
    pub accent_dark: Option<Ready>,
    /// The colour of the band at the head of a page.
    pub band: Option<Ready>,
    /// Black or white: what can be read on it.
    pub band_ink: Option<Ready>,
}

impl Theme {
    /// The colours of a look. What is no colour is left out, and is an error of the book.
    pub(crate) fn of(look: Option<&Look>) -> Theme {
        let (accent, band) = (accent(look), band(look));
        let ready = |colour: Colour| Ready::made(written(colour));
        Theme {
            accent: accent.map(ready),
            accent_ink: accent.map(|one| ready(ink(one))),
            accent_dark: accent.map(|one| ready(for_dark(one))),
            band: band.map(ready),
            band_ink: band.map(|one| ready(ink(one))),
        }
    }
}

/// The accent colour of a look.
pub(crate) fn accent(look: Option<&Look>) -> Option<Colour> {
    look.and_then(|look| read(look.accent.as_deref()?))
}

/// The colour of the band of a look.
pub(crate) fn band(look: Option<&Look>) -> Option<Colour> {
    look.and_then(|look| read(look.band.as_deref()?))
}

/// A colour that is written as `#rrggbb`; anything else could not be set in a style sheet.
pub(crate) fn read(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#')?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = Some(digits).filter(|digits| is_hex && digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// A colour as `#rrggbb`.
pub(crate) fn written([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Black or white, whichever can be read better on a colour. One of them always has a contrast of 4.5.
pub(crate) fn ink(ground: Colour) -> Colour {
    match contrast(ground, WHITE) >= contrast(ground, BLACK) {
        true => WHITE,
        false => BLACK,
    }
}

/// A colour as pale as it must be to be seen where the page is dark.
fn for_dark(colour: Colour) -> Colour {
    let paler = |step: u16| {
        colour.map(|part| {
            let part = u16::from(part);
            (part + (255 - part) * step / 20) as u8
        })
    };
    let mut steps = (0..=20).map(paler);
    let seen = steps.find(|one| contrast(*one, DARK_CARD) >= LEAST);
    seen.unwrap_or(WHITE)
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio).
pub(crate) fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let with_white = |text| read(text).map(|colour| contrast(colour, WHITE));
        assert_eq!(with_white("#000000").map(f64::round), Some(21.0));
        assert_eq!(with_white("#ffffff"), Some(1.0));
        // The palest grey that passes.
        assert!(with_white("#767676").is_some_and(|one| (LEAST..4.6).contains(&one)));
        for none in ["#12345", "red", "#12345g", "#1234567", "#+1+1+1"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn whatever_the_colour_its_words_can_be_read_and_it_can_be_seen_in_the_dark() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let colour = [red, green, blue];
                    assert!(contrast(colour, ink(colour)) >= LEAST, "{colour:?}");
                    assert!(contrast(for_dark(colour), DARK_CARD) >= LEAST, "{colour:?}");
                }
            }
        }
    }
}
