//! A workbook of XLS ([MS-XLS]) → its sheets. The records are walked by hand: readers of XLS hand on
//! neither number formats nor what is hidden.

mod records;
mod sheet;
mod value;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::import::document::{Document, LeftOut, Origin, Refusal, Why};

use super::format::Format;
use super::sheet::Room;
use records::{Chunks, Records, Strings, double_word, word};

/// A stream of more bytes is no workbook of a disclosure.
const MOST_BYTES: u64 = 48 << 20;

/// What all sheets of a workbook share.
struct Shared {
    strings: Vec<String>,
    styles: Vec<Style>,
    is_1904: bool,
    /// How strings are written.
    encoding: Strings,
}

/// What a style says of a cell.
struct Style {
    format: Format,
    indent: u32,
}

/// A sheet of the list in the workbook.
struct ListedSheet {
    name: String,
    place: usize,
    is_hidden: bool,
    /// 0 for cells, 2 for a chart, others for macros.
    kind: u8,
}

/// Reads a workbook, or says what else a compound file is.
pub(super) fn read(name: &str, bytes: &[u8]) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    document.refusal = workbook(bytes, &mut document).err();
    document
}

fn workbook(bytes: &[u8], document: &mut Document) -> Result<(), Refusal> {
    let stream = stream(bytes)?;
    let (entries, shared) = globals(&stream)?;
    let mut room = Room::default();
    for entry in entries {
        if entry.kind != 0 {
            let origin = Origin { sheet: entry.name.as_str().into(), ..Origin::default() };
            let why = if entry.kind == 2 { Why::Picture } else { Why::HiddenSheet };
            document.left_out.push(LeftOut { origin, why, text: entry.name });
            continue;
        }
        let sheet = sheet::read(&stream, &entry, &shared, room, document)?;
        room = sheet.put_into(document)?;
    }
    Ok(())
}

/// The stream of a workbook in a compound file.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let broken = |error: std::io::Error| Refusal::Broken(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    if file.exists("/EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let stream = file.open_stream(name.ok_or(Refusal::UnknownForm)?).map_err(broken)?;
    if stream.len() > MOST_BYTES {
        return Err(Refusal::TooLarge(stream.len(), MOST_BYTES));
    }
    let mut content = Vec::new();
    stream.take(MOST_BYTES).read_to_end(&mut content).map_err(broken)?;
    Ok(content)
}

/// The sheets of a workbook and what they share.
fn globals(stream: &[u8]) -> Result<(Vec<ListedSheet>, Shared), Refusal> {
    let mut records = Records::at(stream, 0);
    let mut shared = Shared {
        strings: Vec::new(),
        styles: Vec::new(),
        is_1904: false,
        encoding: Strings::Unicode,
    };
    let (mut entries, mut codes) = (Vec::new(), BTreeMap::new());
    let mut is_old = false;
    while let Some(record) = records.next() {
        let data = record.data;
        match record.kind {
            0x0809 => is_old = word(data, 0) != Some(0x0600),
            0x002f => return Err(Refusal::Encrypted),
            0x0022 => shared.is_1904 = word(data, 0) == Some(1),
            0x0042 if is_old => {
                shared.encoding = Strings::of_code_page(word(data, 0).unwrap_or_default());
            }
            0x041e => {
                let width = if is_old { 1 } else { 2 };
                let code = data.get(2..).map(|rest| shared.encoding.read(rest, Vec::new(), width));
                codes.extend(word(data, 0).zip(code));
            }
            0x00e0 => shared.styles.push(style(data, &codes, is_old)),
            0x0085 => entries.extend(entry(data, shared.encoding)),
            0x00fc => shared.strings = Chunks::new(data, records.continued()).shared_strings(),
            0x000a => break,
            _ => {}
        }
    }
    if entries.is_empty() {
        return Err(Refusal::Broken("no sheet is listed".to_owned()));
    }
    Ok((entries, shared))
}

fn style(data: &[u8], codes: &BTreeMap<u16, String>, is_old: bool) -> Style {
    let id = word(data, 2).unwrap_or_default();
    let format = match codes.get(&id) {
        Some(code) => Format::parse(code),
        None => Format::built_in(usize::from(id)),
    };
    let indent = data.get(8).filter(|_| !is_old).map_or(0, |byte| u32::from(byte & 0x0f));
    Style { format, indent }
}

fn entry(data: &[u8], encoding: Strings) -> Option<ListedSheet> {
    let place = usize::try_from(double_word(data, 0)?).ok()?;
    let (hidden, kind) = (*data.get(4)?, *data.get(5)?);
    let name = encoding.read(data.get(6..)?, Vec::new(), 1);
    Some(ListedSheet { name, place, is_hidden: hidden & 3 != 0, kind })
}
