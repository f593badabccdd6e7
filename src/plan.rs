//! The whole pipeline: sources to a planned site and a report. Total and pure:
//! it reads nothing, writes nothing, knows no clock, and cannot fail.

use crate::diagnostic::Report;
use crate::model::{acceptance, assemble};
use crate::site::{self, Site};
use crate::source::Sources;
use crate::{check, content, findings, profile, secrecy};

/// Plans the site of these sources; drafts are left out unless asked for.
pub fn plan(sources: &Sources, drafts: bool) -> (Site, Report) {
    plan_at(sources, drafts, None, None)
}

/// Plans the site for an address other than the one its configuration states, and on a
/// day, `YYYY-MM-DD`: acceptances that ended before it are reported. Without one it is the
/// newest date the content states. The day changes the report and never a page.
pub fn plan_at(
    sources: &Sources,
    drafts: bool,
    base_url: Option<&str>,
    today: Option<&str>,
) -> (Site, Report) {
    let mut report = Report::default();
    let content = content::parse(&mut report, sources);
    let named: Vec<String> = assemble::profiles_named(&content).collect();
    let profiles = profile::resolve(&mut report, sources, named);
    let mut portal = assemble::assemble(&mut report, sources, content, &profiles, drafts);
    if let Some(url) = base_url {
        url.trim_end_matches('/').clone_into(&mut portal.site.base_url);
    }
    check::run(&mut report, &portal);
    secrecy::run(&mut report, sources, &portal);
    portal.seal();
    acceptance::apply(&mut report, &portal, today);
    let site = site::plan(&mut report, sources, portal);
    findings::order(sources, &mut report);
    (site, report)
}
