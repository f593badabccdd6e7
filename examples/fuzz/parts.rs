//! What must hold of parts of the program on their own, whatever text they are given.

use std::sync::Arc;

use mingbai::address::{self, Address};
use mingbai::amount::{self, Decimal};
use mingbai::chart::{self, ChartWords};
use mingbai::content::date;
use mingbai::diagnostic::Report;
use mingbai::locate::{line_column, locate};
use mingbai::model::prose::{clause, sentences};
use mingbai::model::target;
use mingbai::profile::{self, Profile};
use mingbai::search::{Depth, normalize, tokens};
use mingbai::source::Place;
use mingbai::yaml::{self, Node};
use mingbai::{format, markdown, minify, url};

use scraper::Html;

use super::corpus::Corpus;

/// Gives a text to the part of a name. What does not hold is said in a sentence.
pub(crate) fn hold(
    corpus: &Corpus,
    profile: Option<&Arc<Profile>>,
    target: &str,
    bytes: &[u8],
) -> Result<(), String> {
    let lossy = String::from_utf8_lossy(bytes);
    let text = lossy.as_ref();
    match target {
        "yaml" => yaml_text(corpus, bytes),
        "commonmark" => commonmark(text),
        "amount" => amounts(text),
        "address" => addresses(text),
        "printed-target" => printed(profile, text),
        "date" => dates(text),
        "url" => links(text),
        "search" => search(text),
        "clause" => clauses(text),
        "names" => names(text),
        // Of these it is asked only that they end.
        other => {
            ends(other, bytes, text);
            Ok(())
        }
    }
}

fn ends(target: &str, bytes: &[u8], text: &str) {
    match target {
        "page" => drop(minify::page(bytes)),
        "style" => drop(minify::style(text)),
        "script" => drop(minify::script(text)),
        _ => figures(text),
    }
}

fn yaml_text(corpus: &Corpus, bytes: &[u8]) -> Result<(), String> {
    let mut sources = corpus.ground.clone();
    let file = sources.add("mingbai.yaml", bytes.to_vec());
    let source = sources.file(file);
    let mut report = Report::default();
    let node = yaml::parse(&mut report, file, source);
    for found in &report.diagnostics {
        let range = locate(&sources, &found.primary);
        line_column(source.text(), range.start);
        let mingbai::source::Spot::Bytes(start, end) = found.primary.spot else { continue };
        if source.text().get(start..end).is_none() {
            return Err(format!("{} at {start}..{end} is no stretch of the text", found.code.id));
        }
    }
    if node.is_none() && report.diagnostics.is_empty() && !source.text().trim().is_empty() {
        return Err("a file that cannot be read without a finding".to_owned());
    }
    node.map_or(Ok(()), |node| nodes(source.text(), &node, 0))
}

/// Every value and key stands where it says.
fn nodes(text: &str, node: &Node, depth: usize) -> Result<(), String> {
    let stands = |place: &Place| match place.spot {
        mingbai::source::Spot::Bytes(start, end) => text.get(start..end).is_some(),
        _ => true,
    };
    if !stands(&node.place()) {
        return Err(format!("a value at {:?} is no stretch of the text", node.range()));
    }
    if depth > 2_000 {
        return Err("a tree two thousand deep".to_owned());
    }
    for (key, value) in node.entries() {
        if !stands(&key.place()) {
            return Err(format!("the key {} is no stretch of the text", key.text));
        }
        nodes(text, value, depth + 1)?;
    }
    node.items().iter().try_for_each(|item| nodes(text, item, depth + 1))
}

fn commonmark(text: &str) -> Result<(), String> {
    let html = markdown::html(text, &|target| Some(format!("x.html#{}", url::fragment(target))));
    let page = Html::parse_fragment(&html);
    for element in page.root_element().descendent_elements() {
        let name = element.value().name();
        if ["script", "style", "iframe", "object", "embed", "form", "svg"].contains(&name) {
            return Err(format!("the author’s <{name}> is published as it is"));
        }
        for (attribute, value) in element.value().attrs() {
            let value = value.trim_start().to_ascii_lowercase();
            let is_script =
                ["javascript:", "vbscript:"].iter().any(|scheme| value.starts_with(scheme));
            if attribute.starts_with("on") || (name == "a" && is_script) {
                return Err(format!(
                    "the author’s <{name} {attribute}=\"{value}\"> is published as it is"
                ));
            }
        }
    }
    minify::page(html.as_bytes());
    Ok(())
}

