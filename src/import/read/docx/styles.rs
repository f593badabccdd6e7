//! `styles.xml` → how paragraphs and characters of a style look, with what they are based on.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::look::{self, ParagraphLook, RunLook};
use super::tags::{Tag, Tags};

/// Styles lie one on another at most so deep.
const DEEPEST: usize = 32;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_id: BTreeMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
    defaults: ParagraphLook,
}

#[derive(Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    look: ParagraphLook,
}

impl Styles {
    /// Reads the part.
    pub(super) fn read(xml: &mut Tags) -> Styles {
        let mut styles = Styles::default();
        while let Some(tag) = xml.next_start() {
            match tag.word() {
                "style" => styles.style(xml, &tag),
                "pPrDefault" | "docDefaults" | "rPrDefault" | "styles" => {}
                "pPr" => styles.defaults = look::paragraph(xml).over(&styles.defaults),
                "rPr" => styles.defaults.run = look::run(xml).over(&styles.defaults.run),
                _ => xml.skip(),
            }
        }
        styles
    }

    fn style(&mut self, xml: &mut Tags, tag: &Tag) {
        let mut style = Style::default();
        xml.children(|xml, tag| {
            match tag.word() {
                "name" => style.name = tag.value().unwrap_or_default().to_lowercase(),
                "basedOn" => style.based_on = tag.value(),
                "pPr" => {
                    let run = std::mem::take(&mut style.look.run);
                    style.look = ParagraphLook { run, ..look::paragraph(xml) };
                    return;
                }
                "rPr" => {
                    style.look.run = look::run(xml);
                    return;
                }
                _ => {}
            }
            xml.skip();
        });
        let Some(id) = tag.attribute("styleId").map(Cow::into_owned) else { return };
        let is_default = tag.says("default");
        if is_default && tag.attribute("type").as_deref() == Some("paragraph") {
            self.default = Some(id.clone());
        }
        self.by_id.insert(id, style);
    }

    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| style.based_on.as_ref().and_then(|id| self.by_id.get(id));
        std::iter::successors(self.by_id.get(id), next).take(DEEPEST)
    }

    /// A paragraph with all that its style says.
    pub(super) fn paragraph(&self, look: ParagraphLook) -> ParagraphLook {
        let id = look.style.clone().or_else(|| self.default.clone()).unwrap_or_default();
        let styles = self.chain(&id);
        let mut look = styles.fold(look, |look, style| look.over(&style.look));
        look.outline =
            look.outline.or_else(|| self.chain(&id).find_map(|style| named(&style.name)));
        look.over(&self.defaults)
    }

    /// Characters with all that their style and their paragraph's say.
    pub(super) fn run(&self, look: RunLook, paragraph: &ParagraphLook) -> RunLook {
        let id = look.style.clone().unwrap_or_default();
        let styles = self.chain(&id);
        styles.fold(look, |look, style| look.over(&style.look.run)).over(&paragraph.run)
    }

    /// Whether a style is one of the table of contents.
    pub(super) fn is_contents(&self, style: Option<&str>) -> bool {
        let name = |id| self.by_id.get(id).map_or("", |style| style.name.as_str());
        style.is_some_and(|id| name(id).starts_with("toc ") || name(id).starts_with("目录 "))
    }
}

/// The level of a heading by the name of its style.
fn named(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 "))?;
    level.parse().ok().filter(|level| (1..=9).contains(level))
}
