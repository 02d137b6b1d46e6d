//! Sheets of actions in every format: the register, a chair's sheet, an owner's sheet.

use super::format::Format;
use super::view::actions::{self, Sheet};
use super::{OnSite, Output, Problem, Rendered, Renderer, pdf, tidy};
use crate::ledger::{Ledger, Line};
use crate::model::Edition;

impl<'r, E: Edition> Renderer<'r, E> {
    /// The ledger of the shelf that is rendered, for those who choose the actions of a sheet.
    pub fn ledger(&self) -> &Ledger<'r, E> {
        &self.library.ledger
    }

    /// Renders a sheet of actions, in the order in which they are given; their figures are those of its series.
    pub fn sheet(&self, lines: &[Line<'_, '_, E>], sheet: &Sheet, outputs: &[Output]) -> Rendered {
        let mut rendered = Rendered::default();
        for output in Output::ALL.into_iter().filter(|one| outputs.contains(one)) {
            match self.sheet_as(lines, sheet, output, &mut rendered) {
                Ok(bytes) => rendered.outputs.push((output, bytes)),
                Err(error) => rendered.diagnostics.push(Problem::Template(error)),
            }
        }
        rendered
    }

    /// A sheet of actions as a page of a website.
    ///
    /// # Errors
    /// When a template is at fault.
    pub(crate) fn sheet_page(
        &self,
        lines: &[Line<'_, '_, E>],
        sheet: &Sheet,
        site: &impl serde::Serialize,
    ) -> Result<String, Box<tera::Error>> {
        let (view, footnotes) = actions::page(lines, sheet, &self.library, Format::Html);
        let html = self
            .templates
            .render("actions.html", &OnSite { view, site })?;
        Ok(footnotes.set(html, Format::Html))
    }

    fn sheet_as(
        &self,
        lines: &[Line<'_, '_, E>],
        sheet: &Sheet,
        output: Output,
        rendered: &mut Rendered,
    ) -> Result<Vec<u8>, Box<tera::Error>> {
        if output == Output::Markdown {
            let (view, footnotes) = actions::page(lines, sheet, &self.library, Format::Markdown);
            let text = self.templates.render("actions.md", &view)?;
            return Ok(tidy(&footnotes.set(text, Format::Markdown)).into_bytes());
        }
        let (view, footnotes) = actions::page(lines, sheet, &self.library, Format::Html);
        let html = self.templates.render("actions.html", &view)?;
        let html = footnotes.set(html, Format::Html);
        if output == Output::Html {
            return Ok(html.into_bytes());
        }
        let made = pdf::pdf(&html, &actions::furniture(sheet, &self.library));
        let missing = made.missing.into_iter();
        let problems = missing.map(|one| Problem::Character(one.character, one.context));
        rendered.diagnostics.extend(problems);
        Ok(made.bytes)
    }
}
