//! A disclosure full of mistakes, read as a clerk would: slips of many kinds over the
//! demonstration portal, a hundred findings and more. What to mend first stands first, repeats are counted, and a
//! table ends the report.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::diagnostic::{Language, Report, Severity};
use mingbai::findings::{concise, human, json};
use mingbai::plan::plan;
use mingbai::source::Sources;

/// The disclosure the slips are made in.
const HOME: &str = "content/zjk-kexie/2025-budget";

/// A row of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// The bytes of every figure with decimals in a text.
fn figures(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + offset;
        let end = text[start..]
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(text.len(), |length| start + length);
        if text[start..end].contains('.') && text[..start].ends_with(": ") {
            found.push(start..end);
        }
        from = end;
    }
    found
}

/// One slip of the pen in a table or a project form.
fn slip(dice: &mut Dice, text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let rows: Vec<usize> =
        (0..lines.len()).filter(|line| lines[*line].trim_start().starts_with("- {")).collect();
    let places = figures(text);
    let with = |changed: &dyn Fn(&str) -> String, place: &std::ops::Range<usize>| {
        format!("{}{}{}", &text[..place.start], changed(&text[place.clone()]), &text[place.end..])
    };
    let kind = dice.roll(10);
    if kind < 7 && !places.is_empty() {
        let place = &places[dice.roll(places.len())];
        return match kind {
            0 | 1 => with(&|figure| format!("1{figure}"), place),
            2 => with(&|figure| figure.chars().rev().collect::<String>().replace('.', "5."), place),
            3 => with(&|figure| format!("-{figure}"), place),
            4 => with(&|figure| figure.replace('.', "．"), place),
            5 => with(&|figure| format!("{figure}万元"), place),
            _ => with(&|figure| figure.replace('.', ""), place),
        };
    }
    let mut changed: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    if let Some(row) = (!rows.is_empty()).then(|| rows[dice.roll(rows.len())]) {
        match kind {
            7 => drop(changed.remove(row)),
            8 => changed.insert(row, lines[row].to_owned()),
            _ => changed[row] = lines[row].replacen("name:", "nmae:", 1),
        }
    }
    changed.join("\n") + "\n"
}

/// The demonstration portal with so many slips in one disclosure.
fn spoilt(slips: usize) -> (Sources, Report) {
    let mut sources = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml")
        .expect("the repository is a portal");
    let mut dice = Dice(2025);
    let files: Vec<String> = ["tables", "projects"]
        .iter()
        .flat_map(|folder| {
            let folder = format!("{HOME}/{folder}");
            let files = sources.site_files(&folder).map(|(_, path)| path.to_owned());
            files.collect::<Vec<_>>()
        })
        .collect();
    let mut made = 0;
    while made < slips {
        let path = &files[dice.roll(files.len())];
        let file = sources.find(path).expect("a file of the portal");
        let changed = slip(&mut dice, sources.file(file).text());
        if changed != sources.file(file).text() {
            sources.add(path, changed);
            made += 1;
        }
    }
    let (_, report) = plan(&sources, false);
    (sources, report)
}

#[test]
fn a_hundred_mistakes_read_from_the_top() {
    // A slip of the pen may break what another one has broken already.
    let (sources, report) = spoilt(200);
    assert!(report.diagnostics.len() >= 100, "{} findings", report.diagnostics.len());
    let family = |id: &str| id.as_bytes()[1];
    // Those that others follow from come first.
    let unread = ["S001", "S002", "S015", "S016", "S017", "S023", "S027", "S030"];
    let order: Vec<(Severity, bool, u8)> = report
        .diagnostics
        .iter()
        .map(|found| {
            let is_cause = found.unchecked > 0 || unread.contains(&found.code.id);
            (found.severity, !is_cause, family(found.code.id))
        })
        .collect();
    assert!(order.is_sorted(), "what to mend first stands first");

    let mut repeats: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for found in &report.diagnostics {
        *repeats.entry((found.code.id, &sources.file(found.primary.file).path)).or_default() += 1;
    }
    let shown: usize = repeats.values().map(|all| if *all > 6 { 5 } else { *all }).sum();
    for language in [Language::Chinese, Language::English] {
        let text = human::render(&sources, &report, language, false);
        let headings = text.lines().filter(|line| {
            ["error[", "warning[", "note["].iter().any(|word| line.starts_with(word))
        });
        assert_eq!(headings.count(), shown);
        let (_, table) = text.rsplit_once("\n\n").map_or(("", ""), |_| {
            text.trim_end().rsplit_once("\n\n").expect("a table ends the report")
        });
        let counted: usize = table
            .lines()
            .filter_map(|line| line.split_whitespace().next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(counted, report.diagnostics.len(), "the table counts them all:\n{table}");
    }
    let lines = concise::render(&sources, &report, Language::Chinese).lines().count();
    assert_eq!(lines, report.diagnostics.len());
}

#[test]
fn what_could_not_run_is_listed_with_its_reason() {
    let mut sources = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml")
        .expect("the repository is a portal");
    let path = format!("{HOME}/tables/expenditure.yaml");
    let file = sources.find(&path).expect("the table");
    let text = sources.file(file).text().replacen("project: 509.64", "project: 涉密", 1);
    sources.add(&path, text);
    let (_, report) = plan(&sources, false);
    assert!(report.relations.could_not_run > 0);
    let listed: usize = report.unproved.iter().map(|unproved| unproved.count).sum();
    assert_eq!(listed, report.relations.could_not_run, "counted apart and listed whole");
    let said = human::unproved(&report, Language::Chinese);
    assert!(said.contains("projects-add-up") && said.contains("依法不予公开"), "{said}");
    let document: serde_json::Value =
        serde_json::from_str(&json::render(&sources, &report)).expect("JSON");
    let ids: Vec<&str> = document["could_not_run"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|item| item["tie_out"].as_str())
        .collect();
    assert!(ids.contains(&"projects-add-up"), "{ids:?}");
}

#[test]
fn the_other_places_of_a_figure_are_counted() {
    let mut sources = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml")
        .expect("the repository is a portal");
    let path = format!("{HOME}/tables/expenditure.yaml");
    let file = sources.find(&path).expect("the table");
    let slip = "{ code: 20508, name: 进修及培训, total: 67.90, basic: 67.90 }";
    let text = sources.file(file).text();
    assert!(text.contains(slip));
    sources.add(&path, text.replace(slip, &slip.replacen("67.90", "67.09", 1)));
    let (_, report) = plan(&sources, false);
    let text = human::render(&sources, &report, Language::English, false);
    assert_eq!(report.diagnostics.len(), 1, "one cause, one message:\n{text}");
    assert!(text.contains("places say 67.90 万元, this one says 67.09 万元"), "{text}");
    assert!(!text.contains("more relations"), "the ledger stands for the list:\n{text}");
}
