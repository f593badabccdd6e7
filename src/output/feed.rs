//! `feed.xml`: what was published last, for whoever wants to be told (Atom, RFC 4287). Only where the
//! site knows its address, and of the disclosures whose day of publication is known.

use super::{DataFile, Output, OutputScope, Writer};
use crate::format;
use crate::link::escaped_path;
use crate::page::overview::{DisclosureSummary, Summary};
use crate::page::{Overview, Subject};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "feed",
    summary: "feed.xml: the disclosures published last (Atom), where the site knows its address.",
    scope: OutputScope::Portal(plan),
};

/// So many stand in it.
const NEWEST: usize = 50;

type Entry<'a> = (&'a Summary, &'a DisclosureSummary);

fn plan(overview: &Overview) -> Vec<DataFile> {
    let is_dated = overview.disclosures().any(|disclosure| !disclosure.published.is_empty());
    let is_planned = is_dated && !overview.site.base_url.is_empty();
    let file =
        || DataFile::new(url::FEED.to_owned(), Subject::default(), "", Writer::Portal(write));
    is_planned.then(file).into_iter().collect()
}

/// The disclosures that were published last, the newest first.
fn newest(overview: &Overview) -> Vec<Entry<'_>> {
    let organisations = overview.organisations.iter();
    let all = organisations.flat_map(|one| one.disclosures.iter().map(move |other| (one, other)));
    let mut dated: Vec<Entry> =
        all.filter(|(_, disclosure)| !disclosure.published.is_empty()).collect();
    dated.sort_by(|(_, one), (_, other)| {
        other.published.cmp(&one.published).then_with(|| one.path.cmp(&other.path))
    });
    dated.truncate(NEWEST);
    dated
}

fn write(overview: &Overview, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let site = &overview.site;
    let entries = newest(overview);
    let updated = entries.first().map_or("", |(_, disclosure)| disclosure.published.as_str());
    let [base, title] = [&site.base_url, &site.title].map(|text| xml(text));
    let author = if site.publisher.is_empty() { &site.title } else { &site.publisher };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n<id>{base}/</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<author><name>{author}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/{path}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{base}/\"/>\n",
        language = site.language,
        updated = moment(updated),
        author = xml(author),
        path = url::FEED,
    );
    for (organisation, disclosure) in entries {
        let page = url::disclosure(disclosure);
        let page = xml(&escaped_path(page.strip_suffix(url::HOME).unwrap_or(&page)));
        out.push_str(&format!(
            "<entry><id>{base}/{page}</id><title>{title}</title><updated>{moment}</updated><published>{moment}</published><link rel=\"alternate\" type=\"text/html\" href=\"{base}/{page}\"/><author><name>{name}</name></author></entry>\n",
            title = xml(&format::beside(&organisation.name, &disclosure.title)),
            moment = moment(&disclosure.published),
            name = xml(&organisation.name),
        ));
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// A text as it stands in XML, which has no place for characters that nobody sees.
fn xml(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !c.is_control()).collect();
    quick_xml::escape::escape(seen).into_owned()
}

/// A day as the moment it begins: the format has no days.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
