//! Files made to hurt, given to the program itself: each is a clear message within a second and within 100
//! MB, or is read without harm. The time and the memory of the process are measured.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::{Desk, command};
use crate::import_sheets::{archive, compound, hostile_others, hostile_workbooks, package};
use crate::import_texts::{docx, hostile_documents, hostile_pages};

/// What the program may take as it is released, in seconds of the processor: other tests run beside it.
/// Built for tests it is some ten times as slow and checks itself.
const SECONDS: f64 = if cfg!(debug_assertions) { 15.0 } else { 1.0 };
const KILOBYTES: u64 = if cfg!(debug_assertions) { 150_000 } else { 100_000 };

/// What an import of a file took and said.
struct Measured {
    name: String,
    code: Option<i32>,
    /// How long the processor worked for it; nought where that cannot be measured.
    seconds: f64,
    /// The most memory it held at once; nought where that cannot be measured.
    kilobytes: u64,
    said: String,
}

/// Imports a file with a process of its own.
fn measured(desk: &Desk, name: &str) -> Measured {
    let log = desk.path("measured");
    let program = command(desk.root());
    let has_meter = Path::new(METER).exists();
    assert!(has_meter || std::env::var_os("CI").is_none(), "{METER} is not installed");
    let mut run = if has_meter {
        let mut run = Command::new(METER);
        run.args(["-q", "-f", "%M %U %S", "-o"]).arg(&log).arg(program.get_program());
        run
    } else {
        Command::new(program.get_program())
    };
    run.current_dir(desk.root()).env("NO_COLOR", "1").stdin(Stdio::null());
    run.args(["import", name, "--profile", "hebei/department-budget/2025"]);
    run.args(["--into", "a/2025-budget", "--lang", "en"]);
    let output = run.output().expect("the program runs");
    let log = std::fs::read_to_string(log).unwrap_or_default();
    let mut numbers = log.split_whitespace();
    let kilobytes = numbers.next().and_then(|number| number.parse().ok()).unwrap_or(0);
    let said = [output.stdout, output.stderr].concat();
    Measured {
        name: name.to_owned(),
        code: output.status.code(),
        seconds: numbers.filter_map(|number| number.parse::<f64>().ok()).sum(),
        kilobytes,
        said: String::from_utf8_lossy(&said).into_owned(),
    }
}

/// What tells the most memory a process held and how long it worked.
const METER: &str = "/usr/bin/time";

/// Other files made to hurt, a few of each form.
fn others() -> Vec<(String, Vec<u8>)> {
    let mut files = sheets();
    files.extend(texts());
    files.push(("records.xls".to_owned(), records()));
    files
}

fn repeat(text: &str, times: usize) -> Vec<u8> {
    text.repeat(times).into_bytes()
}

fn named<const N: usize>(files: [(&str, Vec<u8>); N]) -> Vec<(String, Vec<u8>)> {
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

fn sheets() -> Vec<(String, Vec<u8>)> {
    let sheet = |xml: &str| package(&format!("<sheetData>{xml}</sheetData>"), &[]);
    let row = "<row><c t='inlineStr'><is><t>a</t></is></c><c><v>1</v></c><c><v>2</v></c></row>";
    let formats: String =
        (0..90_000).map(|at| format!("<numFmt numFmtId='{at}' formatCode='0'/>")).collect();
    let styles = format!("<styleSheet><numFmts>{formats}</numFmts></styleSheet>");
    let merged: String = (1..90_000).map(|at| format!("<mergeCell ref='A1:XFD{at}'/>")).collect();
    let merged = format!("<sheetData>{row}</sheetData><mergeCells>{merged}</mergeCells>");
    let names: String = (0..100_001).map(|at| format!("<sheet name='{at}' r:id='r1'/>")).collect();
    let names = format!("<workbook><sheets>{names}</sheets></workbook>");
    named([
        (
            "empty-rows.xlsx",
            package(
                &format!(
                    "<dimension ref='A1:F10000000'/><sheetData>{}</sheetData>",
                    "<row/>".repeat(1_048_000)
                ),
                &[],
            ),
        ),
        ("full-of-words.xlsx", sheet(&row.repeat(43_000))),
        (
            "formats.xlsx",
            package(&format!("<sheetData>{row}</sheetData>"), &[("xl/styles.xml", &styles)]),
        ),
        ("merged.xlsx", package(&merged, &[])),
        (
            "macros.xlsm",
            package(
                &format!("<sheetData>{row}</sheetData>"),
                &[("xl/vbaProject.bin", "Sub Auto_Open()")],
            ),
        ),
        ("sheets.xlsx", package("", &[("xl/workbook.xml", &names)])),
        ("noise.xlsx", [b"PK\x03\x04".to_vec(), repeat("\u{7}", 50_000_000)].concat()),
    ])
}

fn texts() -> Vec<(String, Vec<u8>)> {
    let quotes = format!("\"{}", "a\n".repeat(4 << 20));
    named([
        ("zeros.csv", repeat("0", 99_000_000)),
        ("lines.csv", repeat("\n", 20_000_000)),
        ("commas.csv", repeat(",", 20_000_000)),
        ("quotes.csv", quotes.into_bytes()),
        ("cells.csv", repeat("甲,b,1\n", 43_000)),
        ("wide.csv", repeat("a,", 200_000)),
        ("zeros.txt", repeat("0", 60_000_000)),
        ("titles.txt", repeat("部门预算收支总表\n", 100_000)),
        ("ordinals.txt", repeat("一、", 1_000_000)),
        ("tabs.tsv", repeat("\t", 4_000_000)),
        (
            "zeros.docx",
            docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "0".repeat(3 << 20)), &[]),
        ),
        ("garbage.xls", compound(&["Workbook"])),
        ("hole.bin", vec![0; 99_000_000]),
        (
            "broken.ods",
            broken(&archive(&[(
                "mimetype".to_owned(),
                "application/vnd.oasis.opendocument.spreadsheet".to_owned(),
            )])),
        ),
    ])
}

