//! Figures in, from texts: Word documents, pages and plain text are read as a reader of them sees
//! them, and what is not read is listed.

use std::collections::BTreeSet;
use std::path::Path;

use mingbai::content::{self, DisclosureFolder};
use mingbai::diagnostic::Report;
use mingbai::import::document::{Block, Cell, Document};
use mingbai::import::read::read;
use mingbai::source::Sources;

const SEED_2025: &str = include_str!("../seeds/2025.txt");
const SEED_2022: &str = include_str!("../seeds/2022.txt");

/// A document in short: `#` before a heading, `|` between cells, `<` where a merged cell reaches from
/// the left and `^` from above, a doubt behind `?`, what was left out behind `-`.
fn short(document: &Document) -> String {
    let mut text = String::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => {
                let marks = "#".repeat(line.heading.unwrap_or_default().into());
                let gap = if marks.is_empty() { "" } else { " " };
                let doubt = line.doubt.map(|doubt| format!(" ?{doubt:?}")).unwrap_or_default();
                text.push_str(&format!("{marks}{gap}{}{doubt}\n", line.text.replace('\n', "⏎")));
            }
            Block::Grid(grid) => {
                let rows = grid.rows.iter().map(|row| short_row(row));
                text.push_str(&rows.map(|row| format!("| {row} |\n")).collect::<String>());
            }
        }
    }
    for left in &document.left_out {
        text.push_str(&format!("- {:?}: {}\n", left.why, left.text));
    }
    if let Some(refusal) = &document.refusal {
        text.push_str(&format!("! {refusal:?}\n"));
    }
    text
}

fn short_row(row: &[Cell]) -> String {
    let mut cells: Vec<String> = Vec::new();
    let mut reaches = 0;
    for cell in row {
        let doubt = cell.doubt.map(|doubt| format!(" ?{doubt:?}")).unwrap_or_default();
        let indent = ">".repeat(cell.indent as usize);
        let text = match cell.is_covered {
            true if reaches > 0 => "<".to_owned(),
            true => "^".to_owned(),
            false => cell.text.replace('\n', "⏎"),
        };
        reaches = if cell.is_covered { reaches.max(1) - 1 } else { cell.span.1 - 1 };
        cells.push(format!("{indent}{text}{doubt}"));
    }
    cells.join(" | ")
}

#[track_caller]
fn reads(name: &str, bytes: &[u8], expected: &str) {
    let document = read(name, bytes);
    let lines: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(short(&document).trim(), lines.join("\n"), "{name}");
}

fn rows_of(document: &Document) -> Vec<&Vec<Cell>> {
    let grids = document.blocks.iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Line(_) => None,
    });
    grids.flat_map(|grid| &grid.rows).collect()
}

fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether texts stand in a row, in order.
fn holds(row: &[Cell], texts: &[String]) -> bool {
    let mut cells = row.iter().map(|cell| compact(&cell.text)).filter(|text| !text.is_empty());
    texts.iter().all(|text| cells.any(|cell| cell == *text))
}

/// The rows of a disclosure's tables that stand in no row of a document, and how many there are.
fn missing_rows(folder: &DisclosureFolder, document: &Document) -> (Vec<String>, usize, usize) {
    let (mut missing, mut rows, mut cells) = (Vec::new(), 0, 0);
    let read = rows_of(document);
    for (table, written) in &folder.tables {
        for row in written.panels.iter().flat_map(|panel| &panel.rows) {
            let texts = row.cells.iter().filter(|cell| &*cell.key.text != "level");
            let texts: Vec<String> =
                texts.filter_map(|cell| cell.text.as_deref()).map(compact).collect();
            rows += 1;
            cells += texts.len();
            if !read.iter().any(|row| holds(row, &texts)) {
                missing.push(format!("{table}: {}", texts.join(" ")));
            }
        }
    }
    (missing, rows, cells)
}

fn seed_folder(disclosure: &str) -> DisclosureFolder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let mut content = content::parse(&mut Report::default(), &sources);
    let mut organisation = content.organisations.remove("zjk-kexie").expect("the demonstration");
    organisation.disclosures.remove(disclosure).expect("its disclosure")
}

#[test]
fn every_row_of_the_seed_of_2022_stands_in_a_grid() {
    let document = read("2022.txt", SEED_2022.as_bytes());
    let (missing, rows, cells) = missing_rows(&seed_folder("2022-budget"), &document);
    println!("2022: {rows} rows, {cells} cells");
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_row_of_the_seed_of_2025_stands_in_a_grid_but_the_one_a_page_break_splits() {
    let document = read("2025.txt", SEED_2025.as_bytes());
    let (missing, rows, cells) = missing_rows(&seed_folder("2025-budget"), &document);
    println!("2025: {rows} rows, {cells} cells");
    let split = "revenue: 2080505 机关事业单位基本养老保险缴费支出 71.85 71.85 71.85";
    assert_eq!(missing, [split]);
}

#[test]
fn dump() {
    for (name, text) in [("2025", SEED_2025), ("2022", SEED_2022)] {
        std::fs::write(format!("/tmp/texts-{name}.txt"), short(&read(name, text.as_bytes())))
            .unwrap();
    }
    let _: BTreeSet<u8> = BTreeSet::new();
}
