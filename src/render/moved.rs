//! The page at a former address: it leads on at once, without a script, on every host and from disk,
//! and says where to for whoever is not led.

use quick_xml::escape::escape;

use crate::link::escaped_path;
use crate::site::{Moved, Site};
use crate::url;

/// Its bytes.
pub(super) fn page(site: &Site, path: &str, moved: &Moved) -> Vec<u8> {
    let written = &site.portal.site;
    let way = escaped_path(&url::relative(path, &moved.to));
    let whole =
        if written.base_url.is_empty() { way.clone() } else { url::whole(written, &moved.to) };
    let word = |text: &str| escape(text.to_owned()).into_owned();
    let title = match moved.title.as_str() {
        "" => site.theme.word(&moved.kind.replace('-', "_")),
        title => title,
    };
    let (title, site_title) = (word(title), word(&written.title));
    format!(
        "<!doctype html><html lang={language}><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>{title} · {site_title}</title><meta name=robots content=noindex><link rel=canonical href=\"{whole}\"><meta http-equiv=refresh content=\"0;url={way}\"><p>{says} <a href=\"{way}\">{title}</a></html>\n",
        language = written.language,
        says = word(site.theme.word("moved")),
        whole = word(&whole),
        way = word(&way),
    )
    .into_bytes()
}
