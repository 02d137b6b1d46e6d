//! The patterns of action refs: `{n}/{yy}`, `{yyyy}-{mm}/{nn}`. Reads the number and the period out of a ref, and writes the
//! refs that are missing.

use std::fmt::Write;

/// A pattern that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RefPattern {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// The number, written with at least so many digits.
    Number(usize),
    /// The year, with two digits or four.
    Year(usize),
    Month,
}

/// The time within which numbers are counted: the year and, where the pattern has one, the month.
pub(super) type Period = (u32, u32);

impl RefPattern {
    /// Reads a pattern; `None` for one without a number, or with something in braces that is not known.
    pub(super) fn of(text: &str) -> Option<RefPattern> {
        let mut pieces = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (literal, after) = rest.split_once('{').unwrap_or((rest, ""));
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.to_lowercase()));
            }
            if literal.len() == rest.len() {
                break;
            }
            let (name, after) = after.split_once('}')?;
            pieces.push(match name {
                "yy" => Piece::Year(2),
                "yyyy" => Piece::Year(4),
                "mm" => Piece::Month,
                _ if !name.is_empty() && name.bytes().all(|byte| byte == b'n') => {
                    Piece::Number(name.len())
                }
                _ => return None,
            });
            rest = after;
        }
        let numbers = pieces.iter().filter(|one| matches!(one, Piece::Number(_)));
        (numbers.count() == 1).then_some(RefPattern { pieces })
    }

    /// The period and the number of a ref that has this pattern.
    pub(super) fn read(&self, reference: &str) -> Option<(Period, u32)> {
        let reference = reference.trim().to_lowercase();
        let mut rest = reference.as_str();
        let (mut period, mut number) = ((0, 0), None);
        for piece in &self.pieces {
            let length = match piece {
                Piece::Literal(text) => {
                    rest = rest.strip_prefix(text.as_str())?;
                    continue;
                }
                Piece::Number(_) => rest.bytes().take_while(u8::is_ascii_digit).count(),
                Piece::Year(digits) => *digits,
                Piece::Month => 2,
            };
            let digits = rest.get(..length)?;
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let value: u32 = digits.parse().ok()?;
            match piece {
                Piece::Year(2) => period.0 = 2000 + value,
                Piece::Year(_) => period.0 = value,
                Piece::Month => period.1 = value,
                _ => number = Some(value),
            }
            rest = &rest[length..];
        }
        rest.is_empty().then_some((period, number?))
    }

    /// The ref of a number in a period.
    pub(super) fn write(&self, period: Period, number: u32) -> String {
        let mut reference = String::new();
        for piece in &self.pieces {
            // Writing to a string cannot fail.
            let _ = match piece {
                Piece::Literal(text) => write!(reference, "{text}"),
                Piece::Number(width) => write!(reference, "{number:0width$}"),
                Piece::Year(2) => write!(reference, "{:02}", period.0 % 100),
                Piece::Year(_) => write!(reference, "{:04}", period.0),
                Piece::Month => write!(reference, "{:02}", period.1),
            };
        }
        reference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_is_read_and_written_by_its_pattern() {
        let yearly = RefPattern::of("{n}/{yy}").expect("a pattern");
        assert_eq!(yearly.read("10/19"), Some(((2019, 0), 10)));
        assert_eq!(yearly.write((2026, 0), 9), "9/26");
        for other in ["10/2019", "/19", "a/19", "10/1", "10/19a", "", "10/é"] {
            assert_eq!(yearly.read(other), None, "{other}");
        }
        let monthly = RefPattern::of("A{yyyy}-{mm}/{nn}").expect("a pattern");
        assert_eq!(monthly.read("a2026-08/01"), Some(((2026, 8), 1)));
        assert_eq!(monthly.write((2026, 8), 2), "a2026-08/02");
        for text in ["", "{yy}", "{n}/{x}", "{n}{n}", "{n"] {
            assert_eq!(RefPattern::of(text), None, "{text}");
        }
    }
}
