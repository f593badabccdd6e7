//! Bytes that are no UTF-8 → which encoding they look like and how the line reads in it; and
//! characters in a text that show an earlier conversion to have gone wrong.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place, SourceFile};

/// How much of a decoded line is shown.
const SHOWN: usize = 60;

/// So many bytes tell the encodings of Chinese, Japanese and Korean apart.
const ENOUGH: usize = 40;

/// What a file is written in, as far as its bytes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    /// UTF-16 in this byte order.
    Utf16(&'static Encoding),
    /// Four bytes a character.
    Utf32,
    /// Halves of characters of UTF-16, each written as if it were one.
    Surrogates,
    /// UTF-8 that ends in the middle of a character.
    CutOff,
    /// Another encoding, throughout or on some lines only.
    Other(&'static Encoding, Spread),
    /// No encoding in which the bytes make sense.
    Unknown,
}

/// How far another encoding reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spread {
    Whole,
    /// Other lines of the file are UTF-8.
    SomeLines,
    /// Other words of the line are.
    Words,
}

/// Whether a file can be read as text; what stands in the way, and what reads wrong, is reported.
pub fn is_text(report: &mut Report, file: FileId, source: &SourceFile) -> bool {
    let bytes = source.bytes();
    let Some(at) = source.invalid_utf8() else {
        if let Some(encoding) = utf16(bytes) {
            not_utf8(report, file, (bytes, 0), Guess::Utf16(encoding));
            return false;
        }
        if let Some(at) = conflict(source.text(), source.path.ends_with(".md")) {
            merge_conflict(report, file, at);
            return false;
        }
        // Fonts of icons and scripts name such characters on purpose.
        if !source.path.ends_with(".css") && !source.path.ends_with(".js") {
            garbled(report, file, source.text());
        }
        return true;
    };
    not_utf8(report, file, (bytes, at), guess(bytes));
    false
}

/// The text of bytes in the encoding they look like, without a mark of byte order; nothing if no
/// encoding makes a text of all of them.
pub fn decoded_text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if utf16(bytes).is_none()
        && let Ok(text) = std::str::from_utf8(marked)
    {
        return Some(Cow::Borrowed(text));
    }
    let (Guess::Utf16(encoding) | Guess::Other(encoding, Spread::Whole)) = guess(bytes) else {
        return None;
    };
    let (text, is_spoiled) = encoding.decode_with_bom_removal(bytes);
    (!is_spoiled).then_some(text)
}

fn guess(bytes: &[u8]) -> Guess {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Guess::Utf32;
    }
    if let Some(encoding) = utf16(bytes) {
        return Guess::Utf16(encoding);
    }
    let is_cut = |error: std::str::Utf8Error| error.error_len().is_none();
    if std::str::from_utf8(bytes).is_err_and(is_cut) {
        return Guess::CutOff;
    }
    let at = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
    if matches!(bytes[at..], [0xed, 0xa0..=0xbf, 0x80..=0xbf, ..]) {
        return Guess::Surrogates;
    }
    let lines = || bytes.split(|byte| *byte == b'\n');
    let wrong: Vec<&[u8]> = lines().filter(|line| std::str::from_utf8(line).is_err()).collect();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for line in &wrong {
        detector.feed(line, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    // A few bytes show little: what most such files are decides.
    let is_short = wrong.iter().map(|line| line.len()).sum::<usize>() < ENOUGH;
    let domain: Option<&[u8]> = if is_short { Some(b"xn--fiqs8s") } else { None };
    let encoding = detector.guess(domain, Utf8Detection::Deny);
    let encoding = if is_western(&wrong) { WINDOWS_1252 } else { encoding };
    // What reads as anything is believed only where it reads as words.
    let is_guessed = encoding == WINDOWS_1252 && !is_western(&wrong);
    let reads = |encoding: &'static Encoding| {
        !wrong.iter().any(|line| encoding.decode_without_bom_handling(line).1)
    };
    // A few bytes that read as letters of one byte are pairs of Chinese rather.
    let is_pairs =
        (encoding.is_single_byte() || is_short) && !is_western(&wrong) && are_pairs(&wrong);
    let encoding = if (is_guessed || is_pairs) && reads(GBK) { GBK } else { encoding };
    if !reads(encoding) || encoding == WINDOWS_1252 && is_guessed {
        let stray = stray(wrong[0]);
        let is_gbk = !GBK.decode_without_bom_handling(&stray).1;
        return if is_gbk { Guess::Other(GBK, Spread::Words) } else { Guess::Unknown };
    }
    let is_utf8 = |line: &[u8]| !line.is_ascii() && std::str::from_utf8(line).is_ok();
    let spread = if lines().any(is_utf8) { Spread::SomeLines } else { Spread::Whole };
    Guess::Other(encoding, spread)
}

