//! The keys of `search`.

use super::PLACING;
use crate::yaml::keys::{Record, Shape, key};
use Shape::{Address, Either, Figure, List, Map, Record as Keys, Text};

pub(in super::super) static SEARCH: Record = Record::new(
    "search",
    ["查找", "the search"],
    &[&[
        key(
            "questions",
            List(&Text),
            ["问话的词，在哪里都略去", "words of questions, left out wherever they stand"],
            "[多少, 是什么]",
        ),
        key(
            "amounts",
            List(&Text),
            [
                "问多少钱的话：同样略去，表里的行排在名词前面",
                "words of who asks for an amount: left out likewise, and rows come before what terms mean",
            ],
            "[多少钱, 花了]",
        ),
        key(
            "particles",
            List(&Text),
            [
                "略去问话的词以后，词头词尾的虚词",
                "words left out at an end of what remains without words of questions",
            ],
            "[的, 了]",
        ),
        key(
            "money",
            List(&Text),
            [
                "说钱的词；没有这样叫的，就从词尾略去",
                "words of money, left out at an end where nothing is called so",
            ],
            "[费用, 预算]",
        ),
        key(
            "definitions",
            List(&Text),
            ["问词义的话：名词排在前面", "words of who asks what a term means: terms come first"],
            "[什么是, 什么意思]",
        ),
        key(
            "year_signs",
            List(&Text),
            ["年份数字后面的词", "what may stand behind the digits of a year"],
            "[年, 年度]",
        ),
        key(
            "numerals",
            Map(&Figure),
            ["汉字数字各是几", "what written numerals are worth"],
            "{ 一: 1, 十: 10 }",
        ),
        key(
            "synonyms",
            Map(&List(&Text)),
            [
                "别的叫法，按印出来的名称列",
                "other words people look for, by what they mean as it is printed",
            ],
            "{ 接待费: [招待费, 请客] }",
        ),
        key(
            "sides",
            Map(&Keys(&SIDE)),
            [
                "收支两侧；没有说要哪一侧，先列写在前面的",
                "the sides of the account; where none is asked for, the first comes first",
            ],
            "",
        ),
        key(
            "intents",
            Map(&Keys(&INTENT)),
            [
                "用一个数就能回答的问法；什么也没指明时答第一个",
                "questions that a figure answers, by id; the first also answers who names nothing",
            ],
            "",
        ),
    ]],
);

pub(in super::super) static SIDE: Record = Record::new(
    "search.sides.*",
    ["收支的一侧", "a side of the account"],
    &[
        PLACING,
        &[
            key("words", List(&Text), ["要找这一侧的词", "words that ask for it"], "[收入]"),
            key(
                "tables",
                List(&Text),
                [
                    "它的表，或“表/侧”；要紧的在前",
                    "its tables, or `table/panel`, the most telling first",
                ],
                "[revenue, overview/income]",
            ),
        ],
    ],
);

pub(in super::super) static INTENT: Record = Record::new(
    "search.intents.*",
    ["问法", "an intent"],
    &[
        PLACING,
        &[
            key(
                "title",
                Either(&[Text, Map(&Text)]),
                ["答案叫什么，可按语言写", "what the answer is called, perhaps by language"],
                "{ zh-CN: 支出合计, en: All spending }",
            ),
            key(
                "words",
                List(&Text),
                [
                    "怎样问；中间有空格的，每个词都要有",
                    "how it is asked; of words with blanks between them each must be there",
                ],
                "[总支出, 花 多少]",
            ),
            key(
                "of",
                Address,
                ["由哪一格回答", "the figure that answers"],
                "spending/total/amount",
            ),
            key(
                "largest",
                Address,
                ["由这些数里最大的回答", "the largest of these answers"],
                "projects/*/budget",
            ),
            key(
                "change",
                Address,
                [
                    "由这一格比上一份公开的增减回答",
                    "how this figure changed since the earlier disclosure answers",
                ],
                "spending/total/amount",
            ),
        ],
    ],
);
