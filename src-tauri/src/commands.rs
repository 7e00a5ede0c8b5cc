//! What the pages may ask for: one line each over the api.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use faultline_api::Refusal;
use faultline_api::desk::Desk;
use faultline_api::wire_desktop::{
    Colours, CompareAsk, CompareStep, Draft, ExploreAsk, ExportAsk, FigureAsk, Imported, Inspection, Language, Ledger, Library, Opened, RecentLine,
    RecoveryLine, RerunAsk, RerunStep, SaveAsk, Saved, ScenarioFormat, ScreenFigure, Settings, Step, TableRow, ThemeChoice, VersionLine, WhyAsk,
    WhyStep, Workspace,
};
use faultline_api::wire_trust::{ClassicAsk, ClassicInfo, ClassicStep, TrustPage};
use serde::Serialize;
use tauri::ipc::{Channel, Invoke};
use tauri::{AppHandle, Manager, State, Theme};

use crate::app::{self, MAIN, failed};
use crate::clipboard::Kept;
use crate::dialogs::{self, Words};
use crate::grants::Grants;
use crate::{audience, menu};

type Answer<T> = Result<T, Refusal>;
type Host<'a> = State<'a, Arc<Desk>>;

/// All commands.
pub(crate) fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        app::ready,
        app::close,
        app::stay,
        app::toggle_full_screen,
        audience::present,
        audience::audience_state,
        audience::audience_key,
        menu::set_menu,
        library,
        inspect,
        ledger,
        evidence,
        explore,
        compare,
        why,
        rerun,
        cancel,
        seen,
        figure,
        table,
        classics,
        classic,
        choose_table,
        trust,
        new_workspace,
        open_workspace,
        save_workspace,
        save_copy,
        autosave,
        autosave_done,
        recovery,
        recover,
        discard_recovery,
        versions,
        restore,
        recent,
        import_scenario,
        export_scenario,
        export_chart,
        copy_image,
        copy_text,
        settings,
        set_settings,
    ]
}

/// Opens the desk in the data folder, and lets it run the first picture while the page is still loading.
pub(crate) fn set_up(app: &AppHandle, data: PathBuf) {
    let desk = Arc::new(Desk::new(data));
    app.manage(Arc::clone(&desk));
    std::thread::spawn(move || desk.warm());
}

/// Does some work on a thread of its own: the window must answer while it lasts.
async fn work<T: Send + 'static>(host: Host<'_>, job: impl FnOnce(&Desk) -> Answer<T> + Send + 'static) -> Answer<T> {
    let desk = Arc::clone(&host);
    apart(move || job(&desk)).await
}

async fn apart<T: Send + 'static>(job: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let fault = |problem: tauri::Error| Refusal::failed(format!("a fault in the program ({problem}); the document on screen is as it was"));
    tauri::async_runtime::spawn_blocking(job).await.unwrap_or_else(|problem| Err(fault(problem)))
}

