//! `feed.xml`: what was published and corrected last, for whoever wants to be told (Atom, RFC 4287). Only where the
//! site knows its address, and of the disclosures whose day of publication is known.

use super::{DataFile, Output, OutputScope, Writer};
use crate::format;
use crate::link::escaped_path;
use crate::page::overview::{DisclosureSummary, Summary};
use crate::page::{CorrectionSummary, Overview, Subject};
use crate::url;

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: "feed",
    summary: "feed.xml: what was published and corrected last (Atom), where the site knows its address.",
    scope: OutputScope::Portal(plan),
};

/// So many stand in it.
const NEWEST: usize = 50;

/// One entry.
struct FeedEntry<'a> {
    /// The day it is of.
    day: &'a str,
    /// The last day on which anything of it changed.
    updated: &'a str,
    organisation: &'a Summary,
    disclosure: &'a DisclosureSummary,
    /// The correction it tells of; nothing where it is the disclosure itself.
    correction: Option<&'a CorrectionSummary>,
}

fn plan(overview: &Overview) -> Vec<DataFile> {
    let is_dated = overview.disclosures().any(|disclosure| !disclosure.published.is_empty());
    let is_planned = is_dated && !overview.site.base_url.is_empty();
    let file =
        || DataFile::new(url::FEED.to_owned(), Subject::default(), "", Writer::Portal(write));
    is_planned.then(file).into_iter().collect()
}

/// What was published and corrected last, the newest first.
fn newest(overview: &Overview) -> Vec<FeedEntry<'_>> {
    let mut all: Vec<FeedEntry> = Vec::new();
    for organisation in &overview.organisations {
        let dated = organisation.disclosures.iter().filter(|one| !one.published.is_empty());
        for disclosure in dated {
            let days = disclosure.corrections.iter().map(|one| one.date.as_str());
            let updated = days.chain([disclosure.published.as_str()]).max().unwrap_or_default();
            let entry = |day, updated, correction| FeedEntry {
                day,
                updated,
                organisation,
                disclosure,
                correction,
            };
            all.push(entry(&disclosure.published, updated, None));
            all.extend(
                disclosure.corrections.iter().map(|one| entry(&one.date, &one.date, Some(one))),
            );
        }
    }
    let id = |entry: &FeedEntry| entry.correction.map(|one| one.id.clone());
    all.sort_by(|one, other| {
        let path = one.disclosure.path.cmp(&other.disclosure.path);
        other.day.cmp(one.day).then(path).then_with(|| id(one).cmp(&id(other)))
    });
    all.truncate(NEWEST);
    all
}

fn write(overview: &Overview, _: &mut dyn Iterator<Item = &str>) -> Vec<u8> {
    let site = &overview.site;
    let entries = newest(overview);
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or_default();
    let [base, title] = [&site.base_url, &site.title].map(|text| xml(text));
    let author = if site.publisher.is_empty() { &site.title } else { &site.publisher };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n<id>{base}/</id>\n<title>{title}</title>\n<updated>{updated}</updated>\n<author><name>{author}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}/{path}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{base}/\"/>\n",
        language = site.language,
        updated = moment(updated),
        author = xml(author),
        path = url::FEED,
    );
    for entry in &entries {
        out.push_str(&written(&base, entry));
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}

/// One entry. What tells of a correction stands at its place on the page of the disclosure.
fn written(base: &str, entry: &FeedEntry) -> String {
    let FeedEntry { day, updated, organisation, disclosure, correction } = entry;
    let page = url::disclosure(*disclosure);
    let mut page = xml(&escaped_path(page.strip_suffix(url::HOME).unwrap_or(&page)));
    let mut title = format::beside(&organisation.name, &disclosure.title);
    let mut summary = String::new();
    if let Some(CorrectionSummary { id, reason, values, .. }) = correction {
        page.push_str(&format!("#{id}"));
        title = format!("{title} · {reason}");
        let values = values.iter().map(|[name, was, now]| format!("{name}: {was} → {now}"));
        let values: Vec<String> = values.collect();
        if !values.is_empty() {
            summary = format!("<summary>{}</summary>", xml(&values.join("; ")));
        }
    }
    format!(
        "<entry><id>{base}/{page}</id><title>{title}</title><updated>{updated}</updated><published>{day}</published><link rel=\"alternate\" type=\"text/html\" href=\"{base}/{page}\"/><author><name>{name}</name></author>{summary}</entry>\n",
        title = xml(&title),
        updated = moment(updated),
        day = moment(day),
        name = xml(&organisation.name),
    )
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
