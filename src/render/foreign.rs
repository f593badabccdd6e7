//! Says of Chinese words on a page in another language what they are, so that a screen
//! reader changes its voice and a browser its fonts.

/// Elements whose text is no part of the page, or cannot hold other elements.
const OPAQUE: [&str; 6] = ["title", "script", "style", "textarea", "option", "output"];

/// Puts `<span lang="zh-CN">` around the Chinese of each text of a page.
pub(super) fn mark(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(end) = rest.find('>') {
        let (text, tag) = rest[..=end].split_at(rest.find('<').unwrap_or(0).min(end));
        out.push_str(&marked(text));
        out.push_str(tag);
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default();
        if OPAQUE.contains(&name) {
            let close = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            out.push_str(&rest[..close]);
            rest = &rest[close..];
        }
    }
    out.push_str(rest);
    out
}

/// A text, from its first Chinese character to its last in an element of their own.
fn marked(text: &str) -> String {
    let (Some(start), Some(last)) = (text.find(is_chinese), text.rfind(is_chinese)) else {
        return text.to_owned();
    };
    let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
    format!("{}<span lang=\"zh-CN\">{}</span>{}", &text[..start], &text[start..end], &text[end..])
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_marked_in_texts_and_nowhere_else() {
        assert_eq!(
            mark("<title>预算</title><p title=\"表\">Total 合计 2025 年: 1</p>plain"),
            "<title>预算</title><p title=\"表\">Total <span lang=\"zh-CN\">合计 2025 年</span>: 1</p>plain"
        );
        assert_eq!(mark("no tag 无"), "no tag 无");
    }
}
