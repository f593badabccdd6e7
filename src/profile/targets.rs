//! What a place calls things in performance targets: the words its printed
//! targets are read with, and what is asked of them.

use indexmap::IndexMap;

use super::{same_name, unspaced};
use crate::amount::Decimal;
use crate::source::Place;

/// All a profile says of targets.
#[derive(Clone, Debug, Default)]
pub struct TargetSpec {
    /// The words printed targets are read with.
    pub words: TargetWords,
    /// The column of the highest level of indicators, by index.
    pub group: Option<usize>,
    /// The column of the level below.
    pub kind: Option<usize>,
    /// The column that describes an indicator.
    pub description: Option<usize>,
    /// The column of weights.
    pub weight: Option<usize>,
    /// The column of what was reached.
    pub actual: Option<usize>,
    /// The column of what was scored of the weight.
    pub score: Option<usize>,
    /// The systems of indicators in use, by id.
    pub schemes: IndexMap<String, Scheme>,
    /// The id of the one this form expects.
    pub scheme: String,
    /// Kinds that state what the project may cost.
    pub cost: Vec<String>,
    /// Kinds that state how much is done.
    pub quantity: Vec<String>,
    /// Words that say an amount is for one of several.
    pub per_unit: Vec<String>,
    /// What the name of a share ends with.
    pub rates: Vec<String>,
    /// What looks like one and is none.
    pub not_rates: Vec<String>,
    /// What the name of a satisfaction ends with.
    pub satisfaction: Vec<String>,
    /// Units of things done, of which more is better.
    pub events: Vec<String>,
    /// Words of things of which less is better.
    pub fewer: Vec<String>,
    /// Words of things that may grow by more than all.
    pub growth: Vec<String>,
    /// Which names belong to which kind.
    pub filing: Vec<Filing>,
    /// The ways to write one unit, of each unit that has several.
    pub spellings: Vec<Vec<String>>,
    /// What the weights of a project may add up to.
    pub weights: Vec<Decimal>,
    /// The shape of a project's code, part by part.
    pub code: Vec<CodePart>,
    /// Where it is stated.
    pub place: Option<Place>,
}

/// Words printed targets are read with.
#[derive(Clone, Debug, Default)]
pub struct TargetWords {
    /// Per cent.
    pub percent: Vec<String>,
    /// Other units of a share: per mille, points.
    pub ratios: Vec<String>,
    /// Words that multiply the number before them.
    pub scales: IndexMap<String, Decimal>,
    /// At least, before or after the number.
    pub at_least: Vec<String>,
    /// At most, before or after the number.
    pub at_most: Vec<String>,
    /// Words before a number or date that change nothing.
    pub lead: Vec<String>,
    /// Stand after a year.
    pub year: Vec<String>,
    /// Stand after a month.
    pub month: Vec<String>,
    /// Stand after a day.
    pub day: Vec<String>,
    /// Stand between the two ends of a period or range.
    pub through: Vec<String>,
    /// Stand after a date by which something is done.
    pub deadline: Vec<String>,
}

/// A system of indicators.
#[derive(Clone, Debug, Default)]
pub struct Scheme {
    /// What it is called.
    pub title: String,
    /// Its groups, each with its kinds.
    pub groups: IndexMap<String, Vec<String>>,
    /// The groups and kinds every project must have.
    pub required: Vec<String>,
}

impl Scheme {
    /// Whether it has this group, or this kind, or both together where both are given.
    pub fn knows(&self, group: &str, kind: &str) -> bool {
        self.groups.iter().any(|(name, kinds)| {
            (group.is_empty() || same_name(name, group))
                && (kind.is_empty() || kinds.iter().any(|name| same_name(name, kind)))
        })
    }
}

/// Names that end so belong to a kind, and not to these.
#[derive(Clone, Debug, Default)]
pub struct Filing {
    /// What the name ends with.
    pub names: Vec<String>,
    /// The kind they belong to.
    pub kind: String,
    /// The kinds they are mistaken for.
    pub instead_of: Vec<String>,
}

