//! One execution: the input is given to its target, and what went wrong is caught.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mingbai::content::Site;
use mingbai::diagnostic::Report;
use mingbai::plan::{PlanOptions, plan_in};
use mingbai::profile::{self, Profile};
use mingbai::source::Sources;
use mingbai::theme::{self, Theme};

use super::corpus::Corpus;
use super::input::{Input, is_portal};
use super::{parts, portal};

/// How long a pass through the program may take.
pub(crate) const HANG: Duration = Duration::from_secs(1);

/// The languages of the interface.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// What an execution must not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// It panicked, or ended the process.
    Abort,
    /// A pass took longer than [`HANG`], twice.
    Hang,
    /// A finding has no place the author can open.
    Place,
    /// Something else that must hold does not.
    Law,
}

impl Fault {
    pub(crate) const ALL: [Fault; 4] = [Fault::Abort, Fault::Hang, Fault::Place, Fault::Law];

    /// One word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Fault::Abort => "abort",
            Fault::Hang => "hang",
            Fault::Place => "place",
            Fault::Law => "law",
        }
    }
}

/// What executions share.
pub(crate) struct Bench {
    pub(crate) corpus: Corpus,
    profile: Option<Arc<Profile>>,
    /// The embedded theme, by language: most portals have no other, and it is dear to load.
    themes: BTreeMap<&'static str, Arc<Theme>>,
}

/// What the last panic said, and where.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

impl Bench {
    pub(crate) fn new() -> Bench {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let at = info.location().map(ToString::to_string).unwrap_or_default();
            let payload = info.payload();
            let words = payload.downcast_ref::<String>().map(String::as_str);
            let words =
                words.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
            if let Ok(mut last) = LAST_PANIC.lock() {
                *last = format!("panicked at {at}: {words}");
            }
            before(info);
        }));
        let corpus = Corpus::new();
        let sources = corpus.sources(&corpus.minimal);
        let profiles =
            profile::resolve(&mut Report::default(), &sources, ["test/minimal".to_owned()]);
        let themes = LANGUAGES.map(|language| {
            let site = Site { language: language.to_owned(), ..Site::default() };
            (language, Arc::new(theme::load(&mut Report::default(), &sources, &site)))
        });
        Bench { corpus, profile: profiles.into_values().next(), themes: BTreeMap::from(themes) }
    }

    /// Plans a portal; the embedded theme is not loaded again where the portal cannot change it.
    pub(crate) fn plan(
        &self,
        sources: &Sources,
        options: &PlanOptions,
    ) -> (mingbai::site::Site, Report) {
        // A theme tells of texts below static/ that pages take in and that are none.
        let is_looked_at = |path: &str| path.ends_with(".css") || path.ends_with(".js");
        let is_embedded = sources.site_files("themes").next().is_none()
            && !sources.site_files("static").any(|(_, path)| is_looked_at(path));
        plan_in(sources, options, |report, site| {
            let shared = self.themes.get(site.language.as_str());
            let shared = shared.filter(|_| is_embedded && site.theme == Site::default().theme);
            let load = || Arc::new(theme::load(report, sources, site));
            shared.map_or_else(load, Arc::clone)
        })
    }

    /// Executes an input: how long its longest pass took, and what went wrong.
    pub(crate) fn run(&self, input: &Input, all: bool) -> (Duration, Option<(Fault, String)>) {
        let mut passes = Passes::default();
        let held = catch_unwind(AssertUnwindSafe(|| self.hold(input, all, &mut passes)));
        let took = passes.longest;
        let fault = match held {
            Ok(Ok(())) if took < HANG => None,
            // A busy machine is no hang: it must be slow once more, by what it worked.
            Ok(Ok(())) => {
                let mut again = Passes::default();
                let _ = catch_unwind(AssertUnwindSafe(|| self.hold(input, all, &mut again)));
                let worked = again.worked.unwrap_or(again.longest);
                (worked >= HANG).then(|| (Fault::Hang, format!("took {:.1?}", took.min(worked))))
            }
            Ok(Err((fault, why))) => Some((fault, why)),
            Err(_) => {
                let last = LAST_PANIC.lock().map(|last| last.clone()).unwrap_or_default();
                Some((Fault::Abort, last))
            }
        };
        (took, fault)
    }

    fn hold(&self, input: &Input, all: bool, passes: &mut Passes) -> Result<(), (Fault, String)> {
        if is_portal(input.target) {
            return portal::hold(self, input, all, passes);
        }
        let text = input.files.values().next().map(Vec::as_slice).unwrap_or_default();
        let (corpus, profile) = (&self.corpus, self.profile.as_ref());
        passes
            .measure(|| parts::hold(corpus, profile, input.target, text))
            .map_err(|why| (Fault::Law, why))
    }
}

/// The passes of one execution: a portal may go through the program again, to see that it gives the
/// same, and each pass is measured alone.
#[derive(Default)]
pub(crate) struct Passes {
    longest: Duration,
    /// The most work of a pass; nothing on systems that do not say.
    worked: Option<Duration>,
}

impl Passes {
    /// Measures a pass.
    pub(crate) fn measure<T>(&mut self, pass: impl FnOnce() -> T) -> T {
        let (started, before) = (Instant::now(), worked());
        let result = pass();
        self.longest = self.longest.max(started.elapsed());
        let this = worked().zip(before).map(|(after, before)| after.saturating_sub(before));
        self.worked = self.worked.max(this);
        result
    }
}

/// How long the processors have worked for this process, to a hundredth of a second; nothing on
/// systems that do not say.
fn worked() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the process stands in brackets and may hold anything.
    let fields = text.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks: u64 = fields.take(2).map_while(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}
