//! What an import says: how much it read and wrote, what it doubts, what it left out, what to do next.

use std::collections::BTreeMap;
use std::time::Instant;

use similar::{ChangeTag, TextDiff};

use super::{Outcome, elapsed, paint, say};
use crate::cli::Global;
use crate::diagnostic::{Language, Text, text};
use crate::import::document::{Document, LeftOut, Refusal, Why};
use crate::import::placed::{At, Left, Reason};
use crate::import::{Imported, origin_words};
use crate::profile::Profile;

/// A file that an import makes.
pub(super) struct Change {
    /// Its path from the root of the portal.
    pub(super) path: String,
    /// What it says now.
    pub(super) before: Option<String>,
    /// What it is to say.
    pub(super) after: String,
    /// What becomes of it.
    pub(super) fate: Fate,
}

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is new.
    New,
    /// It says so already.
    Same,
    /// It was written by an import and is written again.
    Changed,
    /// A person changed it: it stays.
    Edited,
}

impl Fate {
    /// Whether the file is written.
    pub(super) fn is_written(self) -> bool {
        matches!(self, Fate::New | Fate::Changed)
    }
}

/// All there is to say.
pub(super) struct Told<'a> {
    pub(super) profile: &'a Profile,
    pub(super) documents: &'a [Document],
    pub(super) imported: &'a Imported,
    pub(super) changes: &'a [Change],
    /// Whether one table alone was asked for.
    pub(super) is_partial: bool,
    pub(super) folder: &'a str,
    pub(super) is_dry: bool,
    pub(super) started: Instant,
}

/// The changes as a diff of every file that would be written.
pub(super) fn diff(changes: &[Change], has_color: bool) -> String {
    let mut out = String::new();
    for change in changes.iter().filter(|change| change.fate != Fate::Same) {
        let before = change.before.as_deref().unwrap_or_default();
        let name = if change.before.is_some() { change.path.as_str() } else { "/dev/null" };
        let lines = TextDiff::from_lines(before, &change.after);
        let text = lines.unified_diff().context_radius(2).header(name, &change.path).to_string();
        if !has_color {
            out.push_str(&text);
            continue;
        }
        for line in text.lines() {
            let tag = match line.chars().next() {
                Some('+') => ChangeTag::Insert,
                Some('-') => ChangeTag::Delete,
                _ => ChangeTag::Equal,
            };
            let code = match tag {
                ChangeTag::Insert => "32",
                ChangeTag::Delete => "31",
                ChangeTag::Equal => "0",
            };
            out.push_str(&format!("\u{1b}[{code}m{line}\u{1b}[0m"));
            out.push('\n');
        }
    }
    out
}

/// Says it, and how the command ended.
pub(super) fn tell(global: &Global, told: &Told, language: Language) -> Outcome {
    let shown = if global.verbose { usize::MAX } else { SHOWN };
    let wrong = wrong(told);
    for line in &wrong {
        say(&format!("{}: {}", paint("error", "31;1"), line.get(language)));
    }
    let edited = told.changes.iter().filter(|change| change.fate == Fate::Edited);
    let edited: Vec<Text> = edited.map(|change| Text::same(change.path.clone())).collect();
    if !global.quiet {
        let title = text!(zh: "没有读准，用“⁇”标出", en: "not read for certain, marked with `⁇`");
        list(&title, &doubtful(told), shown, language);
        let left = left_out(told, shown);
        list_of(&text!(zh: "没有写入", en: "left out"), (&left, count_left(told)), shown, language);
        list(&text!(zh: "整理过的", en: "put in order"), &notes(told), shown, language);
        let title = text!(zh: "模板要求而文件里没有的", en: "asked for by the profile and not in the files");
        list(&title, &missing(told), shown, language);
        let title = text!(zh: "有人改过，没有动（加 --force 就覆盖）", en: "edited since, and left alone (--force overwrites them)");
        list(&title, &edited, usize::MAX, language);
        say(summary(told).get(language));
    }
    let is_clean = wrong.is_empty() && edited.is_empty() && !told.imported.files.is_empty();
    if is_clean { Outcome::Clean } else { Outcome::Findings }
}

/// Files that could not be read, and values that were written otherwise than they were read.
fn wrong(told: &Told) -> Vec<Text> {
    let mut all = Vec::new();
    for document in told.documents {
        if let Some(refusal) = &document.refusal {
            let why = refusal_words(refusal);
            all.push(text!(zh: "{name}：{zh}", en: "{name}: {en}", name = document.name, zh = why.zh, en = why.en));
        }
    }
    for different in &told.imported.comparison.different {
        let (path, at) = (&different.path, &different.at);
        let (written, read) = (&different.written, &different.read);
        all.push(text!(zh: "{path} {at}：写的是“{written}”，读的是“{read}”", en: "{path} {at}: `{written}` was written, `{read}` was read"));
    }
    all
}

