//! A theme: templates, static files, words and colours. The default theme is
//! embedded; a site's own files of the same name come first, one by one.

mod filling;
mod foreign;
pub mod keys;
mod limits;
mod read;
mod style;
mod unreadable;
mod vocabulary;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::ErrorKind;

use crate::codes;
use crate::content::Site;
use crate::diagnostic::{Report, text};
pub use filling::{Excess, Filled, Ticket};
pub use foreign::style as foreign_style;
use limits::Counted;
use read::ReadTemplates;
pub use words::Words;

use crate::locate::{line_column, locate};
use crate::source::{FileId, Place, Sources};
use crate::{minify, url};

/// The embedded theme, and the folder a site would override it in.
const DEFAULT: &str = "default";

/// A loaded theme.
#[derive(Default)]
pub struct Theme {
    /// The templates, read when the first page is filled in, or at once where the site has its own.
    read: OnceLock<ReadTemplates>,
    files: BTreeMap<String, FileId>,
    /// The site's own templates as they are filled in: with their loops counted.
    counted: BTreeMap<String, Counted>,
    /// The pages that are being filled in.
    filling: filling::Filling,
    /// The folder of its static files in a site, named by what they hold.
    pub folder: String,
    /// Static files: site path to source.
    pub assets: BTreeMap<String, FileId>,
    /// The words of the interface.
    words: Words,
    /// The style sheet: the theme's colours and measures, then its rules.
    pub style: String,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme")
            .field("templates", &self.files.keys())
            .field("assets", &self.assets)
            .finish_non_exhaustive()
    }
}

/// Loads the site's theme over the embedded one. Templates that cannot be read
/// are reported at their place.
pub fn load(report: &mut Report, sources: &Sources, site: &Site) -> Theme {
    let own_folder = format!("themes/{}", site.theme);
    let embedded: Vec<_> = sources.embedded_files("themes/default").collect();
    if sources.site_files(&own_folder).next().is_none() && site.theme != DEFAULT {
        let place = sources.find(sources.config()).map(|file| Place::value(file, "theme"));
        if let Some(place) = place {
            report.push(codes::BAD_VALUE.at(place, text!(zh: "没有主题文件夹 {own_folder}", en: "there is no theme folder {own_folder}")));
        }
    }
    let name_of = |path: &str| path.splitn(3, '/').nth(2).unwrap_or_default().to_owned();
    // A copy of an embedded file says nothing new: reading both would cost twice as much.
    let is_copy = |file: FileId, path: &str| {
        let twin = embedded.iter().find(|(_, other)| name_of(other) == name_of(path));
        twin.is_some_and(|(twin, _)| sources.file(*twin).bytes() == sources.file(file).bytes())
    };
    let own: Vec<_> =
        sources.site_files(&own_folder).filter(|(file, path)| !is_copy(*file, path)).collect();
    let mut layers: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    for (file, path) in embedded.iter().chain(&own) {
        layers.entry(name_of(path)).or_default().push(*file);
    }
    let texts = layers.get("texts.yaml").map(Vec::as_slice).unwrap_or_default();
    let mut theme =
        Theme { words: Words::read(report, sources, texts, &site.language), ..Theme::default() };
    let embedded_templates =
        embedded.iter().map(|(file, path)| (format!("{DEFAULT}/{}", name_of(path)), *file));
    let own_templates = own.iter().map(|(file, path)| (name_of(path), *file));
    theme.take_templates(report, sources, embedded_templates, own_templates);
    for file in layers.values().flatten().filter(|file| is_style(sources, **file)) {
        foreign::style(report, sources, *file);
    }
    unreadable::find(report, sources, &own);
    for (file, _) in own.iter().filter(|(_, path)| path.ends_with(".html")) {
        for (range, address) in foreign::in_template(sources.file(*file).text()) {
            foreign::report_address(report, Place::bytes(*file, range), &address);
        }
    }
    theme.style = style::of(report, sources, &layers, &theme.words.plain);
    theme.place_assets(sources, &layers);
    theme
}

fn is_style(sources: &Sources, file: FileId) -> bool {
    !sources.is_embedded(file) && sources.file(file).path.ends_with(".css")
}

/// Whether the site has a file of its theme that is not the embedded one.
pub fn is_own(sources: &Sources, site: &Site) -> bool {
    let folder = format!("themes/{}", site.theme);
    let embedded: BTreeMap<&str, FileId> =
        sources.embedded_files("themes/default").map(|(file, path)| (path, file)).collect();
    sources.site_files(&folder).any(|(file, path)| {
        let same = embedded
            .get(path)
            .map(|other| sources.file(*other).bytes() == sources.file(file).bytes());
        same != Some(true)
    })
}

