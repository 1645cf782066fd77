"""The marts and columns that others hold on to, and what random sets are held by."""

CONTRACT = {
    "fct_indicator": """series_code year region_level region_code region_name
        measure_code fte population population_covered per_1000 is_displayed
        not_displayed_reason obs_status is_imputed is_break imputation_method
        imputed_share change_per_1000 change_fte change_pct""",
    "fct_fte": """series_code year region_level region_code target_group
        service_code education_code fte fte_imputed""",
    "fct_comparison": """series_code year region_code measure_code per_1000
        comparison_region_level comparison_per_1000 first_quartile median
        third_quartile difference_per_1000 text_nb text_en caveat_nb caveat_en""",
    "fct_composition": """series_code year region_key breakdown category_code fte
        fte_adults fte_children_youth share_pct""",
    "fct_region_sentence": "year region_key sentence_code text_nb text_en",
    "bridge_region_series": "series_code region_key earlier_region_key is_same_area",
    "dim_contact": "contact_code name_nb name_en email url",
    "fct_key_figure": """figure_key year fte fte_before change_fte change_pct""",
    "fct_response": """year reporting_unit_code target_group status submission_id
        source_year years_carried is_nil fte""",
    "fct_submission": "submission_id target_group outcome rows_read fte",
    "fct_submission_issue": """submission_id year reporting_unit_code target_group
        service_label column_name raw_value rule_code severity message_nb
        message_en""",
    "fct_collection_status": """year target_group day expected received usable
        missing""",
    "fct_contact_list": "year reporting_unit_code target_group",
    "fct_collection_quality": "year target_group quality_measure_code value",
    "bridge_region_unit": "year region_key reporting_unit_code share",
    "fct_release_input": "release_version file sha256",
    "fct_revision": """release_before release_after series_code year region_level
        region_code measure_code old_value new_value reason""",
    "fct_imputation_range": """series_code year region_level region_code
        measure_code per_1000 per_1000_without_imputed""",
    "fct_unit_figure": """year reporting_unit_code target_group breakdown
        category_code fte fte_before per_1000 comparison_per_1000""",
    "fct_form_comparison": """year reporting_unit_code target_group service_code
        education_code year_before fte_before is_carried_before""",
    "fct_review": """line_number year submission_id target_group decision old_value
        new_value decided_on reviewer_role reason""",
    "fct_reconciliation": """published computed difference tolerance verdict
        known_exception""",
    "fct_sentence": "year text_nb text_en",
    "dim_region": "region_level region_code name_nb name_en",
    "dim_measure": "series_code measure_code name_nb name_en",
    "dim_series": "series_code name_nb name_en",
    "dim_service": "service_code name_nb name_en",
    "dim_education": "education_code name_nb name_en",
    "dim_target_group": "target_group name_nb name_en",
    "fct_answer_share": """year question_code answer_code size_group_code n base
        share""",
    "dim_question": "question_code question_nb question_en",
    "dim_answer": "question_code answer_code answer_nb answer_en",
    "dim_release": "release_version released_on code_commit",
    "dim_year": "year",
    "dim_obs_status": "obs_status name_nb name_en",
    "indicator_wide": "series_code year region_code per_1000_total",
}

TABLES = {
    "fct_response": (
        "year, reporting_unit_code, target_group, status, submission_id, "
        "source_year, years_carried, is_nil, fte"
    ),
    "fct_submission": (
        "year, submission_id, target_group, outcome, n_errors, rows_read, "
        "rows_used, rows_out_of_scope, rows_superseded, rows_rejected, "
        "fte, fte_out_of_scope"
    ),
    "int_findings__after_review": (
        "year, submission_id, target_group, reporting_unit_code, "
        "service_label, column_name, raw_value, rule_code"
    ),
    "int_person_years__carried_forward": (
        "year, reporting_unit_code, target_group, service_code, education_code, fte"
    ),
}
