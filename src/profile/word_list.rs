//! Words that are looked for in many texts: most texts hold none of a list, which is told in one pass.

use std::ops::Deref;
use std::sync::OnceLock;

use aho_corasick::packed::Searcher;

/// A list of words, in the order of the profile.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    list: Vec<String>,
    /// Finds the first of them; nothing where they are too many or too short for that.
    first: OnceLock<Option<Searcher>>,
}

impl WordList {
    /// Whether a text may hold one of the words: a no is certain.
    pub fn may_be_in(&self, text: &str) -> bool {
        let first = self.first.get_or_init(|| Searcher::new(&self.list));
        first.as_ref().map_or(!self.list.is_empty(), |first| first.find(text).is_some())
    }

    /// Those words that a text holds, in the order of the list.
    pub fn held<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a String> {
        let list = if self.may_be_in(text) { self.list.as_slice() } else { &[] };
        list.iter().filter(move |word| !word.is_empty() && text.contains(word.as_str()))
    }
}

impl From<Vec<String>> for WordList {
    fn from(list: Vec<String>) -> WordList {
        WordList { list, first: OnceLock::new() }
    }
}

impl Deref for WordList {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.list
    }
}

impl<'a> IntoIterator for &'a WordList {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_held_however_many_and_however_short_they_are() {
        let many = (0..300).map(|number| format!("词{number}。"));
        let lists = [vec![], vec!["上年"], vec!["", "年"], vec!["比上年", "上年", "较"]];
        let lists = lists.map(|list| list.into_iter().map(str::to_owned).collect::<Vec<_>>());
        for list in lists.into_iter().chain([many.collect()]) {
            let words = WordList::from(list.clone());
            for text in ["", "较", "收入比上年增加", "收支平衡", "词7。词299。", "年"]
            {
                let wanted = list.iter().filter(|word| !word.is_empty() && text.contains(*word));
                assert_eq!(words.held(text).collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
            }
        }
    }
}
