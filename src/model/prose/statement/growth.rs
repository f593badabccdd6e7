//! What grew or shrank: a figure, the same of the year before, the difference and the rate.

use super::figures::{Fault, Figures, Part};
use super::interval::Interval;
use super::tokens::{Base, Role, Time, Token};
use super::{Claim, Context, Finding, Given};
use crate::diagnostic::{Text, text};
use crate::model::prose::clause::Direction;

/// A change, a rate, or both, said of one thing.
struct Moved {
    change: Option<usize>,
    rate: Option<usize>,
}

/// What may be the figures of a statement.
struct GrowthFigures<'a> {
    before: Option<&'a Token<'a>>,
    now: Option<&'a Token<'a>>,
    figures: Figures,
    /// What the tables of the year before hold, where the text does not say it.
    by_cell: Option<String>,
    /// Whether a sentence before this one says the figure.
    is_earlier: bool,
}

/// Works out every growth and every fall of a period.
pub(super) fn all(context: &Context, found: &mut Vec<Finding>) {
    let tokens = context.tokens;
    let mut index = 0;
    while index < tokens.len() {
        let (moved, next) = moved(context, index);
        if let Some(moved) = moved {
            let rate = moved.rate.and_then(|rate| Some((rate, context.bound_rate(rate)?)));
            found.extend(match rate {
                Some((rate, years)) => against_cells(context, rate, years),
                None => one(context, &moved),
            });
        } else if tokens[index].reached.is_some() {
            found.extend(reached(context, index));
        }
        index = next;
    }
}

/// A change and the rate beside it, and the token behind them.
fn moved(context: &Context, index: usize) -> (Option<Moved>, usize) {
    let tokens = context.tokens;
    let place = |index: usize| match tokens[index].role {
        Role::Change(_) => Some(Moved { change: Some(index), rate: None }),
        Role::Rate(_) => Some(Moved { change: None, rate: Some(index) }),
        _ => None,
    };
    let Some(first) = place(index) else { return (None, index + 1) };
    let Some(token) = tokens.get(index + 1) else { return (Some(first), index + 1) };
    let (one, other) = (&tokens[index].base, &token.base);
    let is_same = !token.is_loose
        && token.noun.is_empty()
        && token.segment == tokens[index].segment
        && (other.time == one.time || !context.names_base(one) || !context.names_base(other));
    match (first.change, first.rate, place(index + 1)) {
        (Some(change), None, Some(Moved { rate: Some(rate), .. })) if is_same => {
            (Some(Moved { change: Some(change), rate: Some(rate) }), index + 2)
        }
        (None, Some(rate), Some(Moved { change: Some(change), .. })) if is_same => {
            (Some(Moved { change: Some(change), rate: Some(rate) }), index + 2)
        }
        _ => (Some(first), index + 1),
    }
}

/// A rate that is bound to two cells, against them.
fn against_cells(
    context: &Context,
    at: usize,
    (now, before): (Interval, Interval),
) -> Option<Finding> {
    let token = &context.tokens[at];
    let (said, rate) = (signed(token)?, now.growth_from(before)?);
    if !token.is_exact || rate.meets(said) {
        return None;
    }
    let given = vec![Given::Cell(context.amount(before)), Given::Said(context.amount(now))];
    let is_turned = rate.turned().meets(said);
    let cause = text!(zh: "增减的方向写反了", en: "the word of direction is the wrong way round");
    Some(Finding {
        range: token.range.clone(),
        is_certain: true,
        claim: Claim::Rate,
        said: with_clause(token),
        given,
        should: Context::shown(token, rate, &context.word_of(token, rate)),
        cause: is_turned.then_some(cause),
    })
}

fn signed(token: &Token) -> Option<Interval> {
    let (Role::Change(way) | Role::Rate(way)) = token.role else { return None };
    let interval = token.interval;
    let is_below = interval.is_below();
    Some(if way == Direction::Decrease && !is_below { interval.turned() } else { interval })
}

