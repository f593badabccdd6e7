//! A paragraph, run by run → its text as a reader sees it.

use super::look::{self, ParagraphLook, RunLook};
use super::tags::{Space, Tag};
use super::walk::{Paragraph, Walk};
use crate::import::document::{Doubt, Why};
use crate::import::read::cells::{raised, worse};
use crate::import::read::docx::symbols;

impl Walk<'_, '_> {
    /// Reads a paragraph that has begun.
    pub(super) fn paragraph(&mut self) -> Paragraph {
        let mut paragraph = Paragraph { origin: self.place.clone(), ..Paragraph::default() };
        let mut hidden = String::new();
        let mut look = None;
        self.each(|walk, tag| {
            if tag.word() == "pPr" {
                let said = walk.styles.paragraph(look::paragraph(walk.xml));
                walk.begin(&mut paragraph, &said);
                look = Some(said);
                return;
            }
            let look = look.get_or_insert_with(|| walk.styles.paragraph(ParagraphLook::default()));
            walk.inline(tag, &mut Runs { paragraph: &mut paragraph, hidden: &mut hidden, look });
        });
        self.leave_out(&hidden, Why::HiddenText);
        paragraph.is_contents |= self.fields.is_contents();
        paragraph
    }

    /// What a paragraph is before its first run: its level, how far it is set in, its number.
    fn begin(&mut self, paragraph: &mut Paragraph, look: &ParagraphLook) {
        paragraph.heading = look.outline.filter(|level| (1..=9).contains(level));
        paragraph.indent = look.indent();
        paragraph.is_open = look.has_deleted_end;
        paragraph.is_contents =
            self.fields.is_contents() || self.styles.is_contents(look.style.as_deref());
        let Some(list) = look.list.as_deref().filter(|_| self.aside.is_none()) else { return };
        let level =
            look.level.unwrap_or_else(|| self.numbering.level_of(list, look.style.as_deref()));
        paragraph.text = self.numbering.next(list, level);
    }

    fn inline(&mut self, tag: &Tag, runs: &mut Runs) {
        match (tag.space, tag.name()) {
            (Space::Word, "r") => self.run(runs),
            (Space::Word, "fldSimple") => {
                self.fields.begin(tag.says("dirty"), None);
                self.fields.instruction(&tag.attribute("instr").unwrap_or_default());
                self.fields.separate();
                self.each(|walk, tag| walk.inline(tag, runs));
                self.end_field(runs);
            }
            (Space::Math, _) => self.formula(tag, runs),
            (Space::Word, "del" | "moveFrom") => {
                runs.doubt(Doubt::Tracked);
                self.wrapped(tag, |walk, tag| walk.inline(tag, runs));
            }
            (
                Space::Word,
                "hyperlink" | "sdt" | "ins" | "moveTo" | "smartTag" | "customXml" | "dir" | "bdo"
                | "rubyBase",
            )
            | (Space::Compatibility, _) => self.wrapped(tag, |walk, tag| walk.inline(tag, runs)),
            _ => self.xml.skip(),
        }
    }

    fn run(&mut self, runs: &mut Runs) {
        let mut look = self.styles.run(RunLook::default(), runs.look);
        self.each(|walk, tag| {
            if tag.word() == "rPr" {
                look = walk.styles.run(look::run(walk.xml), runs.look);
            } else {
                walk.in_run(tag, runs, &look);
            }
        });
    }

