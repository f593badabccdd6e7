//! `status`: how far the disclosures of every organisation are.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::portal::{OpenPortal, SitePart};
use super::{Outcome, language, print};
use crate::cli::{Global, Status, StatusFormat};
use crate::diagnostic::text;
use crate::plan::PlanOptions;
use crate::status::{self, OrganisationStatus};

/// Runs the command. Drafts are listed too, and nothing is written.
pub(super) fn run(global: &Global, arguments: &Status) -> anyhow::Result<Outcome> {
    let options = PlanOptions { drafts: true, ..PlanOptions::default() };
    let parts = OpenPortal::open(global, options)?;
    let found: Mutex<BTreeMap<usize, Vec<OrganisationStatus>>> = Mutex::default();
    let whole = parts.each(None, false, |report, sources, site, part| {
        if let SitePart::Organisation(index, name) = part {
            let one = status::of_organisation(sources, name, &site.portal, report);
            found.lock().unwrap_or_else(PoisonError::into_inner).insert(index, one);
        }
        Ok(())
    })?;
    let language = language(global, &whole.shared);
    let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut all: Vec<OrganisationStatus> = found.into_values().flatten().collect();
    if let Some(unknown) = arguments.of.iter().find(|name| !all.iter().any(|one| names(one, name)))
    {
        let message = text!(zh: "没有单位或公开“{unknown}”", en: "there is no organisation or disclosure `{unknown}`");
        anyhow::bail!(message.get(language).to_owned());
    }
    if !arguments.of.is_empty() {
        narrow(&mut all, &arguments.of);
    }
    print(&match arguments.format {
        StatusFormat::Human => status::human(&all, language),
        StatusFormat::Json => status::json(&all),
    });
    Ok(Outcome::Clean)
}

/// Whether a name is that of an organisation, or of one of its disclosures.
fn names(organisation: &OrganisationStatus, name: &str) -> bool {
    let name = name.trim_start_matches("content/").trim_end_matches('/');
    match name.split_once('/') {
        None => organisation.id == name,
        Some((own, disclosure)) => {
            organisation.id == own
                && organisation.disclosures.iter().any(|one| one.id == disclosure)
        }
    }
}

/// Leaves what is named.
fn narrow(all: &mut Vec<OrganisationStatus>, wanted: &[String]) {
    let wanted: Vec<&str> = wanted
        .iter()
        .map(|name| name.trim_start_matches("content/").trim_end_matches('/'))
        .collect();
    for organisation in all.iter_mut() {
        if !wanted.contains(&organisation.id.as_str()) {
            let id = organisation.id.clone();
            organisation
                .disclosures
                .retain(|one| wanted.contains(&format!("{id}/{}", one.id).as_str()));
        }
    }
    all.retain(|one| wanted.contains(&one.id.as_str()) || !one.disclosures.is_empty());
}
