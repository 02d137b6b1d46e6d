//! What the comments of a draft say, in the words of the public edition.

use super::view::{Day, Expected};
use crate::ledger::{Due, Entry, Event, Place, Said, Standing, What};
use crate::model::action::State;
use crate::model::date::{Date, DateReading};
use crate::model::due::DueRule;
use crate::model::exemption::{Exemption, ExemptionNames};
use crate::model::party::Party;
use crate::model::register::{self, Register};
use crate::model::settings::Settings;
use crate::model::text::{Text, is_escaped, plain_angles};
use crate::model::withheld::Row;
use crate::model::{Public, Redact};
use crate::render::dates::{self, Printed};
use crate::yaml::write;
use chrono::NaiveDate;

/// What is needed to put things into words.
pub(super) struct Speaker<'w, 'b> {
    pub(super) settings: &'b Settings<Public>,
    pub(super) register: &'w Register<'b, Public>,
    /// The day as at which actions are overdue.
    pub(super) as_at: NaiveDate,
}

/// A day in figures and in words.
pub(super) fn day(day: NaiveDate) -> Day {
    Day {
        iso: day.to_string(),
        words: dates::weekday(day),
    }
}

/// A text that goes into another document, on one line. A link would lead to nothing there, so that its words remain.
pub(super) fn carried(text: &Text<Public>) -> String {
    let source = text.source();
    match source.contains("](") || source.contains("]:") || source.contains("][") {
        false => flat(source),
        true => {
            let words = flat(&text.words());
            plain_angles(&words.replace('[', "\\[").replace(']', "\\]"))
        }
    }
}

/// Words with a mark at their end, so that a sentence can follow them.
pub(super) fn sentence(words: String) -> String {
    let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | '*' | '_');
    let last = words.trim_end_matches(closes).chars().next_back();
    match last {
        None | Some('.' | '?' | '!' | '…' | ':' | ';') => words,
        Some(_) => words + ".",
    }
}

/// A draft without the codes of exemptions that nobody knows: the withheld words themselves may stand where one belongs.
pub(super) fn known_codes(draft: &str, own: &[Exemption]) -> String {
    let known = |code: &str| {
        let exemption = Exemption::new(code);
        match exemption.is_known() || own.contains(&exemption) {
            true => code.trim().to_owned(),
            false => "unstated".to_owned(),
        }
    };
    let mut kept = String::with_capacity(draft.len());
    let mut rest = draft;
    while let Some(at) = rest.find("<<") {
        let (before, mark) = rest.split_at(at);
        kept.push_str(before);
        kept.push_str("<<");
        rest = &mark[2..];
        let end = rest
            .find(['>', '\n', '|'])
            .filter(|end| rest[*end..].starts_with(">>"));
        if let Some(end) = end.filter(|_| !is_escaped(before)) {
            let codes: Vec<String> = rest[..end].split(',').map(known).collect();
            kept.push_str(&codes.join(", "));
            rest = &rest[end..];
        }
    }
    kept + rest
}

/// Words on one line.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text over several lines: paragraphs and bullets each on their own.
fn lines(text: &Text<Public>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_new = true;
    for line in text.source().lines() {
        let line = flat(line);
        let is_bullet = ["- ", "* ", "+ ", "> ", "|"]
            .iter()
            .any(|mark| line.starts_with(mark));
        match lines.last_mut() {
            Some(last) if !is_new && !is_bullet && !line.is_empty() => {
                last.push(' ');
                last.push_str(&line);
            }
            _ if !line.is_empty() => lines.push(line.clone()),
            _ => {}
        }
        is_new = line.is_empty();
    }
    lines
}

/// A number of times.
fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn printed(printed: &Printed<'_, Public>) -> String {
    match printed {
        Printed::Ours(words) => words.clone(),
        Printed::Theirs(text) => flat(text.source()),
    }
}