/// An archive whose bytes were spoilt.
fn broken(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().enumerate().map(|(at, byte)| if at % 7 == 6 { !byte } else { *byte }).collect()
}

/// A workbook of XLS that says it has more cells than any, in rows that are not there.
fn records() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).expect("short");
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    };
    let begin = |kind: u16| {
        record(0x0809, &[&0x0600u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat())
    };
    let mut stream = begin(5);
    let place = u32::try_from(stream.len() + 4 + 10 + 4).expect("short");
    stream.extend(record(0x0085, &[&place.to_le_bytes()[..], &[0, 0, 1, 0, b'S', 0]].concat()));
    stream.extend(record(0x000a, &[]));
    stream.extend(begin(0x10));
    stream.extend(record(
        0x0200,
        &[&0u32.to_le_bytes()[..], &10_000_000u32.to_le_bytes(), &[0, 0, 0, 1, 0, 0]].concat(),
    ));
    // Runs of numbers over all columns of the last row, again and again.
    let run: Vec<u8> = [&65_535u16.to_le_bytes()[..], &0u16.to_le_bytes()]
        .concat()
        .into_iter()
        .chain((0..256).flat_map(|_| [0, 0, 2, 0, 0, 0]))
        .chain(255u16.to_le_bytes())
        .collect();
    for _ in 0..4000 {
        stream.extend(record(0x00bd, &run));
    }
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a file");
    file.create_stream("/Workbook").expect("a stream").write_all(&stream).expect("its bytes");
    file.into_inner().into_inner()
}

#[test]
fn files_made_to_hurt_end_in_a_second_and_in_a_hundred_megabytes() {
    let named = |name: &str, bytes: Vec<u8>| (name.to_owned(), bytes);
    let sheets = hostile_workbooks().into_iter().chain(hostile_others());
    let mut files: Vec<(String, Vec<u8>)> =
        sheets.map(|(name, bytes)| named(name, bytes)).collect();
    let documents = hostile_documents().into_iter().enumerate();
    files.extend(documents.map(|(at, (bytes, _))| (format!("{at}.docx"), bytes)));
    let pages = hostile_pages().into_iter().enumerate();
    files.extend(pages.map(|(at, (page, _))| (format!("{at}.html"), page.into_bytes())));
    files.extend(others());
    let desk = Desk::empty();
    let mut wrong = Vec::new();
    for (name, bytes) in files {
        std::fs::write(desk.path(&name), bytes).expect("writable");
        let found = measured(&desk, &name);
        std::fs::remove_file(desk.path(&name)).expect("it is there");
        let first = found.said.lines().next().unwrap_or_default();
        println!("{}: {} s, {} kB: {first}", found.name, found.seconds, found.kilobytes);
        let is_said = found.said.contains("error: ") || found.said.contains("nothing was written");
        let is_well =
            matches!(found.code, Some(0..=2)) && is_said && !found.said.contains("panicked");
        if !is_well || found.seconds > SECONDS || found.kilobytes > KILOBYTES {
            let Measured { name, code, seconds, kilobytes, said } = found;
            let said: String = said.chars().take(400).collect();
            wrong.push(format!("{name}: {code:?} after {seconds} s, {kilobytes} kB: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
