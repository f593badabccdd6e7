//! Characters of a text that show an earlier conversion to have gone wrong, or that nobody sees.

use std::cell::OnceCell;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use encoding_rs::{GBK, WINDOWS_1252};

use super::chars::{Chars, ideograph};
use super::{ruined, shortened, swapped};
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::source::{FileId, Place};

/// What stands in a text only when a conversion went wrong. UTF-8 read as GBK makes 锛 of a comma
/// and 銆 of a stop, neither of which anybody writes; read as Latin-1 it makes `ï¼` and `ã€` of them.
const MISREAD: [&str; 9] = ["锟斤拷", "锛", "銆", "鈥", "锘", "ï¼", "ï»¿", "ã€", "â€"];

/// What memory that nothing was written to reads as in GBK.
const UNWRITTEN: [&str; 2] = ["烫烫烫", "屯屯屯"];

/// The first of them in a text.
fn misread(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let traditional = OnceCell::new();
    let is_traditional = || *traditional.get_or_init(|| has_low_bytes(text));
    let unwritten = UNWRITTEN.iter().find_map(|words| {
        memchr::memmem::find(bytes, words.as_bytes()).map(|at| at..at + words.len())
    });
    // They begin with one of these bytes, and so do most words that were read in another encoding.
    let known = memchr::memchr2_iter(0xe9, 0xc3, bytes).find_map(|at| {
        // Most characters that begin with the first are written in every text.
        if let [0xe9, 0xa0..=0xff, ..] = bytes[at..] {
            return None;
        }
        let second = bytes.get(at + 1);
        let mut signs = MISREAD.iter().filter(|sign| sign.as_bytes().get(1) == second);
        let sign = signs.find(|sign| bytes[at..].starts_with(sign.as_bytes()));
        let length =
            sign.map(|sign| sign.len()).or_else(|| misread_words(&bytes[at..], &is_traditional))?;
        Some(at..at + length)
    });
    known.or(unwritten).or_else(|| misread_pairs(text, &is_traditional)).or_else(|| western(bytes))
}

/// Characters that UTF-8 of Chinese read as GBK can begin with: those whose first byte begins a character of
/// Chinese in UTF-8, and whose second goes on with it.
static BEGINS: LazyLock<Chars> = LazyLock::new(|| in_gbk(0xe4..=0xe9, 0x80..=0xbf));

/// Those that come next: the end of one character, and the beginning of another.
static GO_ON: LazyLock<Chars> = LazyLock::new(|| in_gbk(0x81..=0xbf, 0xe4..=0xe9));

/// Those by one of which words are found that were read in another encoding.
static TELLING: LazyLock<Chars> = LazyLock::new(|| BEGINS.with(swapped::rare()));

/// Those whose two bytes in GBK are of these.
fn in_gbk(first: RangeInclusive<u8>, second: RangeInclusive<u8>) -> Chars {
    let pairs = first.flat_map(|first| second.clone().flat_map(move |next| [first, next]));
    let bytes: Vec<u8> = pairs.collect();
    Chars::of(GBK.decode_without_bom_handling(&bytes).0.chars())
}

