//! YAML text to a tree in which every key and value knows its bytes.
//!
//! Scalars stay text exactly as written: a figure never meets a float. Aliases,
//! anchors, tags, duplicate keys and deep nesting are refused. Decoding helpers
//! ([`Fields`]) collect every mistake instead of stopping at the first.

mod fields;
pub mod keys;
mod lookup;
mod lost;
mod plain;
mod slip;
mod typed;
mod wide;

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::codes;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::encoding;
use crate::source::{FileId, Place, SourceFile};

pub use fields::{
    Fields, nearest, no_key, suggestion, titled, unknown_key, want_mapping, wrong_type,
};
pub use lookup::Lookup;
pub use wide::pasted_words as pasted;

use lookup::Written;

/// Deeper nesting than any content needs.
const MAX_DEPTH: usize = 40;

/// The parser stumbles so many lines below a full-width mark, or fewer.
const ABOVE: usize = 3;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The file it was read from; merged profiles mix files.
    pub file: FileId,
    start: u32,
    end: u32,
    /// What it is.
    pub kind: Kind,
}

/// The three shapes of YAML, and nothing.
#[derive(Clone, Debug)]
pub enum Kind {
    /// An empty value, `~` or `null`.
    Null,
    /// Text as written, quotes removed.
    Scalar(String),
    /// `- …` or `[…]`.
    Sequence(Vec<Node>),
    /// `key: …` or `{…}`, in the author's order.
    Mapping(Vec<(Key, Node)>),
}

/// A key with its place.
#[derive(Clone, Debug)]
pub struct Key {
    /// The text; what stands in a file again and again is one.
    pub text: Arc<str>,
    file: FileId,
    start: u32,
    end: u32,
}

impl Key {
    /// Where it stands.
    pub fn place(&self) -> Place {
        Place::bytes(self.file, self.start as usize..self.end as usize)
    }
}

impl Node {
    /// An empty value at the start of a file: what stands for a file that could not be read.
    pub fn null(file: FileId) -> Node {
        Node { file, start: 0, end: 0, kind: Kind::Null }
    }

    /// Another value at the same place.
    pub fn with(&self, kind: Kind) -> Node {
        Node { file: self.file, start: self.start, end: self.end, kind }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        Place::bytes(self.file, self.range())
    }

    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text of a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a sequence; nothing is an empty one.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping; nothing is an empty one.
    pub fn entries(&self) -> &[(Key, Node)] {
        match &self.kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| *name.text == *key).map(|(_, node)| node)
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }
}

/// Reads one file; nothing when it cannot be read at all. What is wrong is in the report.
pub fn parse(report: &mut Report, file: FileId, source: &SourceFile) -> Option<Node> {
    if !encoding::is_text(report, file, source) {
        return None;
    }
    let text = source.text();
    let plain = plain::read(file, text);
    let is_plain = plain.is_some();
    let mut root = plain.or_else(|| parse_any(report, file, text))?;
    if matches!(root.kind, Kind::Null) {
        empty_file(report, file);
        return None;
    }
    if matches!(root.kind, Kind::Scalar(_)) {
        report.push(wide::no_structure(file, text));
        return None;
    }
    wide::mend(report, file, (text, is_plain), &mut root);
    wide::list_marks(report, file, text);
    lost::comments(report, file, &source.path, (text, &mut root));
    if !source.path.starts_with("themes/") && !source.path.starts_with("profiles/") {
        typed::html(report, file, text);
    }
    Some(root)
}

/// Reads one file that says something: an empty mapping or list is as good as an empty file.
pub fn parse_filled(report: &mut Report, file: FileId, source: &SourceFile) -> Option<Node> {
    let root = parse(report, file, source)?;
    if root.entries().is_empty() && root.items().is_empty() {
        let message = text!(zh: "这个文件里只有一对空的括号，什么也没有写", en: "nothing but an empty pair of brackets stands in this file");
        report.push(empty(Place::start(file), message));
        return None;
    }
    Some(root)
}

/// Reports a file in which nothing stands, or only comments.
pub fn empty_file(report: &mut Report, file: FileId) {
    let message = text!(zh: "这个文件是空的，或者只有注释", en: "nothing stands in this file, or only comments");
    report.push(empty(Place::start(file), message));
}

fn empty(place: Place, message: Text) -> Diagnostic {
    codes::EMPTY_FILE.at(place, message).help(text!(
        zh: "写上内容，或者从备份里取回；确实不要的，删去文件",
        en: "write what belongs into it, or take it back from a copy; where it is not wanted, remove the file",
    ))
}

