//! Full-width marks where YAML wants half-width ones, and tables pasted as text: the slips of people
//! who write Chinese. What was certainly meant is read so, that one slip is one finding.

use super::{Key, Kind, Node, offset};
use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::source::{FileId, Place};

/// Reports keys and values that a full-width colon, or one without a blank, holds together, once for a file, and
/// parts them. The plain reader reads no colon without a blank.
pub(super) fn mend(
    report: &mut Report,
    file: FileId,
    (text, is_plain): (&str, bool),
    root: &mut Node,
) {
    if !may_hold(text) && (is_plain || !holds_joined(text)) {
        return;
    }
    let mut found = Vec::new();
    part(text, root, &mut found);
    let Some((start, end)) = found.first().copied() else { return };
    let written = &text[start as usize..end as usize];
    let is_wide = written.contains(['：', '，']);
    let message = if is_wide {
        text!(
            zh: "“{written}”用了全角标点，YAML 读不出哪是键、哪是值",
            en: "`{written}` has full-width marks: YAML cannot tell the key from its value",
        )
    } else {
        text!(
            zh: "“{written}”的冒号后面缺少空格，YAML 读不出哪是键、哪是值",
            en: "a blank is missing behind the colon of `{written}`: YAML cannot tell the key from its value",
        )
    };
    let place = Place::bytes(file, start as usize..end as usize);
    let help = if is_wide {
        text!(
            zh: "改用半角冒号加空格“: ”和半角逗号“, ”", en: "write a half-width colon and a space (`: `), and half-width commas (`, `)",
        )
    } else {
        let parted = written.replacen(':', ": ", 1);
        text!(zh: "写成 {parted}", en: "write {parted}")
    };
    let mut finding = codes::LOST_WORDS.at(place, message).help(help);
    if found.len() > 1 {
        let more = found.len() - 1;
        finding = finding
            .note(text!(zh: "这个文件里另有 {more} 处", en: "there are {more} more in this file"));
    }
    report.push(finding);
}

/// Reports a list whose items nothing parts but marks of Chinese writing: `[甲、乙]` is one item.
pub(super) fn list_marks(report: &mut Report, file: FileId, text: &str) {
    let bytes = text.as_bytes();
    // Of the line of the last bracket: where it begins, and what of it stands before a comment or a quote. No
    // part of a line is read again for each bracket in it.
    let (mut begin, mut plain, mut line_end) = (0, 0, 0);
    for open in memchr::memchr_iter(b'[', bytes) {
        if open >= line_end {
            begin =
                line_end + memchr::memrchr(b'\n', &bytes[line_end..open]).map_or(0, |at| at + 1);
            line_end = memchr::memchr(b'\n', &bytes[open..]).map_or(bytes.len(), |at| open + at);
            let line = &bytes[begin..line_end];
            plain = memchr::memchr3(b'#', b'"', b'\'', line).map_or(line_end, |at| begin + at);
        }
        if open > plain || !bytes[begin..open].ends_with(b" ") {
            continue;
        }
        if !text[begin..open].trim_end_matches(' ').ends_with([':', '-', ',']) {
            continue;
        }
        let rest = &text[open + 1..line_end];
        let Some(close) = rest.find(['"', '\'', '[', '{', ']']) else { continue };
        let (items, behind) = rest.split_at(close);
        let Some(behind) = behind.strip_prefix(']') else { continue };
        let is_whole = |c: char| c.is_whitespace() || matches!(c, ',' | '}');
        if !behind.chars().next().is_none_or(is_whole) {
            continue;
        }
        // An ordinal, as in `3、设备`, is no item.
        let is_ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（）()".contains(c);
        let mark = |item: &&str| {
            let words = item.trim().trim_start_matches(is_ordinal);
            words.chars().skip(1).any(|c| matches!(c, '、' | '，' | '；'))
        };
        let Some(item) = items.split(',').find(mark).map(str::trim) else { continue };
        let parts: Vec<&str> = item.split(['、', '，', '；']).map(str::trim).collect();
        let (start, parts) = (item.as_ptr() as usize - text.as_ptr() as usize, parts.join(", "));
        let message = text!(zh: "“{item}”在列表里是一项：“、”“，”分不开它们", en: "`{item}` is one item of the list: its marks part nothing");
        let help = text!(zh: "用半角逗号加空格分开：{parts}；确实是一项的，加上引号", en: "part them by half-width commas and blanks: {parts}; where it is one item, put it between quotes");
        let place = Place::bytes(file, start..start + item.len());
        report.push(codes::LOST_WORDS.at(place, message).help(help));
    }
}