fn one(context: &Context, moved: &Moved) -> Option<Finding> {
    let tokens = context.tokens;
    let first = moved.change.into_iter().chain(moved.rate).min()?;
    let parts = || moved.change.into_iter().chain(moved.rate);
    if parts().any(|part| !tokens[part].is_exact) {
        return None;
    }
    let said = |part: Option<usize>| part.and_then(|part| signed(&tokens[part]));
    let (change, rate) = (said(moved.change), said(moved.rate));
    if let Some((change, rate)) = change.zip(rate)
        && change.is_below() != rate.is_below()
        && !change.is_zero()
        && !rate.is_zero()
    {
        return opposed(context, moved);
    }
    let readings = readings(context, first, change, rate);
    // Where one reading is right, nothing is wrong.
    if readings.is_empty() || readings.iter().any(|reading| reading.figures.fault().is_none()) {
        return None;
    }
    let is_sure = readings.len() == 1
        && !tokens[first].is_loose
        && readings[0].by_cell.is_none()
        && !readings[0].is_earlier;
    let best = readings.iter().find(|reading| cause(context, moved, reading).is_some());
    let reading = best.unwrap_or(&readings[0]);
    finding(context, moved, reading, is_sure)
}

/// What the figures before a change may be: the nearest amount first.
fn readings<'a>(
    context: &'a Context,
    first: usize,
    change: Option<Interval>,
    rate: Option<Interval>,
) -> Vec<GrowthFigures<'a>> {
    let Context { tokens, .. } = *context;
    let token = &tokens[first];
    if token.is_loose || !context.is_of_year_before(&token.base) {
        return planned(context, first, change, rate);
    }
    let before: Vec<&Token> =
        tokens[..first].iter().rev().filter(|token| is_level(token)).collect();
    let is_near = |other: &&&Token| other.segment == token.segment;
    let prior = before.iter().copied().find(|other| {
        other.time == Time::Prior && is_near(&other) && compatible(other.noun, token.noun)
    });
    let is_now = |other: &&&Token| matches!(other.time, Time::Now | Time::Unsaid);
    let mut now: Vec<&Token> = before.iter().filter(is_now).copied().collect();
    if !token.noun.is_empty() {
        now.retain(|other| other.noun == token.noun);
        now.truncate(1);
    } else if now.iter().any(|other| is_near(&other)) {
        now.retain(|other| is_near(&other));
    }
    // A sentence that only compares is about what the one before it said.
    let is_earlier = now.is_empty() && token.noun.is_empty() && token.base.time == Time::Prior;
    if is_earlier {
        now = context.earlier.iter().filter(|token| is_level(token)).collect();
        now.retain(|other| is_now(&other));
    }
    let mut all: Vec<GrowthFigures> = Vec::new();
    for now in now {
        let prior = prior.filter(|prior| compatible(prior.noun, now.noun));
        let reading = reading(context, prior, Some(now), change, rate);
        let is_meant = |reading: &GrowthFigures| {
            reading.by_cell.is_none() || context.is_of_tables(&token.base)
        };
        let reading = reading.filter(is_meant);
        all.extend(reading.map(|reading| GrowthFigures { is_earlier, ..reading }));
    }
    if all.is_empty() && !is_earlier {
        all.extend(prior.and_then(|prior| reading(context, Some(prior), None, change, rate)));
    }
    all
}

fn is_level(token: &Token) -> bool {
    token.role == Role::Level && token.is_exact
}

/// Against a plan: `比年初预算增加5万元`, where the plan is said.
fn planned<'a>(
    context: &'a Context,
    first: usize,
    change: Option<Interval>,
    rate: Option<Interval>,
) -> Vec<GrowthFigures<'a>> {
    let Context { tokens, .. } = *context;
    let token = &tokens[first];
    if token.is_loose || token.base.words.is_empty() || !context.reader.is_stage(token.base.words) {
        return Vec::new();
    }
    let levels: Vec<&Token> =
        tokens[..first].iter().rev().filter(|token| is_level(token)).take(2).collect();
    let is_plan = |of: &Token| of.clause.contains(token.base.words) && of.time != Time::Other;
    match levels.as_slice() {
        [now, plan] if is_plan(plan) && !is_plan(now) && compatible(now.noun, plan.noun) => {
            reading(context, Some(plan), Some(now), change, rate).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// One reading, with the cell of the year before where the text does not say it.
fn reading<'a>(
    context: &Context,
    before: Option<&'a Token<'a>>,
    now: Option<&'a Token<'a>>,
    change: Option<Interval>,
    rate: Option<Interval>,
) -> Option<GrowthFigures<'a>> {
    let said = before.map(|before| before.interval);
    let cell = match (said, now) {
        (None, Some(now)) if !context.says_year_before => context.before(now),
        _ => None,
    };
    let figures = Figures {
        before: said.or(cell.as_ref().map(|cell| cell.0)),
        now: now.map(|now| now.interval),
        change,
        rate,
    };
    let by_cell = cell.map(|cell| cell.1);
    let reading = GrowthFigures { before, now, figures, by_cell, is_earlier: false };
    figures.is_enough().then_some(reading)
}

