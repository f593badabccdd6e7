//! Numbers of things that are parts of another, added up, or compared: `20人，其中行政12人、事业9人`,
//! `在职20人，退休6人，共计27人`, `由24个增加到26个，增加3个`.

use std::ops::Range;

use super::counts::{Count, are_apart, counts, names_of};
use super::tokens::Reader;
use super::{Claim, Finding, Given};
use crate::amount::Decimal;
use crate::profile::WordList;

/// What ends the words in which things are counted together.
const ENDS: [char; 4] = ['。', '；', ';', '\n'];

/// Between a word and its number stand so many bytes and no more.
const NEAR: usize = 64;

/// What a text counts that does not add up.
pub(super) fn all(reader: &Reader, text: &str) -> Vec<Finding> {
    let statements = &reader.prose.statements;
    let words = [&statements.parts, &statements.totals, &statements.reached];
    if !words.iter().any(|words| words.may_be_in(text)) {
        return Vec::new();
    }
    let counts = counts(text, 0..text.len(), &reader.prose.other_units);
    // One number is neither a part nor a sum of others.
    if counts.len() < 2 {
        return Vec::new();
    }
    let ends = text.match_indices(ENDS).map(|(at, _)| at).collect();
    let counted = Counted { reader, text, counts, ends };
    let mut found = counted.parts();
    found.extend(counted.sums());
    found.extend(counted.changes());
    found
}

/// A text with its numbers.
struct Counted<'r> {
    reader: &'r Reader<'r>,
    text: &'r str,
    counts: Vec<Count<'r>>,
    /// Where something ends that is counted together.
    ends: Vec<usize>,
}

