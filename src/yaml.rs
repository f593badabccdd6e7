//! YAML text to a tree in which every key and value knows its bytes.
//!
//! Scalars stay text exactly as written: a figure never meets a float. Aliases,
//! anchors, tags, duplicate keys and deep nesting are refused. Decoding helpers
//! ([`Fields`]) collect every mistake instead of stopping at the first.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::{FileId, Place, SourceFile};

/// Deeper nesting than any content needs.
const MAX_DEPTH: usize = 40;

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
    /// The text.
    pub text: String,
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
        self.entries().iter().find(|(name, _)| name.text == key).map(|(_, node)| node)
    }

    /// Whether nothing was written.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }
}

/// Reads one file; nothing when it cannot be read at all. What is wrong is in the report.
pub fn parse(report: &mut Report, file: FileId, source: &SourceFile) -> Option<Node> {
    if let Some(at) = source.invalid_utf8() {
        report.push(
            codes::NOT_UTF8
                .at(
                    Place::bytes(file, at..at),
                    text!(zh: "文件不是 UTF-8 编码", en: "the file is not UTF-8"),
                )
                .help(text!(zh: "用编辑器另存为 UTF-8", en: "save it as UTF-8 in your editor")),
        );
        return None;
    }
    let mut builder = Builder { file, stack: Vec::new(), root: None, documents: 0 };
    for event in Parser::new_from_str(source.text()) {
        match event {
            Ok((event, span)) => {
                let range =
                    span.start.byte_offset().unwrap_or(0)..span.end.byte_offset().unwrap_or(0);
                if builder.take(report, event, &range).is_break() {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(source.text().len());
                report.push(
                    codes::YAML_SYNTAX
                        .at(Place::bytes(file, at..at), text!(zh: "这里不合 YAML 的写法，文件读不下去", en: "the file cannot be read from here on: it is not valid YAML"))
                        .note(text!(zh: "解析器说：{error}", en: "the parser says: {error}", error = plain(&error.to_string())))
                        .help(syntax_help(source.text(), at)),
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
    } else if line.contains('：') {
        text!(zh: "这一行有全角冒号“：”，键后面要用半角冒号加空格", en: "this line has a full-width colon: a key is followed by a half-width colon and a space")
    } else {
        text!(zh: "检查这一行和上一行的缩进、冒号后的空格、引号与括号是否成对", en: "look at this line and the one above: indentation, the space after a colon, quotes and brackets in pairs")
    }
}

enum Open {
    Sequence(u32, Vec<Node>),
    Mapping(u32, Vec<(Key, Node)>, Option<Key>),
}

struct Builder {
    file: FileId,
    stack: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

impl Builder {
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
                    self.refuse(report, range, text!(zh: "一个文件只能有一份 YAML 文档", en: "a file holds one YAML document"));
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
            Event::Scalar(value, style, _, _) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null");
                let kind = if is_null && !self.expects_key() {
                    Kind::Null
                } else {
                    Kind::Scalar(value.into_owned())
                };
                self.add(report, Node { file: self.file, start, end, kind });
            }
            Event::SequenceStart(..) => self.stack.push(Open::Sequence(start, Vec::new())),
            Event::MappingStart(..) => self.stack.push(Open::Mapping(start, Vec::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, kind) = match self.stack.pop() {
                    Some(Open::Sequence(start, items)) => (start, Kind::Sequence(items)),
                    Some(Open::Mapping(start, entries, _)) => (start, Kind::Mapping(entries)),
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
        matches!(self.stack.last(), Some(Open::Mapping(_, _, None)))
    }

    fn refuse(&self, report: &mut Report, range: &Range<usize>, message: Text) {
        report.push(codes::YAML_SYNTAX.at(Place::bytes(self.file, range.clone()), message));
    }

    fn add(&mut self, report: &mut Report, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence(_, items)) => items.push(node),
            Some(Open::Mapping(_, entries, pending)) => match pending.take() {
                None => {
                    let text = node.scalar().unwrap_or_default().to_owned();
                    *pending =
                        Some(Key { text, file: self.file, start: node.start, end: node.end });
                }
                Some(key) => {
                    if let Some((first, _)) =
                        entries.iter().find(|(other, _)| other.text == key.text)
                    {
                        report.push(
                            codes::DUPLICATE_KEY
                                .at(key.place(), text!(zh: "键“{key}”写了两次", en: "the key `{key}` is written twice", key = key.text))
                                .related(first.place(), text!(zh: "第一次在这里", en: "first here")),
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

/// The fields of one mapping, taken one by one; [`Fields::finish`] reports those nobody took.
pub struct Fields<'a> {
    node: &'a Node,
    what: Text,
    taken: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Opens a mapping; `what` names it in messages (“a column”).
    pub fn new(report: &mut Report, node: &'a Node, what: Text) -> Fields<'a> {
        if !matches!(node.kind, Kind::Mapping(_) | Kind::Null) {
            wrong_type(
                report,
                node,
                &what,
                text!(zh: "键值表（键: 值）", en: "a mapping (key: value)"),
            );
        }
        Fields { node, what, taken: Vec::new() }
    }

    /// The mapping itself.
    pub fn node(&self) -> &'a Node {
        self.node
    }

    /// The value of a key, if anything was written there.
    pub fn get(&mut self, key: &'static str) -> Option<&'a Node> {
        self.taken.push(key);
        self.node.get(key).filter(|node| !node.is_null())
    }

    /// The text of a key.
    pub fn text(&mut self, report: &mut Report, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        if let Some(text) = node.scalar() {
            Some(text.to_owned())
        } else {
            wrong_type(
                report,
                node,
                &Text::same(format!("`{key}`")),
                text!(zh: "一段文字", en: "a text"),
            );
            None
        }
    }

    /// The text of a key that must be there.
    pub fn required(&mut self, report: &mut Report, key: &'static str) -> Option<String> {
        if self.get(key).is_none() {
            let place = self.node.place();
            let first_line = Place { file: place.file, spot: place.spot };
            report.push(codes::MISSING_KEY.at(
                first_line,
                text!(zh: "{what}缺少“{key}”", en: "{en} has no `{key}`", what = self.what.zh, en = self.what.en),
            ));
            return None;
        }
        self.text(report, key)
    }

    /// `true` or `false`; absent is the default.
    pub fn flag(&mut self, report: &mut Report, key: &'static str, default: bool) -> bool {
        let Some(node) = self.get(key) else { return default };
        match node.scalar() {
            Some("true") => true,
            Some("false") => false,
            _ => {
                wrong_type(
                    report,
                    node,
                    &Text::same(format!("`{key}`")),
                    Text::same("true / false"),
                );
                default
            }
        }
    }

    /// The items of a list; anything else is reported.
    pub fn list(&mut self, report: &mut Report, key: &'static str) -> &'a [Node] {
        let Some(node) = self.get(key) else { return &[] };
        if !matches!(node.kind, Kind::Sequence(_)) {
            let list = text!(zh: "列表（[甲, 乙]，或每行以“- ”开头）", en: "a list ([a, b], or lines beginning with `- `)");
            wrong_type(report, node, &Text::same(format!("`{key}`")), list);
        }
        node.items()
    }

    /// The entries of a mapping; anything else is reported.
    pub fn map(&mut self, report: &mut Report, key: &'static str) -> &'a [(Key, Node)] {
        let Some(node) = self.get(key) else { return &[] };
        if !matches!(node.kind, Kind::Mapping(_)) {
            let mapping = text!(zh: "键值表（键: 值）", en: "a mapping (key: value)");
            wrong_type(report, node, &Text::same(format!("`{key}`")), mapping);
        }
        node.entries()
    }

    /// A list of texts.
    pub fn texts(&mut self, report: &mut Report, key: &'static str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(report, key) {
            match item.scalar() {
                Some(text) => texts.push(text.to_owned()),
                None => wrong_type(
                    report,
                    item,
                    &Text::same(format!("`{key}`")),
                    text!(zh: "一列文字", en: "a list of texts"),
                ),
            }
        }
        texts
    }

    /// A number of items.
    pub fn number(&mut self, report: &mut Report, key: &'static str) -> Option<usize> {
        let node = self.get(key)?;
        let number = node.scalar().and_then(|text| text.parse().ok());
        if number.is_none() {
            wrong_type(
                report,
                node,
                &Text::same(format!("`{key}`")),
                text!(zh: "整数", en: "a whole number"),
            );
        }
        number
    }

    /// Reports every key that nobody asked for, with the nearest known one.
    pub fn finish(self, report: &mut Report) {
        for (key, _) in self.node.entries() {
            if !self.taken.contains(&key.text.as_str()) {
                unknown_key(report, key, &self.what, &self.taken);
            }
        }
    }
}

/// Reports a key nobody knows, with the nearest known one.
pub fn unknown_key(report: &mut Report, key: &Key, what: &Text, known: &[&str]) {
    let message = text!(zh: "{zh}没有“{key}”这个键", en: "{en} has no key `{key}`", zh = what.zh, en = what.en, key = key.text);
    report.push(codes::UNKNOWN_KEY.at(key.place(), message).help(suggestion(&key.text, known)));
}

/// “Did you mean …” when something is near, else what is allowed.
pub fn suggestion(written: &str, known: &[&str]) -> Text {
    match nearest(written, known) {
        Some(name) => text!(zh: "是不是“{name}”？", en: "did you mean `{name}`?"),
        None => {
            text!(zh: "可用的有：{list}", en: "known here: {en}", list = known.join("、"), en = known.join(", "))
        }
    }
}

/// The known word nearest to a written one: at most a third of its letters differ.
pub fn nearest<'a>(written: &str, known: &[&'a str]) -> Option<&'a str> {
    let allowed = (written.chars().count() / 3).max(1);
    known
        .iter()
        .map(|name| (strsim::osa_distance(written, name), *name))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// Reports a value of the wrong shape.
pub fn wrong_type(report: &mut Report, node: &Node, what: &Text, wanted: Text) {
    let Text { zh: wanted_zh, en: wanted_en } = wanted;
    report.push(codes::WRONG_TYPE.at(
        node.place(),
        text!(zh: "{zh}应当是{wanted_zh}", en: "{en} should be {wanted_en}", zh = what.zh, en = what.en),
    ));
}
