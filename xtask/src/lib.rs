//! Every chore of the project, in Rust, on every platform. `cargo xtask help` lists them.

pub mod app;
pub mod bench;
pub mod bench_window;
pub mod bindings;
pub mod demo;
pub mod docs;
pub mod fixtures;
pub mod gallery;
pub mod golden;
pub mod instructions;
pub mod markers;
pub mod node;
pub mod package;
pub mod picture;
pub mod rivals;
pub mod shell;
pub mod speed_chart;
pub mod suites;
pub mod system;
pub mod validation;

/// What a chore answers: nothing, or a sentence for the person who asked.
pub type Outcome = Result<(), String>;

/// A chore: its name, what it does in a sentence, and the function that does it.
pub struct Chore {
    /// What is typed after `cargo xtask`.
    pub name: &'static str,
    /// Its arguments, as shown in the help.
    pub arguments: &'static str,
    /// What it does.
    pub does: &'static str,
    /// The work; gets the remaining arguments.
    pub act: fn(&[String]) -> Outcome,
}

/// All chores, in the order of the help.
pub const CHORES: &[Chore] = &[
    Chore { name: "app", arguments: "[--release] [FILE]", does: "install what is missing, build, and open the window", act: app::app },
    Chore {
        name: "test",
        arguments: suites::ARGUMENTS,
        does: "run all tests, or the suites named: rust, ui, shell, window, browser, plausibility; --fast: rust only",
        act: suites::test,
    },
    Chore { name: "prepare", arguments: "", does: "install what the window is compiled with, and build its pages", act: app::prepare_only },
    Chore { name: "package", arguments: "", does: "make the .deb and the .rpm (target/release/bundle)", act: package::package },
    Chore { name: "demo", arguments: "[OUT]", does: "compare three scenarios into a folder of charts (default: charts-out)", act: demo::demo },
    Chore {
        name: "docs",
        arguments: "[--check]",
        does: "renew the generated tables in docs/model.md, or say whether they are stale",
        act: docs::docs,
    },
    Chore {
        name: "bindings",
        arguments: "[--check]",
        does: "renew the TypeScript types of everything that crosses the wire, or say whether they are stale",
        act: bindings::bindings,
    },
    Chore {
        name: "fixtures",
        arguments: "",
        does: "record real answers of the api for the pages in a browser tab and their tests",
        act: fixtures::fixtures,
    },
    Chore { name: "golden", arguments: "", does: "write the golden results and pictures anew (then look at the diff)", act: golden::golden },
    Chore {
        name: "validation",
        arguments: "",
        does: "compute docs/validation.md anew: classics, mean field, hindcasts, structural switches, with their charts",
        act: validation::validation,
    },
    Chore {
        name: "gallery",
        arguments: "[OUT]",
        does: "draw all charts in both themes and all sizes, from real runs, to look at (default: target/gallery)",
        act: gallery::gallery,
    },
    Chore { name: "picture", arguments: "", does: "draw the picture of the README, docs/images/fragmentation.svg, anew", act: picture::picture },
    Chore {
        name: "instructions",
        arguments: "[--record]",
        does: "count the instructions of the hot loops (valgrind) against the recorded numbers",
        act: instructions::instructions,
    },
    Chore {
        name: "bench",
        arguments: bench::ARGUMENTS,
        does: "measure speed and memory, beside other tools where a folder with their programs is there, and renew docs/performance.md",
        act: bench::bench,
    },
    Chore {
        name: "bench-window",
        arguments: "[MINUTES]",
        does: "measure the real window, with some minutes of dragging, and renew its table in docs/performance.md",
        act: bench_window::bench_window,
    },
];

/// Finds and does the chore that the arguments name.
///
/// # Errors
/// A sentence when there is no such chore, or when it failed.
pub fn dispatch(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else { return Err(help()) };
    match CHORES.iter().find(|chore| chore.name == name) {
        Some(chore) => (chore.act)(rest),
        None if ["help", "--help", "-h"].contains(&name.as_str()) => {
            println!("{}", help());
            Ok(())
        }
        None => Err(format!("there is no chore “{name}”\n\n{}", help())),
    }
}

fn help() -> String {
    let rows: Vec<String> =
        CHORES.iter().map(|chore| format!("  cargo xtask {:<24} {}", format!("{} {}", chore.name, chore.arguments), chore.does)).collect();
    format!("The chores of this project:\n\n{}", rows.join("\n"))
}

/// Refuses arguments that a chore does not know.
///
/// # Errors
/// A sentence that names the first unknown argument.
pub fn only(arguments: &[String], known: &[&str]) -> Outcome {
    match arguments.iter().find(|argument| !known.contains(&argument.as_str())) {
        Some(unknown) if known.is_empty() => Err(format!("“{unknown}” is not understood; this chore takes no arguments")),
        Some(unknown) => Err(format!("“{unknown}” is not understood; known: {}", known.join(", "))),
        None => Ok(()),
    }
}
