//! What the web view of Linux is told: how to paint, and what to do when the process that draws the page dies.

use tauri::WebviewWindow;

/// Tells the web view of a new window.
///
/// # Errors
/// When the window is gone already.
#[cfg(target_os = "linux")]
pub(crate) fn tell(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let layers = faultline_api::machine::has_graphics_processor();
    window.with_webview(move |platform| {
        let view = platform.inner();
        // Its work is in the autosave.
        view.connect_web_process_terminated(|view, _| view.reload());
        if let Some(settings) = view.settings().filter(|_| !layers) {
            // Else the cores would put layers together, 20 ms of two of them for every change of the page.
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn tell(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