/// A part of a project's code.
#[derive(Clone, Debug)]
pub struct CodePart {
    /// How many characters it has.
    pub length: usize,
    /// Which characters.
    pub sign: Sign,
    /// What it says.
    pub says: Option<Says>,
}

/// The characters of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// 0 to 9.
    Digit,
    /// A to Z.
    Letter,
    /// Either.
    Any,
}

/// What a part of a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The division.
    Region,
    /// The last digits of the year.
    Year,
}

/// A code taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeRead<'a> {
    /// The division, where a part says it.
    pub region: Option<&'a str>,
    /// The last digits of the year.
    pub year: Option<&'a str>,
}

impl TargetSpec {
    /// The parts of a code; nothing where its shape is another.
    pub fn read_code<'a>(&self, code: &'a str) -> Option<CodeRead<'a>> {
        let mut read = CodeRead::default();
        let mut rest = code;
        for part in &self.code {
            let (own, after) = rest.split_at_checked(part.length)?;
            let fits = |byte: u8| match part.sign {
                Sign::Digit => byte.is_ascii_digit(),
                Sign::Letter => byte.is_ascii_uppercase(),
                Sign::Any => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            };
            if !own.bytes().all(fits) {
                return None;
            }
            match part.says {
                Some(Says::Region) => read.region = Some(own),
                Some(Says::Year) => read.year = Some(own),
                None => {}
            }
            rest = after;
        }
        rest.is_empty().then_some(read)
    }

    /// The system a project follows: the one that knows most of its indicators, in doubt the
    /// expected one.
    pub fn scheme_of<'a>(
        &self,
        indicators: &(impl Iterator<Item = (&'a str, &'a str)> + Clone),
    ) -> Option<(&str, &Scheme)> {
        let known = |scheme: &Scheme| {
            indicators.clone().filter(|(group, kind)| scheme.knows(group, kind)).count()
        };
        let all = self
            .schemes
            .iter()
            .map(|(id, scheme)| ((known(scheme), *id == self.scheme), (id.as_str(), scheme)));
        all.max_by_key(|(rank, _)| *rank).map(|(_, scheme)| scheme)
    }
}

/// Whether a name is one of a list.
pub fn is_one_of(list: &[String], name: &str) -> bool {
    list.iter().any(|word| same_name(word, name))
}

/// Whether a name ends with one of a list, spaces and a last remark in brackets aside.
pub fn ends_with(list: &[String], name: &str) -> bool {
    let name = unspaced(name);
    let bare = name
        .strip_suffix([')', '）'])
        .and_then(|name| name.rfind(['(', '（']).map(|at| &name[..at]));
    let name = bare.unwrap_or(&name);
    list.iter().any(|word| name.ends_with(word.as_str()))
}

/// Whether a name holds one of a list.
pub fn holds(list: &[String], name: &str) -> bool {
    list.iter().any(|word| name.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec() -> TargetSpec {
        let part = |length, sign, says| CodePart { length, sign, says };
        TargetSpec {
            code: vec![
                part(6, Sign::Digit, Some(Says::Region)),
                part(2, Sign::Digit, Some(Says::Year)),
                part(1, Sign::Letter, None),
                part(12, Sign::Any, None),
            ],
            ..TargetSpec::default()
        }
    }

    #[test]
    fn a_code_is_taken_apart() {
        let read = CodeRead { region: Some("130700"), year: Some("25") };
        assert_eq!(spec().read_code("13070025P00004210001T"), Some(read));
        for wrong in [
            "",
            "13070025P00004210001",
            "13070025P00004210001TT",
            "1307002AP00004210001T",
            "张家口",
        ] {
            assert_eq!(spec().read_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_remark_in_brackets_is_no_part_of_a_name() {
        let rates = ["率".to_owned()];
        assert!(ends_with(&rates, "完好率（%）") && ends_with(&rates, "完好 率"));
        assert!(!ends_with(&rates, "率先完成"));
    }
}
