//! `mingbai.yaml`: the portal itself.

use super::contact::{self, Contact};
use super::government::{self, Government};
use super::keys::{FOOTER, SITE};
use super::link::{self, Wanted};
use super::narrative;
use crate::codes;
use crate::diagnostic::{Language, Report, Text, text};
use crate::hosts::{self, HOSTS, Host};
use crate::link::escaped_address;
use crate::source::{FileId, Place, Sources};
use crate::yaml::{self, Fields, Node};

/// The portal's configuration.
#[derive(Clone, Debug)]
pub struct Site {
    /// The name readers see.
    pub title: String,
    /// One sentence for search engines.
    pub description: String,
    /// Where the site will stand, without a trailing `/` and as machines read it; empty when unknown.
    pub base_url: String,
    /// The language tag of the interface: `zh-CN` or `en`.
    pub language: String,
    /// Where it is hosted, and where that is written.
    pub host: Option<(&'static Host, Place)>,
    /// The theme's folder below `themes/`.
    pub theme: String,
    /// Who publishes.
    pub publisher: String,
    /// How readers with a question reach whom, where their organisation does not say.
    pub contact: Contact,
    /// The licence of the figures, as text or an address.
    pub licence: String,
    /// Lines at the foot of each page.
    pub footer: Vec<FooterItem>,
    /// Whether it is the site of a public authority, which must say what such sites have to.
    pub official: bool,
    /// Whether a build leaves out disclosures whose day of publication is still to come.
    pub hold_until_published: bool,
    /// What it says of itself as one.
    pub government: Option<Government>,
    /// What it says of its accessibility.
    pub statement: Statement,
    /// The kinds of pages it has, with their places; every kind where it does not say.
    pub pages: Option<Vec<(String, Place)>>,
    /// The formats it has beside pages, likewise.
    pub outputs: Option<Vec<(String, Place)>>,
    /// Whether it has a PDF of each disclosure: where it names that format, or a command does.
    pub has_pdf: bool,
    /// The families of type a PDF is set in, the first that is there.
    pub pdf_fonts: Vec<String>,
    /// Its file.
    pub file: Option<FileId>,
}

/// What a portal says of its accessibility, in CommonMark.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// The heading.
    pub title: String,
    /// The text after it.
    pub text: String,
    /// Its file: the portal's own, or the theme's.
    pub file: Option<FileId>,
}

/// One line at the foot of each page.
#[derive(Clone, Debug)]
pub struct FooterItem {
    /// What is said.
    pub text: String,
    /// Where it leads, if anywhere: an address, or a path of this site from its front page.
    pub url: String,
    /// Where that is written.
    pub place: Place,
}

impl Site {
    /// Whether it has a format beside pages.
    pub fn has_output(&self, name: &str) -> bool {
        if name == PDF {
            return self.has_pdf;
        }
        let chosen = self.outputs.as_ref();
        chosen.is_none_or(|names| names.iter().any(|(chosen, _)| chosen == name))
    }
}

impl Default for Site {
    fn default() -> Site {
        Site {
            title: String::new(),
            description: String::new(),
            base_url: String::new(),
            language: "zh-CN".to_owned(),
            host: None,
            theme: "default".to_owned(),
            publisher: String::new(),
            contact: Contact::default(),
            licence: String::new(),
            footer: Vec::new(),
            official: false,
            hold_until_published: false,
            government: None,
            statement: Statement::default(),
            pages: None,
            outputs: None,
            has_pdf: false,
            pdf_fonts: Vec::new(),
            file: None,
        }
    }
}

impl Site {
    /// The language of messages for this portal.
    pub fn message_language(&self) -> Language {
        if self.language.starts_with("zh") { Language::Chinese } else { Language::English }
    }
}

/// The name of the format that a site has only where it is asked for.
pub const PDF: &str = "pdf";

/// Reads the configuration.
pub(super) fn read(report: &mut Report, sources: &Sources) -> Site {
    let Some(file) = sources.find(sources.config()) else { return Site::default() };
    let Some(node) = yaml::parse(report, file, sources.file(file)) else { return Site::default() };
    let mut site = fields(report, sources, file, &node);
    site.statement = statement(report, sources, &site);
    site
}