impl Speaker<'_, '_> {
    /// Everything that is to be known of an action, a paragraph in each.
    pub(super) fn about(
        &self,
        entry: &Entry<'_, Public>,
        standing: &Standing<'_, '_, Public>,
        is_closed: bool,
    ) -> Vec<String> {
        let mut about = self.text(entry);
        if entry.mark().is_none() {
            about.push(self.terms(standing, entry.set));
        }
        about.push(origin(entry));
        about.push(fortunes(standing));
        about.extend(standing.last_update.map(|event| self.update(event)));
        if standing.state.is_closed() == is_closed {
            about.push(state(standing));
        }
        about.retain(|line| !line.is_empty());
        about
    }

    /// What is to be done.
    fn text(&self, entry: &Entry<'_, Public>) -> Vec<String> {
        if let Some(mark) = entry.mark() {
            return vec![self.withheld(&mark.exemptions)];
        }
        let mut about = entry.text().map(lines).unwrap_or_default();
        for (at, part) in entry.parts().iter().enumerate() {
            let letter = char::from(b'a' + (at % 26) as u8);
            about.push(match part {
                Row::Open(part) => {
                    let label = part.label.as_ref().map(|label| flat(label.source()));
                    let label = label.unwrap_or_else(|| letter.to_string());
                    format!("{label}) {}", flat(part.text.source()))
                }
                Row::Withheld(row) => format!("{letter}) {}", self.withheld(&row.mark.exemptions)),
            });
        }
        about
    }

    /// Who owns it and when it is due.
    fn terms(&self, standing: &Standing<'_, '_, Public>, set: Option<NaiveDate>) -> String {
        let owners: Vec<String> = standing
            .owners
            .iter()
            .map(|one| self.party(one, set))
            .collect();
        let mut terms = match owners.is_empty() {
            true => "Owner: none.".to_owned(),
            false => format!("Owner: {}.", owners.join(", ")),
        };
        let overdue = self.overdue(standing);
        let recurring = standing.every.is_some();
        match &standing.due {
            Some(due) => {
                let mark = match due.written.rule {
                    DueRule::None => "",
                    _ => "Due: ",
                };
                let overdue = if recurring { "" } else { &overdue };
                terms += &format!(" {mark}{}{overdue}.", due_words(due));
            }
            None => terms += " Due: no date.",
        }
        if let Some(every) = standing.every {
            let next = standing.due_day();
            let next = next.map(|day| format!(", next on {}{overdue}", dates::day(day)));
            let rhythm = flat(every.rhythm.source());
            terms += &format!(" Comes back: {rhythm}{}.", next.unwrap_or_default());
        }
        terms
    }

