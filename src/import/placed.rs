//! What was found in documents, in the order of its form: tables, projects, sections, each value
//! with where it was read.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::document::{Doubt, Origin};
use crate::diagnostic::{Text, text};

/// A place in one of the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The number of the document, from 0.
    pub document: usize,
    /// Where it stands there.
    pub origin: Origin,
}

/// One value as it will be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    /// Its text.
    pub text: String,
    /// Why it may be wrong.
    pub doubt: Option<Reason>,
    /// The cells or lines it was read from.
    pub from: Vec<At>,
    /// How it stands to them.
    pub taken: Taken,
}

/// How a value stands to the cells it was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taken {
    /// It is all they say, one after another.
    #[default]
    Whole,
    /// It is a part of what they say.
    Part,
    /// It is their figure in the unit of the form.
    Converted,
}

/// Why a value may be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What the reader of the file said of it.
    Read(Doubt),
    /// It stands where a figure should, and is none.
    NoFigure,
    /// It stands where a code should, and is stored and printed as an amount.
    NoCode,
    /// A row of a table that stands in the files already: the table may be there twice.
    Again,
    /// A column of the form has no heading in the file; it may belong to that one. The heading.
    NoHeading(String),
    /// It is the rest of a cell whose beginning is not in the file.
    Tail,
    /// The columns of its row do not stand under their headings.
    Shifted,
    /// It is in a unit that cannot be turned into that of the form. The unit.
    Unit(String),
}

impl Reason {
    /// What it says to the author.
    pub fn words(&self) -> Text {
        match self {
            Reason::Read(doubt) => doubt_words(*doubt),
            Reason::NoFigure => {
                text!(zh: "这一栏是数字，文件里不是数字", en: "the column holds figures, and the file has none here")
            }
            Reason::NoCode => {
                text!(zh: "这一栏是编码，文件里印成了金额", en: "the column holds codes, and the file prints an amount here")
            }
            Reason::Again => {
                text!(zh: "前面已经有这一行：同一张表可能出现了两次", en: "this row stood before: the table may be in the files twice")
            }
            Reason::NoHeading(title) => {
                text!(zh: "文件里这张表没有“{title}”栏的栏名，这些字可能是那一栏的", en: "the heading `{title}` is missing in the file; these words may belong to that column")
            }
            Reason::Tail => {
                text!(zh: "只有后半截，前半截不在文件里", en: "the rest of a cell whose beginning is not in the file")
            }
            Reason::Shifted => {
                text!(zh: "这一行的各栏和栏名没有对齐", en: "the columns of this row do not stand under their headings")
            }
            Reason::Unit(unit) => {
                text!(zh: "表上的单位是“{unit}”，不能换成模板的单位", en: "the table is in `{unit}`, which cannot be turned into the unit of the profile")
            }
        }
    }
}

fn doubt_words(doubt: Doubt) -> Text {
    match doubt {
        Doubt::Unvalued => {
            text!(zh: "公式没有存下算出的值", en: "a formula without a stored value")
        }
        Doubt::Error => text!(zh: "表格里是错误值", en: "an error of the spreadsheet"),
        Doubt::Format => {
            text!(zh: "数字格式不能确定到每一位", en: "its number format cannot be followed to the digit")
        }
        Doubt::Digits => {
            text!(zh: "位数多于表格程序能显示的", en: "it has more digits than the program shows")
        }
        Doubt::Date => text!(zh: "表格里是日期", en: "it is a date in the file"),
        Doubt::TextNumber => {
            text!(zh: "像数字，存的是文字", en: "it looks like a number and is stored as text")
        }
        Doubt::Hidden => text!(zh: "旁边有隐藏的文字", en: "hidden text stands beside it"),
        Doubt::Tracked => {
            text!(zh: "有没有接受的修订", en: "a tracked change is neither taken nor refused")
        }
        Doubt::Struck => text!(zh: "有删除线", en: "it is struck through"),
        Doubt::Joined => {
            text!(zh: "分在两页的前后两截接在了一起", en: "its beginning and its end stood on two pages and were put together")
        }
        Doubt::Volatile => {
            text!(zh: "值取决于当天日期或别的文件", en: "its value depends on the day or on another file")
        }
    }
}

/// What became of a cell or a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was written.
    Written,
    /// It belongs to the form: titles, headings, lines above tables, numbers of lines and columns,
    /// all of it again on the next page.
    Form,
    /// It was left out.
    Left(Left),
}

