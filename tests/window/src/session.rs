//! A window under test and what one can do with it.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use crate::processes::{self, Group};

/// How long anything may take before a test gives up on it: long, for a machine may have other work. No test is about time.
pub const PATIENCE: Duration = Duration::from_secs(180);
/// How often is looked.
const OFTEN: Duration = Duration::from_millis(20);

/// A home of its own for a window: settings, autosaves and documents of one test, which several starts may share.
pub struct Place(TempDir);

impl Place {
    /// An empty home.
    ///
    /// # Panics
    /// When the disk is full.
    pub fn empty() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// A window under test. It is closed, and all its processes ended, when this is dropped.
pub struct Session {
    client: Client,
    driver: Group,
    /// When the app was asked for.
    pub begun: Instant,
}

impl Session {
    /// Starts the app in this home, with these arguments.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(place: &Place, arguments: &[&str]) -> Session {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        for (name, folder) in [("HOME", ""), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")] {
            command.env(name, place.file(folder));
        }
        // Without a session bus every start is a window of its own.
        command.env_remove("DBUS_SESSION_BUS_ADDRESS").env("LC_ALL", "C.UTF-8").env("RUST_BACKTRACE", "1");
        let driver = Group::start(&mut command, &place.file("driver.log"));
        wait_for_port(port).await;
        let capabilities = json!({ "webkitgtk:browserOptions": { "binary": crate::app(), "args": arguments } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities.as_object().unwrap().clone());
        let begun = Instant::now();
        let address = format!("http://127.0.0.1:{port}");
        let client = timeout(PATIENCE, builder.connect(&address)).await.expect("the app answers the driver").expect("the app starts");
        Session { client, driver, begun }
    }

    /// Runs a function body in the page and gives what it returns.
    ///
    /// # Panics
    /// When it throws.
    pub async fn js(&self, body: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(body, arguments).await.unwrap_or_else(|problem| panic!("{body}: {problem}"))
    }

    /// Runs a function body in the page; `done(value)` is what it must call in the end.
    ///
    /// # Panics
    /// When it throws or never ends.
    pub async fn js_async(&self, body: &str) -> Value {
        let body = format!("const done = arguments[arguments.length - 1]; {body}");
        timeout(PATIENCE, self.client.execute_async(&body, Vec::new())).await.unwrap().unwrap_or_else(|problem| panic!("{body}: {problem}"))
    }

    /// Waits until an expression is true in the page, and gives its value.
    ///
    /// # Panics
    /// When it stays false.
    pub async fn until(&self, expression: &str) -> Value {
        let begun = Instant::now();
        loop {
            let value = self.js(&format!("return ({expression});"), Vec::new()).await;
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!("") && value != json!(0) {
                return value;
            }
            if begun.elapsed() > PATIENCE {
                self.shot("given-up").await;
                let text = self.js("return document.body.innerText.slice(0, 2000);", Vec::new()).await;
                panic!("never true: {expression}\nthe page says: {text}");
            }
            sleep(OFTEN).await;
        }
    }

    /// The first element that this selector finds; waits for it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn find(&self, selector: &str) -> Element {
        let wait = self.client.wait().at_most(PATIENCE).every(OFTEN);
        wait.for_element(Locator::Css(selector)).await.unwrap_or_else(|problem| panic!("{selector}: {problem}"))
    }

    /// Clicks it.
    ///
    /// # Panics
    /// When there is none.
    pub async fn click(&self, selector: &str) {
        self.find(selector).await.click().await.unwrap_or_else(|problem| panic!("{selector}: {problem}"));
    }

    /// Sends keys to the element that has the focus.
    ///
    /// # Panics
    /// When nothing has.
    pub async fn keys(&self, keys: &str) {
        self.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Takes the pointer from one point of the page to another in steps of some milliseconds, with the button down.
    ///
    /// # Panics
    /// When the points are outside the page.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64), steps: u32, pause: Duration) {
        let moved = |(x, y): (f64, f64), duration| PointerAction::MoveTo { duration: Some(duration), x, y };
        let mut mouse = MouseActions::new("mouse".to_owned())
            .then(moved(from, Duration::ZERO))
            .then(PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
        for step in 1..=steps {
            let part = f64::from(step) / f64::from(steps);
            mouse = mouse.then(moved((from.0 + part * (to.0 - from.0), from.1 + part * (to.1 - from.1)), pause));
        }
        let mouse = mouse.then(PointerAction::Up { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
        self.client.perform_actions(mouse).await.unwrap();
    }

    /// Waits until the page has been painted as it is now: fonts loaded and two frames gone by. Without it a picture shows what was
    /// there before.
    pub async fn painted(&self) {
        self.js_async("document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));").await;
    }

    /// Saves a picture of the page under `target/window`.
    pub async fn shot(&self, name: &str) -> PathBuf {
        self.painted().await;
        let path = pictures().join(format!("{name}.png"));
        fs::write(&path, self.client.screenshot().await.unwrap()).unwrap();
        path
    }

    /// The window's size in px, which there is no window manager to change.
    ///
    /// # Panics
    /// When it cannot be set.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
    }

    /// The windows of the app, as the driver names them.
    ///
    /// # Panics
    /// When the app is gone.
    pub async fn windows(&self) -> Vec<fantoccini::wd::WindowHandle> {
        self.client.windows().await.unwrap()
    }

    /// From now on everything speaks of this window.
    ///
    /// # Panics
    /// When it is gone.
    pub async fn switch_to(&self, window: fantoccini::wd::WindowHandle) {
        self.client.switch_to_window(window).await.unwrap();
    }

    /// The process of the app itself.
    ///
    /// # Panics
    /// When it is gone.
    pub fn app_process(&self) -> u32 {
        let below = processes::below(self.driver.id());
        below.iter().find(|process| process.name.starts_with("faultline-app")).expect("the app runs").id
    }

    /// Ends the app as a power cut would.
    pub fn kill(self) {
        processes::signal("KILL", &self.app_process().to_string());
    }

    /// Whether the app still runs.
    pub fn runs(&self) -> bool {
        processes::below(self.driver.id()).iter().any(|process| process.name.starts_with("faultline-app"))
    }
}

async fn wait_for_port(port: u16) {
    let begun = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        assert!(begun.elapsed() < PATIENCE, "the driver does not listen");
        sleep(OFTEN).await;
    }
}

/// Where pictures of the window are put.
///
/// # Panics
/// When the folder cannot be made.
pub fn pictures() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"), PathBuf::from);
    let folder = target.join("window");
    fs::create_dir_all(&folder).unwrap();
    folder
}
