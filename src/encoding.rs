//! Bytes that are no UTF-8 → which encoding they look like and how the line reads in it; and
//! characters in a text that show an earlier conversion to have gone wrong.

mod chars;
mod conflict;
mod garbled;
mod ruined;
mod swapped;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place, SourceFile};

pub use garbled::is_invisible;

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

/// What a file of another program is, by its first bytes, and the ending it should have.
fn of_another_program(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let holds = |part: &str| {
        memchr::memmem::find(&bytes[..bytes.len().min(FIRST)], part.as_bytes()).is_some()
    };
    match bytes {
        [b'P', b'K', 3, 4, ..] if holds("word/") => Some(("Word", "docx")),
        [b'P', b'K', 3, 4, ..] if holds("opendocument.spreadsheet") => {
            Some(("OpenDocument", "ods"))
        }
        [b'P', b'K', 3, 4, ..] if holds("xl/") || holds("[Content_Types].xml") => {
            Some(("Excel", "xlsx"))
        }
        [b'P', b'K', 3, 4, ..] => Some(("ZIP", "zip")),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(("Excel", "xls")),
        [b'%', b'P', b'D', b'F', ..] => Some(("PDF", "pdf")),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(("RTF", "rtf")),
        [0x1f, 0x8b, 8, ..] => Some(("gzip", "gz")),
        [0x89, b'P', b'N', b'G', ..] => Some(("PNG", "png")),
        [0xff, 0xd8, 0xff, ..] => Some(("JPEG", "jpg")),
        _ => None,
    }
}

/// So many bytes of an archive are looked at for the names of its parts.
const FIRST: usize = 64 << 10;

fn of_program(report: &mut Report, file: FileId, (name, ending): (&str, &str)) {
    let message = text!(zh: "这是 {name} 的文件（.{ending}），不是文本，改名变不成文本", en: "this is a file of {name} (.{ending}) and not text: renaming it does not make it text");
    let help = if matches!(ending, "xlsx" | "xls" | "ods" | "docx") {
        text!(zh: "改回 .{ending}，移到 content/ 外面，用 mingbai import 把里面的表读进来", en: "give it back the ending .{ending}, move it out of content/, and let `mingbai import` read its tables")
    } else {
        text!(zh: "改回 .{ending}，放到 static/ 里；这里的内容写成文本", en: "give it back the ending .{ending} and move it into static/; what belongs here is written as text")
    };
    report.push(codes::NOT_UTF8.at(Place::bytes(file, 0..0), message).help(help));
}

/// Whether a file can be read as text; what stands in the way, and what reads wrong, is reported.
pub fn is_text(report: &mut Report, file: FileId, source: &SourceFile) -> bool {
    let bytes = source.bytes();
    if let Some(program) = of_another_program(bytes) {
        of_program(report, file, program);
        return false;
    }
    let Some(at) = source.invalid_utf8() else {
        if let Some(encoding) = utf16(bytes) {
            not_utf8(report, file, (bytes, 0), Guess::Utf16(encoding));
            return false;
        }
        if let Some(at) = conflict::find(source.text(), &source.path) {
            conflict::report(report, file, at);
            return false;
        }
        // Fonts of icons and scripts name such characters on purpose.
        if !source.path.ends_with(".css") && !source.path.ends_with(".js") {
            return !garbled::controls(report, file, source.text())
                && garbled::garbled(report, file, source.text());
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
    let is_plain = low.min(high).saturating_mul(4) <= low.max(high) || is_chinese(encoding, bytes);
    let is_enough = low.max(high).saturating_mul(32) >= pairs().len();
    (is_plain
        && is_enough
        && bytes.len().is_multiple_of(2)
        && !encoding.decode_without_bom_handling(bytes).1)
        .then_some(encoding)
}

/// Whether nearly all that bytes read as in an encoding is what texts of Chinese are made of.
fn is_chinese(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let text = encoding.decode_without_bom_handling(bytes).0;
    let is_usual = |c: &char| {
        matches!(c, '\n' | '\r' | '\t' | ' '..='~' | '\u{2010}'..='\u{2030}' | '\u{3000}'..='\u{303f}'
            | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
    };
    text.chars().filter(is_usual).count() * 20 >= text.chars().count() * 19
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
