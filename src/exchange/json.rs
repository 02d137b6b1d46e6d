//! The register as JSON: one object, whose fields are those of [`Actions`]. Fields may be added; none changes its meaning.

use super::record::Actions;

/// The register as JSON, indented, with a line end at its end.
///
/// # Errors
/// Never for records that this program makes.
pub fn json(actions: &Actions) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(actions)? + "\n")
}
