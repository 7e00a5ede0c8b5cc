//! Generated parts of the documents are those of the code.

use std::fs;

use faultline_models::rules::TICK;

use faultline_tests::shipped::top;

#[test]
fn generated_tables_are_fresh() {
    if let Err(problem) = xtask::docs::check() {
        panic!("{problem}");
    }
}

#[test]
fn the_types_of_the_window_are_those_of_the_api() {
    if let Err(problem) = xtask::bindings::check() {
        panic!("{problem}");
    }
}

#[test]
fn a_stale_table_is_noticed() {
    let text = fs::read_to_string(top().join("docs/model.md")).unwrap();
    let stale = text.replacen(TICK[0].name, "another name", 1);
    assert_ne!(stale, text, "the first step stands in the document");
    assert_ne!(xtask::docs::renewed(&stale).unwrap(), stale);
}

#[test]
fn the_document_has_all_seven_parts_of_odd() {
    let text = fs::read_to_string(top().join("docs/model.md")).unwrap();
    let parts = [
        "Purpose and patterns",
        "Entities, state variables",
        "Process overview and scheduling",
        "Design concepts",
        "Initialisation",
        "Input data",
        "Submodels",
    ];
    for (number, part) in parts.iter().enumerate() {
        assert!(text.contains(&format!("\n## {}. {part}", number + 1)), "part {} ({part}) is missing", number + 1);
    }
}
