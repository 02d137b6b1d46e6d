//! Characters by other names: entities of HTML, and letters that no table takes apart. In: `&eacute;`. Out: `e`.

/// The letters that an entity stands for, none when it stands for a sign, and its length.
pub(super) fn entity(rest: &str) -> Option<(Option<String>, usize)> {
    const LONGEST: usize = 34;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = rest.get(1..end)?;
    let letters = match name.strip_prefix('#') {
        Some(number) => Some(numbered(number)?.to_string()),
        None if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            return None;
        }
        None => named(name),
    };
    Some((letters, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

/// The letters of a name: most are called by their letter and its accent.
fn named(name: &str) -> Option<String> {
    const ACCENTS: [&str; 13] = [
        "acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "caron", "slash", "macr",
        "breve", "strok", "ogon",
    ];
    match name {
        "shy" | "zwj" | "zwnj" | "ZeroWidthSpace" | "NoBreak" => return Some(String::new()),
        "szlig" => return Some("ss".to_owned()),
        "inodot" | "imath" => return Some("i".to_owned()),
        _ => {}
    }
    if let Some(letters) = name.strip_suffix("lig") {
        return Some(letters.to_owned());
    }
    let mut accents = ACCENTS.iter();
    let is_accented =
        accents.any(|accent| name.len() == accent.len() + 1 && name.ends_with(accent));
    is_accented.then(|| name[..1].to_owned())
}

/// Plain letters for one that is not made of a letter and an accent.
pub(super) fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        _ => return None,
    })
}
