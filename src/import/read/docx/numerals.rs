//! The number of a paragraph in a list → as its format writes it.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// A number in a format of `w:numFmt`; nothing where that is a bullet or no number.
pub(super) fn written(number: u32, format: &str) -> Option<String> {
    Some(match format {
        "none" | "bullet" => return None,
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "koreanCounting" => counted(number, DIGITS, ['十', '百', '千']),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            counted(number, FORMAL, ['拾', '佰', '仟'])
        }
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            let digits = number.to_string();
            let digits = digits.chars().filter_map(|digit| digit.to_digit(10));
            digits.map(|digit| if digit == 0 { '〇' } else { DIGITS[digit as usize] }).collect()
        }
        "ideographTraditional" => cycled(number, STEMS),
        "ideographZodiac" => cycled(number, BRANCHES),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            enclosed(number, '\u{2460}').unwrap_or_else(|| number.to_string())
        }
        "decimalEnclosedParen" => {
            enclosed(number, '\u{2474}').unwrap_or_else(|| number.to_string())
        }
        "decimalEnclosedFullstop" => {
            enclosed(number, '\u{2488}').unwrap_or_else(|| number.to_string())
        }
        "ideographEnclosedCircle" => {
            offset(number, 10, '\u{3280}').unwrap_or_else(|| number.to_string())
        }
        "decimalFullWidth" | "decimalFullWidth2" => {
            let wide = |digit: char| char::from_u32(u32::from(digit) + 0xfee0).unwrap_or(digit);
            number.to_string().chars().map(wide).collect()
        }
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        _ => number.to_string(),
    })
}

/// `十二`, `一百零五`; the tens of the first twenty have no one before them.
fn counted(number: u32, digits: [char; 10], units: [char; 3]) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut has_gap = false;
    for (power, unit) in
        [(1000, Some(units[2])), (100, Some(units[1])), (10, Some(units[0])), (1, None)]
    {
        let digit = number / power % 10;
        if digit == 0 {
            has_gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut has_gap) {
            text.push(digits[0]);
        }
        if !(digit == 1 && power == 10 && text.is_empty()) {
            text.push(digits[digit as usize]);
        }
        text.extend(unit);
    }
    text
}

fn cycled(number: u32, signs: &str) -> String {
    let count = signs.chars().count();
    let at = (number.max(1) as usize - 1) % count;
    signs.chars().nth(at).map(String::from).unwrap_or_default()
}

/// One of twenty signs that hold a number.
fn enclosed(number: u32, first: char) -> Option<String> {
    offset(number, 20, first)
}

fn offset(number: u32, last: u32, first: char) -> Option<String> {
    if !(1..=last).contains(&number) {
        return None;
    }
    char::from_u32(u32::from(first) + number - 1).map(String::from)
}

fn letters(number: u32, first: u8) -> String {
    let number = number.max(1) - 1;
    let letter = char::from(first + u8::try_from(number % 26).unwrap_or_default());
    std::iter::repeat_n(letter, (number / 26).min(8) as usize + 1).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 4999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_written_as_lists_show_them() {
        for (number, format, expected) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCounting", "十"),
            (12, "chineseCountingThousand", "十二"),
            (20, "japaneseCounting", "二十"),
            (31, "chineseCounting", "三十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (1010, "chineseCountingThousand", "一千零一十"),
            (10, "ideographDigital", "一〇"),
            (2, "chineseLegalSimplified", "贰"),
            (3, "ideographTraditional", "丙"),
            (2, "decimalEnclosedCircleChinese", "②"),
            (21, "decimalEnclosedCircle", "21"),
            (4, "decimalEnclosedParen", "⑷"),
            (12, "decimalFullWidth", "１２"),
            (7, "decimalZero", "07"),
            (14, "upperRoman", "XIV"),
            (28, "lowerLetter", "bb"),
            (5, "decimal", "5"),
        ] {
            assert_eq!(written(number, format).as_deref(), Some(expected), "{number} {format}");
        }
        assert_eq!(written(1, "bullet"), None);
    }
}