/// The bytes of a line that are no UTF-8, one behind the other.
fn stray(line: &[u8]) -> Vec<u8> {
    line.utf8_chunks().flat_map(|chunk| chunk.invalid().iter().copied()).collect()
}

/// Whether every byte beyond ASCII stands alone between ASCII ones, as in `café`: two belong to
/// every Chinese character.
fn is_western(lines: &[&[u8]]) -> bool {
    let is_alone = |line: &&[u8]| line.windows(2).all(|pair| pair[0] < 0x80 || pair[1] < 0x80);
    let follows_letter =
        |line: &&[u8]| line.windows(2).any(|pair| pair[0].is_ascii_alphabetic() && pair[1] >= 0x80);
    lines.iter().all(is_alone) && lines.iter().any(follows_letter)
}

/// Whether bytes beyond ASCII stand in runs of an even number.
fn are_pairs(lines: &[&[u8]]) -> bool {
    let runs = lines.iter().flat_map(|line| line.split(u8::is_ascii));
    runs.into_iter().all(|run| run.len() % 2 == 0)
}

/// UTF-16, by its mark or by noughts in every second place.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    memchr::memchr(0, bytes)?;
    // Line ends, digits and marks of YAML are ASCII in every text: in UTF-16 half of each is nought.
    let pairs = || bytes.chunks_exact(2);
    let (low, high) = (pairs().filter(|pair| pair[0] == 0), pairs().filter(|pair| pair[1] == 0));
    let (low, high) = (low.count(), high.count());
    let encoding = if low > high { UTF_16BE } else { UTF_16LE };
    let is_plain = low.min(high).saturating_mul(4) <= low.max(high);
    let is_enough = low.max(high).saturating_mul(32) >= pairs().len();
    (is_plain
        && is_enough
        && bytes.len().is_multiple_of(2)
        && !encoding.decode_without_bom_handling(bytes).1)
        .then_some(encoding)
}

fn not_utf8(report: &mut Report, file: FileId, (bytes, at): (&[u8], usize), guess: Guess) {
    let place = Place::bytes(file, at..at);
    let mut finding = codes::NOT_UTF8.at(place, message(guess)).help(help(guess));
    if let Some(line) = decoded(bytes, guess) {
        finding = finding.note(match guess {
            Guess::Other(_, Spread::Words) => {
                text!(zh: "按这个编码，这几个字是：{line}", en: "read in that encoding, the words are: {line}")
            }
            _ => {
                text!(zh: "按这个编码，这一行是：{line}", en: "read in that encoding, the line is: {line}")
            }
        });
    }
    report.push(finding);
}

fn message(guess: Guess) -> Text {
    match guess {
        Guess::CutOff => {
            text!(zh: "文件在一个字的中间断了，后面的没有了", en: "the file ends in the middle of a character: its rest is lost")
        }
        Guess::Surrogates => {
            text!(zh: "这里是半个字（UTF-16 的代理项），不是 UTF-8", en: "half a character stands here, a surrogate of UTF-16, which is no UTF-8")
        }
        Guess::Unknown => {
            text!(zh: "文件不是 UTF-8 编码，也认不出是哪一种", en: "the file is not UTF-8, nor in an encoding that can be told")
        }
        Guess::Other(encoding, Spread::SomeLines | Spread::Words) => {
            let name = name(encoding);
            text!(zh: "文件是 UTF-8 编码，这里却混进了 {name} 编码的字", en: "the file is UTF-8, but this line looks like {name}")
        }
        Guess::Utf16(_) | Guess::Utf32 | Guess::Other(..) => {
            let name = label(guess).0;
            text!(zh: "文件不是 UTF-8 编码，像是 {name}", en: "the file is not UTF-8; it looks like {name}")
        }
    }
}

