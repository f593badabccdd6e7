//! Dates as written, `YYYY-MM-DD`, and how many days lie between two. No clock.

/// The number of a day, counted from 1 March of the year 0; nothing where the text is no date.
pub fn day(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i64>().ok())
            .flatten()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    if !(1..=12).contains(&month) || !(1..=days(year, month)).contains(&day) {
        return None;
    }
    // The year begins in March, so that the day a leap year adds is its last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(year * 365 + leaps + (month * 153 + 2) / 5 + day - 1)
}

/// The day that a text was most likely meant to be: `2025年2月14日`, `2025/2/14`, `20250214`.
pub fn meant(text: &str) -> Option<String> {
    let narrow = crate::amount::narrow(text);
    let numbers: Vec<&str> =
        narrow.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match numbers.as_slice() {
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    let written = format!("{year}-{month:0>2}-{day:0>2}");
    (written != text && self::day(&written).is_some()).then_some(written)
}

/// Whether a text is a time of day, `HH:MM`.
pub fn is_time(text: &str) -> bool {
    let below = |part: &str, limit: u32| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u32>().is_ok_and(|number| number < limit)
    };
    text.split_once(':').is_some_and(|(hour, minute)| below(hour, 24) && below(minute, 60))
}

/// Calendar days from one date to another.
pub fn days_between(from: &str, to: &str) -> Option<i64> {
    Some(day(to)? - day(from)?)
}

fn days(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        for (from, to, days) in [
            ("2025-02-10", "2025-02-10", 0),
            ("2025-02-10", "2025-03-02", 20),
            ("2025-02-10", "2025-03-03", 21),
            ("2024-02-28", "2024-03-01", 2),
            ("2025-02-28", "2025-03-01", 1),
            ("1900-02-28", "1900-03-01", 1),
            ("2000-02-28", "2000-03-01", 2),
            ("2024-12-31", "2025-01-01", 1),
            ("1970-01-01", "2000-01-01", 10957),
            ("2025-03-01", "2025-02-28", -1),
        ] {
            assert_eq!(days_between(from, to), Some(days), "{from} to {to}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_is_the_one_after_the_day_before() {
        let mut last = day("1999-12-31").expect("a date");
        for year in 2000..2400 {
            for month in 1..=12 {
                for of_month in 1..=days(year, month) {
                    let now = day(&format!("{year:04}-{month:02}-{of_month:02}")).expect("a date");
                    assert_eq!(now, last + 1, "{year}-{month}-{of_month}");
                    last = now;
                }
            }
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["2025-02-30", "2025-2-3", "2025-13-01", "2025-00-10", "2025/02/03", "", "+025-02-03"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