/// Whether two nouns may be of one thing.
pub(super) fn compatible(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one.ends_with(other) || other.ends_with(one)
}

/// `由100万元增加到120万元，增长20%`.
fn reached(context: &Context, now: usize) -> Option<Finding> {
    let tokens = context.tokens;
    let before = now.checked_sub(1)?;
    let (from, to, way) = (&tokens[before], &tokens[now], tokens[now].reached?);
    let is_pair = from.role == Role::Level
        && from.is_exact
        && to.is_exact
        && !to.is_loose
        && to.noun.is_empty()
        && from.segment == to.segment
        && from.reached.is_none();
    if !is_pair {
        return None;
    }
    let (grew, shrank) =
        (to.interval.low > from.interval.high, to.interval.high < from.interval.low);
    let is_wrong = match way {
        Direction::Increase => shrank,
        Direction::Decrease => grew,
    };
    let given = vec![Given::said(from), Given::said(to)];
    is_wrong.then(|| Finding {
        range: to.range.clone(),
        is_certain: true,
        claim: Claim::Direction,
        said: format!("{} {}", to.clause, to.words),
        given,
        should: String::new(),
        cause: None,
    })
}

/// A change and its rate that say opposite things.
fn opposed(context: &Context, moved: &Moved) -> Option<Finding> {
    let tokens = context.tokens;
    let (change, rate) = (moved.change?, moved.rate?);
    let later = change.max(rate);
    let given = vec![Given::with_clause(&tokens[change.min(rate)])];
    Some(Finding {
        range: tokens[later].range.clone(),
        is_certain: true,
        claim: Claim::Opposed,
        said: with_clause(&tokens[later]),
        given,
        should: String::new(),
        cause: None,
    })
}

pub(super) fn with_clause(token: &Token) -> String {
    let tail: Vec<char> = token.clause.chars().rev().take(SAID).collect();
    let tail: String = tail.into_iter().rev().collect();
    format!("{tail}{}", token.words)
}

/// So many letters of a clause are said again.
const SAID: usize = 16;

fn finding(
    context: &Context,
    moved: &Moved,
    reading: &GrowthFigures,
    is_sure: bool,
) -> Option<Finding> {
    let tokens = context.tokens;
    let Fault { part, should } = reading.figures.fault()?;
    let of = |at: Option<usize>| at.map(|at| &tokens[at]);
    let token = match part {
        Part::Rate => of(moved.rate)?,
        Part::Change => of(moved.change)?,
        Part::Now => reading.now?,
        // The tables are not at fault for what a text says.
        Part::Before => reading.before.or(of(moved.change))?,
    };
    let is_of_cell = part == Part::Before && reading.before.is_none();
    let should =
        if is_of_cell { reading.figures.now?.minus(reading.figures.before?) } else { should };
    let mut given: Vec<Given> = Vec::new();
    given.extend(reading.before.map(Given::said));
    given.extend(reading.by_cell.clone().map(Given::Cell));
    given.extend(reading.now.map(Given::said));
    let is_other = |other: &&Token| other.range != token.range;
    given.extend(of(moved.change).filter(is_other).map(Given::with_clause));
    let rate = of(moved.rate).filter(|_| part != Part::Change);
    given.extend(rate.filter(is_other).map(Given::with_clause));
    let own = Given::said(token);
    given.retain(|given| *given != own);
    let claim = match token.role {
        Role::Rate(_) => Claim::Rate,
        Role::Change(_) => Claim::Change,
        _ => Claim::Amount,
    };
    Some(Finding {
        range: token.range.clone(),
        is_certain: is_sure,
        claim,
        said: with_clause(token),
        given,
        should: Context::shown(token, should, &context.word_of(token, should)),
        cause: cause(context, moved, reading),
    })
}

