//! The window from start to end: what is set up, what it listens to, how it closes.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};

use faultline_api::{Refusal, disk};
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Emitter, Manager, State, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent};
use tauri_plugin_window_state::StateFlags;

use crate::grants::Grants;
use crate::{audience, clipboard, commands, crash, menu, webview};

/// Label of the main window.
pub(crate) const MAIN: &str = "main";
/// Label of the audience's window.
pub(crate) const AUDIENCE: &str = "audience";

/// Whatever went wrong around the work, as a refusal.
pub(crate) fn failed(problem: impl Display) -> Refusal {
    Refusal::failed(problem.to_string())
}

/// What the window knows of itself.
#[derive(Default)]
pub(crate) struct Shell {
    /// A file that was named when the app was started and that the page has not asked for yet.
    opened: Mutex<Option<PathBuf>>,
    /// Whether the page listens; before that nobody could answer a question about unsaved changes.
    listening: AtomicBool,
    /// Whether the page has been asked to close and has not answered.
    asked: AtomicBool,
    /// Where web views keep what is theirs when the folder of the app cannot be written to; one for all windows, so that they are one browser.
    elsewhere: OnceLock<Option<PathBuf>>,
}

/// What a page is told when it starts to listen.
#[derive(serde::Serialize)]
pub(crate) struct Hello {
    /// The file to open, already granted.
    opened: Option<String>,
    /// Version of the app.
    app_version: String,
    /// Version of the model.
    model_version: &'static str,
    /// Version of the system's web view.
    webview_version: String,
    /// `light` or `dark`, as the system has it.
    system_theme: &'static str,
    /// What was written down when the app last stopped by a fault, if it did.
    crashed: Option<String>,
}

/// Starts the app and stays until its last window is closed.
///
/// # Errors
/// When the system has no web view or no display.
pub(crate) fn run() -> tauri::Result<()> {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| second_start(app, &arguments, &folder)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window_state())
        .manage(Shell::default())
        .manage(Grants::default())
        .manage(menu::Standing::default())
        .manage(audience::Shown::default())
        .manage(clipboard::Kept::default())
        .invoke_handler(commands::handler())
        .on_menu_event(|app, event| menu::pass_on(app, &event))
        .on_window_event(on_window_event)
        .setup(|app| Ok(set_up(app.handle())?))
        .build(tauri::generate_context!())?;
    app.run(|_, _| ());
    Ok(())
}

/// Size and place are kept; whether it was visible or full screen is not, so that no start ends in an odd window.
fn window_state() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    let kept = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    tauri_plugin_window_state::Builder::default().with_state_flags(kept).with_denylist(&[AUDIENCE]).build()
}

fn set_up(app: &AppHandle) -> tauri::Result<()> {
    let data = app.path().app_data_dir()?;
    crash::watch(&data);
    commands::set_up(app, data);
    let folder = std::env::current_dir().unwrap_or_default();
    *slot(&app.state::<Shell>()) = file_argument(app, &std::env::args().collect::<Vec<_>>(), &folder);
    let window = guard(app, WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into())))
        .title("Faultline")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 480.0)
        .build()?;
    webview::tell(&window)
}

fn slot<'a>(shell: &'a State<'_, Shell>) -> std::sync::MutexGuard<'a, Option<PathBuf>> {
    shell.opened.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Pages of the app and nothing else: no other address, no second window, no file dropped in.
pub(crate) fn guard<'a, M: Manager<tauri::Wry>>(
    app: &AppHandle,
    builder: WebviewWindowBuilder<'a, tauri::Wry, M>,
) -> WebviewWindowBuilder<'a, tauri::Wry, M> {
    let builder = match elsewhere(app) {
        Some(folder) => builder.data_directory(folder),
        None => builder,
    };
    builder
        .on_navigation(|url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost"))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
}

/// A folder for the web view where the app has none: the framework ends the app when it cannot make that one. Settings and recovery are
/// then refused one by one, in words, by what asks for them.
fn elsewhere(app: &AppHandle) -> Option<PathBuf> {
    let find = || disk::instead_of(&app.path().app_local_data_dir().ok()?);
    app.state::<Shell>().elsewhere.get_or_init(find).clone()
}

/// The page listens from now on.
///
/// # Errors
/// Never in practice.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn ready(app: AppHandle, window: WebviewWindow, shell: State<'_, Shell>) -> Result<Hello, Refusal> {
    shell.listening.store(true, Ordering::SeqCst);
    let opened = slot(&shell).take().map(|path| path.display().to_string());
    Ok(Hello {
        opened,
        app_version: app.package_info().version.to_string(),
        model_version: faultline_api::model::MODEL_VERSION,
        webview_version: tauri::webview_version().unwrap_or_default(),
        system_theme: name(window.theme().unwrap_or(Theme::Light)),
        crashed: crash::last(&app.path().app_data_dir().map_err(failed)?),
    })
}

fn name(theme: Theme) -> &'static str {
    if theme == Theme::Dark { "dark" } else { "light" }
}

/// Closes the app for good: the page has saved what was to be saved.
///
/// # Errors
/// When the window is gone already.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn close(app: AppHandle) -> Result<(), Refusal> {
    app.get_webview_window(AUDIENCE).map_or(Ok(()), |audience| audience.destroy()).map_err(failed)?;
    app.get_webview_window(MAIN).map_or(Ok(()), |main| main.destroy()).map_err(failed)
}

/// The page has answered the question whether to close with no.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn stay(shell: State<'_, Shell>) {
    shell.asked.store(false, Ordering::SeqCst);
}

/// Full screen and back.
///
/// # Errors
/// When the window is gone.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn toggle_full_screen(window: WebviewWindow) -> Result<(), Refusal> {
    let full = window.is_fullscreen().map_err(failed)?;
    window.set_fullscreen(!full).map_err(failed)
}

fn on_window_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } if window.label() == MAIN => {
            let shell = window.state::<Shell>();
            // A page that was asked once and stays silent must not hold the window for ever: the second request closes it.
            let silent = shell.asked.swap(true, Ordering::SeqCst);
            if shell.listening.load(Ordering::SeqCst) && !silent && window.emit_to(MAIN, "close-requested", ()).is_ok() {
                api.prevent_close();
            }
        }
        WindowEvent::Destroyed if window.label() == MAIN => {
            if let Some(audience) = window.get_webview_window(AUDIENCE) {
                let _ = audience.destroy();
            }
        }
        WindowEvent::ThemeChanged(theme) => {
            let _ = window.emit_to(window.label(), "theme", name(*theme));
        }
        _ => {}
    }
}

/// The app was started a second time: this window comes to the front and opens the file that was named.
fn second_start(app: &AppHandle, arguments: &[String], folder: &str) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
    let Some(path) = file_argument(app, arguments, &PathBuf::from(folder)) else { return };
    let shell = app.state::<Shell>();
    if shell.listening.load(Ordering::SeqCst) {
        let _ = app.emit_to(MAIN, "open-file", path.display().to_string());
    } else {
        *slot(&shell) = Some(path);
    }
}

/// The first argument that is no option, as a granted path.
fn file_argument(app: &AppHandle, arguments: &[String], folder: &std::path::Path) -> Option<PathBuf> {
    let named = arguments.iter().skip(1).find(|argument| !argument.starts_with('-'))?;
    let path = folder.join(named);
    app.state::<Grants>().grant(&path);
    Some(path)
}