    fn in_run(&mut self, tag: &Tag, runs: &mut Runs, look: &RunLook) {
        match tag.word() {
            "delText" if self.aside.is_none() => {}
            "t" | "delText" => {
                let text = self.xml.text();
                let is_kept = tag.attribute("space").as_deref() == Some("preserve");
                // Word trims what is not said to be kept; a full-width blank is no white space of XML.
                let is_blank = |sign: char| sign.is_ascii_whitespace();
                let text = if is_kept { text.as_str() } else { text.trim_matches(is_blank) };
                return self.push(&text.replace(['\n', '\r', '\t'], " "), runs, look);
            }
            "instrText" => {
                let text = self.xml.text();
                return self.fields.instruction(&text);
            }
            "fldChar" => return self.field(tag, runs),
            "tab" | "ptab" => self.push(" ", runs, look),
            "br" if matches!(tag.attribute("type").as_deref(), Some("page" | "column")) => {}
            "br" | "cr" => self.push("\n", runs, look),
            "noBreakHyphen" => self.push("-", runs, look),
            "sym" => {
                let sign = symbols::sign(
                    tag.attribute("font").as_deref(),
                    tag.attribute("char").as_deref(),
                );
                if sign.is_none() {
                    runs.doubt(Doubt::Format);
                }
                self.push(sign.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]), runs, look);
            }
            "pgNum" | "dayShort" | "dayLong" | "monthShort" | "monthLong" | "yearShort"
            | "yearLong" => {
                runs.doubt(Doubt::Volatile);
            }
            "ruby" => {
                return self.each(|walk, tag| match tag.word() {
                    "rubyBase" => walk.inline(tag, runs),
                    _ => walk.xml.skip(),
                });
            }
            "drawing" | "pict" | "object" => return self.picture(runs),
            "" if tag.space == Space::Compatibility => {
                return self.wrapped(tag, |walk, tag| walk.in_run(tag, runs, look));
            }
            _ => {}
        }
        self.xml.skip();
    }

    /// Takes words of a run into the paragraph, or to what is left out.
    fn push(&mut self, text: &str, runs: &mut Runs, look: &RunLook) {
        let (is_seen, doubt) = self.fields.shows(text);
        if !is_seen || text.is_empty() {
            return;
        }
        self.spend(0, text.len());
        if let Some(aside) = &mut self.aside {
            aside.push_str(text);
            return;
        }
        if look.is_hidden == Some(true) {
            runs.hidden.push_str(text);
            return runs.doubt(Doubt::Hidden);
        }
        if self.tracked > 0 {
            runs.doubt(Doubt::Tracked);
        }
        if look.is_struck == Some(true) {
            runs.doubt(Doubt::Struck);
        }
        runs.paragraph.doubt = worse(runs.paragraph.doubt, doubt);
        let text = if look.is_capital == Some(true) { &text.to_uppercase() } else { text };
        match look.position.as_deref() {
            Some(position @ ("superscript" | "subscript")) => {
                runs.paragraph.text.push_str(&raised(text, position == "superscript"));
            }
            _ => runs.paragraph.text.push_str(text),
        }
    }

    fn field(&mut self, tag: &Tag, runs: &mut Runs) {
        let mut choice = None;
        self.each(|walk, tag| match tag.word() {
            "ffData" => walk.each(|walk, tag| match tag.word() {
                "ddList" => choice = walk.drop_down(),
                "checkBox" => choice = Some(walk.check_box()),
                _ => walk.xml.skip(),
            }),
            _ => walk.xml.skip(),
        });
        match tag.attribute("fldCharType").as_deref() {
            Some("begin") => {
                self.fields.begin(tag.says("dirty"), choice);
            }
            Some("separate") => self.fields.separate(),
            Some("end") => self.end_field(runs),
            _ => {}
        }
    }

    fn end_field(&mut self, runs: &mut Runs) {
        let (text, doubt) = self.fields.end();
        runs.paragraph.doubt = worse(runs.paragraph.doubt, doubt.filter(|_| self.aside.is_none()));
        if let Some(text) = text {
            self.push(&text, runs, &RunLook::default());
        }
    }

    /// What a list of a form shows.
    fn drop_down(&mut self) -> Option<String> {
        let (mut entries, mut default, mut result) = (Vec::new(), 0, None);
        self.each(|walk, tag| {
            match tag.word() {
                "listEntry" => entries.push(tag.value().unwrap_or_default()),
                "default" => default = tag.number().unwrap_or_default(),
                "result" => result = tag.number::<usize>(),
                _ => {}
            }
            walk.xml.skip();
        });
        let at = result.unwrap_or(default);
        (at < entries.len()).then(|| entries.swap_remove(at))
    }

    fn check_box(&mut self) -> String {
        let (mut default, mut checked) = (false, None);
        self.each(|walk, tag| {
            match tag.word() {
                "default" => default = tag.is_on(),
                "checked" => checked = Some(tag.is_on()),
                _ => {}
            }
            walk.xml.skip();
        });
        (if checked.unwrap_or(default) { "☑" } else { "☐" }).to_owned()
    }

    /// A formula: its signs in a row. What stands above or below a line or is raised cannot be told.
    fn formula(&mut self, tag: &Tag, runs: &mut Runs) {
        match tag.name() {
            "t" => {
                let text = self.xml.text();
                self.push(&text, runs, &RunLook::default());
            }
            name if tag.space != Space::Math || name.ends_with("Pr") => self.xml.skip(),
            name => {
                if !matches!(name, "oMath" | "oMathPara" | "r") {
                    runs.doubt(Doubt::Format);
                }
                self.each(|walk, tag| walk.formula(tag, runs));
            }
        }
    }

    /// A drawing: what stands in its boxes follows the paragraph; one without is left out.
    fn picture(&mut self, runs: &mut Runs) {
        let mut found = DrawingText::default();
        self.each(|walk, tag| walk.in_picture(tag, runs, &mut found));
        if !found.has_box && self.aside.is_none() {
            let name = if found.name.is_empty() { "?" } else { found.name.as_str() };
            self.leave_out(name, Why::Picture);
        }
    }

    fn in_picture(&mut self, tag: &Tag, runs: &mut Runs, found: &mut DrawingText) {
        if tag.word() == "txbxContent" {
            found.has_box = true;
            let fields = std::mem::take(&mut self.fields);
            self.blocks(&mut runs.paragraph.boxes);
            self.fields = fields;
            return;
        }
        for name in ["descr", "title", "ProgID", "alt", "name"] {
            if found.name.is_empty() && matches!(tag.name(), "docPr" | "OLEObject" | "shape") {
                found.name = tag.attribute(name).unwrap_or_default().into_owned();
            }
        }
        match tag.space {
            Space::Compatibility => {
                self.wrapped(tag, |walk, tag| walk.in_picture(tag, runs, found));
            }
            _ => self.each(|walk, tag| walk.in_picture(tag, runs, found)),
        }
    }
}

/// The paragraph that runs go into.
struct Runs<'p> {
    paragraph: &'p mut Paragraph,
    /// Its hidden words.
    hidden: &'p mut String,
    look: &'p ParagraphLook,
}

impl Runs<'_> {
    fn doubt(&mut self, doubt: Doubt) {
        self.paragraph.doubt = worse(self.paragraph.doubt, Some(doubt));
    }
}

/// What was found in a drawing.
#[derive(Default)]
struct DrawingText {
    has_box: bool,
    name: String,
}
