//! Dates as people write them in a cell or above a table: `2024-12-31`, `2024/12`, `二〇二四年十二月`.

use crate::content::date::day;
use crate::content::{digit, is_year};

/// A date as it stands in a text; what it does not say is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// The year, of three to five digits, as one may be lost or doubled.
    pub(super) year: Option<u32>,
    /// The month, in digits.
    pub(super) month: Option<u32>,
    /// The day of the month.
    pub(super) day: Option<u32>,
}

impl Stated {
    /// The date a text begins with.
    pub(super) fn read(text: &str) -> Option<Stated> {
        let (first, rest) = number(text.trim_start())?;
        if let Some(rest) = rest.strip_prefix('年') {
            let year = first.parse().ok().filter(|_| (3..=5).contains(&first.len()))?;
            let (month, day) = month_and_day(rest).unwrap_or_default();
            let is_date = month.is_some() || first.len() == 4;
            return is_date.then_some(Stated { year: Some(year), month, day });
        }
        if rest.starts_with('月') {
            let (month, day) = month_and_day(text.trim_start())?;
            return day.map(|day| Stated { year: None, month, day: Some(day) });
        }
        let sign = rest.chars().next().filter(|sign| "-/.".contains(*sign))?;
        let (month, rest) = number(&rest[1..]).filter(|(month, _)| month.len() <= 2)?;
        let last = rest.strip_prefix(sign).and_then(number).filter(|(day, _)| day.len() <= 2);
        // Two numbers alone are as well a range or a part.
        let is_date = match last {
            Some(_) => (3..=5).contains(&first.len()),
            None => is_year(&first) && sign != '.' && month.len() == 2 && !rest.starts_with('.'),
        };
        let (month, day) = (month.parse().ok(), last.and_then(|(day, _)| day.parse().ok()));
        is_date.then(|| Stated { year: first.parse().ok(), month, day })
    }

    /// Whether no calendar has its month, or its day.
    pub(super) fn is_impossible(&self) -> bool {
        // A leap year, where the year is not said or is wrong itself.
        let year = self.year.filter(|year| *year > 999 && *year < 10_000).unwrap_or(2000);
        let (month, of_month) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        day(&format!("{year:04}-{month:02}-{of_month:02}")).is_none()
    }

    /// It as `YYYY-MM-DD`, where it is a whole day.
    pub(super) fn day(&self) -> Option<String> {
        let (year, month, of_month) = (self.year?, self.month?, self.day?);
        let written = format!("{year:04}-{month:02}-{of_month:02}");
        day(&written).is_some().then_some(written)
    }
}

/// The digits a text begins with, and what follows them.
fn number(text: &str) -> Option<(String, &str)> {
    let digits: String = text.chars().map_while(digit).collect();
    let end = text.char_indices().find(|(_, c)| digit(*c).is_none());
    let rest = end.map_or("", |(at, _)| &text[at..]);
    (!digits.is_empty()).then(|| (digits, rest.trim_start()))
}

/// `12月31日`, `12月`.
fn month_and_day(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let (month, rest) = number(text.trim_start())?;
    let rest = rest.strip_prefix('月')?;
    let day = number(rest.trim_start()).filter(|(_, rest)| rest.starts_with('日'));
    Some((month.parse().ok(), day.and_then(|(day, _)| day.parse().ok())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_people_write_them() {
        for (text, year, is_impossible) in [
            ("2024-12-31", Some(2024), false),
            ("2204-12-31", Some(2204), false),
            ("204-12-31", Some(204), false),
            ("2024/12前", Some(2024), false),
            ("二〇二四年底前", Some(2024), false),
            ("2024年12月31日", Some(2024), false),
            ("2024年13月31日", Some(2024), true),
            ("2024-12-32", Some(2024), true),
            ("2023年2月29日", Some(2023), true),
            ("2025年13月", Some(2025), true),
            ("12月32日", None, true),
            ("2月29日", None, false),
        ] {
            let read = Stated::read(text).expect(text);
            assert_eq!((read.year, read.is_impossible()), (year, is_impossible), "{text}");
        }
        for text in
            ["12月", "100年", "3年内", "2000-3000", "2024.12", "98.5", "13070024", "", "局机关"]
        {
            assert_eq!(Stated::read(text), None, "{text}");
        }
    }
}
