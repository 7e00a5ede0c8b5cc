//! `cargo xtask package`: the packages for Debian's and Fedora's families.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::shell::{run, target, top};
use crate::{Outcome, app, node, only};

/// Builds a .deb and an .rpm with the window, the command line, icon, menu entry, file type and manuals.
///
/// # Errors
/// When something cannot be installed, built or bundled.
pub fn package(arguments: &[String]) -> Outcome {
    only(arguments, &[])?;
    if !cfg!(target_os = "linux") {
        return Err("packages are made on Linux; elsewhere run it with: cargo xtask app --release".into());
    }
    let release = app::build(true)?.with_file_name("");
    manual(&release.join("faultline"))?;
    run(node::command("tauri").args(["bundle", "--bundles", "deb,rpm"]).current_dir(top().join("src-tauri")).env("CI", "true"))?;
    for kind in ["deb", "rpm"] {
        let folder = release.join("bundle").join(kind);
        for file in fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?.flatten() {
            if file.path().extension().is_some_and(|extension| extension == kind) {
                println!("{}", file.path().display());
            }
        }
    }
    Ok(())
}

/// The command's manual, as it prints it itself, where the bundle configuration expects it.
fn manual(command: &Path) -> Outcome {
    let page = Command::new(command).arg("man").output().map_err(|e| format!("{}: {e}", command.display()))?;
    let folder = target().join("package");
    let path = folder.join("faultline.1");
    fs::create_dir_all(&folder).and_then(|()| fs::write(&path, page.stdout)).map_err(|e| format!("{}: {e}", path.display()))
}
