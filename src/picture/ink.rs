//! What becomes of colours where they do not show themselves, but how much is seen of something else.

use usvg::Color;

/// What the colours of shapes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// To be seen.
    Seen,
    /// To say by their lightness how much is seen of something else.
    Light,
    /// To say by being there that all of something else is seen.
    There,
}

impl Ink {
    /// The colour that a colour becomes.
    pub(super) fn of(self, colour: Color) -> [u8; 3] {
        let parts = [colour.red, colour.green, colour.blue];
        match self {
            Ink::Seen => parts,
            // The lightness that SVG means (CSS Masking 1, 7.10.1): that of PDF weighs the three parts otherwise.
            Ink::Light => {
                let [red, green, blue] = parts.map(|part| f32::from(part) / 255.0);
                grey(0.2125 * red + 0.7154 * green + 0.0721 * blue)
            }
            Ink::There => grey(1.0),
        }
    }
}

/// So much of white.
pub(super) fn grey(lightness: f32) -> [u8; 3] {
    [(lightness * 255.0).round() as u8; 3]
}