fn amounts(text: &str) -> Result<(), String> {
    let _ = amount::parse_percent(text);
    let Ok(figure) = amount::parse(text) else { return Ok(()) };
    let printed = amount::print(figure.value, figure.grouped);
    let again = amount::parse(&printed)
        .map_err(|why| format!("{text} is printed as {printed}, which is none: {why:?}"))?;
    if again.value != figure.value || again.value.scale() != figure.value.scale() {
        return Err(format!("{text} is printed as {printed}"));
    }
    amount::print(figure.value, true);
    format::percent(figure.value, Decimal::ONE);
    amount::half_unit(figure.value.scale());
    Ok(())
}

fn addresses(text: &str) -> Result<(), String> {
    let Some(address) = Address::parse(text) else { return Ok(()) };
    address.is_of_rows();
    address::quoted(text);
    let printed = address.to_string();
    match Address::parse(&printed) {
        Some(again) if again.to_string() == printed => Ok(()),
        _ => Err(format!("{text:?} is printed as {printed:?}, which is read otherwise")),
    }
}

fn printed(profile: Option<&Arc<Profile>>, text: &str) -> Result<(), String> {
    target::parse(text);
    let Some(profile) = profile else {
        return Err("the smallest portal has no profile".to_owned());
    };
    let _ = target::read(profile, text);
    target::amounts_in(profile, text);
    Ok(())
}

fn dates(text: &str) -> Result<(), String> {
    date::is_time(text);
    let _ = date::days_between(text, "2025-01-01");
    match date::day(text) {
        Some(_) if text.len() != 10 => Err(format!("{text:?} is taken for a date")),
        _ => Ok(()),
    }
}

fn links(text: &str) -> Result<(), String> {
    for from in ["index.html", "a/b/c.html", text] {
        if let Some(path) = url::resolve(from, text)
            && from != text
            && path.split('/').any(|name| name == "..")
        {
            return Err(format!("{text:?} leads out of the site: {path:?}"));
        }
        url::relative(from, text);
        url::relative(text, from);
    }
    url::fragment(text);
    url::term_anchor(text);
    Ok(())
}

fn figures(text: &str) {
    let figures: Vec<Decimal> = text
        .split(' ')
        .filter_map(|text| amount::parse(text).ok())
        .map(|figure| figure.value)
        .collect();
    let words = ChartWords { id: "a", title: "b", description: "c" };
    for pair in figures.windows(2) {
        format::percent(pair[0], pair[1]);
        chart::share(pair[0], pair[1]);
    }
    chart::columns(words, &figures.iter().map(|figure| Some(*figure)).collect::<Vec<_>>(), None);
    if let Some((whole, parts)) = figures.split_first() {
        chart::bar(words, parts, *whole);
        let side = vec![parts.to_vec()];
        chart::flow(words, &chart::Flow { from: side.clone(), to: side, parts: parts.len() });
    }
}

fn search(text: &str) -> Result<(), String> {
    let normalized = normalize(text);
    for depth in [Depth::Head, Depth::Cell, Depth::Text] {
        let mut empty = false;
        tokens(&normalized, depth, &mut |token| empty |= token.is_empty());
        if empty {
            return Err("a token of nothing".to_owned());
        }
    }
    Ok(())
}

fn clauses(text: &str) -> Result<(), String> {
    for range in sentences(text) {
        if text.get(range.clone()).is_none() {
            return Err(format!("a sentence at {range:?} is no stretch of the text"));
        }
    }
    for (at, _) in text.char_indices() {
        if text.get(clause(text, at)).is_none() {
            return Err(format!("the clause around {at} is no stretch of the text"));
        }
    }
    Ok(())
}

fn names(text: &str) -> Result<(), String> {
    let (one, other) =
        text.split_at(text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at));
    let same = profile::same_name(one, other);
    if same != (profile::normalized_name(one) == profile::normalized_name(other)) {
        return Err(format!("{one:?} and {other:?} are the same or are not"));
    }
    if same && profile::name_hash(one) != profile::name_hash(other) {
        return Err(format!("{one:?} and {other:?} are the same with two hashes"));
    }
    profile::unspaced(text);
    Ok(())
}
