//! How far disclosures are → a page of the preview, complete without JavaScript.

use super::{DisclosureStatus, OrganisationStatus, PartKind, PartStatus};
use crate::diagnostic::{Language, Text, text};

/// The page: a table for each organisation, a row for each disclosure, a column for each sort of part, and
/// below it what is left to do. `tags` stand at its end.
pub fn page(organisations: &[OrganisationStatus], language: Language, tags: &str) -> String {
    let title = text!(zh: "公开的进度", en: "How far the disclosures are");
    let (title, tongue) = (title.get(language), if is_chinese(language) { "zh-CN" } else { "en" });
    let mut body = String::new();
    for organisation in organisations {
        body.push_str(&of_organisation(organisation, language));
    }
    if organisations.is_empty() {
        let none = text!(zh: "门户里还没有单位。", en: "The portal holds no organisation yet.");
        body.push_str(&format!("<p>{}</p>", none.get(language)));
    }
    let home = text!(zh: "到网站首页", en: "To the site");
    format!(
        "<!doctype html><html lang=\"{tongue}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head><body id=\"mingbai-status\"><main><h1>{title}</h1><p><a href=\"/\">{}</a></p>{body}</main>{tags}</body></html>\n",
        home.get(language)
    )
}

fn is_chinese(language: Language) -> bool {
    language == Language::Chinese
}

fn of_organisation(organisation: &OrganisationStatus, language: Language) -> String {
    let mut out = format!("<section><h2>{}</h2>", escape(&organisation.name));
    if organisation.disclosures.is_empty() {
        let none = text!(zh: "还没有公开。", en: "No disclosure yet.");
        return format!("{out}<p>{}</p></section>", none.get(language));
    }
    let heads: String = PartKind::ALL
        .into_iter()
        .map(|kind| format!("<th scope=\"col\">{}</th>", kind.words().get(language)))
        .collect();
    let first = text!(zh: "公开", en: "disclosure");
    out.push_str(&format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table><thead><tr><th scope=\"col\">{1}</th>{heads}</tr></thead><tbody>",
        escape(&organisation.name),
        first.get(language)
    ));
    for disclosure in &organisation.disclosures {
        let cells: String = PartKind::ALL
            .into_iter()
            .map(|kind| format!("<td>{}</td>", cell(disclosure, kind, language)))
            .collect();
        let address = format!("/{}/{}/", organisation.id, disclosure.id);
        let name = escape(&disclosure.id);
        out.push_str(&format!(
            "<tr><th scope=\"row\"><a href=\"{}\">{name}</a></th>{cells}</tr>",
            escape(&address)
        ));
    }
    out.push_str("</tbody></table></div>");
    for disclosure in &organisation.disclosures {
        out.push_str(&left_to_do(disclosure, language));
    }
    out.push_str("</section>");
    out
}

/// How many parts are how far.
fn cell(disclosure: &DisclosureStatus, kind: PartKind, language: Language) -> String {
    let counts = disclosure.counts(kind);
    let counts = counts.into_iter().map(|(state, count)| {
        let words = state.words();
        format!("<span class=\"{}\">{} {count}</span>", state.name(), words.get(language))
    });
    counts.collect::<Vec<_>>().join(" ")
}

fn left_to_do(disclosure: &DisclosureStatus, language: Language) -> String {
    let open: Vec<&PartStatus> = disclosure.parts.iter().filter(|part| part.is_open()).collect();
    if open.is_empty() {
        return String::new();
    }
    let (id, count) = (escape(&disclosure.id), open.len());
    let title: Text =
        text!(zh: "{id}：还有 {count} 项要做", en: "{id}: {count} parts are not done");
    let items: String = open
        .into_iter()
        .map(|part| {
            let called = escape(part.called().get(language));
            let called = match part.page.as_str() {
                "" => called,
                page => format!("<a href=\"/{}\">{called}</a>", escape(page)),
            };
            let (state, words) = (part.state.name(), part.words());
            format!(
                "<li>{called} <span class=\"{state}\">{}</span><br><code>{}</code></li>",
                words.get(language),
                escape(&part.file)
            )
        })
        .collect();
    format!("<h3>{}</h3><ul>{items}</ul>", title.get(language))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
