//! Every rule, in the order of their ids. A new rule is a file here and a line in the list.

mod change_without_reason;
mod cross_foot;
mod direction_against_sign;
mod empty_section;
mod empty_table_without_note;
mod figure_mismatch;
mod foot;
mod foreign_text;
mod missing_depth;
mod missing_field;
mod missing_projects;
mod missing_row;
mod missing_section;
mod missing_table;
mod narrative_sum;
mod note_on_filled_table;
mod part_exceeds_whole;
mod placeholder;
mod product;
mod repeated_text;
mod roll_up;
mod tie_out;
mod unbound_figure;
mod unit_price_lost;
mod unknown_address;

use super::Rule;

/// The one list.
pub(super) static RULES: &[&Rule] = &[
    &unknown_address::RULE,
    &missing_table::RULE,
    &missing_section::RULE,
    &empty_table_without_note::RULE,
    &note_on_filled_table::RULE,
    &missing_row::RULE,
    &missing_field::RULE,
    &missing_depth::RULE,
    &empty_section::RULE,
    &missing_projects::RULE,
    &figure_mismatch::RULE,
    &unbound_figure::RULE,
    &narrative_sum::RULE,
    &direction_against_sign::RULE,
    &change_without_reason::RULE,
    &foreign_text::RULE,
    &repeated_text::RULE,
    &placeholder::RULE,
    &cross_foot::RULE,
    &foot::RULE,
    &roll_up::RULE,
    &tie_out::RULE,
    &product::RULE,
    &part_exceeds_whole::RULE,
    &unit_price_lost::RULE,
];
