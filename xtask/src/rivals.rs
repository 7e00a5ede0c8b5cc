//! The other tools on ADOPT-1. Their programs stay in the folder where they lie; what they need is installed into `target/rivals`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::instructions::write_network;
use crate::shell::{run, target, top};

/// Where the programs lie unless another folder is named, seen from the project.
const USUAL: &str = "../shared/bench";

/// What the Python programs import.
const LIBRARIES: [&str; 4] = ["numpy", "numba", "mesa", "networkx"];

/// Firms at which tools are compared.
pub(crate) const FIRMS: usize = 10_000;

/// A tool: its name, a Python program or the name of a crate, and how many runs make a measurement of some seconds.
const TOOLS: [(&str, &str, usize); 5] = [
    ("Numba", "adopt_numba.py", 12),
    ("NumPy, all runs at once", "adopt_numpy_ens.py", 32),
    ("NumPy, run after run", "adopt_numpy.py", 4),
    ("Mesa", "adopt_mesa.py", 1),
    ("krABMaga", "krabmaga_adopt", 2),
];

/// Runs of the plain reference, and of the engine, whose answers are compared, at 1,000 firms.
const COMPARED: usize = 3_008;

/// The networks, and the tools that can be run here.
pub(crate) struct Rivals {
    /// Folder with the networks that every tool gets.
    pub(crate) graphs: PathBuf,
    /// Name and command of each tool.
    pub(crate) tools: Vec<(String, Command)>,
    folder: Option<PathBuf>,
    python: PathBuf,
}

/// Makes networks of these sizes and readies the tools in `folder`; what cannot be had is said and left out.
///
/// # Errors
/// When a folder that is named is not there, or the networks cannot be written.
pub(crate) fn ready(folder: Option<&str>, sizes: &[usize]) -> Result<Rivals, String> {
    let usual = top().join(USUAL);
    let folder = match folder {
        Some(named) if !Path::new(named).is_dir() => return Err(format!("there is no folder {named}; name the one with the other tools' programs")),
        Some(named) => Some(PathBuf::from(named)),
        None => usual.is_dir().then_some(usual),
    };
    let room = target().join("rivals");
    let graphs = room.join("graphs");
    fs::create_dir_all(&graphs).map_err(|e| format!("{}: {e}", graphs.display()))?;
    let mut rivals = Rivals { graphs, tools: Vec::new(), python: room.join("python/bin/python"), folder };
    let with_python = rivals.folder.is_some() && said("Python", python(&room, &rivals.python));
    for firms in sizes {
        rivals.network(*firms, with_python)?;
    }
    let Some(folder) = rivals.folder.clone() else {
        eprintln!("No folder with other tools' programs: only the engine is measured. Name one, or put it at {USUAL}");
        return Ok(rivals);
    };
    for (name, program, runs) in TOOLS {
        let command = if program.ends_with(".py") {
            if !with_python {
                continue;
            }
            let mut command = Command::new(&rivals.python);
            command.arg(folder.join(program)).env("PYTHONDONTWRITEBYTECODE", "1");
            command
        } else {
            let built = build(&folder.join(program), &room);
            if !said(name, built.as_ref().map(|_| ()).map_err(Clone::clone)) {
                continue;
            }
            Command::new(built?)
        };
        rivals.tools.push((format!("ADOPT-1, {FIRMS} firms, {name}"), rivals.on_network(command, FIRMS, runs)));
    }
    Ok(rivals)
}

/// Says what is wrong, if anything; whether all is well.
fn said(what: &str, outcome: Outcome) -> bool {
    outcome.map_err(|problem| eprintln!("{what} is left out: {problem}")).is_ok()
}

/// A Python of our own with the libraries.
fn python(room: &Path, python: &Path) -> Outcome {
    if !python.exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(room.join("python")))?;
    }
    run(Command::new(python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(LIBRARIES))
}

/// Builds a crate of the folder. Its manifest is copied and its sources are linked, so that nothing is written where it lies.
fn build(source: &Path, room: &Path) -> Result<PathBuf, String> {
    let name = source.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let place = room.join(&name);
    fs::create_dir_all(&place).map_err(|e| format!("{}: {e}", place.display()))?;
    fs::copy(source.join("Cargo.toml"), place.join("Cargo.toml")).map_err(|e| format!("{}: {e}", source.display()))?;
    let (from, to) = (source.join("src").canonicalize().map_err(|e| format!("{}: {e}", source.display()))?, place.join("src"));
    if !to.exists() {
        link(&from, &to).map_err(|e| format!("{}: {e}", to.display()))?;
    }
    run(Command::new("cargo").args(["build", "--release", "--quiet"]).current_dir(&place).env("CARGO_TARGET_DIR", place.join("target")))?;
    let built = fs::read_dir(place.join("target/release")).map_err(|e| format!("{}: {e}", place.display()))?.flatten().map(|entry| entry.path());
    let runs = |path: &PathBuf| path.is_file() && path.extension().is_none_or(|ending| ending == "exe") && !hidden(path);
    built.into_iter().find(runs).ok_or_else(|| format!("{name} built no program"))
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'))
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("crates are built on Unix only"))
}

impl Rivals {
    /// Makes a network, by the rivals' own program where it can be run.
    fn network(&self, firms: usize, with_python: bool) -> Outcome {
        let path = self.graphs.join(format!("graph_{firms}_8.bin"));
        match &self.folder {
            _ if path.exists() => Ok(()),
            Some(folder) if with_python => run(Command::new(&self.python).arg(folder.join("make_graph.py")).arg(&self.graphs).arg(firms.to_string())),
            _ => write_network(&path, firms),
        }
    }

    /// The usual arguments: folder of networks, firms, runs, repetitions.
    fn on_network(&self, mut command: Command, firms: usize, runs: usize) -> Command {
        command.arg(&self.graphs).args([firms.to_string(), runs.to_string(), "1".to_owned()]).stderr(Stdio::null());
        command
    }

    /// Whether the engine and a plain loop in Numba give the same answer: what the rivals' comparison says of many runs of each.
    pub(crate) fn same_answer(&self, binary: &Path) -> Option<String> {
        let folder = self.folder.as_ref().filter(|_| self.python.exists())?;
        let (plain, ours) = (self.graphs.join("plain.csv"), self.graphs.join("engine.csv"));
        let numba = || {
            let mut command = Command::new(&self.python);
            command.arg(folder.join("adopt_numba.py")).env("PYTHONDONTWRITEBYTECODE", "1");
            run(self.on_network(command, 1_000, COMPARED).arg(&plain).stdout(Stdio::null()))
        };
        let engine = ["bench", "adopt-1", "--firms", "1000", "--runs", &COMPARED.to_string()].map(str::to_owned);
        let engine = || run(Command::new(binary).args(engine).arg("--graph").arg(&self.graphs).arg("--stats").arg(&ours).stdout(Stdio::null()));
        if !said("the comparison of answers", numba().and_then(|()| engine())) {
            return None;
        }
        let output = Command::new(&self.python).arg(folder.join("compare.py")).arg(&plain).arg(&ours).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let z = text.lines().last()?.split("max|z|=").nth(1)?.split_whitespace().next()?.to_owned();
        Some(format!(
            "Same answer: largest |z| of 48 mean shares is {z}, {COMPARED} runs of 1,000 firms against as many of the Numba loop (below 4 passes)."
        ))
    }
}
