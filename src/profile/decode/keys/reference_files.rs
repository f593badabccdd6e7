//! The keys of the files beside profiles: dictionaries of codes and concordances.

use crate::yaml::keys::{Record, Shape, Word, key, word};
use Shape::{Count, List, Map, Record as Keys, Text, Word as OneOf};

/// The keys by which such files are known from profiles.
pub(in super::super) const CODES: &str = "codes";
pub(in super::super) const CHANGES: &str = "changes";

pub(in super::super) static DICTIONARY: Record = Record::new(
    "dictionary",
    ["科目字典", "the dictionary"],
    &[&[
        key(
            "sources",
            Map(&Text),
            ["出处，供各条引用", "the sources that entries name"],
            "{ S1: 政府收支分类科目 }",
        ),
        key(
            "covers",
            Keys(&COVERS),
            [
                "出处所说的年度；之外的都不算核对过",
                "the years the sources speak of: outside them nothing is certain",
            ],
            "",
        ),
        key("title", Text, ["名称", "what it is called"], "功能分类科目"),
        key(
            "complete",
            List(&Text),
            ["哪些代码之下已列全", "the codes below which it holds every code there is"],
            "['201']",
        ),
        key(CODES, List(&Keys(&CODE)), ["科目，一行一个", "the codes, one line each"], "")
            .required(),
    ]],
);

pub(in super::super) static COVERS: Record = Record::new(
    "covers",
    ["年度", "the years"],
    &[&[
        key("from", Count, ["第一年", "the first year"], "2022").unit(["年", "year"]),
        key("to", Count, ["最后一年", "the last year"], "2025").unit(["年", "year"]),
    ]],
);

const STATUSES: [Word; 3] = [
    word("verified", "在出处里读到", "read in a source"),
    word("derived", "由出处推得", "worked out from a source"),
    word("remembered", "凭记忆", "from memory"),
];

pub(in super::super) static CODE: Record = Record::new(
    "codes[]",
    ["科目", "a code"],
    &[&[
        key("source", Text, ["出处", "its source"], "S1"),
        key("code", Text, ["代码", "the code"], "20101").required(),
        key("name", Text, ["名称", "its name"], "某类事务").required(),
        key(
            "aliases",
            List(&Text),
            ["同一名称的别的印法", "other ways the same name is printed"],
            "[某类 事务]",
        ),
        key("status", OneOf(&STATUSES), ["有多可靠", "how sure it is"], "verified").required(),
        key("since", Count, ["从哪个年度起", "the first fiscal year it stands for"], "2022")
            .unit(["年", "year"])
            .default(["一直", "always"]),
        key("until", Count, ["到哪个年度止", "the last fiscal year it stands for"], "2025")
            .unit(["年", "year"])
            .default(["至今", "to this day"]),
    ]],
);

pub(in super::super) static CONCORDANCE: Record = Record::new(
    "concordance",
    ["对照表", "the concordance"],
    &[&[key(
        CHANGES,
        List(&Keys(&CONCORDANCE_CHANGE)),
        ["变化，一行一项", "the changes, one line each"],
        "",
    )]],
);

pub(in super::super) static CONCORDANCE_CHANGE: Record = Record::new(
    "changes[]",
    ["一项变化", "a change"],
    &[&[
        key("from", Text, ["原来的代码或名称", "the code or the name before"], "2060703")
            .required(),
        key("to", Text, ["后来的代码或名称", "the code or the name after"], "2060702").required(),
        key("since", Count, ["新的从哪个年度起", "the first fiscal year of the new one"], "2025")
            .unit(["年", "year"])
            .required(),
        key("why", Text, ["为什么", "why"], "按当年科目并入").required(),
    ]],
);
