//! Secrets: made-up words that occur nowhere else, in every form in which somebody may write them.

use serde::Serialize;

/// Something that is withheld.
#[derive(Serialize)]
pub(super) struct Secret {
    /// Where it was planted, and in what form.
    pub(super) place: String,
    /// Its words; each with the forms in which it would be known again.
    pub(super) words: Vec<Vec<String>>,
}

/// Texts with withheld words, as people write them. A sign that is no letter of the text stands for a fresh word:
/// `@` a plain one, and the others those of [`Words::fresh`].
pub(super) const FORMS: [&str; 62] = [
    "Open <<s31 | @ and @>> open.",
    "<<s31 | @>>",
    "<<s31, s40(2) | @>> open <<s38 | @>>, open <<s43|@>>",
    "open<<s31|@>>open",
    "Open <<s31 |\n@\n@\n>> open.",
    "Open.\n\n<<s31 | @\n\n@ @\n\n- @>>\n\nOpen.",
    "<<s31 | **@** _@_ ~~@~~ `@`>>",
    "**open <<s31 | @>> open** and *<<s31|@>>*",
    "**open <<s31 | @** @>> rest of **it**",
    "open**<<s31|@>>**open",
    "~~open <<s31 | @>>~~",
    "Open:\n\n- open\n- <<s31 | @>>\n- <<s31 | @\n- @>>\n- open",
    "- open\n  - open\n    1. <<s31 | @>>\n       <<s31 | @>>",
    "<<s31 | - @\n- @>>",
    "| open | open |\n|---|---|\n| <<s31 | @>> | open |\n| open | <<s31|@>> |",
    "Open\n\n<<s31 | \n| @ | @ |\n|---|---|\n| @ | @ |\n>>\n\nopen",
    "| <<s31 | @>> | b |\n|---|---|\n| open | open | <<s31 | @>> |",
    "Open `a <<s31 | @>> b` and <<s31 | `@`>>",
    "```\nopen <<s31 | @>>\n```\n",
    "<<s31 |\n```@\n@\n```\n>>",
    "``` <<s31 | @>>\nopen\n```",
    "open\n\n    <<s31 | @>>\n\nopen",
    "[open <<s31 | @>>](https://wenmoor.example/open)",
    "[open](https://wenmoor.example/<<s31|@>>/open)",
    "[open](https://wenmoor.example/ \"<<s31 | @>>\")",
    "<<s31 | [@](https://wenmoor.example/@ \"@\")>>",
    "<<s31 | <https://wenmoor.example/@> mailto:@@wenmoor.example>>",
    "![<<s31 | @>>](a.png) <<s31 | ![@](@.png \"@\")>>",
    "[open][a] open\n\n[a]: https://wenmoor.example/ \"<<s31|@>>\"\n<<s31 | [b]: https://wenmoor.example/@ '@'>>",
    "[open][b]\n\n<<s31 | [b]: https://wenmoor.example/@ \"@\">>",
    "Open[^1]\n\n[^1]: Open <<s31 | @>>\n\n<<s31 | @[^2]\n\n[^2]: @>>",
    "# <<s31 | @>>\n\nopen",
    "<<s31 | # @\n\n@\n===\n\n## @ {#@}>>",
    "> open\n> <<s31 | @>>\n\n<<s31 | > @\n> > @>>",
    "<<s31 | {{ @ }} {% @ %} {# @ #} {{ super() }}>>",
    "{{ <<s31 | @>> }} {% if <<s31 | @>> %}",
    "<<s31 | <b title=\"@\">@</b> <!-- @ --> </script>@ <script>alert('@')</script> &amp;@&#x41; <![CDATA[@]]>>>",
    "<b title=\"<<s31 | @>>\">open</b> <!-- <<s31 | @>> --> </title><<s31 | @>>",
    "<<s31 | key: @\n- [@, '@'] # @\n--- @>>",
    "<<s31 | {\"a\": \"@\", \"b\": [\"@\"]} \\u0041@>>",
    "<<s31 | =@,\"@\";@>>",
    "<<s31 | @\\nDTSTART:@\r\nDTEND:@>>",
    "Parted \\\\<<s31 | @>> \\* <<s31 | \\*@\\* \\<@\\>>>",
    "C:\\open\\\\<<s31 | @>>",
    "<<s31 | Ⓔ and ⒺⒺ>>",
    "<<s31 | Ⓓ and Ⓓ>>",
    "<<s31 | Ⓖ and Ⓖ>>",
    "<<s31 | Ⓒ and Ⓒ>>",
    "<<s31 | Ⓐ>>",
    "<<s31 | Ⓗ>>",
    "<<s31 | Ⓛ and Ⓛ>>",
    "<<s31 | Ⓕ and Ⓕ>>",
    "<<s31 | Ⓩ and Ⓩ>>",
    "<<s31 | Ⓢ and Ⓢ>>",
    "<<s31 | Ⓑ>>",
    "<<s31 | @ 👮🏽‍♀️🚔 @>>",
    "<<s31 | Ⓝ>> open",
    "Grid <<s31 | Ⓡ>>",
    "<<s31 | Ⓣ>>",
    "<<s31 | Ⓤ>>",
    "Ⓟ",
    "  <<  s31  |   @   >>  ",
];

