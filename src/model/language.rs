//! Languages: the tags that name them (BCP 47), and on which side their lines begin.

/// The language that an address names, as a tag (BCP 47) such as `cy`: `[Heddlu Gogledd Cymru](lang:cy)` is no link but
/// words in that language, which a screen reader then speaks as such (WCAG 2.2, 3.1.2). `None` for every other address,
/// and for a tag that names no language.
pub fn named(address: &str) -> Option<&str> {
    address.strip_prefix("lang:").filter(|tag| is_tag(tag))
}

/// Whether lines in a language run from right to left: its script says so, or else the script that it is written in.
pub fn runs_leftwards(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let script = parts.find(|part| is_script(part));
    match script {
        Some(script) => LEFTWARD_SCRIPTS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(script)),
        None => LEFTWARD_LANGUAGES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(primary)),
    }
}

/// Whether words are mostly written from right to left, so that their lines begin at the right.
pub fn words_run_leftwards(words: &str) -> bool {
    // Nothing below the Hebrew letters is.
    if words.chars().all(|c| c < '\u{590}') {
        return false;
    }
    let letters = words.chars().filter(|c| c.is_alphabetic());
    let (leftward, all) = letters.fold((0, 0), |(leftward, all), c| {
        (leftward + usize::from(is_leftward(c)), all + 1)
    });
    leftward * 2 > all
}

fn is_leftward(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}

const LEFTWARD_SCRIPTS: [&str; 8] = [
    "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa",
];

/// Those that are mostly written in such a script.
const LEFTWARD_LANGUAGES: [&str; 24] = [
    "ae", "ar", "arc", "arz", "azb", "bal", "bqi", "ckb", "dv", "fa", "glk", "he", "lrc", "mzn",
    "nqo", "pnb", "ps", "rhg", "sd", "sdh", "syr", "ug", "ur", "yi",
];

/// The languages that have a tag of two letters (ISO 639-1).
const OF_TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt \
    my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn \
    so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether words are a tag such as a browser and a validator take: a language, then at most one script and one region,
/// then variants. Other parts of BCP 47 (extensions, words of one's own) say nothing of how to speak.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-').peekable();
    let primary = parts.next().unwrap_or_default();
    let is_language = primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && match primary.len() {
            2 => OF_TWO_LETTERS.split(' ').any(|known| known == primary),
            3 => true,
            _ => false,
        };
    parts.next_if(|part| is_script(part));
    parts.next_if(|part| is_region(part));
    is_language && parts.all(is_variant)
}

fn is_script(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(part: &str) -> bool {
    match part.len() {
        2 => part.bytes().all(|byte| byte.is_ascii_alphabetic()),
        3 => part.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

fn is_variant(part: &str) -> bool {
    let begins = part.bytes().next().is_some_and(|byte| match part.len() {
        4 => byte.is_ascii_digit(),
        5..=8 => true,
        _ => false,
    });
    begins && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_a_language() {
        for tag in [
            "cy",
            "en-GB",
            "zh-Hant",
            "zh-Hans-CN",
            "es-419",
            "sco",
            "de-1996",
            "sl-rozaj",
        ] {
            assert_eq!(named(&format!("lang:{tag}")), Some(tag));
        }
        for tag in [
            "",
            "xx",
            "xx-invalid",
            "cymraeg",
            "c",
            "Cy",
            "cy-",
            "cy-g",
            "cy-GB-GB",
            "cy-x-own",
            "cy_GB",
            "en-Latn-Latn",
        ] {
            assert_eq!(named(&format!("lang:{tag}")), None, "{tag}");
        }
        assert_eq!(named("https://example.org"), None);
    }

    #[test]
    fn a_script_says_where_lines_begin() {
        for tag in ["ar", "he-IL", "ur", "pa-Arab", "uz-Arab-AF", "yi"] {
            assert!(runs_leftwards(tag), "{tag}");
        }
        for tag in ["cy", "pa", "az-Latn", "ur-Latn", "ku"] {
            assert!(!runs_leftwards(tag), "{tag}");
        }
        assert!(words_run_leftwards("\u{5e9}\u{5dc}\u{5d5}\u{5dd} (OK)"));
        assert!(!words_run_leftwards(
            "They said \u{5e9}\u{5dc}\u{5d5}\u{5dd}"
        ));
        assert!(!words_run_leftwards("1, 2 \u{2013} 3"));
    }
}
