//! Which pages templates are filling in at this moment, for a watch outside. What a template costs
//! without printing anything cannot be counted in here; who has a clock and sees the memory can.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Theme;
use crate::codes;
use crate::diagnostic::{Diagnostic, Text, text};
use crate::source::{Place, Sources};

/// The pages that are being filled in.
#[derive(Default)]
pub(super) struct Filling {
    open: Mutex<PagesBeingFilled>,
}

#[derive(Default)]
struct PagesBeingFilled {
    next: u64,
    pages: BTreeMap<u64, (&'static str, String)>,
}

/// A page that is being filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Its number: later ones began later.
    pub ticket: u64,
    /// The template it is made with.
    pub template: &'static str,
    /// Its path in the site.
    pub page: String,
}

/// Held while a page is filled in.
pub struct Ticket<'a> {
    filling: &'a Filling,
    number: u64,
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.filling.open().pages.remove(&self.number);
    }
}

impl Filling {
    fn open(&self) -> MutexGuard<'_, PagesBeingFilled> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a template took too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// More than so many seconds for one page.
    Seconds(u64),
    /// More than so many bytes of memory for one page.
    Bytes(u64),
}

impl Theme {
    /// Whether the site has templates of its own: only they are watched.
    pub fn has_own_templates(&self) -> bool {
        !self.counted.is_empty()
    }

    /// Notes for the watch that a page is being filled in, until the ticket is dropped.
    pub fn watched(&self, template: &'static str, page: &str) -> Option<Ticket<'_>> {
        self.has_own_templates().then(|| {
            let mut open = self.filling.open();
            let number = open.next;
            open.next += 1;
            open.pages.insert(number, (template, page.to_owned()));
            Ticket { filling: &self.filling, number }
        })
    }

    /// The pages that are being filled in, the oldest first.
    pub fn filling(&self) -> Vec<Filled> {
        let open = self.filling.open();
        let pages = open.pages.iter();
        pages
            .map(|(ticket, (template, page))| Filled {
                ticket: *ticket,
                template,
                page: page.clone(),
            })
            .collect()
    }

    /// What is said of a page that took too much; nothing without templates of the site's own.
    pub fn excess(&self, sources: &Sources, filled: &Filled, excess: Excess) -> Option<Diagnostic> {
        let place = Place::start(self.overriding(sources, filled.template)?);
        let Filled { template, page, .. } = filled;
        let what = match excess {
            Excess::Seconds(seconds) => text!(zh: "超过 {seconds} 秒", en: "more than {seconds} s"),
            Excess::Bytes(bytes) => text!(
                zh: "超过 {size} MB 内存", en: "more than {size} MB of memory", size = bytes >> 20,
            ),
        };
        let Text { zh, en } = what;
        let message = text!(zh: "自己的模板填写网页 {page} 用了{zh}", en: "own templates took {en} to fill in {page}");
        let finding = codes::TEMPLATE_EXCESS.at(place, message).note(text!(
            zh: "这个网页用的模板是 {template}；指出的是它取用的第一个自己的模板",
            en: "the page is made with {template}; the place is the first template of your own that it takes in",
        ));
        Some(finding.help(text!(
            zh: "看有没有越接越长而不输出的文字（`set` 里的 `~`、`replace`），或套着走的列表；逐项输出，不要先拼起来",
            en: "look for a text that grows without being printed (`~` in `set`, `replace`), or lists within lists: print each item instead of gathering them first",
        )))
    }
}
