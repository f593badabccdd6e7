//! `bind`: which cells the figures in prose could be tied to; with `--write`, ties them.

#![expect(clippy::disallowed_methods, reason = "--write changes the texts it is asked to change")]

use std::collections::BTreeMap;

use anyhow::Context;

use super::{Outcome, language, paint, print, read, say};
use crate::cli::{Bind, Global};
use crate::diagnostic::{Language, Report, Text, text};
use crate::locate::line_column;
use crate::model::prose::{Proposal, Unbound};
use crate::plan::plan;
use crate::source::{FileId, Sources};

/// A figure and what it would be tied to.
struct Edit {
    figure: Unbound,
    proposal: Proposal,
}

/// A figure, and the cells that its sentence names equally well.
struct Question {
    figure: Unbound,
    cells: Vec<(String, Text)>,
}

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Bind) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let (site, report) = plan(&sources, true);
    let language = language(global, &site);
    let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
    let mut questions: BTreeMap<FileId, Vec<Question>> = BTreeMap::new();
    for disclosure in &site.portal.disclosures {
        for (index, section) in disclosure.sections.iter().enumerate() {
            // Of a file that is not UTF-8 only the beginning was read: it is left alone.
            if sources.file(section.file).invalid_utf8().is_some() {
                continue;
            }
            for mut figure in disclosure.unbound(&site.portal, index) {
                if let Some(proposal) = figure.proposal.take() {
                    edits.entry(section.file).or_default().push(Edit { figure, proposal });
                } else if !figure.question.is_empty() {
                    let cells = figure.question.iter();
                    let cells =
                        cells.map(|at| (disclosure.address_of(*at), disclosure.words_of(*at)));
                    let cells = cells.collect();
                    questions.entry(section.file).or_default().push(Question { figure, cells });
                }
            }
        }
    }
    let count: usize = edits.values().map(Vec::len).sum();
    for (file, edits) in &edits {
        print(&listed(&sources, &report, *file, edits, language));
        if arguments.write {
            let source = sources.file(*file);
            let path = global.root.join(&source.path);
            std::fs::write(&path, written(&sources, *file, edits))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    for (file, questions) in &questions {
        print(&asked(&sources, &report, *file, questions, language));
    }
    if !global.quiet {
        let ok = paint("✓", "32;1");
        let line = match (count, arguments.write) {
            (0, _) => {
                text!(zh: "{ok} 没有可以连的数", en: "{ok} no figure is left to bind")
            }
            (_, true) => {
                text!(zh: "{ok} 连好了 {count} 个数；请看一遍差异再提交", en: "{ok} {count} bound; read the diff before you commit it")
            }
            (_, false) => {
                text!(zh: "{count} 个数可以连到格子；mingbai bind --write 写进正文", en: "{count} can be bound; mingbai bind --write ties them")
            }
        };
        say(line.get(language));
    }
    Ok(Outcome::Clean)
}

/// The figures of one file, each as it stands and as it would.
fn listed(
    sources: &Sources,
    report: &Report,
    file: FileId,
    edits: &[Edit],
    language: Language,
) -> String {
    let source = sources.file(file);
    let veil = report.veils.get(&file).cloned().unwrap_or_default();
    let shown = veil.over(source.text(), &veil.hidden);
    let mut out = String::new();
    for Edit { figure, proposal } in edits {
        let (line, column) = line_column(source.text(), figure.range.start);
        let range = veil.shift(figure.range.clone());
        let (before, words) = (before(&shown, range.start), &shown[range]);
        out.push_str(&format!(
            "{}:{line}:{column}\n- {before}{words}\n+ {before}{}    {}\n",
            source.path,
            proposal.link(words),
            proposal.names.get(language)
        ));
    }
    out
}

/// The figures of one file of which nobody but the author knows which cell is meant.
fn asked(
    sources: &Sources,
    report: &Report,
    file: FileId,
    questions: &[Question],
    language: Language,
) -> String {
    const SHOWN: usize = 5;
    let source = sources.file(file);
    let veil = report.veils.get(&file).cloned().unwrap_or_default();
    let shown = veil.over(source.text(), &veil.hidden);
    let mut out = String::new();
    for Question { figure, cells } in questions {
        let (line, column) = line_column(source.text(), figure.range.start);
        let range = veil.shift(figure.range.clone());
        let (before, words) = (before(&shown, range.start), &shown[range]);
        out.push_str(&format!("{}:{line}:{column}\n? {before}{words}\n", source.path));
        for (address, names) in cells.iter().take(SHOWN) {
            out.push_str(&format!("    {address}    {}\n", names.get(language)));
        }
    }
    out
}

/// The words before a figure, as far as its clause begins on the line.
fn before(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |found| found + 1);
    let far: usize = text[line..at].chars().rev().take(16).map(char::len_utf8).sum();
    &text[at - far..at]
}

/// The text with its figures tied and nothing else changed.
fn written(sources: &Sources, file: FileId, edits: &[Edit]) -> Vec<u8> {
    let source = sources.file(file);
    let skipped = source.bytes().len() - source.text().len();
    let mut text = source.text().to_owned();
    for Edit { figure, proposal } in edits.iter().rev() {
        text.replace_range(figure.range.clone(), &proposal.link(&figure.words));
    }
    [&source.bytes()[..skipped], text.as_bytes()].concat()
}