impl Counted<'_> {
    /// Where some words stand, in order.
    fn places(&self, words: &WordList) -> Vec<Range<usize>> {
        let places = words.held(self.text).flat_map(|word| {
            self.text.match_indices(word.as_str()).map(|(at, _)| at..at + word.len())
        });
        let mut places: Vec<Range<usize>> = places.collect();
        places.sort_unstable_by_key(|place| (place.start, place.end));
        places
    }

    /// The numbers within a range.
    fn within(&self, range: &Range<usize>) -> &[Count<'_>] {
        let from = self.counts.partition_point(|count| count.range.start < range.start);
        let to = self.counts.partition_point(|count| count.range.end <= range.end);
        self.counts.get(from..to).unwrap_or_default()
    }

    /// Where what a place belongs to begins and ends.
    fn sentence(&self, at: usize) -> Range<usize> {
        let next = self.ends.partition_point(|end| *end < at);
        let start = next.checked_sub(1).map_or(0, |last| self.ends[last]);
        start..self.ends.get(next).copied().unwrap_or(self.text.len())
    }

    /// Every part of what was counted that does not fit into it.
    fn parts(&self) -> Vec<Finding> {
        let places = self.places(&self.reader.prose.statements.parts);
        let next = |at: usize| {
            let next = places.partition_point(|place| place.start < at);
            places.get(next).map_or(usize::MAX, |place| place.start)
        };
        let mut found: Vec<Finding> =
            places.iter().filter_map(|word| self.part(word, next(word.end))).collect();
        found.sort_by_key(|one| one.range.start);
        found.dedup_by_key(|one| one.range.start);
        found
    }

    /// The parts behind a word, as far as the next such word, against what stands before it.
    fn part(&self, word: &Range<usize>, next: usize) -> Option<Finding> {
        let sentence = self.sentence(word.start);
        let whole = self.within(&(sentence.start..word.start)).last()?;
        let between = &self.text[whole.range.end..word.start];
        if between.contains(|c: char| c.is_alphanumeric()) {
            return None;
        }
        let parts = self.within(&(word.end..sentence.end.min(next))).iter();
        let parts: Vec<&Count> = parts.filter(|part| part.unit == whole.unit).collect();
        let named = names_of(self.reader, self.text, word.end, &parts)?;
        // The first of them is certainly a part.
        if let Some(part) = parts.first().filter(|part| part.value > whole.value) {
            let given = vec![whole.given(self.text)];
            return Some(self.finding(Claim::Part, &part.range, given, String::new(), true));
        }
        let sum = sum_of(&parts);
        if sum <= whole.value || !are_apart(&self.reader.prose.statements, &named) {
            return None;
        }
        let should = format!("{sum}{}", whole.unit);
        Some(self.finding(Claim::Sum, &whole.range, self.given(&parts), should, true))
    }

    /// Every total of what was counted before it that is not their sum. A thing may be two of what is counted, so only
    /// kinds that the profile holds apart are added up.
    fn sums(&self) -> Vec<Finding> {
        let mut last = 0;
        let places = self.places(&self.reader.prose.statements.totals);
        let sums = places.iter().filter_map(|word| {
            // Behind another total a new list begins.
            let from = std::mem::replace(&mut last, word.start);
            self.sum(from, word)
        });
        sums.collect()
    }

    fn sum(&self, from: usize, word: &Range<usize>) -> Option<Finding> {
        let total =
            self.counts.get(self.counts.partition_point(|count| count.range.start < word.end))?;
        let gap = word.end..total.range.start;
        let sentence = self.sentence(word.start);
        let is_near = gap.len() <= NEAR && total.range.end <= sentence.end;
        if !is_near || !self.reader.cleaned(&self.text[gap]).is_empty() {
            return None;
        }
        let start = from.max(sentence.start);
        let parts = self.within(&(start..word.start)).iter();
        let parts: Vec<&Count> = parts.filter(|part| part.unit == total.unit).collect();
        let named = names_of(self.reader, self.text, start, &parts)?;
        let sum = sum_of(&parts);
        let is_sum = sum == total.value || parts.len() < 2;
        if is_sum || !are_apart(&self.reader.prose.statements, &named) {
            return None;
        }
        let said = word.start..total.range.end;
        let should = format!("{sum}{}", total.unit);
        let finding = self.finding(Claim::Sum, &total.range, self.given(&parts), should, false);
        Some(Finding { said: self.text[said].to_owned(), ..finding })
    }

    /// Every difference behind two numbers of which one became the other that is not theirs.
    fn changes(&self) -> Vec<Finding> {
        let reached = &self.reader.prose.statements.reached;
        if !reached.may_be_in(self.text) {
            return Vec::new();
        }
        self.counts.windows(3).filter_map(|three| self.change(three)).collect()
    }

    fn change(&self, three: &[Count]) -> Option<Finding> {
        let [first, second, third] = three else { return None };
        if first.unit != second.unit || second.unit != third.unit {
            return None;
        }
        let (prose, text) = (self.reader.prose, self.text);
        let reached = text[first.range.end..second.range.start].trim_end();
        let lead = &text[second.range.end..third.range.start];
        let said = prose.statements.without_fillers(lead);
        let longest = |words: &[String]| {
            let fits = words.iter().filter(|word| said.ends_with(word.as_str()));
            fits.map(String::len).max()
        };
        let (more, less) = (longest(&prose.increase), longest(&prose.decrease));
        let (rest, word) = said.split_at(said.len() - more.or(less)?);
        let is_bare = self.reader.cleaned(rest.trim_matches(['，', ','])).is_empty();
        let is_one = !reached.contains(ENDS) && !lead.contains(ENDS) && is_bare;
        let is_reached =
            prose.statements.reached.iter().any(|word| reached.ends_with(word.as_str()));
        let worked = second.value - first.value;
        let is_more = more.is_some();
        let stated = if is_more { third.value } else { -third.value };
        if !is_one || !is_reached || stated == worked {
            return None;
        }
        let start = second.range.end + lead.rfind(word)?;
        // The word too may be the wrong one.
        let is_right = is_more != worked.is_sign_negative();
        let other = if is_more { prose.decrease.first() } else { prose.increase.first() };
        let way = if is_right { word } else { other.map_or("", String::as_str) };
        let should = format!("{way}{}{}", worked.abs(), third.unit);
        let given = self.given(&[first, second]);
        let finding = self.finding(Claim::Change, &third.range, given, should, true);
        Some(Finding { said: text[start..third.range.end].to_owned(), ..finding })
    }

    fn given(&self, counts: &[&Count]) -> Vec<Given> {
        counts.iter().map(|count| count.given(self.text)).collect()
    }

    fn finding(
        &self,
        claim: Claim,
        range: &Range<usize>,
        given: Vec<Given>,
        should: String,
        is_certain: bool,
    ) -> Finding {
        let said = self.text[range.clone()].to_owned();
        Finding { range: range.clone(), is_certain, claim, said, given, should, cause: None }
    }
}

fn sum_of(counts: &[&Count]) -> Decimal {
    counts.iter().fold(Decimal::ZERO, |sum, count| sum + count.value)
}
