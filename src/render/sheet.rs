//! What is made of a book as a whole rather than of one document, in every format: sheets of actions (the register, a
//! chair's sheet, an owner's sheet), and the office's record of withheld text.

use super::footnotes::Bodies;
use super::format::{Format, Ready};
use super::pdf::Furniture;
use super::templates::Templates;
use super::view::actions::{self, Sheet, SheetPage};
use super::view::record::{self, RecordView};
use super::{OnSite, Output, Problem, Rendered, Renderer, lacking, pdf, tidy};
use crate::ledger::{Ledger, Line};
use crate::model::{Edition, Internal};
use serde::Serialize;

impl<'r, E: Edition> Renderer<'r, E> {
    /// The ledger of the shelf that is rendered, for those who choose the actions of a sheet.
    pub fn ledger(&self) -> &Ledger<'r, E> {
        &self.library.ledger
    }

    /// Renders a sheet of actions, in the order in which they are given; their figures are those of its series.
    pub fn sheet(&self, lines: &[&Line<'_, '_, E>], sheet: &Sheet, outputs: &[Output]) -> Rendered {
        let view = |format| actions::page(lines, sheet, &self.library, format);
        let furniture = || actions::furniture(sheet, &self.library);
        self.pages("actions", view, furniture, outputs)
    }

    /// A sheet of actions as a page of a website, which puts `site` around it. It is not rendered yet.
    pub(crate) fn sheet_page<'s, S: Serialize>(
        &self,
        lines: &[&Line<'_, '_, E>],
        sheet: &Sheet,
        site: &'s S,
    ) -> SheetOnSite<'s, S> {
        let (view, footnotes) = actions::page(lines, sheet, &self.library, Format::Html);
        SheetOnSite {
            view: OnSite { view, site },
            footnotes,
        }
    }

    /// Renders a view with the templates of this name, in each format that was asked for.
    fn pages<V: Serialize>(
        &self,
        template: &str,
        view: impl Fn(Format) -> (V, Bodies),
        furniture: impl Fn() -> Furniture,
        outputs: &[Output],
    ) -> Rendered {
        let mut rendered = Rendered::default();
        let text = |format, ending| -> Result<String, Box<tera::Error>> {
            let (view, footnotes) = view(format);
            let text = self
                .templates
                .render(&format!("{template}.{ending}"), &view)?;
            Ok(footnotes.set(text, format))
        };
        for output in Output::ALL.into_iter().filter(|one| outputs.contains(one)) {
            let made = match output {
                Output::Markdown => text(Format::Markdown, "md").map(|text| tidy(&text)),
                Output::Html | Output::Pdf => text(Format::Html, "html"),
            };
            let bytes = match made {
                Ok(html) if output == Output::Pdf => {
                    let made = pdf::pdf(&html, &furniture());
                    rendered.diagnostics.extend(lacking::<E>(made.missing));
                    made.bytes
                }
                Ok(text) => text.into_bytes(),
                Err(error) => {
                    rendered.diagnostics.push(Problem::Template(error));
                    continue;
                }
            };
            rendered.outputs.push((output, bytes));
        }
        rendered
    }
}

impl Renderer<'_, Internal> {
    /// Renders the record of what the book withholds. `write` makes its view of plain words, which it is given the means
    /// to make ready for a format. There is no public edition of it.
    pub fn record(
        &self,
        write: impl Fn(&dyn Fn(&str) -> Ready) -> RecordView,
        outputs: &[Output],
    ) -> Rendered {
        let view = |format| record::page(&write, &self.library, format);
        let furniture = || record::furniture(&self.library);
        self.pages("withheld", view, furniture, outputs)
    }
}

/// A sheet of actions as a page of a website, before it is rendered.
pub(crate) struct SheetOnSite<'s, S> {
    view: OnSite<'s, SheetPage, S>,
    footnotes: Bodies,
}

impl<S: Serialize> SheetOnSite<'_, S> {
    /// The template that makes the page.
    pub(crate) const TEMPLATE: &'static str = "actions.html";

    /// Everything that the page is made of beside its template.
    ///
    /// # Errors
    /// Never for views that this program makes.
    pub(crate) fn seen(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&(&self.view, self.footnotes.all()))
    }

    /// The page.
    ///
    /// # Errors
    /// When a template is at fault.
    pub(crate) fn html(&self, templates: &Templates) -> Result<String, Box<tera::Error>> {
        let html = templates.render(Self::TEMPLATE, &self.view)?;
        Ok(self.footnotes.set(html, Format::Html))
    }
}
