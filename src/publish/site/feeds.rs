//! What feed readers, search engines and calendars read: Atom, a sitemap, robots.txt, iCalendar.

use super::{File, Maker, Published, Site, address, maker};
use crate::exchange::ics::Calendar;
use crate::model::Public;
use crate::model::date::Time;
use crate::model::outline::slug;
use crate::model::text::Text;
use crate::render::plain;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How many documents the feed has.
const LATEST: usize = 50;

/// The feeds.
pub(super) fn all<'m>(site: &'m Site<'_, '_>) -> Vec<Maker<'m>> {
    let mut files = vec![
        maker(|| File::new("feed.xml", atom(site))),
        maker(|| File::new("robots.txt", robots(site))),
        maker(|| File::new("meetings.ics", calendar(site))),
    ];
    let map = site.base();
    files.extend(map.map(|base| maker(move || File::new("sitemap.xml", sitemap(site, &base)))));
    files
}

fn atom(site: &Site<'_, '_>) -> String {
    let base = site.base();
    let organisation = site.organisation();
    let id = |address: &str| match &base {
        Some(base) => format!("{base}{address}"),
        None => format!("urn:minutebook:{}:{address}", address::slug(&organisation)),
    };
    let link = |address: &str| plain(&format!("{}{address}", base.as_deref().unwrap_or("")));
    let text = |words: &str| plain(words).as_str().to_owned();
    let updated = site.updated().unwrap_or(site.as_at);
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let language = text(site.shelf.settings.language());
    let _ = writeln!(
        feed,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">"
    );
    let _ = writeln!(feed, "<id>{}</id>", text(&id("feed.xml")));
    let _ = writeln!(
        feed,
        "<title>Notes, trackers and plans: {}</title>",
        text(&organisation)
    );
    let _ = writeln!(feed, "<updated>{}</updated>", stamp(updated));
    let _ = writeln!(
        feed,
        "<author><name>{}</name></author>",
        text(&organisation)
    );
    let _ = writeln!(
        feed,
        "<link rel=\"self\" href=\"{}\"/>",
        link("feed.xml").as_str()
    );
    let _ = writeln!(feed, "<link href=\"{}\"/>", link("index.html").as_str());
    for one in site.newest().into_iter().take(LATEST) {
        let day = one.updated.or(one.day).unwrap_or(updated);
        // A reader that meets another id shows the entry as new: that of a renamed file stays.
        let first = one.first_address.as_ref().unwrap_or(&one.address);
        let _ = writeln!(
            feed,
            "<entry>\n<id>{}</id>",
            text(&id(&format!("{first}.html")))
        );
        let _ = writeln!(feed, "<title>{}</title>", text(&one.title));
        let _ = writeln!(feed, "<updated>{}</updated>", stamp(day));
        let _ = writeln!(
            feed,
            "<link href=\"{}\"/>",
            link(&one.file("html")).as_str()
        );
        let pdf = link(&one.file("pdf"));
        let _ = writeln!(
            feed,
            "<link rel=\"alternate\" type=\"application/pdf\" href=\"{}\"/>",
            pdf.as_str()
        );
        let series = one.series.map(|series| site.series_title(series));
        let summary = series.map_or_else(
            || one.kind.to_owned(),
            |series| format!("{}: {series}", one.kind),
        );
        let _ = writeln!(feed, "<summary>{}</summary>\n</entry>", text(&summary));
    }
    feed.push_str("</feed>\n");
    feed
}

fn stamp(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

fn robots(site: &Site<'_, '_>) -> String {
    let mut robots = "User-agent: *\nDisallow:\n".to_owned();
    if let Some(base) = site.base() {
        let _ = writeln!(robots, "Sitemap: {base}sitemap.xml");
    }
    robots
}

fn sitemap(site: &Site<'_, '_>, base: &str) -> String {
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |address: &str, updated: Option<NaiveDate>| {
        let address = plain(&format!("{base}{address}"));
        let updated = updated.map(|day| format!("<lastmod>{day}</lastmod>"));
        let updated = updated.unwrap_or_default();
        let _ = writeln!(map, "<url><loc>{}</loc>{updated}</url>", address.as_str());
    };
    add("", site.updated());
    let own = [
        "accessibility",
        "actions",
        "data",
        "decisions",
        "glossary",
        "papers",
        "people",
        "search",
    ];
    own.iter()
        .for_each(|page| add(&format!("{page}.html"), None));
    site.series
        .iter()
        .for_each(|(_, address)| add(&format!("{address}.html"), None));
    let closed = site.closed.iter();
    closed.for_each(|one| add(&format!("{}.html", one.address), None));
    for one in &site.documents {
        add(&one.file("html"), one.updated);
    }
    for (action, page) in site.actions.actions.iter().zip(&site.action_pages) {
        add(&format!("{page}.html"), super::action::updated(action));
    }
    map.push_str("</urlset>\n");
    map
}

/// Every meeting with notes, and those that they announce.
fn calendar(site: &Site<'_, '_>) -> String {
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//minutebook//Meetings//EN");
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.text(
        "X-WR-CALNAME",
        &format!("Meetings, {}", site.organisation()),
    );
    let mut given = BTreeSet::new();
    for one in site.documents.iter() {
        held(site, one, &mut given, &mut calendar);
    }
    for (series, _) in &site.series {
        announced(site, series, &mut calendar);
    }
    calendar.line("END", "VCALENDAR");
    calendar.written
}

struct Event<'e> {
    uid: String,
    stamp: NaiveDate,
    day: NaiveDate,
    begins: Option<&'e Time<Public>>,
    ends: Option<&'e Time<Public>>,
    title: String,
    venue: Option<&'e Text<Public>>,
    address: Option<String>,
}

