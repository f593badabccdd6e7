//! The keys of a profile and of the files beside it, each declared once.

mod column;
mod glossary;
mod project;
mod prose;
mod relations;
mod reference_files;
mod search;
mod table;

use crate::yaml::Node;
use crate::yaml::keys::{FileKind, KeySpec, Known, Record, Shape, Word, key, word};
use Shape::{Count, Either, Figure, Flag, List, Map, Record as Keys, Text};

pub use column::column_type;
pub(super) use column::{COLUMN, COLUMN_KINDS, COLUMN_TYPES, HEADING};
pub(super) use glossary::MEANING;
pub(super) use project::{
    CODE_PART, FIELD, FILING, GOALS, GRID, INDICATOR_KIND, PAYMENT_PLAN, PROJECTS, SCHEME,
    TARGET_COLUMNS, TARGET_WORDS, TARGETS,
};
pub(super) use prose::{BOUNDS, NAMES, PROSE, STATEMENTS};
pub(super) use reference_files::{
    CHANGES, CODE, CODES, CONCORDANCE, CONCORDANCE_CHANGE, COVERS, DICTIONARY,
};
pub(super) use relations::{
    BALANCE, CHANGE, CHART, CHART_PAGES, DUTIES, DUTY_UNITS, HEADLINE, PLACED, SECTION, TIE_OUT,
    YEAR_PLACES, YEARS,
};
pub(super) use search::{INTENT, SEARCH, SIDE};
pub(super) use table::{CLASSIFIED, DEFAULTS, HIERARCHY, ORDINAL, PANEL, ROLE_RULE, ROW, TABLE};

/// The kinds of authored files this module reads.
pub static FILES: [FileKind; 3] = [
    FileKind {
        name: "profile",
        path: "profiles/<place>/<kind>/<year>.yaml",
        title: ["模板：一份公开必须有什么", "a profile: what a disclosure must hold"],
        shape: Keys(&PROFILE),
        partial: true,
    },
    FileKind {
        name: "dictionary",
        path: "profiles/**/<codes>.yaml",
        title: ["科目字典：代码和名称", "a dictionary: codes and names"],
        shape: Keys(&DICTIONARY),
        partial: false,
    },
    FileKind {
        name: "concordance",
        path: "content/concordance.yaml",
        title: ["对照表：代码、名称历年的变化", "a concordance: what codes and names became"],
        shape: Keys(&CONCORDANCE),
        partial: false,
    },
];

/// The kind of a file below `profiles/`: one that is no profile is known by a key that only it has.
pub fn kind_of(node: &Node) -> &'static FileKind {
    let [profile, dictionary, concordance] = &FILES;
    if node.get(CODES).is_some() {
        dictionary
    } else if node.get(CHANGES).is_some() {
        concordance
    } else {
        profile
    }
}

/// Whether a file below `profiles/` is no dictionary and no concordance.
pub fn is_profile(node: &Node) -> bool {
    kind_of(node).name == FILES[0].name
}

/// Whether a file below `profiles/` is a piece: what a map of a profile starts from.
pub fn is_piece(node: &Node) -> bool {
    let is_declared = |name: &str| PROFILE.keys().any(|key| key.name == name);
    node.get("abstract").and_then(Node::scalar) == Some("true")
        && node.entries().iter().any(|(key, _)| !is_declared(&key.text))
}

