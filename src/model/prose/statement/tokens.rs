//! The figures of a period, each with what the words before it make of it.

use std::ops::Range;

use super::super::bounded::{self, BoundKind};
use super::super::clause::Direction;
use super::super::figure::Money;
use super::interval::Interval;
use crate::amount::{Decimal, half_unit};
use crate::model::Disclosure;
use crate::profile::{Profile, Prose};

/// Which year a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// That of the disclosure.
    Now,
    /// The one before.
    Prior,
    /// Another, or one carried over from another.
    Other,
    /// The words do not say.
    Unsaid,
}

/// What the words before a figure make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An amount as it is.
    Level,
    /// By how much it changed.
    Change(Direction),
    /// By how many per cent it changed.
    Rate(Direction),
    /// Which share of a whole it is.
    Share,
    /// How much of a plan was carried out.
    Completed,
    /// Something else.
    Other,
}

/// A figure of a period.
#[derive(Clone, Debug)]
pub(in crate::model::prose) struct Token<'a> {
    /// Where it stands in the paragraph, its unit included.
    pub(in crate::model::prose) range: Range<usize>,
    /// As written.
    pub(super) words: &'a str,
    /// The number as written.
    pub(super) value: Decimal,
    /// How many base units one of its unit is worth.
    pub(super) factor: Decimal,
    /// In base units, or in per cent.
    pub(super) interval: Interval,
    /// Whether no word such as `超过` stands beside it.
    pub(super) is_exact: bool,
    pub(super) role: Role,
    pub(super) time: Time,
    /// What it is of, by the words of its clause; of a share the whole, of a plan carried out the plan.
    pub(super) noun: &'a str,
    /// What it is compared with.
    pub(super) base: Base<'a>,
    /// Whether it was reached by a growth or a fall.
    pub(super) reached: Option<Direction>,
    /// Whether clauses without figures stand between it and the figure before it.
    pub(super) is_loose: bool,
    /// Whether it is one of the parts of what was said before.
    pub(super) is_part: bool,
    /// The parts of the period, parted by `；`.
    pub(super) segment: usize,
    /// The words of its clause before it.
    pub(super) clause: &'a str,
}

/// What a figure is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Base<'a> {
    pub(super) time: Time,
    /// The words behind the word of comparison.
    pub(super) words: &'a str,
}

impl Token<'_> {
    /// Whether it may be the figure of a cell of this year.
    pub(in crate::model::prose) fn may_be_bound(&self) -> bool {
        let is_near = !matches!(self.time, Time::Prior | Time::Other);
        self.is_exact && (is_near || self.role != Role::Level)
    }

    /// Its unit as written.
    pub(super) fn unit(&self) -> &str {
        self.words.trim_start_matches(|c: char| !c.is_alphabetic() && !matches!(c, '%' | '％'))
    }
}

fn ends_period(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n')
}

fn ends_clause(c: char) -> bool {
    matches!(c, '，' | '；' | '、' | '：' | '（' | ',' | ';' | ':' | '(')
}

/// Where the last clause of some words begins; a bracket that is closed again is part of its clause.
pub(super) fn clause_start(words: &str) -> usize {
    let mut closed = 0_usize;
    for (at, c) in words.char_indices().rev() {
        match c {
            '）' | ')' => closed += 1,
            '（' | '(' if closed > 0 => closed -= 1,
            c if closed == 0 && ends_clause(c) => return at + c.len_utf8(),
            _ => {}
        }
    }
    0
}

/// The periods of a text: from full stop to full stop.
pub(super) fn periods(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, c)| ends_period(*c)) {
        all.push(start..at);
        start = at + sign.len_utf8();
    }
    all.push(start..text.len());
    all.retain(|range| !text[range.clone()].trim().is_empty());
    all
}

/// How the words of a profile are read.
pub(in crate::model::prose) struct Reader<'a> {
    pub(super) profile: &'a Profile,
    pub(super) prose: &'a Prose,
    /// The years of the disclosure.
    pub(super) own: Vec<u32>,
}

