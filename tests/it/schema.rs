//! The declared keys: each is read by its decoder, and the JSON Schemas made of them know every
//! file of the repository and none of a hundred slips.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use mingbai::content::keys::BINDINGS;
use mingbai::diagnostic::Diagnostic;
use mingbai::schema::{Schemas, annotate, kinds};
use mingbai::source::Sources;
use mingbai::yaml::keys::{FileKind, KeySpec, Record, Shape};
use serde_json::Value;

use crate::bench::TestSite;

/// The portals of the repository.
const PORTALS: [&str; 7] = [
    ".",
    "tests/sites/minimal",
    "tests/sites/english",
    "tests/sites/jiangsu",
    "tests/sites/shanghai-district",
    "tests/sites/shanghai-street",
    "tests/sites/south-africa",
];

/// Portal, path from its root, what stands there, what is written instead.
const SLIPS: &str = include_str!("../schema-slips.tsv");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A portal with the validators of its schemas.
struct Portal {
    sources: Sources,
    /// Every file that a schema describes, with the schema's name.
    files: Vec<(String, String)>,
    validators: BTreeMap<String, Validator>,
}

impl Portal {
    fn read(root: &Path) -> Portal {
        let sources = Sources::read(root, "mingbai.yaml").expect("the folder can be read");
        let files = files(&sources);
        let schemas = Schemas::of(&sources, None).all();
        let validator = |json: &Value| jsonschema::draft7::new(json).expect("a schema");
        let validators =
            schemas.iter().map(|schema| (schema.name.clone(), validator(&schema.json))).collect();
        Portal { sources, files, validators }
    }

    fn text(&self, path: &str) -> &str {
        self.sources.file(self.sources.find(path).expect(path)).text()
    }

    /// What is wrong with a text by a schema; empty where it is valid.
    fn wrong(&self, schema: &str, text: &str) -> Vec<String> {
        let Ok(value) = serde_yaml::from_str::<Value>(text) else {
            return vec!["it is no YAML of its kind".to_owned()];
        };
        let validator = self.validators.get(schema).unwrap_or_else(|| panic!("{schema}"));
        let errors = validator.iter_errors(&value);
        errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

fn files(sources: &Sources) -> Vec<(String, String)> {
    let schemas = Schemas::of(sources, None);
    let folders = ["content", "profiles", "themes"].map(|name| sources.all_files(name));
    let paths = folders.concat().into_iter().map(|(_, path)| path.to_owned());
    let paths = paths.chain(["mingbai.yaml".to_owned()]).filter(|path| path.ends_with(".yaml"));
    // A piece of a profile has the keys of the map that it is for, and no schema of its own.
    let is_piece = |path: &str| {
        let file = sources.find(path).expect(path);
        path.contains("/forms/") && sources.file(file).text().contains("\nabstract: true\n")
    };
    let name = |path: &str| schemas.name_of(path).unwrap_or_else(|| panic!("no schema: {path}"));
    paths.filter(|path| !is_piece(path)).map(|path| (path.clone(), name(&path))).collect()
}

#[test]
fn every_file_of_the_repository_is_valid() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in PORTALS {
        let portal = Portal::read(&root().join(name));
        for (path, schema) in &portal.files {
            count += 1;
            let found = portal.wrong(schema, portal.text(path));
            wrong.extend(
                found.into_iter().map(|error| format!("{name}/{path} {schema} {error:.300}")),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count > 200, "{count}");
}

#[test]
fn every_file_that_init_writes_is_valid_and_names_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(["init", "-q"])
        .arg(folder.path())
        .status();
    assert!(run.expect("the program runs").success());
    let portal = Portal::read(folder.path());
    for (path, schema) in &portal.files {
        let written = folder.path().join(path);
        if !written.is_file() {
            continue;
        }
        assert_eq!(portal.wrong(schema, portal.text(path)), Vec::<String>::new(), "{path}");
        let first = portal.text(path).lines().next().unwrap_or_default();
        let named = first.rsplit_once('=').expect("the first line names a schema").1;
        let named = written.parent().expect("a folder").join(named);
        let text = fs::read_to_string(&named).unwrap_or_else(|_| panic!("{path}: {first}"));
        let title = serde_json::from_str::<Value>(&text).expect("JSON")["title"].clone();
        assert!(title.is_string() && named.ends_with(format!("{schema}.json")), "{first}");
    }
}

#[test]
fn no_slip_is_valid() {
    let mut portals: BTreeMap<&str, Portal> = BTreeMap::new();
    let mut missed = Vec::new();
    let lines: Vec<&str> = SLIPS.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() >= 100, "{} slips", lines.len());
    for line in lines {
        let [name, path, from, to] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four parts, parted by tabs: {line}");
        };
        let portal = portals.entry(name).or_insert_with(|| Portal::read(&root().join(name)));
        let schema = portal.files.iter().find(|(found, _)| found == path);
        let (_, schema) = schema.unwrap_or_else(|| panic!("no file {path}"));
        let text = portal.text(path);
        let (from, to) = (from.replace("\\n", "\n"), to.replace("\\n", "\n"));
        assert!(text.contains(&from), "{path} holds no {from}");
        let text = text.replacen(&from, &to, 1);
        assert!(serde_yaml::from_str::<Value>(&text).is_ok(), "it is YAML still: {line}");
        if portal.wrong(schema, &text).is_empty() {
            missed.push(line);
        }
    }
    assert_eq!(missed, Vec::<&str>::new());
}