pub(in crate::profile) static PROFILE: Record = Record::new(
    "profile",
    ["模板", "the profile"],
    &[
        &[
            key(
                "extends",
                Shape::Several(&Shape::Known(Known::Profile)),
                [
                    "从哪个模板、哪几个模板继承：按键合并，列表整个替换，~ 去掉；写在里面哪一层，那一层就从它起，不再继承原有的",
                    "the profiles it extends: maps merge by key, lists replace, ~ removes; inside a map they are what that map starts from, in place of what it would inherit",
                ],
                "place/department-budget/base",
            ),
            key(
                "abstract",
                Flag,
                [
                    "只供继承，自己不用；不继承",
                    "only extended, never used itself; it is not inherited",
                ],
                "true",
            )
            .default(["false", "false"]),
        ],
        PLACING,
        &[
            key(
                "title",
                Text,
                ["这类文件的名称", "what kind of document it is, as printed"],
                "部门预算信息公开",
            )
            .default(["模板的路径", "its id"]),
            key(
                "stages",
                List(&Text),
                [
                    "用于哪些阶段的公开；别的 stage 就是错",
                    "the stages it is for: another `stage` under it is an error",
                ],
                "[budget]",
            )
            .default(["不限", "any"]),
            key(
                "units",
                Map(&Figure),
                ["各单位合多少基本单位", "how many base units each unit is worth"],
                "{ 元: 1, 千元: 1000 }",
            ),
            key(
                "classifications",
                Map(&Either(&[List(&Count), Keys(&CLASSIFICATION)])),
                [
                    "科目分类：各级代码的位数",
                    "the digits of the levels of each classification of codes",
                ],
                "{ functional: [3, 5, 7] }",
            ),
            key(
                "marks",
                Keys(&MARKS),
                ["没有数字的格子里印的记号", "printed marks for cells without a figure"],
                "",
            ),
            key(
                "words",
                Keys(&WORDS),
                ["每一页都用的词", "words that appear on every page of such a disclosure"],
                "",
            ),
            key(
                "prose",
                Keys(&PROSE),
                [
                    "读懂正文用的词；不写就只核对连好的数",
                    "the words prose is read by; without it only bound figures are checked",
                ],
                "",
            ),
            key(
                "defaults",
                Keys(&DEFAULTS),
                ["各表没有另写的事项", "for every table that does not say otherwise"],
                "",
            ),
            key(
                "tables",
                Map(&Keys(&TABLE)),
                ["各张表，按印刷次序", "the tables by id, in printed order"],
                "",
            ),
            key(
                "sections",
                Map(&Keys(&SECTION)),
                ["各节说明，按印刷次序", "the sections of text by id, in printed order"],
                "",
            ),
            key(
                "projects",
                Keys(&PROJECTS),
                ["项目绩效目标表的格式", "the form every project fills in"],
                "",
            ),
            key(
                "targets",
                Keys(&TARGETS),
                [
                    "怎样读绩效指标，要求什么",
                    "how printed targets are read, and what is asked of them",
                ],
                "",
            ),
            key(
                "tie_outs",
                Map(&Keys(&TIE_OUT)),
                ["表与表之间的勾稽关系", "relations between figures of different places, by id"],
                "",
            ),
            key(
                "headline",
                List(&Keys(&HEADLINE)),
                ["首页上的大数字", "what the front page shows in large figures"],
                "",
            ),
            key(
                "charts",
                Map(&Keys(&CHART)),
                ["画哪些图，各在其表之下", "what is drawn, by id, each below its table"],
                "",
            ),
            key(
                "summary",
                Map(&SENTENCE_OR_TEXT),
                [
                    "用几句话说清楚；{ } 里填格子里的数",
                    "what it says in a few sentences; what stands in { } is filled in from cells",
                ],
                "{ total: '{year}共支出 {spending/total/amount}。' }",
            ),
            key(
                "search",
                Keys(&SEARCH),
                [
                    "查找时怎样听懂读者的话",
                    "the words by which questions of readers are understood",
                ],
                "",
            ),
            key(
                "glossary",
                Map(&Either(&[Text, Keys(&MEANING)])),
                [
                    "表里的名词是什么意思：模板编者的话，网页上写明不是公开单位说的",
                    "what words of the form mean: in words of the profile, which pages mark as not the publisher's",
                ],
                "{ 结转: { zh-CN: 没花完、下一年接着用的钱, en: money left over that is used next year } }",
            ),
            key(
                "duties",
                Keys(&DUTIES),
                [
                    "表以外的法定要求；没写的不查",
                    "what the law asks beyond the tables; what is not stated is not looked at",
                ],
                "",
            ),
            key(
                "years",
                Keys(&YEARS),
                ["与上一年的衔接", "what ties a disclosure to the one of the year before"],
                "",
            ),
            key(
                "spoiled",
                List(&Keys(&SPOILED)),
                [
                    "改坏的例子，profile test 逐个试；不继承",
                    "examples made wrong, which `profile test` tries one by one; they are not inherited",
                ],
                "",
            ),
        ],
    ],
);

