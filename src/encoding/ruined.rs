//! A file of which nearly every word was spoiled by one conversion: as good as one that is no text.

use std::ops::Range;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};

use super::{SHOWN, shortened};
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Place};

/// So few spoiled characters are a passage, whatever else stands in the file.
const FEW: usize = 6;

/// Whether more lines of a text are spoiled than not; `is_latin` says that letters of Latin-1 are.
pub(super) fn is_ruined(text: &str, is_latin: bool) -> bool {
    let (mut sound_lines, mut spoiled_lines, mut all) = (0_usize, 0_usize, 0_usize);
    for line in text.lines() {
        let (sound, spoiled) = counted(line, is_latin);
        all += spoiled;
        sound_lines += usize::from(sound > spoiled);
        spoiled_lines += usize::from(spoiled > sound);
    }
    all > FEW && spoiled_lines > sound_lines
}

/// How many characters of a line somebody wrote, and how many a conversion left.
fn counted(line: &str, is_latin: bool) -> (usize, usize) {
    let (mut sound, mut spoiled, mut questions) = (0, 0, 0);
    for c in line.chars().chain(['\n']) {
        if c == '?' {
            questions += 1;
            continue;
        }
        // One question mark is a question.
        spoiled += questions * usize::from(questions > 1);
        questions = 0;
        match c {
            '\0'..='\x7f' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5f}' => {}
            '\u{4e00}'..='\u{9fff}' if is_common(c) => sound += 1,
            '\u{3400}'..='\u{9fff}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}' => spoiled += 1,
            _ => spoiled += usize::from(is_latin),
        }
    }
    (sound, spoiled)
}

/// Whether a character is one of the common half of simplified Chinese.
fn is_common(c: char) -> bool {
    let mut text = [0; 4];
    let (bytes, _, is_lost) = GBK.encode(c.encode_utf8(&mut text));
    !is_lost && matches!(*bytes, [0xb0..=0xd7, 0xa1..=0xfe])
}

/// Reports such a file at its first spoiled characters.
pub(super) fn report(report: &mut Report, file: FileId, text: &str, at: &Range<usize>) {
    let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let message = match read_back(line) {
        Some((read, meant, words)) => {
            let words = shortened(&words);
            text!(zh: "这个文件几乎全是乱码：{meant} 编码的“{words}”被当作 {read} 读过一遍又存了", en: "nearly all of this file is garbled: `{words}` in {meant} was read as {read} and saved")
        }
        None => {
            text!(zh: "这个文件的字几乎都在一次编码转换里丢了", en: "nearly every character of this file was lost when its encoding was converted")
        }
    };
    report.push(codes::GARBLED_TEXT.at(Place::bytes(file, at.clone()), message).help(text!(
        zh: "从备份或原件取回这个文件，用写它的编码打开，再存为 UTF-8", en: "take the file back from a copy or the original, open it in the encoding it was written in, and save it as UTF-8",
    )));
}

/// What words were read as, what they were in, and how they read.
fn read_back(line: &str) -> Option<(&'static str, &'static str, String)> {
    const WAYS: [(&str, Option<&Encoding>, &str, &Encoding); 6] = [
        ("GB18030", Some(GB18030), "UTF-8", UTF_8),
        ("Latin-1", None, "UTF-8", UTF_8),
        ("Windows-1252", Some(WINDOWS_1252), "UTF-8", UTF_8),
        ("Latin-1", None, "GBK", GBK),
        ("Big5", Some(BIG5), "GBK", GBK),
        ("GBK", Some(GBK), "Big5", BIG5),
    ];
    WAYS.into_iter().find_map(|(read, encoding, meant, decoding)| {
        let bytes = bytes_of(line, encoding)?;
        let words = decoding.decode_without_bom_handling(&bytes).0;
        let count = |is: fn(char) -> bool| words.chars().filter(|c| is(*c)).count();
        let (all, common) = (count(|c| !c.is_ascii()), count(is_common));
        (common > 1 && common * 10 > all * 6).then(|| (read, meant, words.into_owned()))
    })
}

/// The bytes of the beginning of a line in an encoding, without what was lost; in Latin-1 if none is given.
fn bytes_of(line: &str, encoding: Option<&'static Encoding>) -> Option<Vec<u8>> {
    let chars = line.chars().filter(|c| *c != '\u{fffd}').take(SHOWN * 4);
    let Some(encoding) = encoding else {
        return chars.map(|c| u8::try_from(u32::from(c)).ok()).collect();
    };
    let text: String = chars.collect();
    let (bytes, _, is_lost) = encoding.encode(&text);
    (!is_lost).then(|| bytes.into_owned())
}
