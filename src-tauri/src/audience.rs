//! The audience's window: on the second display, in full screen, one chart and a title. The main window is its console.

use std::sync::Mutex;

use faultline_api::Refusal;
use tauri::{AppHandle, Emitter, Manager, Monitor, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::app::{AUDIENCE, MAIN, failed, guard};
use crate::webview;

/// What the audience sees, as the page wrote it down; it is handed through unread.
#[derive(Default)]
pub(crate) struct Shown(Mutex<Option<String>>);

/// Shows this state to the audience, opening the window if need be; `None` closes it.
///
/// # Errors
/// When the window cannot be opened.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn present(app: AppHandle, shown: State<'_, Shown>, state: Option<String>) -> Result<(), Refusal> {
    shown.0.lock().map_err(failed)?.clone_from(&state);
    match (app.get_webview_window(AUDIENCE), state) {
        (Some(window), None) => window.destroy().map_err(failed),
        (None, None) => Ok(()),
        (Some(_), Some(state)) => app.emit_to(AUDIENCE, "audience", state).map_err(failed),
        (None, Some(_)) => open(&app).map_err(failed),
    }
}

/// What the audience's window shows when it has just been opened.
///
/// # Errors
/// Never in practice: only when another thread died while it held the state.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn audience_state(shown: State<'_, Shown>) -> Result<Option<String>, Refusal> {
    Ok(shown.0.lock().map_err(failed)?.clone())
}

/// A key pressed in the audience's window is for the console.
///
/// # Errors
/// When the main window is gone.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn audience_key(app: AppHandle, key: String) -> Result<(), Refusal> {
    app.emit_to(MAIN, "audience-key", key).map_err(failed)
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    let main = app.get_webview_window(MAIN);
    let page = WebviewUrl::App("index.html?window=audience".into());
    let mut builder = guard(app, WebviewWindowBuilder::new(app, AUDIENCE, page)).title("Faultline").inner_size(1280.0, 720.0);
    let other = main.as_ref().map(second_display).transpose()?.flatten();
    if let Some(display) = &other {
        let scale = display.scale_factor();
        let (place, size) = (display.position().to_logical::<f64>(scale), display.size().to_logical::<f64>(scale));
        // The size too: without a window manager nobody answers the wish for full screen.
        builder = builder.position(place.x, place.y).inner_size(size.width, size.height).fullscreen(true);
    }
    let window = builder.build()?;
    webview::tell(&window)?;
    let console = app.clone();
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            let _ = console.emit_to(MAIN, "audience-closed", ());
        }
    });
    Ok(())
}

/// A display that the main window is not on.
fn second_display(main: &WebviewWindow) -> tauri::Result<Option<Monitor>> {
    let here = main.current_monitor()?.map(|display| *display.position());
    Ok(main.available_monitors()?.into_iter().find(|display| Some(*display.position()) != here))
}
