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
        let followers = match (diagnostic.followers(), language) {
            (None, _) => String::new(),
            (Some(followers), Language::Chinese) => format!("（{}）", followers.zh),
            (Some(followers), Language::English) => format!(" ({})", followers.en),
        };
        let path = &source.path;
        out.push_str(&format!("{path}:{line}:{column}: {word}[{id}]: {message}{followers}\n"));
    }
    out
}
