//! Reading a figure back, independently of the crate that drew it: where its texts stand.
#![allow(unreachable_pub, reason = "shared by the tests of two crates")]

use std::path::Path;
use std::sync::{Arc, LazyLock};

use faultline_charts::draw::Figure;
use resvg::tiny_skia::Rect;
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Group, Node, Options, TextChunk, Tree};

/// The SVG read with the files of `fonts/`, independently of the crate.
pub fn read(svg: &str) -> Tree {
    static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut fonts = Database::new();
        for font in ["Inter-Regular", "Inter-Bold", "NotoSansSC-Subset"] {
            // From the manifest of whichever crate includes this file.
            let charts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../charts/fonts");
            fonts.load_font_file(charts.join(format!("{font}.ttf"))).expect("a bundled font");
        }
        Arc::new(fonts)
    });
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    Tree::from_str(svg, &options).expect("valid SVG")
}

/// Content and ink of every text.
pub fn texts(group: &Group) -> Vec<(String, Rect)> {
    let mut found = Vec::new();
    for node in group.children() {
        match node {
            Node::Group(inner) => found.extend(texts(inner)),
            Node::Text(text) => {
                let content = text.chunks().iter().map(TextChunk::text).collect();
                let ink = text.flattened().bounding_box().transform(text.abs_transform());
                found.push((content, ink.expect("a text of finite size")));
            }
            _ => (),
        }
    }
    found
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.left() < b.right() && b.left() < a.right() && a.top() < b.bottom() && b.top() < a.bottom()
}

/// Texts that leave the picture or touch one another.
pub fn illegible(name: &str, figure: &Figure) -> Vec<String> {
    let texts = texts(read(&figure.svg).root());
    let mut wrong = Vec::new();
    for (k, (content, ink)) in texts.iter().enumerate() {
        let inside = ink.left() >= 0.0 && ink.top() >= 0.0 && f64::from(ink.right()) <= figure.width && f64::from(ink.bottom()) <= figure.height;
        if !inside {
            wrong.push(format!("{name}: “{content}” leaves the picture: {ink:?}"));
        }
        for (other, place) in texts[..k].iter().filter(|(_, place)| overlap(ink, place)) {
            wrong.push(format!("{name}: “{content}” {ink:?} touches “{other}” {place:?}"));
        }
    }
    wrong
}
