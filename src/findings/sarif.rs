//! Findings as SARIF 2.1.0, for code-scanning dashboards.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Language, Report, Severity};
use crate::locate::Locator;
use crate::source::Sources;

/// The report as one SARIF log.
pub fn render(sources: &Sources, report: &Report, language: Language) -> String {
    let mut rules: Vec<&Diagnostic> = report.diagnostics.iter().collect();
    rules.sort_by_key(|diagnostic| diagnostic.code.id);
    rules.dedup_by_key(|diagnostic| diagnostic.code.id);
    let rules: Vec<Value> = rules
        .iter()
        .map(|diagnostic| json!({ "id": diagnostic.code.id, "name": diagnostic.code.name }))
        .collect();
    let locator = Locator::new(sources);
    let results: Vec<Value> = report
        .diagnostics
        .iter()
        .map(|diagnostic| result(&locator, report, diagnostic, language))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).expect("a log is plain data");
    out.push('\n');
    out
}

fn result(
    locator: &Locator,
    report: &Report,
    diagnostic: &Diagnostic,
    language: Language,
) -> Value {
    let file = diagnostic.primary.file;
    let source = locator.sources().file(file);
    let range = report.told(file, locator.range(&diagnostic.primary));
    let (line, column) = locator.line_column(file, range.start);
    let (end_line, end_column) = locator.line_column(file, range.end);
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    json!({
        "ruleId": diagnostic.code.id,
        "level": level,
        "message": { "text": diagnostic.message.get(language) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": source.path },
            "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
        }}],
    })
}