/// `given` has the UIDs that other meetings have: a series may meet twice on a day.
fn held(
    site: &Site<'_, '_>,
    one: &Published<'_, '_>,
    given: &mut BTreeSet<String>,
    calendar: &mut Calendar,
) {
    let (Some(meeting), Some(day)) = (one.meeting(), one.day) else {
        return;
    };
    let series = one
        .series
        .and_then(|series| site.shelf.settings.series.get(series));
    let mut uid = uid(site, one.series.unwrap_or(&one.address), day);
    if !given.insert(uid.clone()) {
        uid = format!("{}-{uid}", address::slug(&one.address));
    }
    let event = Event {
        uid,
        stamp: day,
        day,
        begins: meeting
            .time
            .as_ref()
            .or(series.and_then(|series| series.time.as_ref())),
        ends: meeting.ended.as_ref(),
        title: one.title.clone(),
        venue: meeting
            .venue
            .as_ref()
            .or(series.and_then(|series| series.venue.as_ref())),
        address: site.canonical(&one.address),
    };
    event.write(site, calendar);
}

/// The meeting that the latest notes of a series announce.
fn announced(site: &Site<'_, '_>, key: &str, calendar: &mut Calendar) {
    let notes = site.of_series(key);
    let Some((one, day)) = notes.first().and_then(|one| Some((one, one.day?))) else {
        return;
    };
    let Some((next, next_day)) = super::pages::next_meeting(site, key) else {
        return;
    };
    let series = site.shelf.settings.series.get(key);
    let event = Event {
        uid: uid(site, one.series.unwrap_or(key), next_day),
        stamp: day,
        day: next_day,
        begins: next
            .time
            .as_ref()
            .or(series.and_then(|series| series.time.as_ref())),
        ends: None,
        title: site.series_title(key),
        venue: next
            .venue
            .as_ref()
            .or(series.and_then(|series| series.venue.as_ref())),
        address: None,
    };
    event.write(site, calendar);
}

/// The same meeting keeps its entry in a calendar, first announced and then held.
fn uid(site: &Site<'_, '_>, series: &str, day: NaiveDate) -> String {
    format!(
        "{}-{day}@{}",
        address::slug(series),
        slug(&site.organisation())
    )
}

impl Event<'_> {
    fn write(&self, site: &Site<'_, '_>, calendar: &mut Calendar) {
        calendar.line("BEGIN", "VEVENT");
        calendar.text("UID", &self.uid);
        calendar.line("DTSTAMP", &format!("{}T000000Z", self.day_of(self.stamp)));
        match self.begins.and_then(|time| time.value) {
            Some(time) => {
                let at = |time: chrono::NaiveTime| {
                    format!("{}T{}", self.day_of(self.day), time.format("%H%M%S"))
                };
                calendar.line("DTSTART", &at(time));
                let ends = self
                    .ends
                    .and_then(|time| time.value)
                    .filter(|end| *end > time);
                if let Some(end) = ends {
                    calendar.line("DTEND", &at(end));
                }
            }
            None => calendar.line("DTSTART;VALUE=DATE", &self.day_of(self.day)),
        }
        calendar.text("SUMMARY", &self.title);
        if let Some(venue) = self.venue {
            calendar.text("LOCATION", &site.words.line(venue));
        }
        if let Some(address) = &self.address {
            calendar.line("URL", address);
        }
        calendar.line("END", "VEVENT");
    }

    fn day_of(&self, day: NaiveDate) -> String {
        day.format("%Y%m%d").to_string()
    }
}