/// A slip: the words stand where the code of an exemption belongs.
pub(super) const CODES: [&str; 2] = ["Open <<@>>", "<<s31, @ | @>>"];

/// Gives words that nobody has used.
#[derive(Default)]
pub(super) struct Words {
    count: u64,
}

impl Words {
    /// A text of a form, and the words in it that are withheld.
    pub(super) fn text(&mut self, form: &str) -> (String, Vec<Vec<String>>) {
        let form = match form {
            "Ⓟ" => page(),
            form => form.to_owned(),
        };
        let (mut text, mut words) = (String::new(), Vec::new());
        for letter in form.chars() {
            // An address of mail has a sign of its own.
            let is_literal = letter == '@' && text.ends_with(|c: char| c.is_ascii_alphabetic());
            match self.fresh(letter).filter(|_| !is_literal) {
                Some((written, known)) => {
                    text.push_str(&written);
                    words.push(known);
                }
                None => text.push(letter),
            }
        }
        (text, words)
    }

    /// A word of its own, as it is written, and as it would be known again.
    fn fresh(&mut self, sign: char) -> Option<(String, Vec<String>)> {
        let plain = |word: String| Some((word.clone(), vec![word]));
        let of = |letters: &str, word: &str| -> String {
            let letters: Vec<char> = letters.chars().collect();
            let at = |byte: u8| letters[usize::from(byte - b'a') % letters.len()];
            word.bytes().map(at).collect()
        };
        match sign {
            '@' => plain(self.plain()),
            'Ⓔ' => plain(self.plain().replacen('a', "é", 2).replacen('o', "ö", 2)),
            'Ⓓ' => plain(
                self.plain()
                    .replace('e', "e\u{301}")
                    .replace('u', "u\u{308}"),
            ),
            'Ⓖ' => plain(of("αβγδεζηθικλμνξοπρστυφχψω", &self.plain())),
            'Ⓒ' => plain(of("абвгдежзийклмнопрстуфхцчшщ", &self.plain())),
            // On a page it is set from the right, so that the last letter may come first.
            'Ⓐ' => {
                let word = of("ابتثجحخدذرزسشصضطظعغفقكلمنه", &self.plain());
                Some((
                    word.clone(),
                    vec![word.clone(), word.chars().rev().collect()],
                ))
            }
            'Ⓗ' => plain(of(
                "安保部署机密地点人员名单时间车辆路线夜间行动代号证人",
                &self.plain(),
            )),
            'Ⓛ' => plain(format!("{}ﬁ{}ﬄ", self.plain(), self.plain())),
            'Ⓕ' => plain(self.plain().bytes().filter_map(full_width).collect()),
            'Ⓑ' => plain(self.plain().to_uppercase()),
            'Ⓩ' => Some(between(&self.plain(), '\u{200B}')),
            'Ⓢ' => Some(between(&self.plain(), '\u{AD}')),
            'Ⓝ' => {
                let number = 482_000_017 + self.next() * 7_919;
                let text = number.to_string();
                let grouped = format!("{},{},{}", &text[..3], &text[3..6], &text[6..]);
                Some((grouped, vec![text]))
            }
            'Ⓡ' => plain(format!("Q{}", 482_000_017 + self.next() * 7_919)),
            'Ⓣ' => Some(self.day(false)),
            'Ⓤ' => Some(self.day(true)),
            _ => None,
        }
    }

    fn next(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Five syllables such as no language has them: `zaqivexojuk`.
    fn plain(&mut self) -> String {
        const SYLLABLES: u64 = 8 * 5;
        // Neighbours are to look different; the factor has no divisor in common with the number of words.
        let mut rest = self.next() * 48_271 % SYLLABLES.pow(4);
        let mut word = String::new();
        for _ in 0..4 {
            word.push(b"zvqxjkwh"[(rest % 8) as usize].into());
            word.push(b"aeiou"[(rest / 8 % 5) as usize].into());
            rest /= SYLLABLES;
        }
        word + "xk"
    }

    /// A day of a far year.
    fn day(&mut self, in_words: bool) -> (String, Vec<String>) {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let count = self.next();
        let (year, month, day) = (2_103 + count / 300, count / 25 % 12, 1 + count % 25);
        let name = MONTHS[month as usize];
        let iso = format!("{year}-{:02}-{day:02}", month + 1);
        let written = format!("{day} {name} {year}");
        let known = vec![written.clone(), iso.clone()];
        match in_words {
            true => (written, known),
            false => (iso, known),
        }
    }
}

fn full_width(letter: u8) -> Option<char> {
    char::from_u32(u32::from('ａ') + u32::from(letter - b'a'))
}

/// A word with something between its letters that nobody sees; known again with it and without it.
fn between(word: &str, hidden: char) -> (String, Vec<String>) {
    let (first, last) = word.split_at(5);
    (format!("{first}{hidden}{last}"), vec![word.to_owned()])
}

/// A passage of a whole page.
fn page() -> String {
    let sentence =
        "Somebody stood before the hall at a time of which nobody knew, and waited there. ";
    let paragraphs = vec![format!("@ {}{}@", sentence.repeat(8), "Ⓔ "); 6];
    format!("Open.\n\n<<s31 | {}>>\n\nOpen.", paragraphs.join("\n\n"))
}
