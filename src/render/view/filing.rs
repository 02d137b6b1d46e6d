//! What a document says to those who file it and look for it: in a sentence, and in keywords. They stand in the head of the
//! HTML, and as subject and keywords in the PDF.

use super::document::Scribe;
use crate::model::Edition;
use crate::render::dates;
use chrono::Datelike;

impl<E: Edition> Scribe<'_, '_, E> {
    /// What the document is, in a sentence: "Notes of 26 May 2026. Monthly assurance meeting, Northmere PCC."
    pub(super) fn description(&self) -> String {
        let (kind, joint) = self.about.kind;
        let day = self.about.day.map(dates::day);
        let day = day.map_or_else(String::new, |day| format!(" {joint} {day}"));
        let organisation = self.writer.words(&self.library.settings.organisation.name);
        let whose: Vec<String> = self
            .series_words()
            .into_iter()
            .chain([organisation])
            .collect();
        format!("{kind}{day}. {}.", whose.join(", "))
    }

    /// What a records officer looks for: the kind, the series, the type, the theme, the group and the month, with commas
    /// between. A text of which something is withheld is left out, in the internal edition too.
    pub(super) fn keywords(&self) -> String {
        let about = self.about;
        let subjects = about.subjects.iter();
        let open = subjects.filter(|text| text.passages().is_empty());
        let open = open.map(|text| self.writer.words(text));
        let month = about.day.map(|day| dates::month(day.year(), day.month()));
        let all = std::iter::once(about.kind.0.to_owned())
            .chain(self.series_words())
            .chain(open)
            .chain(month);
        let mut keywords: Vec<String> = Vec::new();
        for keyword in all {
            let keyword = keyword.trim();
            let is_known = keywords
                .iter()
                .any(|known| known.to_lowercase() == keyword.to_lowercase());
            if !keyword.is_empty() && !is_known {
                keywords.push(keyword.to_owned());
            }
        }
        keywords.join(", ")
    }

    /// The title of the series, unless something of it is withheld.
    fn series_words(&self) -> Option<String> {
        let series = self.library.settings.series.get(self.about.series?)?;
        let is_open = series.title.passages().is_empty();
        is_open.then(|| self.writer.words(&series.title))
    }
}
