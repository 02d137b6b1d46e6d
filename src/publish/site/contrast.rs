//! Whether the book's accent colour can be seen: its contrast with white.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Public;
use crate::model::settings::Settings;
use crate::render::colour::{self, LEAST};

/// The contrast of the accent colour with white.
pub(super) fn of_accent(settings: &Settings<Public>) -> f64 {
    let accent = colour::accent(settings.look.as_ref());
    colour::contrast(accent.unwrap_or(colour::USUAL), [255; 3])
}

/// The contrast of what stands on the band with the band, where there is one.
pub(super) fn on_band(settings: &Settings<Public>) -> Option<f64> {
    let band = colour::band(settings.look.as_ref())?;
    Some(colour::contrast(band, colour::ink(band)))
}

/// Says so when the accent colour is too pale.
pub(super) fn diagnostics(settings: &Settings<Public>) -> Vec<Diagnostic> {
    let accent = settings.look.as_ref().and_then(|look| look.accent.as_ref());
    let contrast = of_accent(settings);
    let Some(accent) = accent.filter(|_| contrast < LEAST) else {
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