/// Reads any YAML, as the parser understands it.
fn parse_any(report: &mut Report, file: FileId, text: &str) -> Option<Node> {
    let mut builder = Builder { file, text, stack: Vec::new(), root: None, documents: 0 };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                let range =
                    span.start.byte_offset().unwrap_or(0)..span.end.byte_offset().unwrap_or(0);
                if builder.take(report, event, &range).is_break() {
                    return None;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let known = wide::pasted(file, text)
                    .or_else(|| wide::mark(file, text, at, ABOVE))
                    .or_else(|| slip::find(file, text, at));
                if let Some(finding) = known {
                    report.push(finding);
                    return None;
                }
                report.push(
                    codes::YAML_SYNTAX
                        .at(Place::bytes(file, at..at), text!(zh: "这里不合 YAML 的写法，文件读不下去", en: "the file cannot be read from here on: it is not valid YAML"))
                        .note(text!(zh: "解析器说：{error}", en: "the parser says: {error}", error = plain(&error.to_string())))
                        .help(syntax_help(text, at)),
                );
                return None;
            }
        }
    }
    Some(builder.root.unwrap_or_else(|| Node::null(file)))
}

/// The parser's words without the position, which the excerpt shows.
fn plain(message: &str) -> String {
    message.split(" at char ").next().unwrap_or(message).to_owned()
}

fn syntax_help(source: &str, at: usize) -> Text {
    let start = source[..at].rfind('\n').map_or(0, |index| index + 1);
    let line = source[start..].lines().next().unwrap_or_default();
    if line.contains('\t') {
        text!(zh: "YAML 不允许用制表符缩进，请改用空格", en: "YAML allows no tab for indentation: use spaces")
    } else {
        text!(zh: "检查这一行和上一行的缩进、冒号后的空格、引号与括号是否成对", en: "look at this line and the one above: indentation, the space after a colon, quotes and brackets in pairs")
    }
}