/// Why something was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    /// A list of contents.
    Contents,
    /// A page number.
    PageNumber,
    /// A list of projects or of their indicators: what is read is the form of each.
    List,
    /// It stands in no table, project or section of the profile.
    NoPlace,
    /// The profile has no such column; its heading.
    NoColumn(String),
    /// Its title is that of a table, and its headings are not; the id of the table.
    NoHeadings(String),
    /// The table could be one of several; their ids.
    Ambiguous(Vec<String>),
}

impl Left {
    /// What it says to the author.
    pub fn words(&self) -> Text {
        match self {
            Left::Contents => text!(zh: "目录", en: "a list of contents"),
            Left::PageNumber => text!(zh: "页码", en: "a page number"),
            Left::List => {
                text!(zh: "清单，读的是每个项目自己的表", en: "a list: the form of each project is read")
            }
            Left::NoPlace => {
                text!(zh: "不在模板的任何表、项目或章节里", en: "it belongs to no table, project or section of the profile")
            }
            Left::NoColumn(title) => {
                text!(zh: "模板没有“{title}”这一栏", en: "the profile has no column `{title}`")
            }
            Left::NoHeadings(id) => {
                text!(zh: "表名是 {id} 的，表头与模板的对不上", en: "its title is that of `{id}`, and its headings are not those of the profile")
            }
            Left::Ambiguous(ids) => {
                let (zh, en) = (ids.join("、"), ids.join(", "));
                text!(zh: "可能是 {zh} 中的任何一张表：没有认得出的表名", en: "it may be any of {en}: no title tells which")
            }
        }
    }
}

/// All that was found.
#[derive(Clone, Debug, Default)]
pub struct Placed {
    /// The tables, by id.
    pub tables: IndexMap<String, PlacedTable>,
    /// The projects, in printed order.
    pub projects: Vec<PlacedProject>,
    /// The sections, by id.
    pub sections: IndexMap<String, PlacedSection>,
    /// What became of every cell and line.
    pub fates: IndexMap<At, Fate, FxBuildHasher>,
    /// What the lines above the tables say: codes, names, years.
    pub said: Vec<Said>,
    /// What was put right on the way, in words, and where.
    pub notes: Vec<(At, Text)>,
}

/// What a line above a table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The placeholder of the form: `code`, `organisation`, `year`, `unit`, the id of a fact.
    pub what: String,
    /// What stands there.
    pub text: String,
    /// Where.
    pub at: At,
}

/// One table.
#[derive(Clone, Debug, Default)]
pub struct PlacedTable {
    /// Its printed title, where it is not that of the form.
    pub title: Option<Value>,
    /// Its title as printed, for messages and links.
    pub printed: String,
    /// Where it begins.
    pub at: At,
    /// Facts printed above it, by id.
    pub facts: IndexMap<String, Value>,
    /// Its unit as printed.
    pub unit: Option<String>,
    /// The unit it prints and the profile does not know.
    pub unknown_unit: Option<String>,
    /// The rows of each panel: a value for each column.
    pub panels: Vec<Vec<Vec<Option<Value>>>>,
    /// The note under it.
    pub note: Option<Value>,
}

/// One project.
#[derive(Clone, Debug, Default)]
pub struct PlacedProject {
    /// Where it begins.
    pub at: At,
    /// Its fields, by id.
    pub fields: IndexMap<String, Value>,
    /// The steps of its payment plan, by id.
    pub plan: IndexMap<String, Value>,
    /// Its goals, by the id of their part; one part without a name in most forms.
    pub goals: IndexMap<String, Vec<Value>>,
    /// Its indicators: a value for each column.
    pub indicators: Vec<Vec<Option<Value>>>,
}

/// One section of the narrative.
#[derive(Clone, Debug, Default)]
pub struct PlacedSection {
    /// Its heading as printed.
    pub title: Value,
    /// What follows it.
    pub blocks: Vec<Block>,
}

/// A stretch of a section.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading of a rank below the section's own, from 2.
    Heading(usize, Value),
    /// A paragraph.
    Paragraph(Value),
    /// An item of a list.
    Item(Value),
    /// An entry of the glossary: its ordinal as written, the term, what is said of it.
    Term(String, Value, Value),
    /// A table, by id.
    Table(String),
    /// The projects.
    Projects,
}
