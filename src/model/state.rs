//! The two states of a portal. A [`Draft`] holds what is withheld: checks and the proof of secrecy
//! read it. [`Draft::redact`] moves the withheld values into a [`Vault`] and leaves a [`Portal`]:
//! pages, data files, search and themes take nothing else, and no type in it can hold a withheld
//! value. What was worked out and kept belongs to its state: redaction begins with nothing kept.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::{Answers, Cached, Disclosure, Model, Secret, Secrets};
use crate::link::escaped_address;
use crate::source::FileId;

/// A portal as it was written, withheld values included.
///
/// No page can be made of it: what pages take is a [`Portal`].
///
/// ```compile_fail
/// fn page(portal: &mingbai::model::Portal) {}
/// fn leak(draft: &mingbai::model::Draft) {
///     page(draft);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Draft {
    model: Model,
    /// By disclosure.
    secrets: Vec<Secrets>,
}

impl Deref for Draft {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

/// What is public: withheld values are marks.
///
/// There is no way from it to what is withheld.
///
/// ```compile_fail
/// fn leak(portal: &mingbai::model::Portal) -> usize {
///     portal.withholding().count()
/// }
/// ```
///
/// ```compile_fail
/// fn leak(portal: &mingbai::model::Portal) -> bool {
///     portal.disclosures[0].secrets.is_empty()
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Portal(Model);

impl Deref for Portal {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.0
    }
}

/// What is withheld: only the scan of rendered bytes sees it.
#[derive(Clone, Debug, Default)]
pub struct Vault {
    all: Vec<Withheld>,
}

/// What one disclosure withholds, beside its public self.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// The disclosure as it is published.
    pub disclosure: Disclosure,
    /// What was taken out of it.
    pub secrets: Secrets,
}

impl Draft {
    pub(super) fn new(model: Model, secrets: Vec<Secrets>) -> Draft {
        Draft { model, secrets }
    }

    /// States the address of the site, where it is not the one its configuration states.
    pub fn set_address(&mut self, url: &str) {
        self.model.site.base_url = escaped_address(url.trim_end_matches('/'));
    }

    /// Adds a PDF of each disclosure, where its configuration does not ask for it.
    pub fn ask_for_pdf(&mut self) {
        self.model.site.has_pdf = true;
    }

    /// What a disclosure withholds, by index.
    pub fn secrets(&self, disclosure: usize) -> &Secrets {
        &self.secrets[disclosure]
    }

    /// What a disclosure of it withholds.
    pub fn secrets_of(&self, disclosure: &Disclosure) -> &Secrets {
        let index = self.model.disclosures.iter().position(|one| one.path == disclosure.path);
        &self.secrets[index.expect("a disclosure of this portal")]
    }

    /// The disclosures that withhold something by name, with their indexes.
    pub fn withholding(&self) -> impl Iterator<Item = (usize, &Disclosure, &Secrets)> {
        let all = self.model.disclosures.iter().zip(&self.secrets).enumerate();
        let all = all.map(|(index, (disclosure, secrets))| (index, disclosure, secrets));
        all.filter(|(.., secrets)| !secrets.is_empty())
    }

    /// What is public of it: in the place of a withheld value stands the mark alone, and all that
    /// follows from cells is worked out anew.
    pub fn redact(self) -> (Portal, Vault) {
        let Draft { mut model, secrets } = self;
        if secrets.iter().all(Secrets::is_empty) {
            return (Portal(model), Vault::default());
        }
        for (disclosure, secrets) in model.disclosures.iter_mut().zip(&secrets) {
            let mark = disclosure.withheld_mark().to_owned();
            for Secret { place, .. } in secrets.iter() {
                disclosure.conceal(*place, &mark);
            }
            // What was worked out before was worked out with the values, here or in another year.
            disclosure.derive();
        }
        model.numbers = Cached::default();
        for organisation in &mut model.organisations {
            organisation.subjects = Cached::default();
            organisation.project_years = Cached::default();
        }
        let all = model.disclosures.iter().zip(secrets).filter(|(_, secrets)| !secrets.is_empty());
        let all =
            all.map(|(disclosure, secrets)| Withheld { disclosure: disclosure.clone(), secrets });
        let vault = Vault { all: all.collect() };
        (Portal(model), vault)
    }
}

impl Portal {
    /// Lets go of what was worked out when a page asked for it; it is again when one asks again.
    #[must_use]
    pub fn without_caches(mut self) -> Portal {
        self.0.numbers = Cached::default();
        for organisation in &mut self.0.organisations {
            organisation.subjects = Cached::default();
            organisation.project_years = Cached::default();
        }
        for disclosure in &mut self.0.disclosures {
            disclosure.worked = Answers::default();
        }
        self
    }
}

impl Vault {
    /// Each disclosure that withholds something.
    pub fn iter(&self) -> impl Iterator<Item = &Withheld> {
        self.all.iter()
    }

    /// Whether nothing is withheld.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Takes in what another part of the portal withholds.
    pub fn absorb(&mut self, other: Vault) {
        self.all.extend(other.all);
    }

    /// The files that withheld values stand in: whoever looks for these values may have to point there.
    pub fn files(&self) -> Vec<FileId> {
        let files = self.all.iter().flat_map(|Withheld { disclosure, secrets }| {
            secrets.iter().map(|secret| disclosure.place_of_hidden(secret.place).file)
        });
        files.collect::<BTreeSet<_>>().into_iter().collect()
    }
}
