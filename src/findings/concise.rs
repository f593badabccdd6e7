//! Findings one line each: `file:line:column: error[T201]: message`.

use crate::diagnostic::{Language, Report};
use crate::locate::{line_column, locate};
use crate::source::Sources;

/// Every finding of a report, in order.
pub fn render(sources: &Sources, report: &Report, language: Language) -> String {
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        let source = sources.file(diagnostic.primary.file);
        let (line, column) = line_column(source.text(), locate(sources, &diagnostic.primary).start);
        let (word, id) = (diagnostic.severity.word(), diagnostic.code.id);
        let message = diagnostic.message.get(language);
        out.push_str(&format!("{}:{line}:{column}: {word}[{id}]: {message}\n", source.path));
    }
    out
}
