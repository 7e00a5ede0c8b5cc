//! What the machine at hand has, as far as its system says so.

use std::path::Path;

use crate::disk::has_entry;

/// Where Linux shows graphics processors; one that can draw has a render node there (Linux kernel documentation, “DRM: render nodes”).
const GRAPHICS: &str = "/dev/dri";
/// How the names of render nodes begin.
const RENDER_NODE: &str = "renderD";

/// Whether Linux shows a graphics processor that can draw.
pub fn has_graphics_processor() -> bool {
    has_render_node(Path::new(GRAPHICS))
}

fn has_render_node(folder: &Path) -> bool {
    has_entry(folder, RENDER_NODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_graphics_processor_that_only_shows_a_screen_does_not_draw() {
        let room = tempfile::tempdir().unwrap();
        assert!(!has_render_node(&room.path().join("none")));
        std::fs::write(room.path().join("card0"), "").unwrap();
        assert!(!has_render_node(room.path()));
        std::fs::write(room.path().join("renderD128"), "").unwrap();
        assert!(has_render_node(room.path()));
    }
}
