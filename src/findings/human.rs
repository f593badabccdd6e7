//! Findings for people: the author's own lines with carets under the exact place.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Language, Report, Severity};
use crate::locate::locate;
use crate::source::{FileId, Sources};

/// Every finding of a report, in order, a blank line between.
pub fn render(sources: &Sources, report: &Report, language: Language, color: bool) -> String {
    let renderer =
        if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        out.push_str(&renderer.render(&[group(sources, diagnostic, language)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic, language: Language) -> Group<'a> {
    let title = level(diagnostic.severity)
        .primary_title(diagnostic.message.get(language))
        .id(diagnostic.code.id);
    let mut group = title.element(snippet(sources, diagnostic, diagnostic.primary.file, language));
    let mut files = vec![diagnostic.primary.file];
    for label in &diagnostic.related {
        if !files.contains(&label.place.file) {
            files.push(label.place.file);
            group = group.element(snippet(sources, diagnostic, label.place.file, language));
        }
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.get(language)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.get(language)));
    }
    group.element(Level::NOTE.no_name().message(foot(diagnostic)))
}

/// The line an acceptance copies, and the page that says more.
fn foot(diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, address, .. } = diagnostic;
    match address {
        Some(address) => format!("{} {address}   (mingbai explain {})", code.name, code.id),
        None => format!("{}   (mingbai explain {})", code.name, code.id),
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

fn snippet<'a>(
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
    file: FileId,
    language: Language,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.file(file);
    let mut snippet = Snippet::source(source.text()).path(source.path.as_str());
    if diagnostic.primary.file == file {
        let primary = AnnotationKind::Primary.span(locate(sources, &diagnostic.primary));
        snippet = snippet.annotation(match &diagnostic.label {
            Some(label) => primary.label(label.get(language)),
            None => primary,
        });
    }
    for label in diagnostic.related.iter().filter(|label| label.place.file == file) {
        let context = AnnotationKind::Context.span(locate(sources, &label.place));
        snippet = snippet.annotation(context.label(label.text.get(language)));
    }
    snippet
}
