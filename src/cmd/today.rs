//! The day it is, for holding acceptances and dates against: the one place that asks a clock.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// Today as `YYYY-MM-DD`, in universal time.
#[expect(
    clippy::disallowed_methods,
    reason = "whether an acceptance has run out or a date lies ahead is asked of the day; it changes pages only of portals that say hold_until_published"
)]
pub(super) fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    day(since.as_secs() / SECONDS_A_DAY)
}

/// The date so many days after 1970-01-01.
fn day(mut days: u64) -> String {
    let mut year = 1970;
    let is_leap = |year: u64| {
        (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400)
    };
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        for (days, date) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (20_088, "2024-12-31"),
            (20_133, "2025-02-14"),
        ] {
            assert_eq!(day(days), date);
        }
    }
}
