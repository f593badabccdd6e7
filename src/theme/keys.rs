//! The keys of the files of a theme, each declared once.

use crate::yaml::keys::{FileKind, KeySpec, Record, Shape, key};
use Shape::{Either, Map, Record as Keys, Text};

/// The kinds of authored files this module reads.
pub static FILES: [FileKind; 2] = [
    FileKind {
        name: "theme",
        path: "themes/<theme>/theme.yaml",
        title: ["颜色、字体和尺寸", "colours, fonts and measures"],
        shape: Keys(&THEME),
        partial: true,
    },
    FileKind {
        name: "texts",
        path: "themes/<theme>/texts.yaml",
        title: ["界面用词：各种语言", "words of the interface, in each language"],
        shape: Map(&Map(&Either(&[Text, Keys(&COUNTED)]))),
        partial: true,
    },
];

pub(super) static THEME: Record = Record::new(
    "theme.yaml",
    ["主题", "the theme"],
    &[&[
        scheme(
            "light",
            [
                "浅色：各个变量，成为 CSS 的自定义属性",
                "the light scheme: tokens that become custom properties of CSS",
            ],
        ),
        scheme("dark", ["深色里不同的", "what differs in the dark scheme"]),
        scheme("contrast", ["高对比里不同的", "what differs in high contrast"]),
        scheme("contrast_dark", ["深色高对比里不同的", "what differs where both hold"]),
    ]],
);

const fn scheme(name: &'static str, means: [&'static str; 2]) -> KeySpec {
    key(name, Map(&Text), means, "{ paper: '#ffffff', ink: '#000000' }")
}

static COUNTED: Record = Record::new(
    "texts.yaml",
    ["带数的词", "words around a number"],
    &[&[
        key("one", Text, ["数是一时", "for one"], "'{n} table'").required(),
        key("many", Text, ["数是别的时", "for any other number"], "'{n} tables'").required(),
    ]],
);
