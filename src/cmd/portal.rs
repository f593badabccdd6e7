//! A portal taken organisation by organisation: each is read, planned, handed on and let go of,
//! several at a time, then what belongs to none of them. Memory holds what lists say of them.

use rayon::prelude::*;

use super::open;
use crate::cli::{Global, Shard};
use crate::diagnostic::Report;
use crate::findings::order;
use crate::plan::{Common, NamedProfiles, PlanOptions, Retained, is_head};
use crate::site::Site;
use crate::source::{Library, Sources};

/// A portal on disk, and what its organisations are planned with.
pub(super) struct OpenPortal {
    /// Its files.
    pub library: Library,
    /// What all organisations share.
    pub common: Common,
    /// What was found wrong with that.
    pub report: Report,
    /// What that was read from.
    pub heads: Sources,
    /// What is asked for.
    pub options: PlanOptions,
}

/// A portal whose organisations were all planned.
pub(super) struct Whole {
    /// What belongs to none of them, over what is kept of them.
    pub shared: Site,
    /// What was found wrong, in order.
    pub report: Report,
    /// The files that findings stand in, and those all share.
    pub sources: Sources,
    /// How many pages and how many other files there are.
    pub counts: (usize, usize),
}

impl OpenPortal {
    /// Reads what the organisations share.
    pub(super) fn open(global: &Global, mut options: PlanOptions) -> anyhow::Result<OpenPortal> {
        let library = open(global)?;
        let mut report = Report::default();
        let everyone = 0..library.len();
        let named = NamedProfiles::of(&mut report, &library.sources(everyone.clone(), is_head)?);
        // A build of a portal that holds nothing back is the same every day.
        options.held_after = options.held_after.filter(|_| named.holds_back);
        let heads = library.sources(everyone, |path| named.wants(path))?;
        let common = named.common(&mut report, &heads, options.clone());
        Ok(OpenPortal { library, common, report, heads, options })
    }

    /// Whether what all share has a mistake that stands in the way.
    pub(super) fn fails(&self) -> bool {
        self.report.has_errors()
    }

    /// Plans everything; `make` gets every part with its own report. Of a shard those organisations
    /// are left out that are not its own; `is_searched` says whether search files will be asked for.
    ///
    /// # Errors
    /// When a file cannot be read, and those of `make`.
    pub(super) fn each(
        self,
        shard: Option<Shard>,
        is_searched: bool,
        make: impl Fn(&mut Report, &Sources, &Site, SitePart) -> anyhow::Result<()> + Sync,
    ) -> anyhow::Result<Whole> {
        let OpenPortal { library, common, mut report, heads, .. } = self;
        // What is wrong with two folders together stands in files of theirs.
        let mut sources = library.shared().clone();
        sources.adopt(&heads, report.files());
        drop(heads);
        let organisation = |index: usize| {
            let sources = library.sources(index..index + 1, |_| true)?;
            let (site, mut found) = common.organisation(&sources);
            make(&mut found, &sources, &site, SitePart::Organisation(index, library.name(index)))?;
            let mut named = library.shared().clone();
            // What all share may print what an organisation withholds.
            let withheld = site.vault.files();
            named.adopt(&sources, found.files().chain(withheld.iter().copied()));
            anyhow::Ok((
                found,
                (named, withheld),
                site.counts(),
                Retained::of(&common, site, is_searched),
            ))
        };
        let is_own = |index: &usize| shard.is_none_or(|shard| index % shard.of + 1 == shard.number);
        let own: Vec<usize> = (0..library.len()).filter(is_own).collect();
        let all: Vec<_> = own.into_par_iter().map(organisation).collect();
        let (mut retained, mut counts) = (Vec::new(), (0, 0));
        for one in all {
            let (found, (named, withheld), (pages, others), organisation) = one?;
            sources.adopt(&named, found.files().chain(withheld));
            report.absorb(found);
            retained.push(organisation);
            counts = (counts.0 + pages, counts.1 + others);
        }
        let nobodys = common.shared_site(&mut report, library.shared(), retained);
        make(&mut report, &sources, &nobodys, SitePart::Shared)?;
        let (pages, others) = nobodys.counts();
        let counts = (counts.0 + pages, counts.1 + others);
        order(&sources, &mut report);
        Ok(Whole { shared: nobodys, report, sources, counts })
    }
}

/// Which part of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SitePart<'a> {
    /// An organisation's own, by its number and its folder.
    Organisation(usize, &'a str),
    /// What belongs to none.
    Shared,
}
