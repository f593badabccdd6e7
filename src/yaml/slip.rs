//! Why a line of YAML cannot be read, where the cause is known: a sign at the head of a value, quotes or brackets
//! around a part of it, a colon without a blank, a mark of Chinese writing between two entries.

use super::lost;
use crate::codes;
use crate::diagnostic::{Diagnostic, Text, text};
use crate::source::{FileId, Place};

/// What is wrong, from where to where in its line, with the message and the remedy.
struct Slip {
    at: usize,
    length: usize,
    message: Text,
    help: Text,
}

/// The slip in the line of a byte at which the parser stopped, or in the last line before it with words.
pub(super) fn find(file: FileId, text: &str, at: usize) -> Option<Diagnostic> {
    let end = text[at..].find('\n').map_or(text.len(), |more| at + more);
    let is_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let lines: Vec<&str> = text[..end].rsplit('\n').filter(is_content).take(ABOVE).collect();
    let found = lines.iter().enumerate().find_map(|(nth, line)| {
        let above = lines.get(nth + 1).copied().unwrap_or_default();
        let slip = in_line(line).or_else(|| if nth == 0 { out_of_line(above, line) } else { None });
        Some((*line, slip?))
    });
    let (line, slip) = found.or_else(|| open_quote(&text[..end]))?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize + slip.at;
    let end = text.ceil_char_boundary(start + slip.length);
    let place = Place::bytes(file, start..end);
    Some(codes::YAML_SYNTAX.at(place, slip.message).help(slip.help))
}

/// The nearest quote above that its own line does not close: it takes in the lines up to the next quote, where the
/// parser stops.
fn open_quote(text: &str) -> Option<(&str, Slip)> {
    text.rsplit('\n').take(FAR).find_map(|line| {
        let inner = line.trim_start().trim_start_matches("- ").trim_start();
        let values = values(line, inner.starts_with('{')).into_iter();
        let mut open = values.filter_map(|(at, value)| {
            let sign = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let is_odd = line.matches(sign).count() % 2 == 1;
            (is_odd && !value[1..].contains(sign)).then(|| in_quotes(at, value, sign))?
        });
        Some((line, open.next()?))
    })
}

/// So many lines up to the one where the parser stopped may hold the slip.
const ABOVE: usize = 3;

/// So many lines may a quote that is not closed take in.
const FAR: usize = 500;

fn in_line(line: &str) -> Option<Slip> {
    let inner = line.trim_start().trim_start_matches("- ").trim_start();
    let is_flow = inner.starts_with('{');
    let at = line.len() - inner.len();
    if let Some(slip) = indent(line).or_else(|| comment_within(at, inner)) {
        return Some(slip);
    }
    if is_flow && inner.contains(": ") && !inner.contains('}') {
        return Some(Slip {
            at,
            length: 1,
            message: text!(zh: "“{{”没有配成对，文件读不下去", en: "`{{` is not closed, and the file cannot be read"),
            help: text!(zh: "在这一行的末尾补上“}}”", en: "close it with `}}` at the end of the line"),
        });
    }
    if let Some(slip) = without_blank(line).or_else(|| without_braces(at, inner, is_flow)) {
        return Some(slip);
    }
    values(line, is_flow).into_iter().find_map(|(at, value)| in_value(at, value, is_flow))
}

/// A tab or a blank of full width before a line, which is no indent to YAML.
fn indent(line: &str) -> Option<Slip> {
    let blank = &line[..line.len() - line.trim_start().len()];
    let (at, wrong) = blank.char_indices().find(|(_, c)| *c != ' ')?;
    let message = if wrong == '\t' {
        text!(zh: "行首有制表符（Tab），YAML 只认空格，文件读不下去", en: "a tab stands before this line: YAML knows blanks alone, and the file cannot be read")
    } else {
        text!(zh: "行首有全角或不换行的空格，YAML 只认半角空格，文件读不下去", en: "a blank of full width, or one that does not break, stands before this line: YAML knows plain blanks alone, and the file cannot be read")
    };
    let help = text!(zh: "换成半角空格，和同一层的行对齐", en: "put plain blanks, as many as before the lines of its level");
    Some(Slip { at, length: wrong.len_utf8(), message, help })
}

/// `{ rank: 正科级 #副, … }`: a comment that takes the brace away, too.
fn comment_within(at: usize, inner: &str) -> Option<Slip> {
    if !inner.starts_with('{') {
        return None;
    }
    let hash = inner.find(" #").filter(|hash| !inner[..*hash].contains(['}', '"', '\'']))? + 1;
    let said = shortened(&inner[hash..]);
    Some(Slip {
        at: at + hash,
        length: inner[hash..].trim_end().len(),
        message: text!(zh: "从“{said}”起是注释，花括号也在里面，文件读不下去", en: "`{said}` is a comment, the brace included, and the file cannot be read"),
        help: text!(zh: "是正文的，整个值加上引号；是注释的，另起一行", en: "where it belongs to the words, put the whole value between quotes; where it is a comment, give it a line of its own"),
    })
}

