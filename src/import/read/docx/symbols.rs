//! Signs of fonts that have an alphabet of their own → the characters they look like.

/// Signs of the fonts in which figures, marks and boxes are set, by the number in the font.
const SIGNS: [(&str, u32, char); 34] = [
    ("symbol", 0x2d, '−'),
    ("symbol", 0xa3, '≤'),
    ("symbol", 0xa5, '∞'),
    ("symbol", 0xb0, '°'),
    ("symbol", 0xb1, '±'),
    ("symbol", 0xb3, '≥'),
    ("symbol", 0xb4, '×'),
    ("symbol", 0xb7, '•'),
    ("symbol", 0xb8, '÷'),
    ("symbol", 0xb9, '≠'),
    ("symbol", 0xbb, '≈'),
    ("wingdings", 0x6c, '●'),
    ("wingdings", 0x6e, '■'),
    ("wingdings", 0x6f, '□'),
    ("wingdings", 0x71, '❑'),
    ("wingdings", 0x72, '❒'),
    ("wingdings", 0x75, '◆'),
    ("wingdings", 0x76, '❖'),
    ("wingdings", 0x78, '⌧'),
    ("wingdings", 0x9f, '•'),
    ("wingdings", 0xa7, '▪'),
    ("wingdings", 0xa8, '◻'),
    ("wingdings", 0xd8, '➢'),
    ("wingdings", 0xfb, '✗'),
    ("wingdings", 0xfc, '✓'),
    ("wingdings", 0xfd, '☒'),
    ("wingdings", 0xfe, '☑'),
    ("wingdings 2", 0x50, '✓'),
    ("wingdings 2", 0x4f, '✗'),
    ("wingdings 2", 0x51, '☒'),
    ("wingdings 2", 0x52, '☑'),
    ("wingdings 2", 0x53, '☒'),
    ("wingdings 2", 0xa3, '□'),
    ("wingdings 2", 0xae, '◆'),
];

/// The character of `w:sym`, whose number is written in hexadecimal digits.
pub(super) fn sign(font: Option<&str>, number: Option<&str>) -> Option<char> {
    let number = u32::from_str_radix(number?, 16).ok()?;
    let font = font.unwrap_or_default().to_lowercase();
    // Fonts of signs have them in the characters of private use, and under the bare number.
    let in_font = if (0xf000..=0xf0ff).contains(&number) { number - 0xf000 } else { number };
    if let Some((.., sign)) = SIGNS.iter().find(|(name, at, _)| *name == font && *at == in_font) {
        return Some(*sign);
    }
    let is_digit =
        font == "symbol" && char::from_u32(in_font).is_some_and(|sign| sign.is_ascii_digit());
    if is_digit || in_font == number && !font.starts_with("wingdings") && font != "symbol" {
        return char::from_u32(in_font);
    }
    None
}