pub(super) static SPOILED: Record = Record::new(
    "spoiled[]",
    ["一个改坏的例子", "an example made wrong"],
    &[&[
        key(
            "in",
            Text,
            ["改哪个文件，content/ 下的路径", "the file that is changed, a path below content/"],
            "library/2025-budget/tables/expenditure.yaml",
        ),
        key(
            "for",
            Text,
            ["换下的字，文件里只有一处", "the text that is replaced; the file holds it once"],
            "'total: 15.00'",
        ),
        key("write", Text, ["换上的字", "what stands there instead"], "'total: 51.00'"),
        key(
            "finds",
            Text,
            ["应当查出的规则", "the rule that must find it, by code or name"],
            "T201",
        ),
        key(
            "at",
            Text,
            ["查出的位置", "the address the finding is about"],
            "expenditure/2101102/total",
        )
        .default(["不限", "any"]),
    ]],
);

/// Keys that place an entry among those of the profile it extends.
pub(super) const PLACING: &[KeySpec] = &[
    key(
        "after",
        Text,
        ["继承时排在哪一项之后", "stands after this entry of the profile it extends"],
        "name",
    ),
    key(
        "before",
        Text,
        ["继承时排在哪一项之前", "stands before this entry of the profile it extends"],
        "name",
    ),
];

/// A sentence, or one for each language tag.
const SENTENCE_OR_TEXT: Shape = Either(&[Text, Keys(&SENTENCE)]);

pub(super) static SENTENCE: Record = Record {
    others: Some(&Text),
    ..Record::new("summary.*", ["一句话，各种语言", "a sentence in each language"], &[PLACING])
};

pub(super) static CLASSIFICATION: Record = Record::new(
    "classifications.*",
    ["科目分类", "a classification"],
    &[&[
        key(
            "names",
            Text,
            ["科目字典，profiles/ 下的路径", "the dictionary of its names, a path below profiles/"],
            "place/codes",
        ),
        key(
            "lengths",
            List(&Count),
            ["各级代码的位数", "the number of digits of each level"],
            "[3, 5, 7]",
        )
        .unit(["位", "digits"]),
    ]],
);

pub(super) static MARKS: Record = Record::new(
    "marks",
    ["记号", "printed marks"],
    &[&[
        key("not_applicable", List(&Text), ["不适用", "does not apply"], "[——]"),
        key("withheld", List(&Text), ["因保密不公开", "withheld for secrecy"], "[不公开]"),
    ]],
);

pub(super) static WORDS: Record = Record::new(
    "words",
    ["用词", "words of the form"],
    &[&[
        key("stage", Text, ["阶段怎么称呼", "what the stage is called"], "部门预算"),
        key(
            "year",
            Text,
            ["年度怎么写，{year} 是年份", "how the fiscal year is written, with {year}"],
            "'{year}年'",
        ),
        key(
            "continued",
            Text,
            ["续表上印的词", "stands on a table’s continuation pages in print"],
            "续表",
        ),
        key(
            "notes",
            List(&Text),
            [
                "表下说明的开头，导入时据此认出说明",
                "what a note under a table begins with; `import` tells notes by it",
            ],
            "[注, 说明]",
        ),
        key(
            "document",
            List(&Text),
            [
                "文号末尾的字；项目名称前头的文号另印小字",
                "what ends the number of a document; one before the name of a project is printed apart, in small type",
            ],
            "[号]",
        ),
    ]],
);

pub(super) const SEVERITIES: [Word; 3] = [
    word("error", "错误", "an error"),
    word("warning", "警告", "a warning"),
    word("note", "提示", "a note"),
];

pub(super) const ASKED: [Word; 2] = [
    word("required", "必须", "it must be there"),
    word("optional", "不要求", "it may be left out"),
];

pub(super) const SEVERITY: Shape = Shape::Word(&SEVERITIES);

/// The names of words, for “did you mean”.
pub(super) fn names(words: &[Word]) -> Vec<&'static str> {
    words.iter().map(|word| word.name).collect()
}
