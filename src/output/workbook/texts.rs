//! The texts of all cells of a workbook, each once → their XML.

use std::borrow::Cow;
use std::cell::RefCell;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// The texts so far, by their numbers.
#[derive(Default)]
pub(super) struct Texts(RefCell<IndexSet<String, FxBuildHasher>>);

impl Texts {
    /// The number of a text.
    pub(super) fn id(&self, text: &str) -> usize {
        let mut texts = self.0.borrow_mut();
        let known = texts.get_index_of(text);
        known.unwrap_or_else(|| texts.insert_full(text.to_owned()).0)
    }

    /// Their XML.
    pub(super) fn xml(&self) -> String {
        let texts = self.0.borrow();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"{}\">",
            texts.len()
        );
        for text in texts.iter() {
            let is_kept =
                text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
            let kept = if is_kept { " xml:space=\"preserve\"" } else { "" };
            out.extend(["<si><t", kept, ">", &escape(text), "</t></si>"]);
        }
        out.push_str("</sst>");
        out
    }
}

/// A text as XML holds it; `_x000B_` stands for a character that XML has no place for, and what looks
/// so by itself is told apart (ECMA-376, part 1, 22.9.2.19).
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte >= b' ' && !b"&<>\"_".contains(&byte) && byte != 0xEF;
    if text.bytes().all(|byte| is_plain(byte) || byte == b'\n' || byte == b'\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, sign) in text.char_indices() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '_' if is_reference(&text[at..]) => out.push_str("_x005F_"),
            '\n' | '\t' => out.push(sign),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("_x{:04X}_", u32::from(sign)));
            }
            _ => out.push(sign),
        }
    }
    Cow::Owned(out)
}

/// Whether a text begins as what stands for a character does.
fn is_reference(text: &str) -> bool {
    let digits = text.strip_prefix("_x").and_then(|rest| rest.get(..4));
    digits.is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        && text.as_bytes().get(6) == Some(&b'_')
}

#[cfg(test)]
mod tests {
    use super::{Texts, escape};

    #[test]
    fn what_xml_has_no_place_for_is_written_otherwise() {
        for (text, written) in [
            ("公用经费", "公用经费"),
            ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"),
            ("行\n行", "行\n行"),
            ("\u{b}\r", "_x000B__x000D_"),
            ("_x000B_ _x_ _xyz", "_x005F_x000B_ _x_ _xyz"),
        ] {
            assert_eq!(escape(text), written);
        }
        let texts = Texts::default();
        assert_eq!(["甲", " 乙", "甲"].map(|text| texts.id(text)), [0, 1, 0]);
        assert!(texts.xml().contains("<si><t xml:space=\"preserve\"> 乙</t></si>"));
    }
}