fn help(guess: Guess) -> Text {
    match guess {
        Guess::CutOff => {
            text!(zh: "从原件重新复制这个文件", en: "copy the file again from where it came")
        }
        Guess::Surrogates => {
            text!(zh: "对照原件，重新输入这一处", en: "type this passage again from the original")
        }
        Guess::Unknown => {
            text!(zh: "在原来的软件里打开，另存为 UTF-8", en: "open it in the program it was made with and save it as UTF-8")
        }
        Guess::Other(_, Spread::SomeLines | Spread::Words) => {
            text!(zh: "重新输入这一行，存为 UTF-8；不要转换整个文件", en: "type the line again and save as UTF-8; converting the whole file would spoil the other lines")
        }
        Guess::Utf16(_) | Guess::Utf32 | Guess::Other(..) => {
            let label = label(guess).1;
            text!(
                zh: "用编辑器另存为 UTF-8，或者运行 iconv -f {label} -t UTF-8 原文件 > 新文件",
                en: "save it as UTF-8 in your editor, or run iconv -f {label} -t UTF-8 OLD > NEW",
            )
        }
    }
}

/// What people call an encoding, and what iconv does.
fn label(guess: Guess) -> (&'static str, &'static str) {
    match guess {
        Guess::Utf32 => ("UTF-32", "UTF-32"),
        Guess::Utf16(encoding) if encoding == UTF_16BE => ("UTF-16 BE", "UTF-16BE"),
        Guess::Utf16(_) => ("UTF-16 LE", "UTF-16LE"),
        Guess::Other(encoding, _) if encoding == GBK => ("GB18030 (GBK)", "GB18030"),
        Guess::Other(encoding, _) if encoding == WINDOWS_1252 => {
            ("Latin-1 (windows-1252)", "WINDOWS-1252")
        }
        Guess::Other(encoding, _) => (encoding.name(), encoding.name()),
        Guess::Surrogates | Guess::CutOff | Guess::Unknown => ("", ""),
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    label(Guess::Other(encoding, Spread::Whole)).0
}

/// The line of the first bad byte as it reads in the encoding it looks like.
fn decoded(bytes: &[u8], guess: Guess) -> Option<String> {
    let line = match guess {
        Guess::Utf16(encoding) => {
            let text = encoding.decode_with_bom_removal(bytes).0;
            text.lines().find(|line| !line.is_ascii()).map(str::to_owned)?
        }
        Guess::Other(encoding, Spread::Words) => {
            let mut lines = bytes.split(|byte| *byte == b'\n');
            let line = lines.find(|line| std::str::from_utf8(line).is_err())?;
            encoding.decode_without_bom_handling(&stray(line)).0.into_owned()
        }
        Guess::Other(encoding, _) => {
            let mut lines = bytes.split(|byte| *byte == b'\n');
            let line = lines.find(|line| std::str::from_utf8(line).is_err())?;
            encoding.decode_without_bom_handling(line).0.into_owned()
        }
        Guess::Utf32 | Guess::Surrogates | Guess::CutOff | Guess::Unknown => return None,
    };
    Some(shortened(line.trim()))
}

fn shortened(line: &str) -> String {
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// The first line that version control put before or behind one of two versions.
fn conflict(text: &str, is_markdown: bool) -> Option<Range<usize>> {
    let find = |sign: &str, is_meant: &dyn Fn(usize) -> bool| {
        let at = memchr::memmem::find_iter(text.as_bytes(), sign).find(|at| {
            let is_first = *at == 0 || text.as_bytes()[at - 1] == b'\n';
            let next = text.as_bytes().get(at + sign.len());
            is_first && next.is_none_or(u8::is_ascii_whitespace) && is_meant(*at)
        })?;
        Some(at..at + sign.len())
    };
    let between = |at| is_markdown && !is_underline(&text[..at]);
    let mark = find("<<<<<<<", &|_| true).or_else(|| find(">>>>>>>", &|_| true));
    mark.or_else(|| find("=======", &between))
}

/// Whether seven signs of equality under a text make its last line a heading of Markdown: it stands alone
/// and is no sentence.
fn is_underline(text: &str) -> bool {
    let mut lines = text.lines().rev().map(str::trim);
    let last = lines.next().unwrap_or_default();
    let is_alone = lines.next().is_none_or(str::is_empty);
    let is_title = !last.is_empty()
        && !last.starts_with(['#', '|', '-', '>'])
        && !last.ends_with(['。', '；', '.', ';', '|']);
    is_title && is_alone
}

fn merge_conflict(report: &mut Report, file: FileId, at: Range<usize>) {
    report.push(
        codes::MERGE_CONFLICT
            .at(
                Place::bytes(file, at),
                text!(zh: "合并冲突没有解决：这里有两个版本", en: "a merge conflict is not resolved: two versions stand here"),
            )
            .help(text!(
                zh: "留下要的版本，删去另一个和 <<<<<<<、=======、>>>>>>> 三种标记",
                en: "keep the version that is right; remove the other one and the lines with <<<<<<<, ======= and >>>>>>>",
            )),
    );
}

/// What stands in a text only when a conversion went wrong. UTF-8 read as GBK makes 锛 of a comma
/// and 銆 of a stop, neither of which anybody writes; read as Latin-1 it makes `ï¼` and `ã€` of them.
const MISREAD: [&str; 7] = ["锟斤拷", "锛", "銆", "鈥", "ï¼", "ã€", "â€"];

/// The first of them in a text.
fn misread(bytes: &[u8]) -> Option<Range<usize>> {
    let traditional = std::cell::OnceCell::new();
    let is_traditional = || *traditional.get_or_init(|| has_low_bytes(bytes));
    // They begin with one of these bytes, and so do most words that were read in another encoding.
    memchr::memchr2_iter(0xe9, 0xc3, bytes).find_map(|at| {
        let sign = MISREAD.iter().find(|sign| bytes[at..].starts_with(sign.as_bytes()));
        let length =
            sign.map(|sign| sign.len()).or_else(|| misread_words(&bytes[at..], &is_traditional))?;
        Some(at..at + length)
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
fn has_low_bytes(bytes: &[u8]) -> bool {
    const TELL: usize = 4000;
    let text = std::str::from_utf8(bytes).unwrap_or_default();
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

/// Reports the first of each kind of spoiled characters.
fn garbled(report: &mut Report, file: FileId, text: &str) {
    let bytes = text.as_bytes();
    if let Some(at) = memchr::memchr(0, bytes) {
        let message = text!(zh: "这里有一个空字节（NUL），不是文字", en: "a NUL byte stands here, which is no text");
        spoiled(report, file, at..at + 1, message);
    }
    if let Some(range) = misread(bytes) {
        let sign = &text[range.clone()];
        let message = text!(zh: "“{sign}”是乱码：UTF-8 的文字被当作别的编码读过一遍", en: "`{sign}` is what UTF-8 turns into when it is read in another encoding");
        spoiled(report, file, range, message);
    }
    if let Some((range, read)) = hz(text) {
        let message = text!(zh: "这是 HZ 编码的文字，读作“{read}”", en: "these are words in the encoding HZ, and read `{read}`");
        spoiled(report, file, range, message);
    }
    let (mut lost, mut private) = (None, None);
    // No other byte begins a character of private use, or the one that stands for a lost one.
    for at in memchr::memchr2_iter(0xee, 0xef, bytes) {
        match bytes[at..] {
            [0xef, 0xbf, 0xbd, ..] => lost = lost.or(Some(at)),
            [0xee, ..] | [0xef, 0x80..=0xa3, ..] => private = private.or(Some(at)),
            _ => {}
        }
    }
    if let Some(at) = lost {
        let message = text!(zh: "“\u{fffd}”表示转换编码时丢了一个字", en: "`\u{fffd}` stands for a character that an earlier conversion lost");
        spoiled(report, file, at..at + 3, message);
    }
    if let Some(at) = private {
        let code = text[at..].chars().next().map(u32::from).unwrap_or_default();
        let code = format!("U+{code:04X}");
        let message = text!(zh: "这里是专用区字符 {code}，没有装同一种字体的人看不到它", en: "{code} is a private-use character, which nobody sees who lacks its font");
        spoiled(report, file, at..at + 3, message);
    }
}

fn spoiled(report: &mut Report, file: FileId, at: Range<usize>, message: Text) {
    report.push(codes::GARBLED_TEXT.at(Place::bytes(file, at), message).help(
        text!(zh: "对照原件，重新输入这一处", en: "type this passage again from the original"),
    ));
}