enum Open {
    Sequence(u32, Vec<Node>),
    Mapping(u32, Vec<(Key, Node)>, Option<Key>, Written),
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    stack: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

impl Builder<'_> {
    fn take(
        &mut self,
        report: &mut Report,
        event: Event,
        range: &Range<usize>,
    ) -> std::ops::ControlFlow<()> {
        use std::ops::ControlFlow::{Break, Continue};
        let (start, end) = (offset(range.start), offset(range.end));
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = text!(zh: "这里另起了一份 YAML 文档，一个文件只能有一份，文件读不下去", en: "another YAML document begins here, and a file holds one: the file cannot be read");
                    report.push(codes::YAML_SYNTAX.at(Place::bytes(self.file, range.clone()), message).help(text!(
                        zh: "删去单独成行的“---”“...”", en: "take out lines that hold nothing but `---` or `...`",
                    )));
                    return Break(());
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(
                    report,
                    range,
                    text!(zh: "不支持 YAML 引用（*）", en: "YAML aliases (*) are not supported"),
                );
                self.add(report, Node { file: self.file, start, end, kind: Kind::Null });
            }
            Event::Scalar(value, style, anchor, tag) => {
                let is_signed = anchor != 0 || tag.is_some();
                let meant = is_signed
                    .then(|| lost::sign(report, self.file, (self.text, range), &value))
                    .flatten();
                let value = meant.map_or(value, Into::into);
                if style == ScalarStyle::Plain && !self.expects_key() {
                    typed::dashes(report, self.file, self.text, range);
                }
                let is_null = style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null");
                let kind = if is_null && !self.expects_key() {
                    Kind::Null
                } else {
                    Kind::Scalar(value.into_owned())
                };
                self.add(report, Node { file: self.file, start, end, kind });
            }
            Event::SequenceStart(..) => self.stack.push(Open::Sequence(start, Vec::new())),
            Event::MappingStart(..) => {
                self.stack.push(Open::Mapping(start, Vec::new(), None, Written::default()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, kind) = match self.stack.pop() {
                    Some(Open::Sequence(start, items)) => (start, Kind::Sequence(items)),
                    Some(Open::Mapping(start, entries, ..)) => (start, Kind::Mapping(entries)),
                    None => return Continue(()),
                };
                self.add(report, Node { file: self.file, start, end, kind });
            }
            _ => {}
        }
        if self.stack.len() > MAX_DEPTH {
            self.refuse(report, range, text!(zh: "嵌套过深", en: "nested too deeply"));
            return Break(());
        }
        Continue(())
    }

    fn expects_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open::Mapping(_, _, None, _)))
    }

    fn refuse(&self, report: &mut Report, range: &Range<usize>, message: Text) {
        report.push(codes::YAML_SYNTAX.at(Place::bytes(self.file, range.clone()), message));
    }

    fn add(&mut self, report: &mut Report, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping(_, entries, pending, written)) => match pending.take() {
                None => {
                    let text = node.scalar().unwrap_or_default().into();
                    *pending =
                        Some(Key { text, file: self.file, start: node.start, end: node.end });
                }
                Some(key) => {
                    if let Some(first) = written.find(entries, &key.text) {
                        let (first, _) = &entries[first];
                        report.push(
                            codes::DUPLICATE_KEY
                                .at(key.place(), text!(zh: "键“{key}”写了两次", en: "the key `{key}` is written twice", key = key.text))
                                .related(first.place(), text!(zh: "第一次在这里", en: "first here"))
                                .help(text!(zh: "只留对的那一处，删去另一处", en: "keep the one that is right and remove the other")),
                        );
                        return;
                    }
                    entries.push((key, node));
                }
            },
        }
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::source::Sources;

    /// What the parser reads, and its complaints.
    fn parsed(text: &str) -> String {
        let mut report = Report::default();
        let node = parse_any(&mut report, file(), text);
        let said = report.diagnostics.iter().map(|found| found.message.en.as_str());
        format!("{node:#?}\n{}", said.collect::<Vec<_>>().join("\n"))
    }

    /// What the plain reader reads, where it reads the text at all.
    fn read(text: &str) -> Option<String> {
        plain::read(file(), text).map(|node| format!("{:#?}\n", Some(node)))
    }

    fn file() -> FileId {
        Sources::default().add("content/x.yaml", "")
    }

    /// The YAML files of the repository: profiles, content, the sites of tests.
    fn files() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sites = ["english", "jiangsu", "shanghai-district", "shanghai-street", "south-africa"];
        let roots = sites.iter().map(|site| root.join("tests/sites").join(site));
        let mut texts = Vec::new();
        for root in roots.chain([root.to_owned()]) {
            let sources = Sources::read(&root, "mingbai.yaml").expect("the folder can be read");
            let files = ["content", "profiles"].map(|folder| sources.all_files(folder)).concat();
            let files = files.into_iter().filter(|(_, path)| path.ends_with(".yaml"));
            texts.extend(files.map(|(file, _)| sources.file(file).text().to_owned()));
        }
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// One small change of a text that people, editors or programs make; `number` says which.
    fn changed(text: &str, number: usize) -> String {
        const PIECES: [&str; 40] = [
            " ", "  ", "\n", "\n\n", "- ", "-", ": ", ":", " #", "#", "\"", "'", "''", "\\", "{",
            "}", "[", "]", ",", ", ", "|", ">", "|\n", "&a ", "*a", "!!str ", "? ", "~", "null",
            "\t", "\r\n", "---\n", "...\n", "%", "@", "a: b", "- a", "\n  ", "\n- ", "\u{feff}",
        ];
        let starts: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        // A walk over places, pieces and ways that repeats late: steps without a common factor.
        let at = |nth: usize| starts[nth.wrapping_mul(7919) % starts.len()];
        let (from, piece) = (at(number), PIECES[number.wrapping_mul(31) % PIECES.len()]);
        let to = starts
            [(starts.binary_search(&from).unwrap_or(0) + 1 + number % 3).min(starts.len() - 1)];
        match number % 4 {
            0 => format!("{}{}", &text[..from], &text[to..]),
            1 => format!("{}{piece}{}", &text[..from], &text[to..]),
            2 => format!("{}{piece}{}", &text[..from], &text[from..]),
            _ => {
                let line = text[..from].rfind('\n').map_or(0, |index| index + 1);
                format!("{}{piece}{}", &text[..line], &text[line..])
            }
        }
    }

    /// The text and the first line in which the two readings of it part ways.
    fn difference(text: &str) -> Option<String> {
        let (quick, slow) = (read(text)?, parsed(text));
        let line = quick.lines().zip(slow.lines()).find(|(quick, slow)| quick != slow);
        (quick != slow).then(|| format!("{line:?} in\n{text}"))
    }

    #[test]
    fn what_the_plain_reader_reads_is_what_the_parser_reads() {
        let files = files();
        let read = files.iter().filter(|text| read(text).is_some()).count();
        assert!(read * 10 > files.len() * 8, "only {read} of {} files are plain", files.len());
        assert_eq!(files.iter().find_map(|text| difference(text)), None);
    }

    #[test]
    fn and_of_texts_with_a_slip_it_reads_none_otherwise() {
        for text in files() {
            // The beginning of a file is enough, cut at a line.
            let end = text.char_indices().map(|(at, _)| at).take(600).last().unwrap_or(0);
            let text = &text[..text[..end].rfind('\n').map_or(end, |at| at + 1)];
            let differs = (0..20).find_map(|number| difference(&changed(text, number)));
            assert_eq!(differs, None);
        }
    }
}
