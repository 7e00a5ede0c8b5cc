//! What is written for people: no claim to know the future, no traces of the machine it was made on.

use std::fs;
use std::path::{Path, PathBuf};

use faultline_tests::shipped::{files, top};

/// Words that claim to know the future. “not a forecast” is the one exception.
const CLAIMS: &[&str] = &["forecast", "predict", "probability of"];

/// The claims in a text, each with the line it stands in.
pub(crate) fn claims(text: &str) -> Vec<String> {
    let found = |line: &str| {
        let plain = line.to_lowercase().replace("not a forecast", "");
        CLAIMS.iter().any(|claim| plain.contains(claim))
    };
    text.lines().enumerate().filter(|(_, line)| found(line)).map(|(number, line)| format!("line {}: {}", number + 1, line.trim())).collect()
}

/// What a picture shows as text, on one line: a sentence may be broken into several elements there.
pub(crate) fn visible(svg: &str) -> String {
    let pieces = svg.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    pieces.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn assert_no_claims(path: &Path, text: &str) {
    let claims = claims(text);
    assert!(claims.is_empty(), "{} claims to know the future:\n{}", path.display(), claims.join("\n"));
}

#[test]
fn claims_are_found_and_the_disclaimer_is_none() {
    assert_eq!(claims("a\nA Forecast for 2040\nwe predicted it\nthe probability of war").len(), 3);
    assert!(claims("This is not a forecast.\nA conditional projection.").is_empty());
    let broken = "<text x=\"1\">assumptions, not a\n</text>\n<text>forecast. model 1</text>";
    assert_eq!(visible(broken), "assumptions, not a forecast. model 1");
    assert!(claims(&visible(broken)).is_empty() && claims(&visible("<text>our\n</text><text>forecast</text>")).len() == 1);
}

#[test]
fn scenarios_do_not_claim_to_know_the_future() {
    for path in files("scenarios", "toml") {
        assert_no_claims(&path, &fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn words_in_the_sources_do_not_claim_to_know_the_future() {
    for room in ["models", "charts", "api", "cli", "src-tauri"] {
        for path in below(&top().join(room).join("src"), &["rs"]) {
            let text = fs::read_to_string(&path).unwrap();
            // Comments may discuss the word; what is between quotes reaches people.
            let shown: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            assert_no_claims(&path, &shown.join("\n"));
        }
    }
}

#[test]
fn the_project_names_no_machine_paths_and_no_registry_hosts() {
    // Put together here, so that this file does not find itself.
    let traces = [["/wo", "rk/"], ["/ho", "me/"], ["/ro", "ot/"], ["C:\\", "Users"], ["crates", ".io"], ["npmjs", ".org"], ["pypi", ".org"]]
        .map(|parts| parts.concat());
    for path in below(&top(), &["rs", "toml", "md", "csv", "svg", "txt", "sh", "ts", "svelte", "css", "html", "json", "xml", "desktop"]) {
        let text = fs::read_to_string(&path).unwrap();
        for trace in &traces {
            assert!(!text.contains(trace.as_str()), "{} names {trace}", path.display());
        }
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    for path in below(&top(), &["md"]) {
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or("");
            if !file.is_empty() && !file.contains("://") {
                assert!(path.parent().unwrap().join(file).exists(), "{} links to {file}, which is not there", path.display());
            }
        }
    }
}

/// Files with these extensions below a folder, without what is built or hidden.
fn below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    const OUTSIDE: &[&str] = &["target", "out", "charts-out", "node_modules", "dist", "dist-browser", "gen"];
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && !OUTSIDE.contains(&name.as_str()) {
            found.extend(below(&path, extensions));
        } else if extensions.iter().any(|extension| path.extension().is_some_and(|e| e == *extension)) {
            found.push(path);
        }
    }
    found
}
