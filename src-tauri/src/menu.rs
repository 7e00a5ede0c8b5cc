//! The native menu, built from a model that the page sends, so that all sentences live in one place.

use std::collections::HashMap;
use std::sync::Mutex;

use faultline_api::Refusal;
use serde::Deserialize;
use tauri::menu::{CheckMenuItem, IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Emitter, Manager, State};

use crate::app::{MAIN, failed};

/// The event that carries the id of an activated item to the page.
const COMMAND: &str = "command";

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Something to do.
    Command,
    /// Something that is on or off.
    Check,
    /// A line between groups.
    Separator,
    /// A menu within the menu.
    Menu,
}

/// One item as the page describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Item {
    kind: Kind,
    #[serde(default)]
    id: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    accelerator: Option<String>,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default)]
    checked: bool,
    #[serde(default)]
    items: Vec<Item>,
}

/// The menu bar as the page describes it: one [`Kind::Menu`] per title.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Model {
    menus: Vec<Item>,
}

fn yes() -> bool {
    true
}

impl Item {
    /// Whether both differ in nothing that can be changed on a menu that stands: words of commands, enabled, checked. Titles of menus
    /// cannot: under GTK a standing title keeps its words.
    fn same_shape(&self, other: &Item) -> bool {
        let same_title = self.kind != Kind::Menu || self.label == other.label;
        same_title
            && (self.kind, &self.id, &self.accelerator) == (other.kind, &other.id, &other.accelerator)
            && same_shapes(&self.items, &other.items)
    }
}

fn same_shapes(one: &[Item], other: &[Item]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.same_shape(b))
}

/// A standing item that can be relabelled.
enum Handle {
    Command(MenuItem<tauri::Wry>),
    Check(CheckMenuItem<tauri::Wry>),
    Menu(Submenu<tauri::Wry>),
}

/// The menu that stands and the model it was made from.
#[derive(Default)]
pub(crate) struct Standing(Mutex<Option<(Model, HashMap<String, Handle>)>>);

/// Shows the menu of this model; a model of the same shape as the last changes the standing menu in place, without a flicker.
///
/// # Errors
/// When an accelerator is not understood or the window is gone.
#[tauri::command(rename_all = "snake_case")]
pub(crate) fn set_menu(app: AppHandle, standing: State<'_, Standing>, model: Model) -> Result<(), Refusal> {
    let mut slot = standing.0.lock().map_err(failed)?;
    match slot.as_mut() {
        Some((last, _)) if *last == model => {}
        Some((last, handles)) if same_shapes(&last.menus, &model.menus) => {
            relabel(&last.menus, &model.menus, "", handles).map_err(failed)?;
            *last = model;
        }
        _ => {
            let handles = raise(&app, &model).map_err(failed)?;
            *slot = Some((model, handles));
        }
    }
    Ok(())
}

/// Hands activated items to the page.
pub(crate) fn pass_on(app: &AppHandle, event: &tauri::menu::MenuEvent) {
    // A page that cannot be reached is about to be told so by its own watch; nothing is lost here.
    let _ = app.emit_to(MAIN, COMMAND, event.id().as_ref());
}

fn raise(app: &AppHandle, model: &Model) -> tauri::Result<HashMap<String, Handle>> {
    let mut handles = HashMap::new();
    let bar = Menu::new(app)?;
    for (place, item) in model.menus.iter().enumerate() {
        bar.append(&submenu(app, item, &place.to_string(), &mut handles)?)?;
    }
    // Only macOS has one menu for all windows; elsewhere the audience's window must stay bare.
    if cfg!(target_os = "macos") {
        app.set_menu(bar)?;
    } else if let Some(window) = app.get_webview_window(MAIN) {
        window.set_menu(bar)?;
    }
    Ok(handles)
}

fn submenu(app: &AppHandle, item: &Item, place: &str, handles: &mut HashMap<String, Handle>) -> tauri::Result<Submenu<tauri::Wry>> {
    let menu = Submenu::new(app, &item.label, item.enabled)?;
    for (index, child) in item.items.iter().enumerate() {
        let place = format!("{place}/{index}");
        menu.append(entry(app, child, &place, handles)?.as_ref())?;
    }
    handles.insert(place.to_owned(), Handle::Menu(menu.clone()));
    Ok(menu)
}

fn entry(app: &AppHandle, item: &Item, place: &str, handles: &mut HashMap<String, Handle>) -> tauri::Result<Box<dyn IsMenuItem<tauri::Wry>>> {
    let accelerator = item.accelerator.as_deref();
    Ok(match item.kind {
        Kind::Separator => Box::new(PredefinedMenuItem::separator(app)?),
        Kind::Menu => Box::new(submenu(app, item, place, handles)?),
        Kind::Command => {
            let made = MenuItem::with_id(app, &item.id, &item.label, item.enabled, accelerator)?;
            handles.insert(place.to_owned(), Handle::Command(made.clone()));
            Box::new(made)
        }
        Kind::Check => {
            let made = CheckMenuItem::with_id(app, &item.id, &item.label, item.enabled, item.checked, accelerator)?;
            handles.insert(place.to_owned(), Handle::Check(made.clone()));
            Box::new(made)
        }
    })
}

/// Goes through both models beside the standing menu and touches what differs; items are found by their place, for several may
/// share an id.
fn relabel(before: &[Item], now: &[Item], above: &str, handles: &HashMap<String, Handle>) -> tauri::Result<()> {
    for (index, (old, new)) in before.iter().zip(now).enumerate() {
        if old == new {
            continue;
        }
        let place = if above.is_empty() { index.to_string() } else { format!("{above}/{index}") };
        match handles.get(&place) {
            Some(Handle::Command(standing)) => {
                standing.set_text(&new.label)?;
                standing.set_enabled(new.enabled)?;
            }
            Some(Handle::Check(standing)) => {
                standing.set_text(&new.label)?;
                standing.set_enabled(new.enabled)?;
                standing.set_checked(new.checked)?;
            }
            Some(Handle::Menu(standing)) => standing.set_enabled(new.enabled)?,
            None => {}
        }
        relabel(&old.items, &new.items, &place, handles)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(id: &str, label: &str, accelerator: Option<&str>) -> Item {
        let accelerator = accelerator.map(str::to_owned);
        Item { kind: Kind::Command, id: id.into(), label: label.into(), accelerator, enabled: true, checked: false, items: Vec::new() }
    }

    fn menu(items: Vec<Item>) -> Item {
        Item { kind: Kind::Menu, id: String::new(), label: "Edit".into(), accelerator: None, enabled: true, checked: false, items }
    }

    #[test]
    fn words_and_states_leave_the_shape_alone_but_ids_keys_and_number_do_not() {
        let undo = |label| menu(vec![command("undo", label, Some("CmdOrCtrl+Z"))]);
        assert!(undo("Undo").same_shape(&undo("Undo Mutual recognition 40→65")));
        assert!(!undo("Undo").same_shape(&menu(vec![command("redo", "Undo", Some("CmdOrCtrl+Z"))])));
        assert!(!undo("Undo").same_shape(&menu(vec![command("undo", "Undo", None)])));
        assert!(!undo("Undo").same_shape(&menu(Vec::new())));
        assert!(!undo("Undo").same_shape(&Item { label: "编辑".into(), ..undo("Undo") }), "titles stand");
    }
}