/// What was written with a mark, and why.
fn doubtful(told: &Told) -> Vec<Text> {
    let doubtful = told.imported.comparison.doubtful.iter();
    doubtful
        .map(|(path, value)| {
            let at = value.from.first().map(|at| origin_words(told.documents, at));
            let why = value.doubt.as_ref().map(Reason::words).unwrap_or_default();
            let (at, text) = (at.unwrap_or_default(), short(&value.text));
            text!(zh: "{path}：“{text}”，{zh}（{at_zh}）", en: "{path}: `{text}`, {en} ({at_en})", zh = why.zh, en = why.en, at_zh = at.zh, at_en = at.en)
        })
        .collect()
}

/// What was put right on the way.
fn notes(told: &Told) -> Vec<Text> {
    let notes = told.imported.placed.notes.iter();
    notes
        .map(|(at, note)| {
            let at = origin_words(told.documents, at);
            text!(zh: "{at_zh}：{zh}", en: "{at_en}: {en}", at_zh = at.zh, at_en = at.en, zh = note.zh, en = note.en)
        })
        .collect()
}

/// So many lines of a list are shown, unless all are asked for.
const SHOWN: usize = 12;

fn list(title: &Text, items: &[Text], shown: usize, language: Language) {
    list_of(title, (items, items.len()), shown, language);
}

/// Prints a list of so many items, of which those that are shown are given.
fn list_of(title: &Text, (items, count): (&[Text], usize), shown: usize, language: Language) {
    if count == 0 {
        return;
    }
    let title = text!(zh: "{zh}（{count}）：", en: "{en} ({count}):", zh = title.zh, en = title.en);
    say(title.get(language));
    for item in items.iter().take(shown) {
        say(&format!("  {}", item.get(language)));
    }
    if count > shown {
        let more = count - shown;
        let more = text!(zh: "  另有 {more} 处，加 --verbose 全部列出", en: "  {more} more: --verbose lists them all");
        say(more.get(language));
    }
    say("");
}

/// How much was left out.
fn count_left(told: &Told) -> usize {
    let beside = told.documents.iter().map(|document| document.left_out.len());
    told.imported.comparison.left.len() + beside.sum::<usize>()
}

/// The first of what was left out, those of one reason together.
fn left_out(told: &Told, shown: usize) -> Vec<Text> {
    let mut out = Vec::new();
    let mut runs: BTreeMap<&Left, Vec<(&At, &str)>> = BTreeMap::new();
    for (at, text, why) in &told.imported.comparison.left {
        runs.entry(why).or_default().push((at, text));
    }
    for (why, places) in runs {
        let why = why.words();
        let room = shown.saturating_sub(out.len());
        for (at, text) in places.into_iter().take(room) {
            let (at, text) = (origin_words(told.documents, at), short(text));
            out.push(text!(zh: "{at}：“{text}”，{zh}", en: "{en_at}: `{text}`, {en}", en_at = at.en, at = at.zh, zh = why.zh, en = why.en));
        }
    }
    for (index, document) in told.documents.iter().enumerate() {
        let room = shown.saturating_sub(out.len());
        for LeftOut { origin, why, text } in document.left_out.iter().take(room) {
            let at = origin_words(told.documents, &At { document: index, origin: origin.clone() });
            let (why, text) = (why_words(*why), short(text));
            out.push(text!(zh: "{at}：“{text}”，{zh}", en: "{en_at}: `{text}`, {en}", en_at = at.en, at = at.zh, zh = why.zh, en = why.en));
        }
    }
    out
}

/// The tables and sections a disclosure must hold and that were not found.
fn missing(told: &Told) -> Vec<Text> {
    if told.is_partial || told.imported.files.is_empty() {
        return Vec::new();
    }
    let placed = &told.imported.placed;
    let tables = told.profile.tables.values();
    let tables = tables.filter(|spec| spec.required && !placed.tables.contains_key(&spec.id));
    let sections = told.profile.sections.values();
    let sections = sections.filter(|spec| spec.required && !placed.sections.contains_key(&spec.id));
    let tables = tables.map(|spec| format!("tables/{}.yaml  {}", spec.id, spec.title));
    let sections = sections.map(|spec| format!("narrative/{}.md  {}", spec.id, spec.title));
    tables.chain(sections).map(Text::same).collect()
}

