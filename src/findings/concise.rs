//! Findings one line each: `file:line:column: error[T201]: message`.

use crate::diagnostic::{Language, Report};
use crate::locate::Locator;
use crate::source::Sources;

/// Every finding of a report, in order.
pub fn render(sources: &Sources, report: &Report, language: Language) -> String {
    let mut out = String::new();
    let locator = Locator::new(sources);
    for diagnostic in &report.diagnostics {
        let source = sources.file(diagnostic.primary.file);
        let start = locator.range(&diagnostic.primary).start;
        let (line, column) = locator.line_column(diagnostic.primary.file, start);
        let (word, id) = (diagnostic.severity.word(), diagnostic.code.id);
        let message = diagnostic.message.get(language);
        out.push_str(&format!("{}:{line}:{column}: {word}[{id}]: {message}\n", source.path));
    }
    out
}