impl Theme {
    /// The path of one of its static files in a site.
    pub fn asset(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }

    /// Whether it has a static file of a name.
    pub fn has_asset(&self, name: &str) -> bool {
        name == url::STYLE || self.assets.contains_key(&self.asset(name))
    }

    /// Takes its templates in: own ones under their bare names, embedded ones behind a prefix that a
    /// bare name falls back to, so that an own one may extend what it stands before. Own ones are read
    /// at once, and what is wrong with them reported: the embedded ones hold no mistake.
    fn take_templates(
        &mut self,
        report: &mut Report,
        sources: &Sources,
        embedded: impl Iterator<Item = (String, FileId)>,
        own: impl Iterator<Item = (String, FileId)>,
    ) {
        let is_template = |(name, _): &(String, FileId)| name.ends_with(".html");
        let own: Vec<(String, FileId)> = own.filter(is_template).collect();
        self.files = embedded.filter(is_template).chain(own.iter().cloned()).collect();
        if own.is_empty() {
            return;
        }
        let mut read = ReadTemplates::of(sources, &self.files, &self.words);
        if let Some(error) = read.broken.take() {
            self.error(report, sources, &error, None);
        } else {
            // Read as written first, so that every mistake has its place; only then with loops that count.
            let counted =
                own.into_iter().map(|(name, file)| (name, Counted::of(sources.file(file).text())));
            self.counted = counted.collect();
            let texts =
                self.counted.iter().map(|(name, counted)| (name.as_str(), counted.text.as_str()));
            if let Err(error) = read.tera.add_raw_templates(texts) {
                self.error(report, sources, &error, None);
            }
        }
        self.read = OnceLock::from(read);
    }

    /// Gives its static files their paths: in a folder named by all of them, so that they find each
    /// other by relative addresses, and what stands at an address never changes.
    fn place_assets(&mut self, sources: &Sources, layers: &BTreeMap<String, Vec<FileId>>) {
        let named = layers.iter().filter_map(|(name, files)| {
            let name = name.strip_prefix("static/").filter(|name| *name != url::STYLE)?;
            Some((name, *files.last()?))
        });
        let mut hasher = blake3::Hasher::new();
        let mut add = |part: &[u8]| {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        };
        // The program decides how small it makes them.
        add(env!("CARGO_PKG_VERSION").as_bytes());
        add(&[u8::from(cfg!(feature = "minify"))]);
        add(self.style.as_bytes());
        for (name, file) in named.clone() {
            let file = sources.file(file);
            add(name.as_bytes());
            if name.ends_with(".js") {
                add(&minify::script(file.text()));
            } else {
                add(file.bytes());
            }
        }
        self.folder = format!("{}{}", url::ASSETS, url::short_digest(&hasher.finalize()));
        self.assets = named.map(|(name, file)| (self.asset(name), file)).collect();
    }

    /// A word of the interface; empty where there is none of that key.
    pub fn word(&self, key: &str) -> &str {
        self.words.plain.get(key).map(String::as_str).unwrap_or_default()
    }

    /// A day, `YYYY-MM-DD`, as readers write it; what is no day stays as it is.
    pub fn day(&self, written: &str) -> String {
        self.words.day(written)
    }

    /// Whether a template may ask for a value of this name, or with a dot before it for a field: what
    /// it never names need not be worked out.
    pub fn uses(&self, sources: &Sources, template: &str, name: &str) -> bool {
        self.read(sources).vocabulary.names(template, name)
    }

    fn read(&self, sources: &Sources) -> &ReadTemplates {
        self.read.get_or_init(|| ReadTemplates::of(sources, &self.files, &self.words))
    }

    /// Fills in a template; what is wrong with it is reported where it stands.
    pub fn render(
        &self,
        report: &mut Report,
        sources: &Sources,
        template: &str,
        context: &tera::Context,
        out: &mut Vec<u8>,
    ) {
        limits::start();
        let start = out.len();
        let tera = &self.read(sources).tera;
        if let Err(error) = tera.render_to(template, context, limits::Page::new(out)) {
            self.error(report, sources, &error, Some(template));
        } else if out[start..].trim_ascii().is_empty()
            && let Some(own) = self.overriding(sources, template)
        {
            let message = text!(zh: "这个模板什么也没有印出来：网页是空的", en: "nothing comes out of this template: the page is empty");
            let help = text!(zh: "写上内容；要用主题自带的，删去文件", en: "write what belongs into it; for the one of the theme remove the file");
            report.push(codes::EMPTY_FILE.at(Place::start(own), message).help(help));
        }
    }

