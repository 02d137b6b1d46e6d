//! The address of the website is none.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "site-address",
    severity: Severity::Error,
    summary: "The address of the website cannot be one.",
    explanation: "`address` under `site` in minutebook.yaml is where the website will stand. The sitemap, the feed and the \
                  page for missing addresses are made with it. It begins with https:// or http://, has the name of a host, \
                  and may go on with a path, as in https://notes.example.org/ or https://example.org/our/notes/. Letters \
                  with accents and spaces are written as browsers send them: xn--… in the host, %C3%A9 in the path.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let site = subject.book.settings.site.as_ref();
    let Some(address) = site.and_then(|site| site.address.as_ref()) else {
        return;
    };
    if let Some(why) = fault(address) {
        let message = format!("this is no address of a website: {why}");
        found.at(address.span, message).help = Some(
            "write where the website will stand: `address: https://notes.example.org/`".to_owned(),
        );
    }
}

/// What is wrong with an address (RFC 3986, without names of users, queries and fragments).
fn fault(address: &str) -> Option<String> {
    let schemes = ["https://", "http://"];
    let Some(rest) = schemes.iter().find_map(|one| address.strip_prefix(one)) else {
        return Some("it does not begin with `https://` or `http://`".to_owned());
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
    if name.is_empty() || !name.chars().all(is_name) || name.starts_with(['-', '.']) {
        return Some(
            "the name of the host is missing, or has characters that no host has".to_owned(),
        );
    }
    if port.parse::<u16>().is_err() {
        return Some("what stands behind the colon is no port".to_owned());
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%!$&\'()*+,;=:@".contains(c);
    let strange = path.chars().find(|c| !is_plain(*c))?;
    Some(format!("`{strange}` cannot stand in its path"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_scheme_a_host_and_perhaps_a_path() {
        for good in [
            "https://notes.example.org/",
            "http://notes.example.org",
            "https://xn--n-1ga.example/our/notes%20of%20meetings/",
            "http://localhost:8000/a/",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "x.example/notes",
            "ftp://x.example/",
            "javascript:alert(1)",
            "https://",
            "https:///notes",
            "https://n \u{fc}.example/",
            "https://a@b.example/",
            "https://a.example:port/",
            "https://x.example/n \u{fc}/",
            "https://x.example/?q",
            "https://x.example/#top",
            "https://x.example/\"><script>",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
