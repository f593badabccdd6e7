//! Findings as SARIF 2.1.0, for code-scanning dashboards.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, Language, Report, Severity};
use crate::locate::Locator;
use crate::source::{Place, Sources};

/// So many results GitHub takes of one run; the worst come first.
const RESULTS: usize = 25_000;

/// So many related places it shows of one result.
const RELATED: usize = 100;

/// What an address of a file holds as it is.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The report as one SARIF log.
pub fn render(sources: &Sources, report: &Report, language: Language) -> String {
    let mut codes: Vec<&Code> = report.diagnostics.iter().map(|found| found.code).collect();
    codes.sort_by_key(|code| code.id);
    codes.dedup_by_key(|code| code.id);
    let rules: Vec<Value> = codes.iter().map(|code| rule(code, language)).collect();
    let run = Run { locator: Locator::new(sources), report, language, codes };
    let results: Vec<Value> =
        report.diagnostics.iter().take(RESULTS).map(|diagnostic| run.result(diagnostic)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "language": match language {
                Language::Chinese => "zh-CN",
                Language::English => "en",
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).expect("a log is plain data");
    out.push('\n');
    out
}

/// The page of a rule without its examples, which are no lines of the author's.
fn manual(code: &Code) -> String {
    let is_example = |section: &&str| section.starts_with("不通过") || section.starts_with("通过");
    let sections = code.page.split("\n## ").filter(|section| !is_example(section));
    sections.collect::<Vec<_>>().join("\n## ")
}

/// A rule: its sentence, and its page as help.
fn rule(code: &Code, language: Language) -> Value {
    let sentence = code.sentence(language);
    json!({
        "id": code.id,
        "name": code.name,
        "shortDescription": { "text": sentence },
        "fullDescription": { "text": sentence },
        "help": { "text": format!("{sentence}\nmingbai explain {}", code.id), "markdown": manual(code) },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

struct Run<'a> {
    locator: Locator<'a>,
    report: &'a Report,
    language: Language,
    codes: Vec<&'a Code>,
}

impl Run<'_> {
    fn result(&self, diagnostic: &Diagnostic) -> Value {
        let related: Vec<Value> = diagnostic
            .related
            .iter()
            .take(RELATED)
            .enumerate()
            .map(|(index, label)| {
                let words = label.text.get(self.language);
                json!({
                    "id": index,
                    "message": { "text": words },
                    "physicalLocation": self.place(&label.place),
                })
            })
            .collect();
        let mut result = json!({
            "ruleId": diagnostic.code.id,
            "ruleIndex": self.codes.iter().position(|code| code.id == diagnostic.code.id),
            "level": level(diagnostic.severity),
            "message": { "text": self.text(diagnostic) },
            "locations": [{ "physicalLocation": self.place(&diagnostic.primary) }],
            "relatedLocations": related,
        });
        // The address and not the line tells a finding again after the file was edited.
        if let (Some(disclosure), Some(address)) = (&diagnostic.disclosure, &diagnostic.address) {
            let address = format!("{} {disclosure} {address}", diagnostic.code.id);
            result["partialFingerprints"] = json!({ "address/v1": address });
        }
        result
    }

    /// What is said of a finding: the fact, what else is known, what to do.
    fn text(&self, diagnostic: &Diagnostic) -> String {
        let Diagnostic { message, label, notes, help, .. } = diagnostic;
        let followers = diagnostic.followers();
        let lines = [message].into_iter().chain(label).chain(notes).chain(&followers).chain(help);
        lines.map(|text| text.get(self.language)).collect::<Vec<_>>().join("\n")
    }

    fn place(&self, place: &Place) -> Value {
        let file = place.file;
        let path = &self.locator.sources().file(file).path;
        let range = self.report.told(file, self.locator.range(place));
        let (line, column) = self.locator.line_column(file, range.start);
        let (end_line, end_column) = self.locator.line_column(file, range.end);
        json!({
            "artifactLocation": { "uri": utf8_percent_encode(path, PATH).to_string() },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        })
    }
}