/// `- code: 207, name: 甲`: several entries on a line, without braces.
fn without_braces(at: usize, inner: &str, is_flow: bool) -> Option<Slip> {
    let (key, value) = inner.split_once(": ")?;
    let has_more =
        end_in_flow(value) < value.trim_end().len() && !value.starts_with(['"', '\'', '[']);
    if is_flow || !key.chars().all(is_of_key) || !has_more || value.contains('{') {
        return None;
    }
    let said = shortened(inner.trim_end().trim_end_matches('}'));
    Some(Slip {
        at,
        length: inner.trim_end().len(),
        message: text!(zh: "一行写了几栏，却没有花括号，文件读不下去", en: "several entries stand on a line without braces, and the file cannot be read"),
        help: text!(zh: "写成 - {{ {said} }}", en: "write - {{ {said} }}"),
    })
}

/// A line that stands further left or right than the one above it, which is of its kind.
fn out_of_line(above: &str, line: &str) -> Option<Slip> {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let is_item = |line: &str| line.trim_start().starts_with("- ");
    let entry = |line: &str| {
        let (key, value) = line.trim_start().split_once(": ")?;
        (key.chars().all(is_of_key) && !value.trim().is_empty()).then_some(())
    };
    let are_alike = (is_item(above) && is_item(line))
        || (entry(above).is_some() && entry(line).is_some() && indent(line) > indent(above));
    let (there, here) = (indent(above), indent(line));
    if !are_alike || there == here {
        return None;
    }
    Some(Slip {
        at: 0,
        length: here.max(1),
        message: text!(zh: "这一行前面空了 {here} 格，上一行是 {there} 格，文件读不下去", en: "{here} blanks stand before this line and {there} before the one above: the file cannot be read"),
        help: text!(zh: "同一层的行对齐：都空 {there} 格", en: "lines of one level stand one below the other: put {there} blanks"),
    })
}

/// `budget:80.00` where a line holds one entry.
fn without_blank(line: &str) -> Option<Slip> {
    let inner = line.trim_start().trim_start_matches("- ").trim_start();
    let at = line.len() - inner.len();
    let (key, value) = inner.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(is_of_key);
    let is_joined = !value.is_empty() && !value.starts_with(char::is_whitespace);
    if !is_key || !is_joined || value.starts_with("//") {
        return None;
    }
    let first = shortened(value);
    Some(Slip {
        at,
        length: key.len() + 1,
        message: text!(zh: "“{key}:”后面缺少空格，YAML 读不出哪是键、哪是值", en: "a blank is missing behind `{key}:`: YAML cannot tell the key from its value"),
        help: text!(zh: "写成 {key}: {first}", en: "write {key}: {first}"),
    })
}

fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// So many characters of a value are said in a message.
const SAID: usize = 32;

fn shortened(value: &str) -> String {
    let mut chars = value.trim_end().chars();
    let said: String = chars.by_ref().take(SAID).collect();
    if chars.next().is_some() { format!("{said}…") } else { said }
}

/// The values of a line: where each begins, and its words up to the next entry.
fn values(line: &str, is_flow: bool) -> Vec<(usize, &str)> {
    let mut all = Vec::new();
    let mut starts: Vec<usize> = line.match_indices(": ").map(|(at, _)| at + 2).collect();
    if !is_flow {
        starts.truncate(1);
    }
    if starts.is_empty() {
        let inner = line.trim_start();
        let item = inner.strip_prefix("- ").map(|item| line.len() - item.len());
        starts.extend(item);
    }
    for start in starts {
        let value = line[start..].trim_start();
        let at = line.len() - value.len();
        let end = if is_flow { end_in_flow(value) } else { value.len() };
        all.push((at, value[..end].trim_end()));
    }
    all
}

/// Where a value within `{…}` ends: before the next `, key:` or the last brace.
fn end_in_flow(value: &str) -> usize {
    let next = value.match_indices(", ").find(|(at, _)| {
        let rest = value[at + 2..].trim_start();
        let behind = rest.trim_start_matches(is_of_key);
        behind.len() < rest.len() && behind.starts_with(':')
    });
    let last = value.rfind('}').unwrap_or(value.len());
    next.map_or(last, |(at, _)| at)
}

