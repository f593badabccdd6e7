//! Findings as workflow commands: annotations on the lines of a pull request.

use crate::diagnostic::{Language, Report, Severity};
use crate::locate::Locator;
use crate::source::Sources;

/// Every finding of a report, in order.
pub fn render(sources: &Sources, report: &Report, language: Language) -> String {
    let mut out = String::new();
    let locator = Locator::new(sources);
    for diagnostic in &report.diagnostics {
        let source = sources.file(diagnostic.primary.file);
        let file = diagnostic.primary.file;
        let range = report.told(file, locator.range(&diagnostic.primary));
        let (line, column) = locator.line_column(file, range.start);
        let (_, end) = locator.line_column(file, range.end);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut text = diagnostic.message.get(language).to_owned();
        let followers = diagnostic.followers();
        for more in diagnostic.notes.iter().chain(&followers).chain(&diagnostic.help) {
            text.push('\n');
            text.push_str(more.get(language));
        }
        let title = format!("{} {}", diagnostic.code.id, diagnostic.code.name);
        out.push_str(&format!(
            "::{command} file={},line={line},col={column},endColumn={end},title={}::{}\n",
            property(&source.path),
            property(&title),
            escape(&text)
        ));
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