/// The one slip that explains it, where one does.
fn cause(context: &Context, moved: &Moved, reading: &GrowthFigures) -> Option<Text> {
    let tokens = context.tokens;
    let figures = reading.figures;
    let turned = figures.turned();
    if turned.agrees() || (figures.before.is_none() && turned.fault().is_none()) {
        return Some(
            text!(zh: "增减的方向写反了", en: "the word of direction is the wrong way round"),
        );
    }
    if let Some((change, (now, rate))) = figures
        .change
        .or_else(|| Some(figures.now?.minus(figures.before?)))
        .zip(figures.now.zip(figures.rate))
        && change.percent_of(now).is_some_and(|share| share.meets(rate))
    {
        return Some(
            text!(zh: "这是拿这一年的数作的分母，增减的比率要用比较的那一年的数", en: "this year’s figure was taken for the base: a rate is of the figure it is compared with"),
        );
    }
    if let Some((rate, (now, before))) = figures.rate.zip(figures.now.zip(figures.before))
        && now.percent_of(before).is_some_and(|share| share.meets(rate))
    {
        return Some(
            text!(zh: "这是两年的数之比，不是增减的比率", en: "this is one year’s figure as a share of the other’s, not the rate of change"),
        );
    }
    figures.shifted().and_then(|part| {
        let token = match part {
            Part::Before => reading.before,
            Part::Now => reading.now,
            Part::Change => moved.change.map(|at| &tokens[at]),
            Part::Rate => moved.rate.map(|at| &tokens[at]),
        };
        let words = token?.words;
        Some(
            text!(zh: "{words} 的小数点或单位可能错了", en: "the decimal point or the unit of {words} may be wrong"),
        )
    })
}

impl Context<'_> {
    /// An amount in the largest unit that leaves no more than two decimals of it.
    fn amount(&self, amount: Interval) -> String {
        let units = self.reader.profile.units.iter();
        let fits = units.filter(|(_, factor)| amount.value.abs() >= **factor);
        match fits.max_by_key(|(_, factor)| **factor) {
            Some((unit, factor)) => {
                format!("{}{unit}", (amount.value / *factor).round_dp(2).normalize())
            }
            None => amount.value.normalize().to_string(),
        }
    }

    /// Whether a comparison is with the same figure of the year before.
    fn is_of_year_before(&self, base: &Base) -> bool {
        match base.time {
            Time::Prior => true,
            Time::Unsaid => base.words.is_empty() || !self.reader.is_stage(base.words),
            Time::Now | Time::Other => false,
        }
    }

    /// Whether a comparison is with what the tables of the year before hold: with that year, of the same stage.
    fn is_of_tables(&self, base: &Base) -> bool {
        let stage = &self.disclosure.written.stage;
        let others = self.reader.prose.stages.iter().filter(|(name, _)| *name != stage);
        let mut others = others.flat_map(|(_, words)| words);
        base.time == Time::Prior
            && !others.any(|word| base.words.contains(word.as_str()))
            && self.reader.cleaned(base.words).is_empty()
    }

    /// The word for a change of such a sign: the author's own, or the one that stands against it.
    fn word_of(&self, token: &Token, should: Interval) -> String {
        let prose = self.reader.prose;
        let lists = [&prose.increase, &prose.decrease];
        let list = usize::from(should.is_below());
        let own = |words: &&String| token.clause.contains(words.as_str());
        let word = lists[list].iter().filter(own).max_by_key(|word| word.len());
        let other = lists[1 - list].iter().position(|word| token.clause.contains(word.as_str()));
        let other = other.and_then(|index| lists[list].get(index));
        word.or(other).or(lists[list].first()).cloned().unwrap_or_default()
    }
}
