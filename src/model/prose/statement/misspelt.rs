//! A written name against the name that was meant: the one letter that is wrong, missing, too many or out of its place.

use pinyin::ToPinyin;

use crate::profile::NameWords;

/// How a name was misspelt, by the index of the letter in what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misspelling {
    /// Another letter stands there.
    Other(usize),
    /// A letter is missing before it.
    Missing(usize),
    /// It is one too many.
    Added(usize),
    /// It and the next have changed places.
    Swapped(usize),
}

/// A name of fewer letters is one slip away from too many words.
pub(super) const SHORTEST: usize = 5;

/// A name of so many letters is not one slip away from another by chance.
const LONG: usize = 7;

/// The one slip that makes what was written of what was meant; nothing where they are equal or further apart.
pub(super) fn slip(written: &[char], meant: &[char]) -> Option<Misspelling> {
    let first = written.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let ends = |written: usize, meant_from: usize, all: &[char]| {
        all.get(written..).zip(meant.get(meant_from..)).is_some_and(|(a, b)| a == b)
    };
    if written.len() == meant.len() {
        let is_there = first < meant.len();
        let is_swapped = first + 1 < meant.len()
            && written[first] == meant[first + 1]
            && written[first + 1] == meant[first];
        if is_there && ends(first + 1, first + 1, written) {
            return Some(Misspelling::Other(first));
        }
        return (is_swapped && ends(first + 2, first + 2, written))
            .then_some(Misspelling::Swapped(first));
    }
    if written.len() + 1 == meant.len() && ends(first, first + 1, written) {
        return Some(Misspelling::Missing(first));
    }
    let is_longer = written.len() == meant.len() + 1;
    (is_longer && ends(first + 1, first, written)).then_some(Misspelling::Added(first))
}

impl Misspelling {
    /// Whether nobody would write so who did not mean the name: by what the slip is and how long the name is.
    /// `is_backed` says that something else beside the name points to it, too.
    pub(super) fn is_certain(
        self,
        (written, meant): (&[char], &[char]),
        words: &NameWords,
        is_backed: bool,
    ) -> bool {
        let is_long = is_backed || meant.len() >= LONG;
        let last = written.len().saturating_sub(1);
        match self {
            Misspelling::Swapped(_) => true,
            Misspelling::Other(at) => {
                let pair = (written[at], meant[at]);
                let is_digit =
                    [pair.0, pair.1].into_iter().any(|c| crate::content::digit(c).is_some());
                // What ends otherwise may be a verb in place of a noun: `缴纳` for `缴费`.
                let is_open = at == last && !ends(meant, &words.ends);
                let is_other = is_long && !is_digit && !is_open;
                sounds_alike(pair) || is_joints(pair, words) || is_other
            }
            Misspelling::Missing(at) => {
                let is_inner = at > 0 && at < written.len();
                is_inner && !is_light(meant[at], words) && is_long
            }
            Misspelling::Added(at) => {
                let is_doubled = at > 0 && written[at - 1] == written[at];
                let is_inner = at > 0 && at < last;
                is_doubled || (is_inner && !is_light(written[at], words) && is_long)
            }
        }
    }

    /// Whether a letter was written for one that sounds like it, or two changed places: no other name is meant.
    pub(super) fn is_of_the_pen(self, written: &[char], meant: &[char]) -> bool {
        match self {
            Misspelling::Swapped(_) => true,
            Misspelling::Other(at) => sounds_alike((written[at], meant[at])),
            Misspelling::Added(at) => at > 0 && written[at - 1] == written[at],
            Misspelling::Missing(_) => false,
        }
    }

    /// The letters that differ: as written, and as meant.
    pub(super) fn letters(self, written: &[char], meant: &[char]) -> (String, String) {
        let of = |all: &[char], at: usize, count: usize| -> String {
            all.iter().skip(at).take(count).collect()
        };
        match self {
            Misspelling::Other(at) => (of(written, at, 1), of(meant, at, 1)),
            Misspelling::Missing(at) => (String::new(), of(meant, at, 1)),
            Misspelling::Added(at) => (of(written, at, 1), String::new()),
            Misspelling::Swapped(at) => (of(written, at, 2), of(meant, at, 2)),
        }
    }
}

fn ends(name: &[char], ends: &[String]) -> bool {
    let name: String = name.iter().collect();
    ends.iter().any(|end| name.ends_with(end.as_str()))
}

/// Whether two letters are words that are written for each other.
pub(super) fn is_joints((a, b): (char, char), words: &NameWords) -> bool {
    let is_joint = |c: char| words.joints.iter().any(|joint| joint.chars().eq([c]));
    is_joint(a) && is_joint(b)
}

/// Whether a letter may be left out or put in as one speaks: it names nothing.
fn is_light(c: char, words: &NameWords) -> bool {
    let mut letter = [0; 4];
    words.around.without_start(c.encode_utf8(&mut letter)).is_some()
}

fn sounds_alike((a, b): (char, char)) -> bool {
    a.to_pinyin().zip(b.to_pinyin()).is_some_and(|(a, b)| a.plain() == b.plain())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(written: &str, meant: &str) -> Option<Misspelling> {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        slip(&chars(written), &chars(meant))
    }

    #[test]
    fn one_slip_is_told_from_two() {
        assert_eq!(of("住房保帐支出", "住房保障支出"), Some(Misspelling::Other(3)));
        assert_eq!(of("住房保支出", "住房保障支出"), Some(Misspelling::Missing(3)));
        assert_eq!(of("住房保障障支出", "住房保障支出"), Some(Misspelling::Added(4)));
        assert_eq!(of("住保房障支出", "住房保障支出"), Some(Misspelling::Swapped(1)));
        assert_eq!(of("住房保障支出", "住房保障支出"), None);
        assert_eq!(of("住房保障", "住房保障支出"), None);
        assert_eq!(of("住房改革支出", "住房保障支出"), None);
        assert_eq!(of("", "住"), Some(Misspelling::Missing(0)));
    }
}
