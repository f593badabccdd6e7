//! Properties of paragraphs and runs, as they stand in a document and in its styles.

use super::tags::{Next, Tag, Tags};

/// A tenth of an inch over seven: the width of a character of 10.5 points, in twentieths of a point.
const CHARACTER: i64 = 210;

/// How characters look.
#[derive(Clone, Debug, Default)]
pub(super) struct RunLook {
    /// The id of their style.
    pub(super) style: Option<String>,
    pub(super) is_hidden: Option<bool>,
    pub(super) is_struck: Option<bool>,
    pub(super) is_capital: Option<bool>,
    /// `superscript`, `subscript` or `baseline`.
    pub(super) position: Option<String>,
}

impl RunLook {
    /// What is said here, and beneath it what is said there.
    pub(super) fn over(self, beneath: &RunLook) -> RunLook {
        RunLook {
            style: self.style.or_else(|| beneath.style.clone()),
            is_hidden: self.is_hidden.or(beneath.is_hidden),
            is_struck: self.is_struck.or(beneath.is_struck),
            is_capital: self.is_capital.or(beneath.is_capital),
            position: self.position.or_else(|| beneath.position.clone()),
        }
    }
}

/// How a paragraph looks.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphLook {
    /// The id of its style.
    pub(super) style: Option<String>,
    /// Its level in the outline, 1 for the highest; 10 and more for none.
    pub(super) outline: Option<u8>,
    /// The id of its list.
    pub(super) list: Option<String>,
    /// Its level in the list, from 0.
    pub(super) level: Option<usize>,
    /// How far it and its first line are set in, in hundredths of a character.
    pub(super) left: Option<i64>,
    pub(super) first: Option<i64>,
    /// Whether its end is deleted, so that the next one follows on the same line.
    pub(super) has_deleted_end: bool,
    /// How its characters look, where this is a style.
    pub(super) run: RunLook,
}

impl ParagraphLook {
    /// What is said here, and beneath it what is said there.
    pub(super) fn over(self, beneath: &ParagraphLook) -> ParagraphLook {
        ParagraphLook {
            style: self.style.or_else(|| beneath.style.clone()),
            outline: self.outline.or(beneath.outline),
            list: self.list.or_else(|| beneath.list.clone()),
            level: self.level.or(beneath.level),
            left: self.left.or(beneath.left),
            first: self.first.or(beneath.first),
            has_deleted_end: self.has_deleted_end,
            run: self.run.over(&beneath.run),
        }
    }

    /// How far its first line is set in, in characters.
    pub(super) fn indent(&self) -> u32 {
        let hundredths = self.left.unwrap_or_default() + self.first.unwrap_or_default();
        u32::try_from((hundredths + 50) / 100).unwrap_or_default()
    }
}

/// Reads `w:rPr`, which has begun.
pub(super) fn run(xml: &mut Tags) -> RunLook {
    let mut look = RunLook::default();
    xml.children(|xml, tag| {
        match tag.word() {
            "rStyle" => look.style = tag.value(),
            // Hidden on the web alone is seen in Word.
            "vanish" => look.is_hidden = Some(tag.is_on()),
            "strike" | "dstrike" => {
                look.is_struck = Some(tag.is_on() || look.is_struck == Some(true));
            }
            "caps" => look.is_capital = Some(tag.is_on()),
            "vertAlign" => look.position = tag.value(),
            _ => {}
        }
        xml.skip();
    });
    look
}

/// Reads `w:pPr`, which has begun.
pub(super) fn paragraph(xml: &mut Tags) -> ParagraphLook {
    let mut look = ParagraphLook::default();
    xml.children(|xml, tag| {
        match tag.word() {
            "pStyle" => look.style = tag.value(),
            "outlineLvl" => look.outline = tag.number::<u8>().map(|level| level.saturating_add(1)),
            "ind" => indent(&mut look, &tag),
            "numPr" => return list(xml, &mut look),
            "rPr" => return mark(xml, &mut look),
            _ => {}
        }
        xml.skip();
    });
    look
}

fn list(xml: &mut Tags, look: &mut ParagraphLook) {
    xml.children(|xml, tag| {
        match tag.word() {
            "ilvl" => look.level = tag.number(),
            "numId" => look.list = tag.value(),
            _ => {}
        }
        xml.skip();
    });
}

/// What is said of the mark at the end of a paragraph.
fn mark(xml: &mut Tags, look: &mut ParagraphLook) {
    loop {
        match xml.next() {
            Next::Start(tag) => {
                look.has_deleted_end |= matches!(tag.word(), "del" | "moveFrom");
                xml.skip();
            }
            Next::End => return,
            Next::Text(_) => {}
        }
    }
}

fn indent(look: &mut ParagraphLook, tag: &Tag) {
    let chars = |name: &str| tag.attribute(name).and_then(|value| value.parse::<i64>().ok());
    let twips =
        |name: &str| chars(name).map(|twips| twips.clamp(-20_000, 20_000) * 100 / CHARACTER);
    let bounded = |value: i64| value.clamp(-10_000, 10_000);
    let left = chars("leftChars").or(chars("startChars")).map(bounded);
    let left = left.or_else(|| twips("left")).or_else(|| twips("start"));
    let hanging = chars("hangingChars").map(bounded).or_else(|| twips("hanging"));
    let first = chars("firstLineChars").map(bounded).or_else(|| twips("firstLine"));
    look.left = left.or(look.left);
    look.first =
        hanging.filter(|hanging| *hanging != 0).map(|hanging| -hanging).or(first).or(look.first);
}