    /// The file a template was read from.
    fn file(&self, name: &str) -> Option<FileId> {
        self.files.get(name).or_else(|| self.files.get(&format!("{DEFAULT}/{name}"))).copied()
    }

    /// Reports what tera says; `template` is the one being filled in.
    fn error(
        &self,
        report: &mut Report,
        sources: &Sources,
        error: &tera::Error,
        template: Option<&str>,
    ) {
        let start_of = |name: &str| self.file(name).map(Place::start);
        let found = match error.kind() {
            ErrorKind::SyntaxError(details) | ErrorKind::RenderingError(details) => {
                let (name, range) = (details.filename(), &details.span().range);
                // Mistakes of writing are found before loops are counted.
                let counted = self.counted.get(name).filter(|_| template.is_some());
                let range = counted.map_or(range.clone(), |counted| counted.written(range));
                let place = self.file(name).map(|file| Place::bytes(file, range));
                vec![(details.message().to_owned(), place)]
            }
            ErrorKind::CircularExtend { tpl, .. }
            | ErrorKind::CircularInclude { tpl, .. }
            | ErrorKind::MissingParent { current: tpl, .. } => {
                vec![(error.kind().to_string(), start_of(tpl))]
            }
            ErrorKind::Io(_) => vec![(limits::Page::too_large(), template.and_then(start_of))],
            other => self.listed(sources, &other.to_string()),
        };
        for (message, found) in found {
            let inside = found.clone().filter(|place| sources.is_embedded(place.file));
            let own = || self.overriding(sources, template.unwrap_or_default()).map(Place::start);
            let place = match (&found, &inside) {
                (Some(place), None) => Some(place.clone()),
                _ => own()
                    .or(found)
                    .or_else(|| self.files.values().next().copied().map(Place::start)),
            };
            let Some(place) = place else { continue };
            let mut finding = codes::TEMPLATE_ERROR
                .at(place, text!(zh: "这个网页模板用不了", en: "the template cannot be used"))
                .note(
                    text!(zh: "模板引擎说：{message}", en: "the template language says: {message}"),
                );
            if let Some(inside) = inside {
                let file = sources.file(inside.file);
                let (line, _) = line_column(file.text(), locate(sources, &inside).start);
                finding = finding.note(text!(zh: "出错的地方在程序自带的 {path} 第 {line} 行", en: "this happened in line {line} of the program’s own {path}", path = file.path));
            }
            report.push(finding);
        }
    }

    /// The site's own file that an embedded template fails with: a template it takes in, else the
    /// first there is.
    fn overriding(&self, sources: &Sources, template: &str) -> Option<FileId> {
        let is_own = |file: &FileId| !sources.is_embedded(*file);
        let part = self.own_part(sources, template);
        part.or_else(|| self.files.values().copied().find(is_own))
    }

    /// The site's own file that a template is, or takes in.
    pub fn own_part(&self, sources: &Sources, template: &str) -> Option<FileId> {
        let is_own = |file: &FileId| !sources.is_embedded(*file);
        let (mut open, mut seen) = (vec![template], vec![template]);
        while let Some(next) = open.pop() {
            let Some(file) = self.file(next) else { continue };
            if is_own(&file) {
                return Some(file);
            }
            for name in vocabulary::takes_in(sources.file(file).text()) {
                if !seen.contains(&name) {
                    seen.push(name);
                    open.push(name);
                }
            }
        }
        None
    }

    /// Mistakes that tera lists in one text: `error: …` and below it `--> name:line:column`.
    fn listed(&self, sources: &Sources, text: &str) -> Vec<(String, Option<Place>)> {
        let mut found: Vec<(String, Option<Place>)> = Vec::new();
        for line in text.lines().map(str::trim) {
            if let Some(message) = line.strip_prefix("error: ") {
                found.push((message.to_owned(), None));
            } else if let (Some(at), Some(last)) = (line.strip_prefix("--> "), found.last_mut()) {
                let mut parts = at.rsplitn(3, ':');
                let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
                let (column, row) = (number(), number());
                let file = parts.next().and_then(|name| self.file(name));
                if let (Some(file), Some(row), Some(column)) = (file, row, column) {
                    let start = byte_of(sources.file(file).text(), row, column);
                    last.1 = Some(Place::bytes(file, start..start + 1));
                }
            }
        }
        if found.is_empty() { vec![(text.to_owned(), None)] } else { found }
    }
}

/// The byte of a line and column, both from 1, columns in characters.
fn byte_of(text: &str, row: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(row - 1).map(str::len).sum();
    start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
}
