//! The ordinal that a line or a heading begins with.

/// An ordinal at the head of a line: its kind, its number, and what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordinal<'a> {
    /// What surrounds its digits, and which digits.
    pub kind: OrdinalKind,
    /// Its number, where it is written in Arabic digits.
    pub number: Option<usize>,
    /// The words behind it.
    pub rest: &'a str,
}

/// A kind of ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrdinalKind {
    /// `第一部分`
    Piece,
    /// `一、`
    Han,
    /// `（一）`
    HanBracket,
    /// `1、`, `1.`, `1）`
    Digit,
    /// `（1）`
    DigitBracket,
}

const HAN_DIGITS: &str = "一二三四五六七八九十百";

/// Reads the ordinal a line begins with.
pub fn ordinal(text: &str) -> Option<Ordinal<'_>> {
    let text = text.trim_start();
    if let Some(rest) = text.strip_prefix('第') {
        let digits = rest.trim_start_matches(|c| HAN_DIGITS.contains(c));
        let rest = (digits.len() < rest.len()).then_some(digits)?;
        let rest = rest.strip_prefix("部分").or_else(|| rest.strip_prefix('章'))?;
        return Some(Ordinal { kind: OrdinalKind::Piece, number: None, rest: rest.trim_start() });
    }
    let (is_open, inner) = match text.strip_prefix(['（', '(']) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let han = inner.trim_start_matches(|c| HAN_DIGITS.contains(c));
    let arabic = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    let (after, is_han, number) = if han.len() < inner.len() {
        (han, true, None)
    } else if arabic.len() < inner.len() {
        (arabic, false, inner[..inner.len() - arabic.len()].parse().ok())
    } else {
        return None;
    };
    let rest = if is_open {
        after.strip_prefix(['）', ')'])?
    } else if is_han {
        after.strip_prefix(['、', '．', '.'])?
    } else {
        let rest = after.strip_prefix(['、', '．', '.', ')', '）'])?;
        // 1.5 is a number.
        (!rest.starts_with(|c: char| c.is_ascii_digit()) || !after.starts_with(['．', '.']))
            .then_some(rest)?
    };
    let kind = match (is_open, is_han) {
        (true, true) => OrdinalKind::HanBracket,
        (true, false) => OrdinalKind::DigitBracket,
        (false, true) => OrdinalKind::Han,
        (false, false) => OrdinalKind::Digit,
    };
    Some(Ordinal { kind, number, rest: rest.trim_start() })
}

/// A text without the ordinal it begins with.
pub fn without_ordinal(text: &str) -> &str {
    ordinal(text).map_or(text.trim(), |ordinal| ordinal.rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_told_from_numbers() {
        let kind = |text| ordinal(text).map(|ordinal| (ordinal.kind, ordinal.rest.to_owned()));
        assert_eq!(kind("一、甲"), Some((OrdinalKind::Han, "甲".to_owned())));
        assert_eq!(kind("（二）乙"), Some((OrdinalKind::HanBracket, "乙".to_owned())));
        assert_eq!(kind("10、 丙"), Some((OrdinalKind::Digit, "丙".to_owned())));
        assert_eq!(kind("3）丙"), Some((OrdinalKind::Digit, "丙".to_owned())));
        assert_eq!(kind("2016.2.29"), None);
        assert_eq!(kind("（市级）开展"), None);
        assert_eq!(kind("一般公共服务"), None);
        assert_eq!(kind("第一部分 丁"), Some((OrdinalKind::Piece, "丁".to_owned())));
        assert_eq!(kind("2025年"), None);
    }
}