/// Works and tells the page step by step. Gives the number of steps told: large ones reach the page after this answer.
async fn stepwise<S: Serialize + Send + Sync + 'static>(
    host: Host<'_>,
    on_step: Channel<S>,
    job: impl FnOnce(&Desk, &(dyn Fn(S) + Sync)) -> Answer<()> + Send + 'static,
) -> Answer<u32> {
    work(host, move |desk| {
        let told = AtomicU32::new(0);
        // A page that has gone away needs none.
        let tell = |step| drop(on_step.send(step).map(|()| told.fetch_add(1, Ordering::Relaxed)));
        job(desk, &tell).map(|()| told.into_inner())
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn library(host: Host<'_>, language: Language) -> Answer<Library> {
    work(host, move |desk| desk.library(language)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn inspect(host: Host<'_>, draft: Draft, baseline: Draft, language: Language, track: Option<String>) -> Answer<Inspection> {
    work(host, move |desk| desk.inspect(&draft, &baseline, language, track.as_deref())).await
}

#[tauri::command(rename_all = "snake_case")]
async fn ledger(host: Host<'_>, draft: Draft, baseline: Draft, language: Language) -> Answer<Ledger> {
    work(host, move |desk| desk.ledger(&draft, &baseline, language)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn evidence(key: String) -> Answer<faultline_api::evidence::Figure> {
    apart(move || faultline_api::evidence::figure(&key)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn explore(host: Host<'_>, ask: ExploreAsk, on_step: Channel<Step>) -> Answer<u32> {
    stepwise(host, on_step, move |desk, tell| desk.explore(&ask, tell)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn compare(host: Host<'_>, ask: CompareAsk, on_step: Channel<CompareStep>) -> Answer<u32> {
    stepwise(host, on_step, move |desk, tell| desk.compare(&ask, tell)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn why(host: Host<'_>, ask: WhyAsk, on_step: Channel<WhyStep>) -> Answer<u32> {
    stepwise(host, on_step, move |desk, tell| desk.why(&ask, tell)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn rerun(app: AppHandle, host: Host<'_>, ask: RerunAsk, on_step: Channel<RerunStep>) -> Answer<u32> {
    app.state::<Grants>().check(&ask.path)?;
    stepwise(host, on_step, move |desk, tell| desk.rerun(&ask, tell)).await
}

#[tauri::command(rename_all = "snake_case")]
fn seen(host: Host<'_>, ticket: String) {
    host.seen(&ticket);
}

#[tauri::command(rename_all = "snake_case")]
fn cancel(host: Host<'_>, ticket: String) {
    host.cancel(&ticket);
}

#[tauri::command(rename_all = "snake_case")]
async fn figure(host: Host<'_>, ask: FigureAsk) -> Answer<ScreenFigure> {
    work(host, move |desk| desk.figure(&ask)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn table(host: Host<'_>, ask: FigureAsk) -> Answer<Vec<TableRow>> {
    work(host, move |desk| desk.table(&ask)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn classics(host: Host<'_>, language: Language) -> Answer<Vec<ClassicInfo>> {
    work(host, move |desk| desk.classics(language)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn classic(app: AppHandle, host: Host<'_>, ask: ClassicAsk, on_step: Channel<ClassicStep>) -> Answer<u32> {
    if let Some((_, path)) = ask.given.iter().find(|(key, _)| key == "file") {
        app.state::<Grants>().check(path)?;
    }
    stepwise(host, on_step, move |desk, tell| desk.classic(&ask, tell)).await
}

/// A table of one's own for a classic: its path, once a person has chosen it.
#[tauri::command(rename_all = "snake_case")]
async fn choose_table(app: AppHandle, words: Words) -> Answer<Option<String>> {
    apart(move || Ok(dialogs::open(&app, &words)?.map(|path| path.display().to_string()))).await
}

#[tauri::command(rename_all = "snake_case")]
async fn trust(host: Host<'_>, theme: Colours, language: Language) -> Answer<TrustPage> {
    work(host, move |desk| desk.trust(theme, language)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn new_workspace(host: Host<'_>, language: Language) -> Answer<Opened> {
    work(host, move |desk| desk.new_workspace(language)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn open_workspace(app: AppHandle, host: Host<'_>, path: Option<String>, words: Words) -> Answer<Option<Opened>> {
    work(host, move |desk| dialogs::path_or(&app, path, &words, dialogs::open)?.map(|path| desk.open_workspace(&path)).transpose()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn save_workspace(app: AppHandle, host: Host<'_>, ask: SaveAsk, path: Option<String>, words: Words) -> Answer<Option<Saved>> {
    work(host, move |desk| dialogs::path_or(&app, path, &words, dialogs::save)?.map(|path| desk.save_workspace(&ask, &path)).transpose()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn save_copy(app: AppHandle, host: Host<'_>, ask: SaveAsk, words: Words) -> Answer<Option<Saved>> {
    work(host, move |desk| dialogs::save(&app, &words)?.map(|path| desk.save_copy(&ask, &path)).transpose()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn autosave(app: AppHandle, host: Host<'_>, workspace: Workspace, path: Option<String>) -> Answer<()> {
    let path = path.map(|path| app.state::<Grants>().check(&path)).transpose()?;
    work(host, move |desk| desk.autosave(&workspace, path.as_deref())).await
}

#[tauri::command(rename_all = "snake_case")]
async fn autosave_done(app: AppHandle, host: Host<'_>, path: Option<String>) -> Answer<()> {
    let path = path.map(|path| app.state::<Grants>().check(&path)).transpose()?;
    work(host, move |desk| desk.autosave_done(path.as_deref())).await
}

#[tauri::command(rename_all = "snake_case")]
async fn recovery(app: AppHandle, host: Host<'_>) -> Answer<Vec<RecoveryLine>> {
    let lines = work(host, Desk::recovery).await?;
    let grants = app.state::<Grants>();
    lines.iter().filter_map(|line| line.path.as_ref()).for_each(|path| grants.grant(path.as_ref()));
    Ok(lines)
}

#[tauri::command(rename_all = "snake_case")]
async fn recover(host: Host<'_>, id: String) -> Answer<Opened> {
    work(host, move |desk| desk.recover(&id)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn discard_recovery(host: Host<'_>, id: String) -> Answer<()> {
    work(host, move |desk| desk.discard_recovery(&id)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn versions(app: AppHandle, host: Host<'_>, path: String) -> Answer<Vec<VersionLine>> {
    let path = app.state::<Grants>().check(&path)?;
    work(host, move |desk| desk.versions(&path)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn restore(app: AppHandle, host: Host<'_>, path: String, id: String) -> Answer<Opened> {
    let path = app.state::<Grants>().check(&path)?;
    work(host, move |desk| desk.restore(&path, &id)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn recent(app: AppHandle, host: Host<'_>) -> Answer<Vec<RecentLine>> {
    let lines = work(host, Desk::recent).await?;
    let grants = app.state::<Grants>();
    lines.iter().for_each(|line| grants.grant(line.path.as_ref()));
    Ok(lines)
}

#[tauri::command(rename_all = "snake_case")]
async fn import_scenario(app: AppHandle, host: Host<'_>, words: Words) -> Answer<Option<Imported>> {
    work(host, move |desk| dialogs::open(&app, &words)?.map(|path| desk.import_scenario(&path)).transpose()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn export_scenario(app: AppHandle, host: Host<'_>, draft: Draft, format: ScenarioFormat, words: Words) -> Answer<Option<Saved>> {
    work(host, move |desk| dialogs::save(&app, &words)?.map(|path| desk.export_scenario(&draft, format, &path)).transpose()).await
}

#[tauri::command(rename_all = "snake_case")]
async fn export_chart(app: AppHandle, host: Host<'_>, ask: ExportAsk, words: Words, again: bool) -> Answer<Option<Saved>> {
    work(host, move |desk| {
        let grants = app.state::<Grants>();
        if let Some(folder) = grants.exports().filter(|_| again) {
            return desk.export_chart_into(&ask, &folder, words.name()).map(Some);
        }
        let Some(path) = dialogs::save(&app, &words)? else { return Ok(None) };
        let saved = desk.export_chart(&ask, &path)?;
        grants.export_into(path.parent());
        Ok(Some(saved))
    })
    .await
}

#[tauri::command(rename_all = "snake_case")]
async fn copy_image(app: AppHandle, host: Host<'_>, ask: ExportAsk) -> Answer<()> {
    work(host, move |desk| app.state::<Kept>().copy_png(&desk.picture(&ask)?)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn copy_text(app: AppHandle, text: String) -> Answer<()> {
    apart(move || app.state::<Kept>().copy_text(&text)).await
}

#[tauri::command(rename_all = "snake_case")]
async fn settings(app: AppHandle, host: Host<'_>) -> Answer<Settings> {
    let settings = work(host, Desk::settings).await?;
    show(&app, &settings)?;
    Ok(settings)
}

#[tauri::command(rename_all = "snake_case")]
async fn set_settings(app: AppHandle, host: Host<'_>, settings: Settings) -> Answer<()> {
    show(&app, &settings)?;
    work(host, move |desk| desk.set_settings(&settings)).await
}

/// What of the settings belongs to the window itself: the colours of its frame and menu, and the zoom of the page.
fn show(app: &AppHandle, settings: &Settings) -> Answer<()> {
    let Some(window) = app.get_webview_window(MAIN) else { return Ok(()) };
    let theme = match settings.theme {
        ThemeChoice::System => None,
        ThemeChoice::Light => Some(Theme::Light),
        ThemeChoice::Dark => Some(Theme::Dark),
    };
    window.set_theme(theme).map_err(failed)?;
    window.set_zoom(f64::from(settings.scale) / 100.0).map_err(failed)
}