fn fields(report: &mut Report, sources: &Sources, file: FileId, node: &Node) -> Site {
    let mut fields = Fields::new(report, node, &SITE, Text::same(sources.config()));
    let default = Site::default();
    let outputs = names(report, &mut fields, "outputs");
    let site = Site {
        title: fields.required(report, "title").unwrap_or_default(),
        description: fields.text(report, "description").unwrap_or_default(),
        base_url: base_url(report, &mut fields),
        language: language(report, &mut fields).unwrap_or(default.language),
        host: host(report, &mut fields),
        theme: fields.text(report, "theme").unwrap_or(default.theme),
        publisher: link::address(report, &mut fields, "publisher", Wanted::Words),
        contact: contact::read(report, &mut fields),
        licence: link::address(report, &mut fields, "licence", Wanted::Words),
        footer: fields.list(report, "footer").iter().map(|item| footer(report, item)).collect(),
        official: fields.flag(report, "official", false),
        hold_until_published: fields.flag(report, "hold_until_published", false),
        government: fields.get("government").map(|node| government::read(report, node)),
        statement: Statement::default(),
        pages: names(report, &mut fields, "pages"),
        has_pdf: outputs.iter().flatten().any(|(name, _)| name == PDF),
        outputs,
        pdf_fonts: fields.texts(report, "pdf_fonts"),
        file: Some(file),
    };
    fields.finish(report);
    site
}

/// A list of names with their places; nothing where the key is not there.
fn names(
    report: &mut Report,
    fields: &mut Fields,
    key: &'static str,
) -> Option<Vec<(String, Place)>> {
    fields.node().get(key)?;
    let nodes = fields.list(report, key);
    let name = |node: &Node| Some((node.scalar()?.to_owned(), node.place()));
    Some(nodes.iter().filter_map(name).collect())
}

/// The portal's own statement, or the theme's in the portal's language.
fn statement(report: &mut Report, sources: &Sources, site: &Site) -> Statement {
    let name = format!("accessibility.{}.md", site.language);
    let own = format!("themes/{}/{name}", site.theme);
    let theirs = format!("themes/default/{name}");
    let paths = ["content/accessibility.md", own.as_str(), theirs.as_str()];
    let Some(file) = paths.into_iter().find_map(|path| sources.find(path)) else {
        return Statement::default();
    };
    let text = sources.file(file).text();
    let (title, start) = narrative::heading(text);
    // The embedded one is sound, and read with every organisation.
    if !sources.is_embedded(file) {
        if !narrative::can_be_read(report, file, sources.file(file)) {
            return Statement::default();
        }
        narrative::check_links(report, file, text);
    }
    Statement { title: title.unwrap_or_default(), text: text[start..].to_owned(), file: Some(file) }
}

fn base_url(report: &mut Report, fields: &mut Fields) -> String {
    let written = link::address(report, fields, "base_url", Wanted::Base);
    escaped_address(written.trim_end_matches('/'))
}

fn host(report: &mut Report, fields: &mut Fields) -> Option<(&'static Host, Place)> {
    let name = fields.text(report, "host")?;
    let place = fields.node().get("host").map_or(fields.node().place(), Node::place);
    if let Some(host) = hosts::find(&name) {
        return Some((host, place));
    }
    let names: Vec<&str> = HOSTS.iter().map(|host| host.name).collect();
    let list = names.join(", ");
    let message = text!(zh: "host 只能是 {list}", en: "host should be one of {list}");
    report.push(codes::BAD_VALUE.at(place, message).help(yaml::suggestion(&name, &names)));
    None
}

fn language(report: &mut Report, fields: &mut Fields) -> Option<String> {
    let language = fields.text(report, "language")?;
    if matches!(language.as_str(), "zh-CN" | "en") {
        return Some(language);
    }
    let place = fields.node().get("language").map_or(fields.node().place(), Node::place);
    report.push(
        codes::BAD_VALUE.at(
            place,
            text!(zh: "language 只能是 zh-CN 或 en", en: "language should be zh-CN or en"),
        ),
    );
    None
}

fn footer(report: &mut Report, node: &Node) -> FooterItem {
    if let Some(text) = node.scalar() {
        return FooterItem { text: text.to_owned(), url: String::new(), place: node.place() };
    }
    let mut fields = Fields::new(report, node, &FOOTER, Text::same("`footer`"));
    let item = FooterItem {
        text: fields.required(report, "text").unwrap_or_default(),
        url: link::address(report, &mut fields, "url", Wanted::Any),
        place: node.get("url").map_or(node.place(), Node::place),
    };
    fields.finish(report);
    item
}
