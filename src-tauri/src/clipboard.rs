//! Pictures for the clipboard.

use std::borrow::Cow;
use std::sync::Mutex;

use arboard::{Clipboard, ImageData};
use faultline_api::Refusal;
use tauri::image::Image;

use crate::app::failed;

/// The clipboard, kept open: on X11 what was copied is handed out by the program that copied it, for as long as it runs.
#[derive(Default)]
pub(crate) struct Kept(Mutex<Option<Clipboard>>);

impl Kept {
    /// Copies a PNG.
    ///
    /// # Errors
    /// When the picture is damaged or the clipboard cannot be reached.
    pub(crate) fn copy_png(&self, png: &[u8]) -> Result<(), Refusal> {
        let image = Image::from_bytes(png).map_err(failed)?;
        let picture = ImageData { width: image.width() as usize, height: image.height() as usize, bytes: Cow::Borrowed(image.rgba()) };
        self.with(|clipboard| clipboard.set_image(picture))
    }

    /// Copies text, as the address of a source.
    ///
    /// # Errors
    /// When the clipboard cannot be reached.
    pub(crate) fn copy_text(&self, text: &str) -> Result<(), Refusal> {
        self.with(|clipboard| clipboard.set_text(text))
    }

    fn with(&self, act: impl FnOnce(&mut Clipboard) -> Result<(), arboard::Error>) -> Result<(), Refusal> {
        let unreachable =
            |problem: arboard::Error| Refusal::failed(format!("the clipboard did not take it: {problem}. Export the chart to a file instead"));
        let mut slot = self.0.lock().map_err(failed)?;
        if slot.is_none() {
            *slot = Some(Clipboard::new().map_err(unreachable)?);
        }
        slot.as_mut().map_or(Ok(()), act).map_err(unreachable)
    }
}