/// `棰勭畻`: characters whose bytes in GBK are common ones of Chinese in UTF-8, or in Big5.
fn misread_pairs(text: &str, is_traditional: &dyn Fn() -> bool) -> Option<Range<usize>> {
    let (telling, begins, go_on) = (&*TELLING, &*BEGINS, &*GO_ON);
    let swapped = swapped::rare();
    let bytes = text.as_bytes();
    let mut next = 0;
    // Every character of a text comes by here: three bytes make one, and the first tells that they do.
    while let Some(lead) = bytes.get(next) {
        if !(0xe4..=0xe9).contains(lead) {
            next += 1;
            continue;
        }
        let at = next;
        next += 3;
        let Some(one) = ideograph(bytes, at).filter(|one| telling.holds(*one)) else { continue };
        let is_pair = || ideograph(bytes, at + 3).is_some_and(|other| go_on.holds(other));
        let found = if begins.holds(one) && is_pair() {
            misread_pair(&text[at..], is_traditional).map(|length| at..at + length)
        } else {
            None
        };
        let found = found.or_else(|| {
            let swapped = if swapped.holds(one) { swapped::find(text, at) } else { None };
            swapped.map(|swapped| swapped.range)
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// How long such characters are at the beginning of a text: three, two of which at least are none of the
/// common ones, as in no word that somebody wrote.
fn misread_pair(text: &str, is_traditional: &dyn Fn() -> bool) -> Option<usize> {
    let mut read = Vec::with_capacity(6);
    let mut rare = 0;
    let mut end = 0;
    for c in text.chars().take(3) {
        let pair = gbk(c)?;
        rare += usize::from(!is_common(pair));
        read.extend(pair);
        end += c.len_utf8();
    }
    let meant = std::str::from_utf8(&read).ok()?;
    let is_meant =
        meant.chars().count() == 2 && meant.chars().all(|c| gbk(c).is_some_and(is_common));
    (rare >= 2 && is_meant && !is_traditional()).then_some(end)
}

/// Whether two bytes of GBK are a character of the first standard of simplified Chinese.
fn is_common(pair: [u8; 2]) -> bool {
    matches!(pair, [0xb0..=0xf7, 0xa1..=0xfe])
}

/// `Ô¤Ëã`: Chinese in GBK that was read as Latin-1. Nobody writes four such letters and signs in a row.
fn western(bytes: &[u8]) -> Option<Range<usize>> {
    let mut from = 0;
    memchr::memchr2_iter(0xc2, 0xc3, bytes).find_map(|at| {
        // A run is read once.
        if at < from {
            return None;
        }
        let mut end = at;
        let mut run = Vec::new();
        while let [lead @ (0xc2 | 0xc3), rest @ 0x80..=0xbf, ..] = bytes[end..] {
            run.push((lead & 3) << 6 | (rest & 0x3f));
            end += 2;
        }
        from = end;
        let pairs = run.chunks_exact(2);
        let is_chinese = pairs.len() > 1
            && pairs.clone().all(|pair| is_common([pair[0], pair[1]]))
            && run.iter().any(|byte| *byte != run[0] && *byte != run[1]);
        is_chinese.then_some(at..end)
    })
}

/// How many bytes at the beginning of a text are words of Chinese in UTF-8 that were read as Latin-1 or as GBK.
fn misread_words(bytes: &[u8], is_traditional: &dyn Fn() -> bool) -> Option<usize> {
    match bytes {
        // `æ¬`: a letter that UTF-8 begins a character of Chinese with, and a sign nobody writes behind it.
        [
            0xc3,
            0xa4..=0xa9,
            0xc2,
            0xa1..=0xaa | 0xac..=0xaf | 0xb1..=0xb6 | 0xb8..=0xba | 0xbc..=0xbf,
            ..,
        ] => Some(4),
        // `æ\u{9c}¬`, `æœ¬`: the second byte is a control character, or what Windows has for one.
        [0xc3, 0xa4..=0xa9, rest @ ..] => {
            // What other languages write behind such a letter: blanks, quotes, dashes.
            let is_written = |c: &char| c.is_ascii() || "\u{a0}«»‘’“”‚„‹›…–—°·".contains(*c);
            let second = char_at(rest).filter(|c| !is_written(c))?;
            let third = char_at(&rest[second.len_utf8()..])?;
            let is_rest = |c: char| {
                let mut text = [0; 4];
                let (byte, _, is_lost) = WINDOWS_1252.encode(c.encode_utf8(&mut text));
                !is_lost && matches!(*byte, [0x80..=0xbf])
            };
            (is_rest(second) && is_rest(third)).then_some(2 + second.len_utf8() + third.len_utf8())
        }
        // `鏈崟`: a character that simplified Chinese has not, and one whose bytes in GBK go on in UTF-8.
        [0xe9, 0x88..=0x9f, ..] => {
            if !BEGINS.holds(ideograph(bytes, 0)?) {
                return None;
            }
            let first = char_at(bytes)?;
            let second = char_at(&bytes[first.len_utf8()..])?;
            let is_begun = matches!(gbk(first)?, [0xe5..=0xe9, 0x80..=0xa0]);
            let goes_on = || {
                let bytes = gbk(second)?;
                let is_rest = matches!(bytes, [0x80..=0xbf, 0x80..=0xbf | 0xe4..=0xe9]);
                Some(is_rest || matches!(bytes, [0xe4..=0xe9, 0x80..=0xbf]))
            };
            (is_begun && goes_on()? && !is_traditional())
                .then(|| first.len_utf8() + second.len_utf8())
        }
        _ => None,
    }
}

/// The two bytes of a character in GBK.
fn gbk(c: char) -> Option<[u8; 2]> {
    let mut text = [0; 4];
    let (bytes, _, is_lost) = GBK.encode(c.encode_utf8(&mut text));
    bytes.as_ref().try_into().ok().filter(|_| !is_lost)
}

/// Whether characters of a text have bytes in GBK that UTF-8 has in no character of Chinese: then those of
/// traditional Chinese in it are meant. So many characters of it tell.
fn has_low_bytes(text: &str) -> bool {
    const TELL: usize = 4000;
    let chars = text.chars().filter(|c| !c.is_ascii()).take(TELL);
    chars.filter_map(gbk).any(|bytes| bytes[1] < 0x80)
}

fn char_at(bytes: &[u8]) -> Option<char> {
    let end = bytes.len().min(4);
    bytes[..end].utf8_chunks().next()?.valid().chars().next()
}

/// A passage in HZ, the encoding of mail of seven bits: where it stands, and how it reads.
fn hz(text: &str) -> Option<(Range<usize>, String)> {
    memchr::memmem::find_iter(text.as_bytes(), "~{").find_map(|at| {
        let line = text[at + 2..].lines().next().unwrap_or_default();
        let (words, _) = line.split_once("~}")?;
        let is_code = |byte: u8| (0x21..=0x7e).contains(&byte);
        if words.len() < 2 || words.len() % 2 == 1 || !words.bytes().all(is_code) {
            return None;
        }
        let bytes: Vec<u8> = words.bytes().map(|byte| byte | 0x80).collect();
        let (read, is_spoiled) = GBK.decode_without_bom_handling(&bytes);
        (!is_spoiled).then(|| (at..at + words.len() + 4, shortened(&read)))
    })
}

/// Reports the first character that controls a device and is no text; whether there is one.
pub(super) fn controls(report: &mut Report, file: FileId, text: &str) -> bool {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, 9 | 10 | 12 | 13) || byte == 0x7f;
    // Looked at without a way out: many bytes at a time.
    let is_found = text.bytes().fold(false, |found, byte| found | is_control(byte));
    if !is_found {
        return false;
    }
    let at = text.bytes().position(is_control).unwrap_or_default();
    let byte = text.as_bytes()[at];
    let message = if byte == 0 {
        text!(zh: "这里有一个空字节（NUL），不是文字", en: "a NUL byte stands here, which is no text")
    } else {
        let code = format!("U+{byte:04X}");
        text!(zh: "这里有一个控制字符 {code}，不是文字", en: "a control character stands here ({code}), which is no text")
    };
    spoiled(report, file, at..at + 1, message);
    true
}

/// Whether a character is shown as nothing and changes what stands beside it, or how it is found.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Reports the first character that nobody sees. Soft hyphens come of words that were misread.
fn invisible(report: &mut Report, file: FileId, text: &str, is_misread: bool) {
    let bytes = text.as_bytes();
    let found = memchr::memchr3_iter(0xc2, 0xe1, 0xe2, bytes).find(|at| match bytes[*at..] {
        [0xc2, 0xad, ..] => !is_misread,
        [0xe1, 0xa0, 0x8e, ..] => true,
        [0xe2, 0x80 | 0x81, ..] => text[*at..].chars().next().is_some_and(is_invisible),
        _ => false,
    });
    let mark = || memchr::memmem::find(bytes, b"\xef\xbb\xbf");
    let Some(at) = found.or_else(mark) else { return };
    let Some(c) = text[at..].chars().next() else { return };
    let code = format!("U+{:04X}", u32::from(c));
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let message = if turns {
        text!(zh: "这里有看不见的字符 {code}，后面的字会倒着显示", en: "{code} stands here, which nobody sees and which turns the words behind it round")
    } else {
        text!(zh: "这里有看不见的字符 {code}，查找和比较都会因此对不上", en: "{code} stands here, which nobody sees and because of which words are not found")
    };
    let mut finding = codes::GARBLED_TEXT.at(Place::bytes(file, at..at + c.len_utf8()), message).help(
        text!(zh: "删去它：把光标移到它后面，按退格键", en: "delete it: put the cursor behind it and press the backspace key"),
    );
    if !turns {
        finding.severity = Severity::Warning;
    }
    report.push(finding);
}

/// `????`: signs that an old encoding has for every character it lacks.
fn questions(text: &str) -> Option<Range<usize>> {
    let at = memchr::memmem::find(text.as_bytes(), b"???")?;
    let run = text[at..].bytes().take_while(|byte| *byte == b'?').count();
    Some(at..at + run)
}

/// A passage in UTF-7, the encoding of old mail: where it stands, and how it reads.
fn utf7(text: &str) -> Option<(Range<usize>, String)> {
    memchr::memchr_iter(b'+', text.as_bytes()).find_map(|at| {
        let value = |byte: u8| match byte {
            b'A'..=b'Z' => Some(u32::from(byte - b'A')),
            b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
            b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
            b'+' => Some(62),
            b'/' => Some(63),
            _ => None,
        };
        let (mut units, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
        let mut end = at + 1;
        while let Some(six) = text.as_bytes().get(end).and_then(|byte| value(*byte)) {
            (bits, held, end) = (bits << 6 | six, held + 6, end + 1);
            if held >= 16 {
                held -= 16;
                units.push((bits >> held & 0xffff) as u16);
                bits &= (1 << held) - 1;
            }
        }
        let is_chinese =
            |unit: &u16| matches!(unit, 0x3000..=0x303f | 0x4e00..=0x9fff | 0xff00..=0xffef);
        (units.len() > 1 && units.iter().all(is_chinese))
            .then(|| (at..end, shortened(&String::from_utf16_lossy(&units))))
    })
}

/// Reports the first of each kind of spoiled characters; whether the text can be read all the same. What one
/// conversion does in several ways is said once.
pub(super) fn garbled(report: &mut Report, file: FileId, text: &str) -> bool {
    let misread = misread(text);
    invisible(report, file, text, misread.is_some());
    let (lost, private) = lost(text);
    let questions = questions(text);
    let is_latin =
        misread.as_ref().is_some_and(|at| matches!(text.as_bytes()[at.start], 0xc2 | 0xc3));
    let sign = misread.as_ref().or(lost.as_ref()).or(questions.as_ref());
    if let Some(at) = sign.filter(|_| ruined::is_ruined(text, is_latin)) {
        ruined::report(report, file, text, at);
        return false;
    }
    match (misread, lost, questions) {
        (Some(at), ..) => {
            let message = misread_as(text, &at);
            spoiled(report, file, at, message);
        }
        (None, lost, questions) => {
            if let Some(at) = questions {
                let message = text!(zh: "接连 {run} 个问号，多半是转换编码时丢了字", en: "{run} question marks in a row are mostly characters that an earlier conversion lost", run = at.len());
                spoiled(report, file, at, message);
            }
            if let Some(at) = lost {
                let message = text!(zh: "“\u{fffd}”表示转换编码时丢了一个字", en: "`\u{fffd}` stands for a character that an earlier conversion lost");
                spoiled(report, file, at, message);
            } else if let Some(at) = private {
                let code = text[at.clone()].chars().next().map(u32::from).unwrap_or_default();
                let code = format!("U+{code:04X}");
                let message = text!(zh: "这里是专用区字符 {code}，没有装同一种字体的人看不到它", en: "{code} is a private-use character, which nobody sees who lacks its font");
                spoiled(report, file, at, message);
            }
        }
    }
    if let Some((range, read)) = utf7(text) {
        let message = text!(zh: "这是 UTF-7 编码的文字，读作“{read}”", en: "these are words in the encoding UTF-7, and read `{read}`");
        spoiled(report, file, range, message);
    }
    if let Some((range, read)) = hz(text) {
        let message = text!(zh: "这是 HZ 编码的文字，读作“{read}”", en: "these are words in the encoding HZ, and read `{read}`");
        spoiled(report, file, range, message);
    }
    true
}

/// What words are that were read in another encoding.
fn misread_as(text: &str, at: &Range<usize>) -> Text {
    let sign = &text[at.clone()];
    match swapped::find(text, at.start) {
        Some(swapped) => {
            let ((meant, read), words) = (swapped.names, shortened(&swapped.words));
            text!(zh: "“{sign}”是乱码：{meant} 编码的“{words}”被当作 {read} 读过一遍", en: "`{sign}` is what `{words}` in {meant} turns into when it is read as {read}")
        }
        None => {
            text!(zh: "“{sign}”是乱码：UTF-8 的文字被当作别的编码读过一遍", en: "`{sign}` is what UTF-8 turns into when it is read in another encoding")
        }
    }
}

/// The first sign for a lost character, and the first character of private use.
fn lost(text: &str) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let bytes = text.as_bytes();
    let (mut lost, mut private) = (None, None);
    // No other byte begins a character of private use, or the one that stands for a lost one.
    for at in memchr::memchr2_iter(0xee, 0xef, bytes) {
        match bytes[at..] {
            [0xef, 0xbf, 0xbd, ..] => lost = lost.or(Some(at..at + 3)),
            [0xee, ..] | [0xef, 0x80..=0xa3, ..] => private = private.or(Some(at..at + 3)),
            _ => {}
        }
    }
    (lost, private)
}

fn spoiled(report: &mut Report, file: FileId, at: Range<usize>, message: Text) {
    report.push(codes::GARBLED_TEXT.at(Place::bytes(file, at), message).help(
        text!(zh: "对照原件，重新输入这一处", en: "type this passage again from the original"),
    ));
}
