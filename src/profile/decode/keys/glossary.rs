//! The keys of `glossary`.

use super::PLACING;
use crate::yaml::keys::{Record, Shape, key};
use Shape::{List, Text};

pub(in super::super) static MEANING: Record = Record {
    others: Some(&Text),
    ..Record::new(
        "glossary.*",
        [
            "一个名词在各种语言里的意思，键是语言：zh-CN、en",
            "what a term means in each language, by its tag: zh-CN, en",
        ],
        &[
            &[key(
                "also",
                List(&Text),
                ["表里的别种印法", "other forms in which it is printed"],
                "[“三公”经费]",
            )],
            PLACING,
        ],
    )
};
