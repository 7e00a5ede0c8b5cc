//! What the web view of Linux is told: how to paint, and what to do when the process that draws the page dies.

use tauri::WebviewWindow;

/// Where the kernel shows graphics processors that can draw.
#[cfg(target_os = "linux")]
const GRAPHICS: &str = "/dev/dri";

/// Tells the web view of a new window.
///
/// # Errors
/// When the window is gone already.
#[cfg(target_os = "linux")]
pub(crate) fn tell(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let composed = has_graphics_processor();
    window.with_webview(move |platform| {
        let view = platform.inner();
        // Its work is in the autosave.
        view.connect_web_process_terminated(|view, _| view.reload());
        if let Some(settings) = view.settings().filter(|_| !composed) {
            // Layers would be put together by a processor that plays graphics: 40 ms of both cores with every change of the page.
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn tell(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn has_graphics_processor() -> bool {
    let is_render_node = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("renderD");
    std::fs::read_dir(GRAPHICS).is_ok_and(|entries| entries.flatten().any(|entry| is_render_node(&entry)))
}
