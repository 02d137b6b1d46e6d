//! Operators of content streams as bytes (ISO 32000-1, 7.8.2 and annex A).
//!
//! In: numbers, colours, codes and outlines. Out: the shortest bytes that say them. Nothing here knows what is drawn.

use super::style::Colour;
use crate::picture::Step;

/// Operators and operands as bytes.
pub(super) struct Operators(pub(super) Vec<u8>);

impl Operators {
    pub(super) fn put(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn integer(&mut self, number: i64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut rest = number.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if number < 0 {
            self.0.push(b'-');
        }
        self.put(&digits[at..]);
    }

    /// So many parts of a whole, a power of ten; and a space.
    pub(super) fn decimal(&mut self, parts: i64, whole: i64) {
        if parts < 0 {
            self.0.push(b'-');
        }
        let parts = parts.abs();
        let mut rest = parts % whole;
        if parts >= whole || rest == 0 {
            self.integer(parts / whole);
        }
        if rest > 0 {
            self.0.push(b'.');
            let mut place = whole / 10;
            while rest > 0 && place > 0 {
                self.0.push(b'0' + (rest / place) as u8);
                rest %= place;
                place /= 10;
            }
        }
        self.0.push(b' ');
    }

    /// A length, to a hundredth of a point.
    pub(super) fn number(&mut self, number: f32) {
        self.decimal(hundredths(number), 100);
    }

    /// A matrix: its first four numbers finer than lengths.
    pub(super) fn matrix(&mut self, turn: [f32; 4], x: f32, y: f32) {
        for number in turn {
            self.decimal((f64::from(number) * 100_000.0).round() as i64, 100_000);
        }
        self.number(x);
        self.number(y);
    }

    /// The three parts of a colour.
    pub(super) fn colour(&mut self, colour: Colour) {
        for part in colour {
            self.decimal((i64::from(part) * 2000 + 255) / 510, 1000);
        }
    }

    /// An outline, to be painted or to clip with.
    pub(super) fn outline(&mut self, steps: &[Step]) {
        for step in steps {
            let (points, operator): (&[(f32, f32)], &[u8]) = match step {
                Step::Move(point) => (&[*point], b"m\n"),
                Step::Line(point) => (&[*point], b"l\n"),
                Step::Curve(a, b, c) => (&[*a, *b, *c], b"c\n"),
                Step::Close => (&[], b"h\n"),
            };
            for (x, y) in points {
                self.number(*x);
                self.number(*y);
            }
            self.put(operator);
        }
    }

    pub(super) fn hexadecimal(&mut self, unit: u16) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        for shift in [12, 8, 4, 0] {
            self.0.push(DIGITS[usize::from(unit >> shift & 15)]);
        }
    }

    /// A code of two bytes inside a string.
    pub(super) fn code(&mut self, code: u16) {
        for byte in code.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.put(&[b'\\', byte]),
                // A bare end of line would be read as another one.
                b'\r' => self.put(b"\\r"),
                _ => self.0.push(byte),
            }
        }
    }
}

pub(super) fn hundredths(length: f32) -> i64 {
    (f64::from(length) * 100.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Operators)) -> String {
        let mut out = Operators(Vec::new());
        write(&mut out);
        String::from_utf8_lossy(&out.0).into_owned()
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        for (number, text) in [
            (0.0, "0 "),
            (12.0, "12 "),
            (-0.5, "-.5 "),
            (8.675_4, "8.68 "),
            (0.05, ".05 "),
            (-100.1, "-100.1 "),
            (0.001, "0 "),
        ] {
            assert_eq!(written(|out| out.number(number)), text);
        }
        assert_eq!(written(|out| out.colour([255, 0, 128])), "1 0 .502 ");
        assert_eq!(written(|out| out.integer(i64::MIN)), i64::MIN.to_string());
    }

    #[test]
    fn codes_cannot_end_their_string() {
        assert_eq!(written(|out| out.code(0x2829)), "\\(\\)");
        assert_eq!(written(|out| out.code(0x5c0d)), "\\\\\\r");
    }
}
