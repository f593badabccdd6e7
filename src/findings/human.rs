//! Findings for people: the author's own lines with carets under the exact place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::codes;
use crate::diagnostic::{Diagnostic, Language, Report, Severity, Text, Unproved, Veil, text};
use crate::locate::Locator;
use crate::source::{FileId, Place, SourceFile, Sources};

/// How many findings of one code in one file are shown before the rest are counted.
const SHOWN: usize = 5;

/// Above how many findings a table says what there is.
const MANY: usize = 20;

/// The findings of a report, in order, a blank line between. Repeats of one code in one
/// file are counted after the first few; where there are many, a table of codes ends it.
pub fn render(sources: &Sources, report: &Report, language: Language, color: bool) -> String {
    let renderer =
        if color { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    let mut repeats: BTreeMap<(&str, FileId), usize> = BTreeMap::new();
    for diagnostic in &report.diagnostics {
        *repeats.entry(kind(diagnostic)).or_default() += 1;
    }
    let mut shown: BTreeMap<(&str, FileId), usize> = BTreeMap::new();
    let locator = Locator::new(sources);
    for diagnostic in &report.diagnostics {
        let kind = kind(diagnostic);
        let so_far = shown.entry(kind).or_default();
        *so_far += 1;
        // One left over is shown: to count it would take as much room.
        let all = repeats[&kind];
        if *so_far <= SHOWN || all == SHOWN + 1 {
            out.push_str(&renderer.render(&[group(&locator, report, diagnostic, language)]));
            out.push_str("\n\n");
        }
        if *so_far == SHOWN && all > SHOWN + 1 {
            out.push_str(rest(sources, diagnostic, all - SHOWN).get(language));
            out.push_str("\n\n");
        }
    }
    if report.diagnostics.len() > MANY {
        out.push_str(&table(report, language));
    }
    out
}

/// What repeats: a code in a file.
fn kind(diagnostic: &Diagnostic) -> (&'static str, FileId) {
    (diagnostic.code.id, diagnostic.primary.file)
}

fn rest(sources: &Sources, diagnostic: &Diagnostic, count: usize) -> Text {
    let (id, path) = (diagnostic.code.id, &sources.file(diagnostic.primary.file).path);
    text!(
        zh: "……{path} 里还有 {count} 条 {id}（mingbai check --format concise 列出全部）",
        en: "… and {count} more {id} in {path} (mingbai check --format concise lists them all)",
    )
}

/// What there is of each code, in the order it is best mended.
fn table(report: &Report, language: Language) -> String {
    // The number of a code without its letter puts the families in order.
    let mut rows: BTreeMap<(Severity, &str), (usize, &Diagnostic, BTreeSet<FileId>)> =
        BTreeMap::new();
    for diagnostic in &report.diagnostics {
        let row = rows
            .entry((diagnostic.severity, &diagnostic.code.id[1..]))
            .or_insert_with(|| (0, diagnostic, BTreeSet::new()));
        row.0 += 1;
        row.2.insert(diagnostic.primary.file);
    }
    let (count, kinds) = (report.diagnostics.len(), rows.len());
    let heading = text!(
        zh: "一共 {count} 条发现，{kinds} 种。从上往下改：前面的改好了，后面的往往跟着消失。",
        en: "{count} findings of {kinds} kinds. Mend them from the top: those below often go with those above.",
    );
    let mut out = format!("{}\n\n", heading.get(language));
    for ((severity, _), (count, first, files)) in &rows {
        let (id, files) = (first.code.id, files.len());
        let places = text!(zh: "{files} 个文件", en: "in {en}", en = several(files));
        let sentence = first.code.sentence(language);
        out.push_str(&format!(
            "{count:>5}  {:<8}{id}  {sentence}{}\n",
            severity.word(),
            match language {
                Language::Chinese => format!("（{}）", places.zh),
                Language::English => format!(" ({})", places.en),
            }
        ));
    }
    out.push('\n');
    out
}

/// “1 file”, “2 files”.
fn several(count: usize) -> String {
    format!("{count} file{}", if count == 1 { "" } else { "s" })
}

/// What could not be checked, and why: one line for each rule and reason.
pub fn unproved(report: &Report, language: Language) -> String {
    let heading = text!(
        zh: "没能核对的勾稽关系（不算通过）：",
        en: "relations that could not be checked (not counted as passed):",
    );
    let mut out = format!("{}\n", heading.get(language));
    // What is missing is said once for all it leaves open.
    let is_same = |a: &Unproved, b: &Unproved| {
        (&a.disclosure, &a.tie_out, &a.why) == (&b.disclosure, &b.tie_out, &b.why)
    };
    for group in report.unproved.chunk_by(is_same) {
        let Unproved { disclosure, tie_out, relation, why, .. } = &group[0];
        let id = tie_out.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
        let count: usize = group.iter().map(|unproved| unproved.count).sum();
        let (more, en_more) = match group.len() {
            1 => ("", String::new()),
            all => ("等", format!(" and {} more", all - 1)),
        };
        let line = text!(
            zh: "  {disclosure}{id}：{count} 个。{zh_why}：{zh}{more}",
            en: "  {disclosure}{id}: {count}. {en_why}: {en}{en_more}",
            zh = relation.zh, en = relation.en, zh_why = why.zh, en_why = why.en,
        );
        out.push_str(line.get(language));
        out.push('\n');
    }
    out
}

fn group<'a>(
    locator: &Locator<'a>,
    report: &Report,
    diagnostic: &'a Diagnostic,
    language: Language,
) -> Group<'a> {
    let excerpt = |file| {
        let veil = report.veils.get(&file).cloned().unwrap_or_default();
        snippet(locator, veil, diagnostic, file, language)
    };

    let title = level(diagnostic.severity)
        .primary_title(diagnostic.message.get(language))
        .id(diagnostic.code.id);
    let mut group = title.element(excerpt(diagnostic.primary.file));
    let mut files = vec![diagnostic.primary.file];
    for label in &diagnostic.related {
        if !files.contains(&label.place.file) {
            files.push(label.place.file);
            group = group.element(excerpt(label.place.file));
        }
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.get(language)));
    }
    let followers = diagnostic.followers();
    if let Some(followers) = followers {
        group = group.element(Level::NOTE.message(followers.get(language).to_owned()));
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

/// The text of a file as far as it is one. Where what is no text begins a line, a mark stands for it: that
/// line could not be shown without one.
fn shown(source: &SourceFile) -> Cow<'_, str> {
    let text = source.text();
    if source.invalid_utf8().is_some() && text.ends_with('\n') {
        Cow::Owned(format!("{text}\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The lines of a text from the first to the last of some ranges, and the number of the first: what draws an
/// excerpt reads all of the text it is given, for each finding of a file.
fn lines(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> (Range<usize>, usize) {
    let bytes = text.as_bytes();
    let (first, last) = ranges.fold((bytes.len(), 0), |(first, last), range| {
        (first.min(range.start), last.max(range.end))
    });
    let (first, last) = (first.min(last), last.min(bytes.len()));
    let from = memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |at| at + 1);
    let to = memchr::memchr(b'\n', &bytes[last..]).map_or(bytes.len(), |at| last + at + 1);
    (from..to, memchr::memchr_iter(b'\n', &bytes[..from]).count() + 1)
}

/// The lines of a file that a finding shows, with marks for what is withheld.
fn snippet<'a>(
    locator: &Locator<'a>,
    mut veil: Veil,
    diagnostic: &'a Diagnostic,
    file: FileId,
    language: Language,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = locator.sources().file(file);
    let is_printed = diagnostic.code.id == codes::WITHHELD_PRINTED.id;
    if is_printed && diagnostic.primary.file == file {
        veil.hide(locator.range(&diagnostic.primary));
    }
    let text = if veil.hidden.is_empty() {
        shown(source)
    } else {
        Cow::Owned(veil.over(source.text(), &veil.hidden))
    };
    let related = diagnostic.related.iter().map(|label| &label.place);
    let places = std::iter::once(&diagnostic.primary).chain(related);
    let places = places.filter(|place| place.file == file);
    let (lines, number) = lines(&text, places.map(|place| veil.shift(locator.range(place))));
    let begins = lines.start;
    let span = |place: &Place| {
        let range = veil.shift(locator.range(place));
        range.start.saturating_sub(begins)..range.end.saturating_sub(begins)
    };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[lines]),
        Cow::Owned(text) => Cow::Owned(text[lines].to_owned()),
    };
    let mut snippet = Snippet::source(text).path(source.path.as_str()).line_start(number);
    if diagnostic.primary.file == file {
        let primary = AnnotationKind::Primary.span(span(&diagnostic.primary));
        snippet = snippet.annotation(match &diagnostic.label {
            Some(label) => primary.label(label.get(language)),
            None => primary,
        });
    }
    for label in diagnostic.related.iter().filter(|label| label.place.file == file) {
        let context = AnnotationKind::Context.span(span(&label.place));
        snippet = snippet.annotation(context.label(label.text.get(language)));
    }
    snippet
}