    fn overdue(&self, standing: &Standing<'_, '_, Public>) -> String {
        let words = |days| match days {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
        match standing.days_overdue(self.as_at) {
            Some(days) => format!(", overdue by {} on {}", words(days), dates::day(self.as_at)),
            None => String::new(),
        }
    }

    fn update(&self, event: &Event<'_, Public>) -> String {
        let when = event
            .day
            .map(dates::day)
            .unwrap_or_else(|| "undated".to_owned());
        let by: Vec<String> = event
            .said
            .by()
            .iter()
            .map(|one| self.party(one, event.day))
            .collect();
        let by = match by.is_empty() {
            true => String::new(),
            false => format!(" ({})", by.join(", ")),
        };
        let words = match (event.said.mark(), event.said.text()) {
            (Some(mark), _) => self.withheld(&mark.exemptions),
            (None, Some(text)) => flat(text.source()),
            (None, None) => match event.said.state() {
                Some(state) => format!("{}, without words.", state.label()),
                None => "without words.".to_owned(),
            },
        };
        let next = event.said.next_actions().iter();
        let next: Vec<String> = next
            .map(|next| format!(" Next: {}", flat(next.text.source())))
            .collect();
        format!("Last update, {when}{by}: {words}{}", next.concat())
    }

    /// That something is withheld, and why; none of its words.
    fn withheld(&self, exemptions: &[Exemption]) -> String {
        let names = ExemptionNames::of(self.settings);
        format!("Withheld: {}", names.words(exemptions))
    }

    /// Somebody in a few letters: initials, or the name.
    pub(super) fn party(&self, party: &Party<Public>, day: Option<NaiveDate>) -> String {
        let name = match self.register.party(party, day).one() {
            Some(entry) => {
                let initials = entry.initials(day);
                // Two people can share a rank.
                let is_clear =
                    |text: &&Text<Public>| self.register.find(text.source(), day).one().is_some();
                initials.filter(is_clear).or(entry.name()).map(Text::words)
            }
            None => None,
        };
        let written = party
            .name
            .as_ref()
            .or(party.body.as_ref())
            .or(party.role.as_ref());
        let name = name.or_else(|| written.map(|text| text.source().to_owned()));
        let role = party
            .role
            .as_ref()
            .filter(|_| party.name.is_some() || party.body.is_some());
        let role = role
            .map(|role| format!(", {}", role.source()))
            .unwrap_or_default();
        flat(&format!("{}{role}", name.unwrap_or_default()))
    }

    /// A member, as the list of those present would name it.
    pub(super) fn expected(&self, party: &Party<Public>, day: NaiveDate) -> Expected {
        let fields = [
            ("person", &party.name),
            ("body", &party.body),
            ("role", &party.role),
        ];
        let given: Vec<(&str, String)> = fields
            .iter()
            .filter_map(|(key, text)| Some((*key, flat(text.as_ref()?.source()))))
            .collect();
        let entry = match given.as_slice() {
            [("person", name)] => write::scalar(name),
            // Those present have a capacity in the place of a role.
            given => {
                let fields = given.iter().map(|(key, text)| {
                    let key = if *key == "role" { "capacity" } else { key };
                    format!("{key}: {}", write::quoted(text))
                });
                format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
            }
        };
        let who = match self.register.party(party, Some(day)).one() {
            Some(register::Entry::Person(_, person)) => {
                let title = person.post_on(Some(day)).title.map(Text::words);
                let name = person.name.as_ref().map(Text::words);
                [name, title]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", ")
            }
            Some(entry) => entry.name().map(Text::words).unwrap_or_default(),
            None => String::new(),
        };
        Expected {
            entry,
            who: write::printable(&flat(&who)),
        }
    }
}

/// A due date as written, with the day that it comes to.
fn due_words(due: &Due<'_, Public>) -> String {
    let shown = dates::due(due.written, due.day);
    let computed = shown.computed.map(|day| format!(" ({day})"));
    let words = format!("{}{}", shown.before, printed(&shown.words));
    format!(
        "{}{}",
        words.trim_end_matches('.'),
        computed.unwrap_or_default()
    )
}

/// Where an action was set.
fn origin(entry: &Entry<'_, Public>) -> String {
    if let What::Earlier(action) = entry.what {
        let from = action.from.as_ref();
        let meeting = from.and_then(|from| from.meeting.as_ref());
        let meeting =
            meeting.map(|name| format!(" at the meeting of {}", flat(name.written.source())));
        let item = from.and_then(|from| from.item.as_ref());
        let item = item.map(|item| format!(", item {}", flat(item.source())));
        return format!(
            "Set before the book began{}{}.",
            meeting.unwrap_or_default(),
            item.unwrap_or_default()
        );
    }
    let written = entry.action().and_then(|action| action.set.as_ref());
    // "2025" is no day, though its first one counts.
    let written = written.filter(|set| DateReading::of(set.written.source()).day().is_none());
    let set = match (written, entry.set) {
        (Some(written), _) => format!(" in {}", flat(written.written.source())),
        (None, Some(set)) => format!(" on {}", dates::day(set)),
        (None, None) => String::new(),
    };
    let place = match &entry.home.place {
        Place::Meeting { item, .. } => item.as_ref().map(|(number, item)| {
            let title = item.and_then(|item| item.title.as_ref());
            let number = (!number.is_empty()).then(|| format!("item {number}"));
            let title = title.map(|title| flat(title.source()));
            [number, title]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        }),
        Place::Tracker(tracker) => {
            let title = tracker.title.as_ref().or(tracker.group.as_ref());
            Some(title.map_or_else(|| "a tracker".to_owned(), |title| flat(title.source())))
        }
        Place::Plan { plan, objective } => {
            let title = flat(plan.title.source());
            Some(match objective.0.is_empty() {
                true => title,
                false => format!("{title}, objective {}", objective.0),
            })
        }
    };
    let place = place.filter(|place| !place.is_empty());
    let place = place.map(|place| format!(": {place}")).unwrap_or_default();
    format!("Set{set}{place}.")
}