#[test]
fn schemas_hold_what_editors_and_validators_read_alike() {
    for name in PORTALS {
        let sources = Sources::read(&root().join(name), "mingbai.yaml").expect("readable");
        for schema in Schemas::of(&sources, None).all() {
            assert!(jsonschema::meta::is_valid(&schema.json), "{}", schema.name);
            let text = schema.json.to_string();
            for word in ["\"multipleOf\"", "\"propertyNames\"", "\\p{", "(?i", "\\d", "\\w"] {
                assert!(!text.contains(word), "{} says {word}", schema.name);
            }
        }
    }
}

#[test]
fn naming_a_schema_changes_one_line_and_only_once() {
    let path = "content/demo/2025-budget/tables/funds.yaml";
    let line = "# yaml-language-server: $schema=../../../../.mingbai-schema/a/tables/funds.json";
    for (before, after) in [
        ("rows: []\n", format!("{line}\nrows: []\n")),
        ("", format!("{line}\n")),
        ("\u{feff}rows: []\r\n", format!("\u{feff}{line}\r\nrows: []\r\n")),
        (
            "# 注\n# yaml-language-server: $schema=../.mingbai-schema/old.json\nrows: []",
            format!("# 注\n{line}\nrows: []"),
        ),
    ] {
        let once = annotate(path, before, "a/tables/funds").expect("it is named");
        assert_eq!(once, after);
        assert_eq!(annotate(path, &once, "a/tables/funds"), None);
    }
    let own = "# yaml-language-server: $schema=https://example.org/own.json\nrows: []\n";
    assert_eq!(annotate(path, own, "a/tables/funds"), None, "the author’s own stays");
}

/// A value as an author would write it: the example, or its keys with theirs.
fn value(shape: &Shape, example: &str) -> String {
    if !example.is_empty() {
        return example.to_owned();
    }
    match shape {
        Shape::Record(record) | Shape::With(_, _, record) => mapping(record, &[]),
        Shape::List(inner) => format!("[{}]", value(inner, "")),
        Shape::Map(inner) => format!("{{ one: {} }}", value(inner, "")),
        Shape::Either(shapes) => value(shapes.last().expect("several"), ""),
        _ => "some".to_owned(),
    }
}

/// The keys that must be written, and these.
fn mapping(record: &Record, own: &[(&str, String)]) -> String {
    let required = record.keys().filter(|key| key.required);
    let required = required.filter(|key| own.iter().all(|(name, _)| *name != key.name));
    let mut entries: Vec<String> =
        required.map(|key| format!("{}: {}", key.name, value(&key.shape, key.example))).collect();
    entries.extend(own.iter().map(|(name, value)| format!("{name}: {value}")));
    format!("{{ {} }}", entries.join(", "))
}

/// A document around a value.
type Around<'a> = &'a dyn Fn(&str) -> String;

/// Calls `visit` with every declared key, and a document around a mapping that may hold it.
fn each_key(
    shape: &Shape,
    around: Around,
    above: &mut Vec<&'static str>,
    visit: &mut dyn FnMut(&'static Record, &'static KeySpec, Around),
) {
    match shape {
        Shape::List(inner) => each_key(inner, &|text| around(&format!("[{text}]")), above, visit),
        Shape::Map(inner) => {
            each_key(inner, &|text| around(&format!("{{ one: {text} }}")), above, visit);
        }
        Shape::Either(shapes) => {
            shapes.iter().for_each(|shape| each_key(shape, around, above, visit));
        }
        Shape::With(_, with, without) => {
            for record in [with, without] {
                each_key(&Shape::Record(record), around, above, visit);
            }
        }
        Shape::Record(record) if !above.contains(&record.name) => {
            above.push(record.name);
            for key in record.keys() {
                visit(record, key, around);
                let inner = |text: &str| around(&mapping(record, &[(key.name, text.to_owned())]));
                each_key(&key.shape, &inner, above, visit);
            }
            above.pop();
        }
        _ => {}
    }
}

