//! Every rule. A new one is a file here, a `mod` and a line in the list.

mod another_fiscal_year;
mod another_heading;
mod another_stage;
mod another_title;
mod another_year_in_project;
mod another_year_in_title;
mod bad_site_id;
mod change_without_reason;
mod code_name_mismatch;
mod correction_without_reason;
mod cost_mismatch;
mod costs;
mod cross_foot;
mod date_ahead;
mod date_outside_year;
mod dates;
mod day_words;
mod deadline_outside_year;
mod direction_against_sign;
mod duplicate_indicator;
mod empty_section;
mod empty_table_without_note;
mod figure_mismatch;
mod foot;
mod foreign_text;
mod full_score_below_target;
mod indicator_weights;
mod late_publication;
mod misdated_correction;
mod misfiled_indicator;
mod misnamed_item;
mod missing_dates;
mod missing_depth;
mod missing_field;
mod missing_imprint;
mod missing_indicator;
mod missing_projects;
mod missing_row;
mod missing_secrecy_review;
mod missing_section;
mod missing_table;
mod missing_time;
mod mixed_money_units;
mod mixed_spellings;
mod narrative_sum;
mod changed_words;
mod new_or_ended_lines;
mod note_names_another_fund;
mod note_on_filled_table;
mod opening_differs_from_closing;
mod part_exceeds_whole;
mod payment_plan;
mod payment_plan_order;
mod payment_plan_range;
mod percentage_range;
mod placeholder;
mod product;
mod project_code;
mod published_before_approved;
mod rate_without_percent;
mod renamed_code;
mod repeated_text;
mod roll_up;
mod site_id_of_another_place;
mod stage_words;
mod stated_change_differs;
mod stale_text;
mod stated_date;
mod suspicious_direction;
mod target_restates_name;
mod tie_out;
mod named_figure;
mod punctuation;
mod unfinished_text;
mod numbering;
mod two_figures;
mod wrong_statement;
mod year_words;
mod years_in_text;
mod unbound_figure;
mod figures;
mod impossible_date;
mod other_body;
mod speakers;
mod figure_signs;
mod fractional_quantity;
mod negative_figure;
mod unit_price_lost;
mod unit_without_disclosure;
mod unknown_address;
mod unchanged_correction;
mod unknown_code;
mod text_against_form;
mod unknown_correction;
mod unknown_indicator_kind;

use super::{Rule, RuleScope};
use crate::diagnostic::Code;
use crate::model::RelationKind;

/// The code of broken relations of a kind.
pub(super) fn code_of(kind: RelationKind) -> &'static Code {
    let is_kind = |rule: &&&Rule| matches!(rule.scope, RuleScope::Relation(of) if of == kind);
    RULES.iter().find(is_kind).map(|rule| &rule.code).expect("every kind of relation has a rule")
}

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
    &note_names_another_fund::RULE,
    &another_title::RULE,
    &another_heading::RULE,
    &unit_without_disclosure::RULE,
    &figure_mismatch::RULE,
    &unbound_figure::RULE,
    &narrative_sum::RULE,
    &direction_against_sign::RULE,
    &change_without_reason::RULE,
    &foreign_text::RULE,
    &repeated_text::RULE,
    &placeholder::RULE,
    &wrong_statement::RULE,
    &named_figure::RULE,
    &punctuation::RULE,
    &unfinished_text::RULE,
    &numbering::RULE,
    &two_figures::RULE,
    &misnamed_item::RULE,
    &impossible_date::RULE,
    &cross_foot::RULE,
    &foot::RULE,
    &roll_up::RULE,
    &tie_out::RULE,
    &product::RULE,
    &part_exceeds_whole::RULE,
    &unit_price_lost::RULE,
    &fractional_quantity::RULE,
    &negative_figure::RULE,
    &opening_differs_from_closing::RULE,
    &stated_change_differs::RULE,
    &renamed_code::RULE,
    &new_or_ended_lines::RULE,
    &changed_words::RULE,
    &stale_text::RULE,
    &code_name_mismatch::RULE,
    &unknown_code::RULE,
    &late_publication::RULE,
    &published_before_approved::RULE,
    &missing_dates::RULE,
    &missing_secrecy_review::RULE,
    &another_year_in_title::RULE,
    &date_ahead::RULE,
    &date_outside_year::RULE,
    &another_fiscal_year::RULE,
    &another_stage::RULE,
    &payment_plan_range::RULE,
    &payment_plan_order::RULE,
    &cost_mismatch::RULE,
    &target_restates_name::RULE,
    &suspicious_direction::RULE,
    &rate_without_percent::RULE,
    &missing_indicator::RULE,
    &misfiled_indicator::RULE,
    &deadline_outside_year::RULE,
    &duplicate_indicator::RULE,
    &mixed_money_units::RULE,
    &mixed_spellings::RULE,
    &another_year_in_project::RULE,
    &text_against_form::RULE,
    &project_code::RULE,
    &unknown_indicator_kind::RULE,
    &percentage_range::RULE,
    &full_score_below_target::RULE,
    &indicator_weights::RULE,
    &missing_imprint::RULE,
    &bad_site_id::RULE,
    &site_id_of_another_place::RULE,
    &missing_time::RULE,
    &correction_without_reason::RULE,
    &unknown_correction::RULE,
    &unchanged_correction::RULE,
    &misdated_correction::RULE,
];