impl<'a> Reader<'a> {
    /// By the words of the profile of a disclosure, where it has any for statements.
    pub(in crate::model::prose) fn of(disclosure: &'a Disclosure) -> Option<Reader<'a>> {
        let prose =
            disclosure.profile.prose.as_ref().filter(|prose| !prose.statements.is_empty())?;
        Some(Reader { profile: &disclosure.profile, prose, own: disclosure.own_years() })
    }

    /// The figures of a period.
    pub(super) fn tokens<'t>(
        &self,
        text: &'t str,
        period: Range<usize>,
        amounts: &[Money],
    ) -> Vec<Token<'t>> {
        let mut all: Vec<Token> = Vec::with_capacity(amounts.len());
        let mut from = period.start;
        for money in amounts {
            let before = all.last();
            let segment = before.map_or(0, |before| before.segment)
                + text[from..money.range.start].matches(['；', ';']).count();
            all.push(self.token(text, from, money, segment));
            from = money.range.end;
        }
        all
    }

    fn token<'t>(&self, text: &'t str, from: usize, money: &Money, segment: usize) -> Token<'t> {
        let lead = &text[from..money.range.start];
        let cut = self.clause_start(lead);
        let (others, clause) = (&lead[..cut], lead[cut..].trim());
        let (interval, is_exact) = self.interval(text, money);
        let mut token = Token {
            range: money.range.clone(),
            words: &text[money.range.clone()],
            value: money.value,
            factor: money.factor,
            interval,
            is_exact,
            role: Role::Other,
            time: Time::Unsaid,
            noun: "",
            base: Base { time: Time::Unsaid, words: "" },
            reached: None,
            is_loose: false,
            is_part: self.prose.statements.parts.iter().any(|word| lead.contains(word.as_str())),
            segment,
            clause,
        };
        self.read(&mut token, money.percent, others);
        token
    }

    /// Where the last clause of some words begins: not within a word that holds a sign, such as `收、支`.
    fn clause_start(&self, words: &str) -> usize {
        let cut = clause_start(words);
        let joined = self.prose.statements.plain.iter().filter(|word| word.contains(ends_clause));
        let ends = joined.filter_map(|word| {
            let at = words.rfind(word.as_str())?;
            (at < cut && cut < at + word.len()).then(|| clause_start(&words[..at]))
        });
        ends.min().unwrap_or(cut)
    }

    /// The values a figure may stand for, and whether no word bounds it.
    fn interval(&self, text: &str, money: &Money) -> (Interval, bool) {
        let half = half_unit(money.value.scale()) * money.factor;
        let bounded = bounded::read(self.profile, text, money.range.clone());
        let about = |wide: Decimal| {
            let slack = bounded::half_of_last_digit(money.value) * money.factor * wide;
            (Interval::around(money.amount(), slack), true)
        };
        match bounded.map(|bounded| bounded.kind) {
            None => (Interval::around(money.amount(), half), true),
            Some(BoundKind::About) => about(Decimal::ONE),
            Some(BoundKind::Nearly) => about(Decimal::TWO),
            Some(_) => (Interval::around(money.amount(), half), false),
        }
    }

    /// What the words before a figure make of it.
    fn read<'t>(&self, token: &mut Token<'t>, percent: bool, others: &'t str) {
        let words = self.prose.statements.without_fillers(token.clause);
        if let Some((direction, head)) = self.turned(words) {
            token.role = if percent { Role::Rate(direction) } else { Role::Change(direction) };
            (token.noun, token.base) = self.compared(head);
            self.read_others(token, others);
        } else if !percent {
            token.role = Role::Level;
            let reached = self.reached(words);
            token.reached = reached.map(|(way, _)| way);
            (token.noun, token.base) = self.compared(reached.map_or(words, |(_, head)| head));
            token.time = self.time_of(others, token);
            token.is_loose = token.reached.is_some() && !self.is_bare(others);
        } else if let Some((part, whole)) = split_last(&self.prose.statements.share, words) {
            token.role = Role::Share;
            token.noun = self.cleaned(whole);
            token.is_loose = !self.cleaned(part).is_empty() || !self.is_bare(others);
        } else if let Some(plan) = self.plan(token.clause) {
            token.role = Role::Completed;
            token.noun = plan;
            token.is_loose = !self.is_bare(others);
        }
    }

    /// The plan of which so much was carried out: named, or none.
    fn plan<'t>(&self, words: &'t str) -> Option<&'t str> {
        let statements = &self.prose.statements;
        let behind =
            split_last(&statements.completed, words).map(|(_, plan)| self.cleaned_of_years(plan));
        let is_plan =
            |words: &&str| statements.plans.iter().any(|plan| words.ends_with(plan.as_str()));
        match behind {
            Some(plan) if plan.is_empty() || is_plan(&plan) => Some(plan),
            Some(_) => None,
            None => Some(self.cleaned_of_years(words))
                .filter(is_plan)
                .filter(|plan| plan.len() < words.len()),
        }
    }

    /// The clauses between a change and the figure before it: what it is compared with, or something else.
    fn read_others<'t>(&self, token: &mut Token<'t>, others: &'t str) {
        if self.is_bare(others) {
            return;
        }
        let others = others.trim().trim_end_matches(ends_clause);
        let cut = self.clause_start(others);
        let (rest, last) = (&others[..cut], others[cut..].trim());
        let (noun, base) = self.compared(last);
        if base.words.is_empty() || !noun.is_empty() {
            token.is_loose = true;
            return;
        }
        if token.base.words.is_empty() {
            token.base = base;
        }
        token.is_loose = !self.is_bare(rest);
    }

    /// What the words behind a figure compare it with, and what they name besides; nothing where they say more.
    pub(super) fn between<'t>(&self, words: &'t str) -> Option<(&'t str, Base<'t>)> {
        let mut found = ("", Base { time: Time::Unsaid, words: "" });
        for clause in words.split(ends_clause) {
            let (noun, base) = self.compared(clause.trim());
            if !base.words.is_empty() && found.1.words.is_empty() {
                found = (noun, base);
            } else if !noun.is_empty() {
                return None;
            }
        }
        Some(found)
    }

    /// Whether nothing but signs, years and words that name nothing stands in a text.
    fn is_bare(&self, text: &str) -> bool {
        text.split(ends_clause).all(|clause| self.cleaned(clause).is_empty())
    }

    /// What a clause names, and what it compares that with.
    fn compared<'t>(&self, head: &'t str) -> (&'t str, Base<'t>) {
        let none = Base { time: Time::Unsaid, words: "" };
        let words = &self.prose.statements.compared;
        let places = words.held(head).flat_map(|word| {
            head.match_indices(word.as_str()).map(move |(at, _)| (at, at + word.len()))
        });
        // The first word behind which a year, a stage or nothing stands.
        let mut places: Vec<(usize, usize)> = places.collect();
        places.sort_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
        for (start, end) in places {
            let behind = self.without_compared(&head[end..]);
            let time = self.last_time(behind).map(|(_, time)| time);
            let is_base = behind.is_empty() || time.is_some() || self.is_stage(behind);
            if is_base {
                let words = if behind.is_empty() { &head[start..end] } else { behind };
                let time = time.unwrap_or(Time::Unsaid);
                return (self.cleaned(&head[..start]), Base { time, words });
            }
        }
        (self.cleaned(head), none)
    }

    /// Without a word of comparison at its end: `与上年相比`.
    fn without_compared<'t>(&self, text: &'t str) -> &'t str {
        let text = text.trim();
        let words = self.prose.statements.compared.iter();
        let shorter = words.filter_map(|word| text.strip_suffix(word.as_str()));
        shorter.min_by_key(|rest| rest.len()).unwrap_or(text).trim()
    }

    /// Whether words are those of a stage or of a plan and nothing else.
    pub(super) fn is_stage(&self, words: &str) -> bool {
        let statements = &self.prose.statements;
        let mut all = self.prose.stages.values().flatten().chain(&statements.plans);
        all.any(|stage| words.contains(stage.as_str())) && self.cleaned(words).is_empty()
    }

    /// The year of an amount: the last that the words before it say.
    fn time_of(&self, others: &str, token: &Token) -> Time {
        let is_other = |words: &str| self.prose.other_year.held(words).next().is_some();
        if is_other(token.clause) {
            return Time::Other;
        }
        match self.last_time(token.clause) {
            Some((_, time)) => time,
            None if others.len() > LEAD => Time::Unsaid,
            None => self.last_time(others).map_or(Time::Unsaid, |(_, time)| time),
        }
    }

    /// The last year of a text, and where it ends.
    pub(super) fn last_time(&self, text: &str) -> Option<(usize, Time)> {
        let prose = self.prose;
        let lists = [
            (&prose.last_year, Time::Prior),
            (&prose.this_year, Time::Now),
            (&prose.next_year, Time::Other),
        ];
        let words = lists
            .into_iter()
            .flat_map(|(words, time)| words.held(text).map(move |word| (word, time)));
        let relative =
            words.filter_map(|(word, time)| Some((text.rfind(word.as_str())? + word.len(), time)));
        let sign = self.profile.words.year.rsplit('}').next().unwrap_or_default().trim();
        let digits = text.match_indices(sign).filter(|_| !sign.is_empty()).filter_map(|(at, _)| {
            let before = text[..at].trim_end();
            let year = before.get(before.len().checked_sub(4)?..)?;
            let year: u32 =
                year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
            Some((at + sign.len(), self.time_of_year(year)))
        });
        relative.chain(digits).max_by_key(|(end, _)| *end)
    }

    fn time_of_year(&self, year: u32) -> Time {
        if self.own.contains(&year) {
            Time::Now
        } else if self.own.iter().min() == Some(&year.saturating_add(1)) {
            Time::Prior
        } else {
            Time::Other
        }
    }

    /// The word of direction at the end of a text, and what stands before it.
    fn turned<'t>(&self, text: &'t str) -> Option<(Direction, &'t str)> {
        let prose = self.prose;
        let lists =
            [(&prose.increase, Direction::Increase), (&prose.decrease, Direction::Decrease)];
        let words =
            lists.into_iter().flat_map(|(words, way)| words.iter().map(move |word| (word, way)));
        let found = words.filter_map(|(word, way)| Some((text.strip_suffix(word.as_str())?, way)));
        found.min_by_key(|(head, _)| head.len()).map(|(head, way)| (way, head.trim_end()))
    }

    /// What stands before a word at the end of a text that says something grew.
    pub(super) fn grown<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (way, head) = self.turned(text)?;
        (way == Direction::Increase).then_some(head)
    }

    /// Which way a text says something went to reach what follows: `增加到`.
    fn reached<'t>(&self, text: &'t str) -> Option<(Direction, &'t str)> {
        let words = self.prose.statements.reached.iter();
        let mut heads = words.filter_map(|word| text.strip_suffix(word.as_str()));
        heads.find_map(|head| {
            self.turned(self.prose.statements.without_fillers(head)).or_else(|| self.letter(head))
        })
    }

    /// A word of direction cut to one letter: `增至`, `降至`.
    fn letter<'t>(&self, head: &'t str) -> Option<(Direction, &'t str)> {
        let letter = head.chars().next_back()?;
        let prose = self.prose;
        let has = |words: &[String]| {
            words.iter().any(|word| word.starts_with(letter) || word.ends_with(letter))
        };
        let way = match (has(&prose.increase), has(&prose.decrease)) {
            (true, false) => Direction::Increase,
            (false, true) => Direction::Decrease,
            _ => return None,
        };
        Some((way, head[..head.len() - letter.len_utf8()].trim_end()))
    }

    /// Without years, stages and words that name nothing at either end.
    pub(super) fn cleaned<'t>(&self, text: &'t str) -> &'t str {
        let stages = &self.prose.statements.of_stages;
        let mut text = self.cleaned_of_years(text);
        loop {
            let rest = stages.without_start(text).unwrap_or(text);
            let rest = stages.without_end(rest).unwrap_or(rest);
            if rest.len() == text.len() {
                return rest;
            }
            text = self.cleaned_of_years(rest);
        }
    }

    /// Without years and words that name nothing at either end.
    fn cleaned_of_years<'t>(&self, text: &'t str) -> &'t str {
        let words = &self.prose.statements.nameless;
        let mut text = text.trim();
        loop {
            let rest = words.without_start(text).or_else(|| self.without_year(text));
            let rest = rest.unwrap_or(text).trim_start();
            let rest = words.without_end(rest).unwrap_or(rest).trim_end();
            if rest.len() == text.len() {
                return rest;
            }
            text = rest;
        }
    }

    /// Without the year in figures that it begins with.
    fn without_year<'t>(&self, text: &'t str) -> Option<&'t str> {
        let sign = self.profile.words.year.rsplit('}').next().unwrap_or_default().trim();
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_year = text.len() - rest.len() == 4;
        is_year.then(|| rest.trim_start().strip_prefix(sign)).flatten()
    }
}

/// No year further from an amount than so many bytes is that of it.
const LEAD: usize = 96;

/// What stands before the last of some words, and behind it; the longest where several end there.
fn split_last<'t>(words: &[String], text: &'t str) -> Option<(&'t str, &'t str)> {
    let found = words.iter().filter_map(|word| Some((text.rfind(word.as_str())?, word.len())));
    let (at, length) = found.max_by_key(|(at, length)| (at + length, *length))?;
    Some((&text[..at], &text[at + length..]))
}
