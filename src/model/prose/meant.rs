//! Targets that are no addresses as they are written, and can have been meant for one alone: signs of full width, and
//! names of lists that are nearly right.

use std::collections::{BTreeMap, BTreeSet};

use super::Binding;
use crate::yaml::nearest;

/// What declares a figure the total of a list, or one of its parts.
const KINDS: [&str; 2] = ["sum", "part"];

/// A target with the signs of addresses in half width, where one of them is not.
pub(super) fn narrow(target: &str) -> Option<String> {
    const WIDE: [char; 6] = ['：', '；', '－', '＋', '／', '＃'];
    if !target.contains(WIDE) {
        return None;
    }
    let has_stroke = target.contains('/');
    let (mut narrow, mut rest) = (String::with_capacity(target.len()), target);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let is_apart = narrow.ends_with(' ') || rest.starts_with(' ');
        let word = narrow.rsplit([';', ' ', '<']).next().unwrap_or_default();
        let is_word = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        match c {
            '；' => narrow.push(';'),
            '：' if is_word => narrow.push(':'),
            '－' if is_apart => narrow.push('-'),
            '＋' if is_apart => narrow.push('+'),
            '／' if !has_stroke => narrow.push('/'),
            '＃' if narrow.is_empty() => narrow.push('#'),
            c => narrow.push(c),
        }
    }
    (narrow != target).then_some(narrow)
}

/// `sun:change`: the total or the part of a list that was meant.
pub(super) fn list_of(item: &str) -> Option<String> {
    let (kind, name) = item.split_once(':')?;
    let is_list = !name.is_empty() && !name.contains(['/', ' ']) && !KINDS.contains(&kind);
    let kind = nearest(kind, &KINDS).filter(|_| is_list)?;
    Some(format!("{kind}:{name}"))
}

/// Parts of a list that has no total, and totals without a part, whose names are nearly those of one that has.
pub(super) fn lists(all: &mut [Binding]) {
    let sums: BTreeSet<String> = all.iter().flat_map(|one| one.sums.iter().cloned()).collect();
    let parts: BTreeSet<String> = all.iter().flat_map(|one| one.parts.iter().cloned()).collect();
    if sums == parts {
        return;
    }
    let known: Vec<&str> = sums.iter().map(String::as_str).collect();
    // A total that has parts is right; one without is meant for the parts that have none.
    let (mut of_parts, mut of_sums) = (BTreeMap::new(), BTreeMap::new());
    for part in parts.difference(&sums) {
        match nearest(part, &known) {
            Some(sum) if parts.contains(sum) => drop(of_parts.insert(part.clone(), sum.to_owned())),
            Some(sum) => drop(of_sums.insert(sum.to_owned(), part.clone())),
            None => {}
        }
    }
    for binding in all {
        let Binding { sums, parts, meant, .. } = binding;
        for (kind, names, others) in [("part", parts, &of_parts), ("sum", sums, &of_sums)] {
            for name in names {
                if let Some(other) = others.get(name) {
                    *meant = Some((format!("{kind}:{name}"), format!("{kind}:{other}")));
                    name.clone_from(other);
                }
            }
        }
    }
}