fn summary(told: &Told) -> Text {
    let (placed, comparison) = (&told.imported.placed, &told.imported.comparison);
    let (tables, projects, sections) =
        (placed.tables.len(), placed.projects.len(), placed.sections.len());
    if told.imported.files.is_empty() {
        return text!(
            zh: "没有认出模板里的任何表、项目或章节，什么也没有写",
            en: "no table, project or section of the profile was recognised: nothing was written",
        );
    }
    let indicators: usize = placed.projects.iter().map(|project| project.indicators.len()).sum();
    let all = comparison.cells.all + comparison.texts.all;
    let same = comparison.cells.same + comparison.texts.same;
    let (doubtful, left) = (comparison.doubtful.len(), count_left(told));
    let count = |fate: Fate| told.changes.iter().filter(|change| change.fate == fate).count();
    let (new, changed, kept, edited) =
        (count(Fate::New), count(Fate::Changed), count(Fate::Same), count(Fate::Edited));
    let ok = paint("✓", "32;1");
    let (folder, time) = (told.folder.trim_end_matches('/'), elapsed(told.started));
    let next = if told.is_dry {
        text!(zh: "什么也没有写：去掉 --dry-run 就写", en: "nothing was written: without --dry-run it is")
    } else {
        text!(zh: "下一步：mingbai check", en: "next: mingbai check")
    };
    text!(
        zh: "{ok} {folder}：{tables} 张表、{projects} 个项目（{indicators} 条指标）、{sections} 节说明，用时 {time}\n  与原件比较：{all} 处中 {same} 处相同，{doubtful} 处没有读准，{left} 处没有写入\n  文件：新 {new}，改 {changed}，相同 {kept}，有人改过未动 {edited}\n  {next_zh}",
        en: "{ok} {folder}: {tables} tables, {projects} projects ({indicators} indicators), {sections} sections in {time}\n  compared with the files: {same} of {all} the same, {doubtful} doubtful, {left} left out\n  files: {new} new, {changed} changed, {kept} the same, {edited} edited since and left alone\n  {next_en}",
        next_zh = next.zh, next_en = next.en,
    )
}

/// The beginning of a text.
fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= 30 {
        return text;
    }
    format!("{}…", text.chars().take(29).collect::<String>())
}

fn why_words(why: Why) -> Text {
    match why {
        Why::HiddenSheet => text!(zh: "隐藏的工作表", en: "a hidden sheet"),
        Why::HiddenRow => text!(zh: "隐藏的行", en: "a hidden row"),
        Why::HiddenColumn => text!(zh: "隐藏的列", en: "a hidden column"),
        Why::HiddenText => text!(zh: "隐藏的文字", en: "hidden text"),
        Why::Deleted => text!(zh: "修订中删去的", en: "deleted by a tracked change"),
        Why::Beside => {
            text!(zh: "批注、脚注、页眉或页脚", en: "a comment, a note, a header or a footer")
        }
        Why::Picture => text!(zh: "图片或图形", en: "a drawing or a picture"),
        Why::Contents => {
            text!(zh: "目录或页码", en: "a line of a list of contents, or a page number")
        }
    }
}

pub(super) fn refusal_words(refusal: &Refusal) -> Text {
    match refusal {
        Refusal::UnknownForm => {
            text!(zh: "不是能读的格式；另存为 XLSX、ODS、DOCX 或 CSV 再取", en: "it is in no form that is read: save it as XLSX, ODS, DOCX or CSV")
        }
        Refusal::Broken(said) => {
            text!(zh: "文件损坏，读不下去（{said}）；从原处再取一份，或用表格程序打开后另存", en: "it is broken ({said}): take another copy, or open it in its program and save it again")
        }
        Refusal::Encrypted => {
            text!(zh: "文件有密码；去掉密码另存再取", en: "it wants a password: save it without one")
        }
        Refusal::TooLarge(seen, allowed) => {
            text!(zh: "展开后超过 {allowed} 字节（已有 {seen}），没有读", en: "unpacked it has {seen} bytes or more, and no more than {allowed} are read")
        }
        Refusal::TooMany(seen, allowed) => {
            text!(zh: "行列太多（{seen}，最多 {allowed}），没有读；删去空行空列另存再取", en: "it has too many rows or columns ({seen}, at most {allowed}): remove the empty ones and save it again")
        }
        Refusal::NoText => {
            text!(zh: "不是文字，或者是认不出的编码；另存为 UTF-8 再取", en: "it is no text in an encoding that is known: save it as UTF-8")
        }
    }
}
