//! Generated blocks in documents: everything between `<!-- generated:NAME -->` and `<!-- /generated -->`.

/// The document with the block of that name replaced.
///
/// # Errors
/// A sentence when the markers are missing or do not close.
pub fn replaced(document: &str, name: &str, block: &str) -> Result<String, String> {
    const CLOSE: &str = "<!-- /generated -->";
    let open = format!("<!-- generated:{name} -->");
    let (before, rest) = document.split_once(&open).ok_or_else(|| format!("the marker {open} is missing"))?;
    let (_, after) = rest.split_once(CLOSE).ok_or_else(|| format!("the marker {open} is not followed by {CLOSE}"))?;
    Ok(format!("{before}{open}\n\n{}\n\n{CLOSE}{after}", block.trim_matches('\n')))
}

/// A Markdown table; bars in cells are escaped.
pub fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | "));
    let mut lines = vec![line(&head.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>()), format!("|{}", "---|".repeat(head.len()))];
    lines.extend(rows.into_iter().map(|cells| line(&cells)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_block_changes() {
        let document = "a\n<!-- generated:x -->\nold\n<!-- /generated -->\nb <!-- generated:y -->kept<!-- /generated -->";
        let expected = "a\n<!-- generated:x -->\n\nnew\n\n<!-- /generated -->\nb <!-- generated:y -->kept<!-- /generated -->";
        assert_eq!(replaced(document, "x", "new\n").unwrap(), expected);
        assert_eq!(replaced(expected, "x", "new").unwrap(), expected, "a second time changes nothing");
        assert!(replaced(document, "z", "new").is_err());
        assert!(replaced("<!-- generated:x --> open", "x", "new").is_err());
    }

    #[test]
    fn a_bar_in_a_cell_does_not_split_it() {
        assert_eq!(table(&["k"], [vec!["|x|".to_owned()]]), "| k |\n|---|\n| \\|x\\| |");
    }
}