/// The state, unless it is open.
fn state(standing: &Standing<'_, '_, Public>) -> String {
    // That an action is open says the line that waits for its new state.
    if standing.state == State::Open {
        return String::new();
    }
    let since = standing
        .since
        .map(|since| format!(" on {}", dates::day(since)));
    let since = since.unwrap_or_default();
    let condition = standing.condition.or(standing.replaced_by);
    let condition = condition.map(|words| format!(": {}", flat(words.source())));
    let state = format!(
        "State: {}{since}{}",
        standing.state.label(),
        condition.unwrap_or_default()
    );
    let once = match standing.state.is_closed() {
        true => " It is listed this once, and then no more.",
        false => "",
    };
    format!("{}.{once}", state.trim_end_matches('.'))
}

/// How often it was carried forward and re-dated.
fn fortunes(standing: &Standing<'_, '_, Public>) -> String {
    if standing.state.is_closed() {
        return String::new();
    }
    let mut fortunes = format!(
        "Carried forward {}, this time included",
        times(standing.carried + 1)
    );
    if !standing.redatings.is_empty() {
        fortunes += &format!("; re-dated {}", times(standing.redatings.len()));
        if let Some(first) = &standing.original_due {
            fortunes += &format!(", first due: {}", due_words(first));
        }
    }
    fortunes + "."
}

/// Why an item was deferred, where and when.
pub(super) fn deferred(reason: &Text<Public>, number: &str, date: &Date<Public>) -> String {
    let item = match number.is_empty() {
        true => String::new(),
        false => format!(", item {number}"),
    };
    let when = date.day().map(dates::day).unwrap_or_default();
    format!("Deferred on {when}{item}: {}", flat(reason.source()))
}

/// Whether something was said at a meeting of a series.
pub(super) fn is_said_at(said: &Said<'_, Public>, series: &str) -> bool {
    matches!(said, Said::Arising { meeting, .. } if meeting.series.as_deref() == Some(series))
}

/// A title of the internal edition, as [`carried`] has it in the public one.
pub(super) fn carried_inside(text: &Text) -> String {
    carried(&text.redact())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_a_mark() {
        for (words, expected) in [
            (
                "The DCC to report on vetting",
                "The DCC to report on vetting.",
            ),
            ("Why?", "Why?"),
            ("He asked “why?”", "He asked “why?”"),
            ("It was <<s31>>", "It was <<s31>>."),
            ("", ""),
        ] {
            assert_eq!(sentence(words.to_owned()), expected);
        }
    }

    #[test]
    fn words_in_the_place_of_a_code_go_no_further() {
        let own = [Exemption::new("harbour")];
        for (draft, expected) in [
            ("a <<s31>> b <<kestrel>>", "a <<s31>> b <<unstated>>"),
            ("<<s31, kestrel>>", "<<s31, unstated>>"),
            ("<<harbour>>", "<<harbour>>"),
            ("\\<<kestrel>> 1 << 2 > 1", "\\<<kestrel>> 1 << 2 > 1"),
        ] {
            assert_eq!(known_codes(draft, &own), expected);
        }
    }
}
