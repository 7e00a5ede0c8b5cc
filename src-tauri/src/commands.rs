//! What the pages may ask for.
use crate::{app, audience, menu};
use std::path::PathBuf;
use tauri::AppHandle;
use tauri::ipc::Invoke;
pub(crate) fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app::ready,
        app::close,
        app::stay,
        app::toggle_full_screen,
        audience::present,
        audience::audience_state,
        audience::audience_key,
        menu::set_menu
    ]
}
pub(crate) fn set_up(_: &AppHandle, _: PathBuf) {}
