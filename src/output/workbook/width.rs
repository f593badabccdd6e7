//! How wide texts stand and how many lines they take. The library knows no width of Chinese: its own
//! gives 16 Chinese characters the place of 20 narrow ones.

/// A width in tenths of a column's unit, the width of a digit.
pub(super) type Tenths = usize;

/// A character of an alphabet, and one as wide as high.
const NARROW: Tenths = 11;
const WIDE: Tenths = 22;

/// What stays free at both sides of a cell.
const PADDING: Tenths = 16;

/// How high a line is, in points.
const LINE: usize = 17;

/// The highest a row can be, in points.
const HIGHEST: usize = 400;

/// How wide a text of one line stands.
fn of_line(line: &str) -> Tenths {
    let of = |c: char| if u32::from(c) < 0x1100 && c != '\u{b7}' { NARROW } else { WIDE };
    line.chars().map(of).sum()
}

/// How wide a text stands that is not broken, with what stays free beside it.
pub(super) fn of(text: &str) -> Tenths {
    text.lines().map(of_line).max().unwrap_or_default() + PADDING
}

/// How many lines a text takes in cells of a width.
pub(super) fn lines(text: &str, width: Tenths) -> usize {
    let whole = width.saturating_sub(PADDING);
    // Words are not broken, so that lines of several end early.
    let room = whole.saturating_sub(WIDE).max(WIDE);
    let of = |line| match of_line(line) {
        line if line <= whole => 1,
        line => line.div_ceil(room),
    };
    text.lines().map(of).sum::<usize>().max(1)
}

/// The height of a row of so many lines, in points; several rows are needed beyond the highest.
pub(super) fn height(lines: usize) -> usize {
    (lines * LINE).min(HIGHEST)
}

/// How many rows a text of so many lines needs, as no row is higher than the highest.
pub(super) fn rows(lines: usize) -> usize {
    (lines * LINE).div_ceil(HIGHEST).max(1)
}

#[cfg(test)]
mod tests {
    use super::{height, lines, of, rows};

    #[test]
    fn chinese_takes_twice_the_place_of_digits() {
        assert!(of("一般公共预算财政拨款收入表") > of("1,454.54万元") * 2);
        assert_eq!(lines("", 100), 1);
        assert_eq!(lines("甲\n乙", 100), 2);
        assert!(lines(&"项目预算总额".repeat(10), 300) >= 5);
        assert_eq!((height(1), rows(1), rows(50)), (17, 1, 3));
    }
}