/// A portal that reads such a document as this kind of file.
fn portal(kind: &FileKind, document: &str) -> TestSite {
    let site = TestSite::minimal();
    let naming = "{ title: 模板, classifications: { one: { names: test/codes, lengths: [3] } } }";
    match kind.name {
        "site" => site.write("mingbai.yaml", document),
        "organisation" => site.write("content/demo/organisation.yaml", document),
        "disclosure" => site.write("disclosure.yaml", document),
        "table" => site.write("tables/funds.yaml", document),
        "project" => site.write("projects/01-science-day.yaml", document),
        "glossary" => site.write("content/glossary.yaml", document),
        // Targets are read where there is a project form.
        "profile" => {
            let document = document.replacen("{ ", "{ projects: { title: 项目 }, ", 1);
            let document = match document.matches("projects: {").count() {
                1 => document,
                _ => document.replacen("projects: { title: 项目 }, ", "", 1),
            };
            site.write("profiles/test/sample.yaml", document)
        }
        "dictionary" => site
            .write("profiles/test/naming.yaml", naming)
            .write("profiles/test/codes.yaml", document),
        "concordance" => site.write("content/concordance.yaml", document),
        "theme" => site
            .write("mingbai.yaml", "{ title: 门户, theme: own }")
            .write("themes/own/theme.yaml", document),
        name => panic!("no portal reads a {name}"),
    }
}

/// What is found in a document of a kind: of most kinds reading is enough.
fn findings(kind: &FileKind, document: &str) -> Vec<Diagnostic> {
    let site = portal(kind, document);
    match kind.name {
        "project" | "theme" => site.check().report.diagnostics,
        _ => site.decode().diagnostics,
    }
}

/// Whether a document is told that such a key is unknown.
fn is_unknown(kind: &FileKind, document: &str, key: &str) -> bool {
    let says = format!("no key `{key}`");
    findings(kind, document).iter().any(|finding| finding.message.en.contains(&says))
}

/// A document with each choice of the word that decides which keys may stand beside it.
fn variants(document: &str) -> Vec<String> {
    if !document.contains("kind: composition") {
        return vec![document.to_owned()];
    }
    let kinds = ["composition", "flow", "series"];
    kinds.map(|kind| document.replace("kind: composition", &format!("kind: {kind}"))).to_vec()
}

/// Calls `visit` with every key of every kind of file that is YAML. The words of the interface
/// are the author's own keys.
fn each_key_of_all(
    visit: &mut dyn FnMut(&'static FileKind, &'static Record, &'static KeySpec, Around),
) {
    for kind in kinds().filter(|kind| !matches!(kind.name, "narrative" | "texts")) {
        each_key(&kind.shape, &str::to_owned, &mut Vec::new(), &mut |record, key, around| {
            visit(kind, record, key, around);
        });
    }
}

#[test]
fn every_declared_key_is_read_and_no_other() {
    let mut wrong = Vec::new();
    let mut count = 0;
    each_key_of_all(&mut |kind, record, key, around| {
        count += 1;
        let value = value(&key.shape, key.example);
        let documents = variants(&around(&mapping(record, &[(key.name, value.clone())])));
        if documents.iter().all(|document| is_unknown(kind, document, key.name)) {
            wrong.push(format!("`{}` of {} is not read: {documents:?}", key.name, record.name));
        }
        let documents = variants(&around(&mapping(record, &[("zzz", value)])));
        let is_open = record.others.is_some() && kind.name != "project";
        if !is_open && !documents.iter().any(|document| is_unknown(kind, document, "zzz")) {
            wrong.push(format!("`zzz` of {} is let pass: {documents:?}", record.name));
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count > 200, "{count} keys");
}

#[test]
fn every_declared_word_is_read_as_the_example_is() {
    let mut wrong = Vec::new();
    let mut count = 0;
    each_key_of_all(&mut |kind, record, key, around| {
        let (words, is_list) = match key.shape {
            Shape::Word(words) => (words, false),
            Shape::List(Shape::Word(words)) => (*words, true),
            _ => return,
        };
        let codes = |value: &str| -> Vec<&str> {
            let value = if is_list { format!("[{value}]") } else { value.to_owned() };
            let document = around(&mapping(record, &[(key.name, value)]));
            findings(kind, &document).iter().map(|finding| finding.code.id).collect()
        };
        let example = codes(key.example.trim_matches(['[', ']']).split(',').next().expect("one"));
        // The kind of a chart decides which other keys it needs.
        for word in words.iter().filter(|_| key.name != "kind") {
            count += 1;
            if codes(word.name) != example {
                wrong.push(format!("`{}: {}` of {}", key.name, word.name, record.name));
            }
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count > 40, "{count} words");
}

#[test]
fn every_declared_target_of_a_link_is_read_and_no_other() {
    let is_unknown = |target: &str| {
        // A list is a total and its parts.
        let list = "共[100.00万元](=sum:甲)，是[100.00万元](=part:甲)";
        let link = format!("[100.00万元]({target})");
        let link = if list.contains(&link) { list.to_owned() } else { link };
        let text = format!("# 一、部门职责\n\n{link}\n");
        let found = TestSite::minimal().write("narrative/01-duties.md", text).check().report;
        found.diagnostics.iter().any(|finding| finding.code.name == "unknown-address")
    };
    for key in BINDINGS.keys() {
        let target = key.name.replace("<table>", "procurement").replace("<name>", "甲");
        let target = target.replace("<address>", "expenditure/合计/total");
        assert!(!is_unknown(&target), "{target}");
    }
    for target in ["=procurements", "=total:甲", "=expenditure/合计"] {
        assert!(is_unknown(target), "{target}");
    }
}