fn in_value(at: usize, value: &str, is_flow: bool) -> Option<Slip> {
    let first = value.chars().next()?;
    let said = shortened(value);
    let quoted = || text!(zh: "整个值加上引号：\"{said}\"", en: "put the whole value between quotes: \"{said}\"");
    let slip = |message: Text, help: Text| Some(Slip { at, length: value.len(), message, help });
    if matches!(first, '>' | '|') && (is_flow || !is_block_head(value)) {
        let message = text!(zh: "值以“{first}”开头，YAML 把它当作多行文字的记号，文件读不下去", en: "the value begins with `{first}`, which announces lines of text to YAML, and the file cannot be read");
        return slip(message, quoted());
    }
    if matches!(first, '"' | '\'') {
        return in_quotes(at, value, first);
    }
    if let Some(close) = [('[', ']'), ('{', '}')].into_iter().find(|pair| pair.0 == first) {
        let Some((_, behind)) = value.split_once(close.1) else {
            return Some(Slip {
                at,
                length: 1,
                message: text!(zh: "“{first}”没有配成对，文件读不下去", en: "`{first}` is not closed, and the file cannot be read"),
                help: text!(zh: "补上“{end}”；要的就是括号，整个值加上引号", en: "close it with `{end}`; where the bracket belongs to the words, put the whole value between quotes", end = close.1),
            });
        };
        let has_more = behind.trim_start().starts_with(|c: char| c.is_alphanumeric());
        return if has_more {
            slip(
                text!(zh: "值以“{first}”开头，YAML 把它当作列表或键值表，后面还有字就读不下去", en: "the value begins with `{first}`, which opens a list or a mapping to YAML, and words stand behind its end"),
                quoted(),
            )
        } else {
            None
        };
    }
    let is_sign = matches!(first, '-' | '?' | ':') && value[1..].starts_with(' ') || first == ',';
    if is_sign || lost::sign_at_head(value) == Some(first) {
        let message = text!(zh: "值以“{first}”开头，YAML 会当作记号，文件读不下去", en: "the value begins with `{first}`, which is a sign to YAML, and the file cannot be read");
        return slip(message, quoted());
    }
    let between = value.char_indices().find(|(at, c)| {
        let rest = value[at + c.len_utf8()..].trim_start();
        let behind = rest.trim_start_matches(is_of_key);
        is_flow && "、；;，".contains(*c) && behind.len() < rest.len() && behind.starts_with(':')
    });
    if let Some((inner, mark)) = between {
        return Some(Slip {
            at: at + inner,
            length: mark.len_utf8(),
            message: text!(zh: "“{mark}”分不开两栏，文件读不下去", en: "`{mark}` does not part two entries, and the file cannot be read"),
            help: text!(zh: "改用半角逗号加空格：“, ”", en: "write a half-width comma and a space: `, `"),
        });
    }
    if let Some(slip) = in_flow(at, value, is_flow) {
        return Some(slip);
    }
    if value.contains(": ") || value.ends_with(':') {
        let message = text!(zh: "值里有冒号加空格，YAML 把它当作另一个键，文件读不下去", en: "the value holds a colon and a blank, which is another key to YAML, and the file cannot be read");
        let help = text!(zh: "整个值加上引号，或者冒号改用全角：\"{said}\"", en: "put the whole value between quotes, or write the colon full-width: \"{said}\"");
        return slip(message, help);
    }
    None
}

/// What ends a value within braces before its time: a bracket in it, or the next key without a comma.
fn in_flow(at: usize, value: &str, is_flow: bool) -> Option<Slip> {
    if !is_flow {
        return None;
    }
    if let Some(inner) = value.find(['[', ']', '{', '}']) {
        let sign = value[inner..].chars().next().unwrap_or_default();
        let said = shortened(value);
        return Some(Slip {
            at,
            length: value.len(),
            message: text!(zh: "花括号里的值不能有“{sign}”，文件读不下去", en: "a value within braces holds no `{sign}`: the file cannot be read"),
            help: text!(zh: "整个值加上引号：\"{said}\"", en: "put the whole value between quotes: \"{said}\""),
        });
    }
    let (before, _) = value.split_once(": ")?;
    let next = before.trim_end_matches(is_of_key);
    let is_next = next.len() < before.len() && next.ends_with(' ');
    let key = &before[next.len()..];
    is_next.then(|| Slip {
        at: at + next.len(),
        length: key.len(),
        message: text!(zh: "“{key}”前面缺少半角逗号，文件读不下去", en: "a comma is missing before `{key}`: the file cannot be read"),
        help: text!(zh: "两栏之间写半角逗号加空格：“, ”", en: "part two entries by a comma and a blank: `, `"),
    })
}

/// Whether a value is a sign that announces lines of text, with nothing behind it but its options.
fn is_block_head(value: &str) -> bool {
    let options = value[1..].split(" #").next().unwrap_or_default().trim();
    options.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

/// Quotes around a part of a value, or without an end.
fn in_quotes(at: usize, value: &str, sign: char) -> Option<Slip> {
    let Some((inner, behind)) = value[1..].split_once(sign) else {
        return Some(Slip {
            at,
            length: value.len(),
            message: text!(zh: "引号“{sign}”没有配成对，文件读不下去", en: "the quote {sign} is not closed, and the file cannot be read"),
            help: text!(zh: "在值的末尾补上 {sign}，或者去掉开头的", en: "close it at the end of the value, or take the first one away"),
        });
    };
    let behind = behind.trim_end();
    let is_part =
        !behind.is_empty() && !behind.trim_start().starts_with(['#', ',', '}', ']', sign]);
    let behind = shortened(behind);
    is_part.then(|| Slip {
        at,
        length: value.len(),
        message: text!(zh: "引号只括住了“{inner}”，后面还有字，文件读不下去", en: "the quotes hold `{inner}` alone and words stand behind them: the file cannot be read"),
        help: text!(zh: "引号属于文字的，改用“”：“{inner}”{behind}；不属于的，去掉或者括住整个值", en: "where the quotes belong to the words, write “{inner}”{behind}; where they do not, take them away or put them around the whole value"),
    })
}
