//! Attributes and styles of a page's elements: what is hidden, and how far it is set in.

use std::collections::BTreeSet;

use html5ever::tokenizer::Tag;

/// How an element looks, as far as it changes what is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub(super) is_hidden: bool,
    /// How far it is set in, in characters.
    pub(super) indent: u32,
}

impl Look {
    pub(super) fn of(tag: &Tag, hides: &Hides) -> Look {
        let style = attribute(tag, "style").unwrap_or_default();
        let is_hidden =
            attribute(tag, "hidden").is_some() || hides_by(&style) || hides.matches(tag);
        Look { is_hidden, indent: indent(&style) }
    }
}

/// The value of an attribute.
pub(super) fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name)?;
    Some(found.value.to_string())
}

/// The declarations of a style, in small letters and without blanks around them.
fn declarations(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        Some((name.trim().to_lowercase(), value.replace("!important", "").trim().to_lowercase()))
    })
}

fn hides_by(style: &str) -> bool {
    declarations(style).any(|(name, value)| match name.as_str() {
        "display" => value == "none",
        "visibility" => matches!(value.as_str(), "hidden" | "collapse"),
        // As Word hides words in pages it writes.
        "mso-hide" => value == "all",
        _ => false,
    })
}

fn indent(style: &str) -> u32 {
    let lengths = declarations(style).filter(|(name, _)| {
        matches!(
            name.as_str(),
            "padding-left" | "margin-left" | "text-indent" | "mso-char-indent-count"
        )
    });
    let hundredths: i64 = lengths.map(|(_, value)| hundredths(&value)).sum();
    u32::try_from((hundredths + 50) / 100).unwrap_or_default()
}

/// A length in hundredths of a character, as browsers set text; nought where its unit is not known.
fn hundredths(value: &str) -> i64 {
    let number = value.trim_end_matches(|sign: char| sign.is_ascii_alphabetic() || sign == '%');
    let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    let whole = if whole.is_empty() { Some(0) } else { whole.parse::<i64>().ok() };
    let Some((whole, part)) = whole.zip(part.parse::<i64>().ok()) else { return 0 };
    let length = whole.clamp(-1000, 1000) * 100 + if whole < 0 { -part } else { part };
    match value[number.len()..].trim() {
        "em" | "rem" | "ic" | "" => length,
        "px" => length / 16,
        "pt" => length / 12,
        _ => 0,
    }
}

/// The classes, names and elements that the styles in a page hide, whatever stands around them.
#[derive(Debug, Default)]
pub(super) struct Hides {
    selectors: BTreeSet<String>,
}

impl Hides {
    /// Reads the style sheets in a page; rules for print, for a width and for places are passed over.
    pub(super) fn of(text: &str) -> Hides {
        let mut hides = Hides::default();
        for sheet in text.split("<style").skip(1) {
            let sheet = sheet.split("</style").next().unwrap_or_default();
            let sheet = sheet.split_once('>').map_or("", |(_, sheet)| sheet);
            hides.sheet(&without_comments(sheet));
        }
        hides
    }

    fn sheet(&mut self, sheet: &str) {
        let (mut depth, mut from) = (0_usize, 0);
        for (at, sign) in sheet.char_indices() {
            match sign {
                '{' => {
                    depth += 1;
                    if depth == 1 && !sheet[from..at].contains('@') {
                        let body = sheet[at + 1..].split(['{', '}']).next().unwrap_or_default();
                        if hides_by(body) {
                            let selectors =
                                sheet[from..at].split(',').map(|one| one.trim().to_owned());
                            self.selectors.extend(selectors.filter(|one| is_simple(one)));
                        }
                    }
                }
                '}' => {
                    depth = depth.saturating_sub(1);
                    from = at + 1;
                }
                _ => {}
            }
        }
    }

    fn matches(&self, tag: &Tag) -> bool {
        if self.selectors.is_empty() {
            return false;
        }
        let name = &*tag.name;
        let classes = attribute(tag, "class").unwrap_or_default();
        let id = attribute(tag, "id").map(|id| format!("#{id}"));
        let mut classes = classes.split_whitespace().map(|class| format!(".{class}"));
        self.selectors.contains(name)
            || id.is_some_and(|id| self.selectors.contains(&id))
            || classes.any(|class| {
                self.selectors.contains(&class)
                    || self.selectors.contains(&format!("{name}{class}"))
            })
    }
}

/// Whether a selector names one class, one element or both.
fn is_simple(selector: &str) -> bool {
    let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.' | '#');
    !selector.is_empty()
        && selector.chars().all(is_name)
        && selector.matches(['.', '#']).count() <= 1
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, rest)| rest))
}