/// Whether a full-width colon stands between what may be a key and its value: most stand in words.
fn may_hold(text: &str) -> bool {
    text.match_indices('：').any(|(at, colon)| {
        let before = text[..at].trim_end_matches(' ');
        let after = text[at + colon.len()..].trim_start_matches(' ');
        before.ends_with(|c: char| c.is_ascii_alphanumeric())
            || after.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether a colon of a flow mapping has no blank behind it: `{ code:207 }`.
fn holds_joined(text: &str) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|at| {
        let is_joined = text.as_bytes().get(at + 1).is_some_and(|next| !next.is_ascii_whitespace());
        is_joined && {
            let name = text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            name.len() < at && name.trim_end().ends_with(['{', ','])
        }
    })
}

/// Parts the entries of every mapping that full-width marks hold together; `found` gets the bytes of each.
fn part(text: &str, node: &mut Node, found: &mut Vec<(u32, u32)>) {
    match &mut node.kind {
        Kind::Sequence(items) => items.iter_mut().for_each(|item| part(text, item, found)),
        Kind::Mapping(entries) => {
            if !entries.iter().any(|(key, value)| is_held(text, key, value)) {
                for (_, value) in entries {
                    part(text, value, found);
                }
                return;
            }
            let mut parted = Vec::with_capacity(entries.len() + 1);
            for (key, mut value) in std::mem::take(entries) {
                if is_held(text, &key, &value) {
                    let range = if value.is_null() {
                        (key.start, key.end)
                    } else {
                        (value.start, value.end)
                    };
                    found.push(range);
                    parts_of(text, key, &value, &mut parted);
                } else {
                    part(text, &mut value, found);
                    parted.push((key, value));
                }
            }
            *entries = parted;
        }
        Kind::Scalar(_) | Kind::Null => {}
    }
}

/// Whether an entry is several, or its key holds its value.
fn is_held(text: &str, key: &Key, value: &Node) -> bool {
    match &value.kind {
        Kind::Null => {
            let is_plain = text.get(key.start as usize..key.end as usize) == Some(&*key.text);
            let name = key.text.split_once(['：', ':']).map(|(name, _)| name);
            is_plain && name.is_some_and(is_key)
        }
        Kind::Scalar(words) => {
            let is_plain = text.get(value.range()) == Some(words.as_str());
            is_plain && next_key(words).is_some()
        }
        _ => false,
    }
}

/// Whether words may be a key: not a sentence.
fn is_key(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty() && name.chars().count() <= 24 && !name.contains([' ', '，', '。'])
}

/// Where in a value the next entry begins: behind a full-width comma stands a key of letters with
/// a colon. The byte of the comma, and that of the key.
fn next_key(words: &str) -> Option<(usize, usize)> {
    words.match_indices('，').find_map(|(at, comma)| {
        let rest = &words[at + comma.len()..];
        let key = rest.trim_start();
        let after = key.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
        let is_next = after.len() < key.len() && after.trim_start().starts_with(['：', ':']);
        is_next.then(|| (at, at + comma.len() + rest.len() - key.len()))
    })
}

fn parts_of(text: &str, key: Key, value: &Node, parted: &mut Vec<(Key, Node)>) {
    let file = key.file;
    let mut rest = if value.is_null() {
        (key.start as usize, key.end as usize)
    } else {
        let range = value.range();
        let words = &text[range.clone()];
        let (comma, next) = next_key(words).unwrap_or((words.len(), words.len()));
        parted.push((key, scalar(text, file, range.start, range.start + comma)));
        (range.start + next, range.end)
    };
    while rest.0 < rest.1 {
        let words = &text[rest.0..rest.1];
        let (comma, next) = next_key(words).unwrap_or((words.len(), words.len()));
        let (start, end) = (rest.0, rest.0 + comma);
        let entry = &text[start..end];
        let (name, behind) = match entry.split_once(['：', ':']) {
            Some((name, value)) => (name.trim_end(), end - value.len()),
            None => (entry.trim_end(), end),
        };
        let key =
            Key { text: name.into(), file, start: offset(start), end: offset(start + name.len()) };
        parted.push((key, scalar(text, file, behind, end)));
        rest.0 += next;
    }
}

/// The words between two bytes, without blanks around them.
fn scalar(text: &str, file: FileId, start: usize, end: usize) -> Node {
    let words = text[start..end].trim();
    let start = start + (text[start..end].len() - text[start..end].trim_start().len());
    let kind = if words.is_empty() { Kind::Null } else { Kind::Scalar(words.to_owned()) };
    Node { file, start: offset(start), end: offset(start + words.len()), kind }
}

/// What a text is that reads as one long word, and no mapping or list.
pub(super) fn no_structure(file: FileId, text: &str) -> Diagnostic {
    if let Some(finding) = pasted(file, text) {
        return finding;
    }
    if let Some(finding) = mark(file, text, text.len(), usize::MAX) {
        return finding;
    }
    let message = text!(
        zh: "整个文件读成了一段文字，没有键和值", en: "the whole file reads as one text, without keys and values",
    );
    codes::WRONG_TYPE.at(Place::start(file), message).help(text!(
        zh: "每行写成“键: 值”，冒号后留空格", en: "write lines of `key: value`, with a space after the colon",
    ))
}

/// A table pasted from a spreadsheet: several lines of as many cells, parted by tabs or commas.
pub(super) fn pasted(file: FileId, text: &str) -> Option<Diagnostic> {
    let is_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let lines: Vec<&str> = text.lines().filter(is_content).take(LOOKED_AT).collect();
    let cells = |line: &str, sign: char| line.matches(sign).count();
    let sign = ['\t', ',', '，'].into_iter().find(|sign| {
        let rows = lines.iter().filter(|line| cells(line, *sign) > 0 && !line.contains([':', '{']));
        rows.clone().count() >= 2 && rows.count() * 2 > lines.len()
    })?;
    let first = lines.iter().find(|line| cells(line, sign) > 0)?;
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    Some(spreadsheet(Place::bytes(file, start..start + first.len())))
}

fn spreadsheet(place: Place) -> Diagnostic {
    let message = text!(
        zh: "这像是从表格里直接贴来的文字，不是 YAML", en: "this looks like cells pasted from a spreadsheet, not like YAML",
    );
    let help = text!(
        zh: "运行 mingbai import - --table 表的标识 --force，把单元格粘贴进去，按 Ctrl+D：写成表的行。自己写就一行一个 - {{ 栏: 值, … }}，都放在 rows: 之下",
        en: "run `mingbai import - --table <table> --force`, paste the cells and press Ctrl+D: they become rows. By hand, write each row as - {{ column: value, … }} below `rows:`",
    );
    codes::WRONG_TYPE.at(place, message).help(help)
}

/// The same of words that stand where a list should, at these bytes: YAML has folded their lines into one.
pub fn pasted_words(file: FileId, words: &str, at: std::ops::Range<usize>) -> Option<Diagnostic> {
    (words.matches(['\t', ',']).count() >= 4).then(|| spreadsheet(Place::bytes(file, at)))
}

/// So many lines tell what a file is.
const LOOKED_AT: usize = 200;

/// The full-width mark that keeps a text from being read, in the line of a byte or `above` lines above it.
pub(super) fn mark(file: FileId, text: &str, at: usize, above: usize) -> Option<Diagnostic> {
    let end = text[at..].find('\n').map_or(text.len(), |more| at + more);
    let mut lines = text[..end].rsplit('\n').take(above.saturating_add(1));
    if let Some(finding) = lines.clone().find_map(|line| fault(file, text, line)) {
        return Some(finding);
    }
    let (start, sign) = lines.find_map(|line| {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        in_line(line).map(|(at, sign)| (start + at, sign))
    })?;
    let Text { zh, en } = remedy(sign);
    let place = Place::bytes(file, start..start + sign.len_utf8());
    let message = text!(
        zh: "这里用了全角的“{sign}”，文件读不下去", en: "the file cannot be read: a full-width `{sign}` stands here",
    );
    Some(codes::YAML_SYNTAX.at(place, message).help(Text { zh, en }))
}

/// What a spreadsheet prints for a mistake, which is the beginning of a comment to YAML.
fn fault(file: FileId, text: &str, line: &str) -> Option<Diagnostic> {
    let (at, word) = line.match_indices(" #").find_map(|(at, _)| {
        let rest = &line[at + 1..];
        let word = rest.split([' ', ',', '}', '，']).next().unwrap_or_default();
        crate::amount::is_spreadsheet_fault(word).then_some((at + 1, word))
    })?;
    let start = line.as_ptr() as usize - text.as_ptr() as usize + at;
    let message = text!(
        zh: "“{word}”是电子表格算不出时显示的字，在 YAML 里又是注释的开头，文件读不下去",
        en: "`{word}` is what a spreadsheet prints where it cannot work out a figure; to YAML a comment begins there, and the file cannot be read",
    );
    let place = Place::bytes(file, start..start + word.len());
    Some(codes::YAML_SYNTAX.at(place, message).help(text!(
        zh: "在原表里改好公式，写上那个数", en: "mend the formula there and write the figure",
    )))
}

fn remedy(sign: char) -> Text {
    let half = match sign {
        '：' => {
            return text!(zh: "键后面用半角冒号加空格：“: ”", en: "a key is followed by a half-width colon and a space: `: `");
        }
        '，' => {
            return text!(zh: "改用半角逗号加空格：“, ”", en: "write a half-width comma and a space: `, `");
        }
        '－' | '—' | '–' => '-',
        '｛' => '{',
        '｝' => '}',
        '【' | '［' => '[',
        '】' | '］' => ']',
        _ => '#',
    };
    text!(zh: "改用半角的“{half}”", en: "write a half-width `{half}`")
}

/// The first full-width mark of a line that stands where YAML has its own.
fn in_line(line: &str) -> Option<(usize, char)> {
    if line.trim_start().starts_with('#') {
        return None;
    }
    let body = line.trim_end();
    line.char_indices().find(|(at, sign)| {
        let (before, after) = (&line[..*at], &line[at + sign.len_utf8()..]);
        let opens = before.trim().is_empty()
            || before.trim_end().ends_with(['-', ':', ',', '{', '[', '－']);
        match sign {
            '：' => is_key_before(before),
            '，' => next_key(&line[*at..]).is_some_and(|(comma, _)| comma == 0),
            '｛' | '【' | '［' => opens,
            '｝' | '】' | '］' => at + sign.len_utf8() == body.len(),
            '－' | '—' | '–' => {
                before.trim().is_empty() && after.starts_with([' ', '{', '｛'])
            }
            '＃' => before.trim().is_empty(),
            _ => false,
        }
    })
}

/// Whether a text ends with what is a key where a line, an item or an entry begins.
fn is_key_before(before: &str) -> bool {
    let name = before.trim_end();
    let rest = name.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "_-".contains(c));
    let is_name = rest.len() < name.len() && !name[rest.len()..].starts_with('-');
    let opens =
        rest.trim_end().is_empty() || rest.trim_end().ends_with(['-', ',', '{', '，', '｛', '－']);
    is_name && opens
}

/// What to say of a value in full-width brackets where a list or a mapping was wanted.
pub(super) fn brackets(written: &str) -> Option<Text> {
    let sign = written.chars().next().filter(|sign| "【［｛".contains(*sign))?;
    Some(remedy(sign))
}
