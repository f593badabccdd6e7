//! Names by their sound: full pinyin and first letters. What names are found by are tokens; what
//! they are compared with in the browser is one small table of the characters that names are made of.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyinMulti;

use super::normalize::STARTS;

/// How many first letters the shortest token of them has; two lead to files, as such tokens do.
const FEWEST: usize = 2;

/// How many sounds of a character count: others are rare in names.
const SOUNDS: usize = 2;

/// The sounds of a character, in letters of a keyboard; none where it has none.
fn sounds(c: char) -> Vec<String> {
    let mut sounds: Vec<String> = Vec::new();
    for sound in c.to_pinyin_multi().into_iter().flatten() {
        // A keyboard has no ü: people type v, and some u.
        for letter in ["v", "u"] {
            let sound = sound.plain().replace('ü', letter);
            if sound.is_ascii() && !sounds.contains(&sound) {
                sounds.push(sound);
            }
        }
    }
    sounds.truncate(SOUNDS);
    sounds
}

/// The tokens a name is found by when its sound is typed: how every stretch of it begins, in full and
/// in first letters.
pub(super) fn tokens(name: &str) -> BTreeSet<String> {
    let all: Vec<Vec<String>> =
        name.chars().map(sounds).filter(|sounds| !sounds.is_empty()).collect();
    let mut tokens = BTreeSet::new();
    for at in 0..all.len() {
        let mut full = BTreeSet::from([String::new()]);
        let mut firsts = full.clone();
        for (before, sounds) in all[at..].iter().take(STARTS[1]).enumerate() {
            // What is long enough begins alike, whatever follows.
            if full.iter().any(|text| text.len() < STARTS[1]) {
                full = beginnings(&full, sounds, usize::MAX);
            }
            if before < STARTS[0] {
                firsts = beginnings(&firsts, sounds, 1);
            }
        }
        // First letters are looked for by three of them, whatever is typed.
        let lengths = full.iter().map(|text| (text, &STARTS[..]));
        let lengths = lengths.chain(firsts.iter().map(|text| (text, &STARTS[..1])));
        for (text, lengths) in lengths {
            for length in lengths.iter().filter(|length| **length <= text.len()) {
                tokens.insert(format!("^{}", &text[..*length]));
            }
        }
        let pairs = firsts.iter().filter(|text| text.len() >= FEWEST);
        tokens.extend(pairs.map(|text| text[..FEWEST].to_owned()));
    }
    tokens
}

/// Every beginning with every sound of the next character behind it, or with so many letters of that.
fn beginnings(before: &BTreeSet<String>, sounds: &[String], letters: usize) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for text in before {
        for sound in sounds {
            let mut longer = format!("{text}{}", &sound[..letters.min(sound.len())]);
            longer.truncate(STARTS[1]);
            all.insert(longer);
        }
    }
    all
}

/// The characters of names by their sounds: what a browser reads names aloud by.
pub(super) fn table(characters: impl Iterator<Item = char>) -> BTreeMap<String, String> {
    let characters: BTreeSet<char> = characters.filter(|c| !c.is_ascii()).collect();
    let mut table: BTreeMap<String, String> = BTreeMap::new();
    for c in characters {
        for sound in sounds(c) {
            table.entry(sound).or_default().push(c);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_any_stretch_of_its_sound() {
        let tokens = tokens("差旅费");
        for token in ["^cha", "^chail", "^lvf", "^luf", "^clf", "cl", "lf"] {
            assert!(tokens.contains(token), "{token}: {tokens:?}");
        }
        assert_eq!(sounds('a'), Vec::<String>::new());
        assert_eq!(table("经费".chars())["fei"], "费");
    }
}
