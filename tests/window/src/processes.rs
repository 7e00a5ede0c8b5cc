//! Processes that end with the test, however it ends.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A process and all that it started; they are ended when this is dropped.
pub struct Group(Child);

impl Group {
    /// Starts it apart from the test's own group, with its output in a file: an inherited pipe would keep the test runner waiting
    /// for ever if a child outlived the test.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command, log: &Path) -> Group {
        let out = fs::File::create(log).unwrap();
        let err = out.try_clone().unwrap();
        let started = command.stdin(Stdio::null()).stdout(out).stderr(err).process_group(0).spawn();
        Group(started.unwrap_or_else(|problem| panic!("{command:?}: {problem}")))
    }

    /// Its process id, which is its group's too.
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        signal("KILL", &format!("-{}", self.0.id()));
        let _ = self.0.wait();
    }
}

/// Sends a signal to a process, or to a group with a minus before its id.
pub fn signal(name: &str, whom: &str) {
    let _ = Command::new("kill").args([&format!("-{name}"), "--", whom]).stderr(Stdio::null()).status();
}

/// What the kernel says of a process.
#[derive(Debug, Clone)]
pub struct About {
    /// Process id.
    pub id: u32,
    /// Name, cut by the kernel after 15 characters.
    pub name: String,
    /// Process that started it.
    pub parent: u32,
}

/// All processes below this one, nearest first.
pub fn below(ancestor: u32) -> Vec<About> {
    let all: Vec<About> = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| about(entry.file_name().to_str()?.parse().ok()?)).collect();
    let mut found: Vec<About> = Vec::new();
    let mut parents = vec![ancestor];
    while let Some(parent) = parents.pop() {
        for child in all.iter().filter(|process| process.parent == parent) {
            parents.push(child.id);
            found.push(child.clone());
        }
    }
    found
}

fn about(id: u32) -> Option<About> {
    let line = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (head, tail) = line.rsplit_once(')')?;
    let name = head.split_once('(')?.1.to_owned();
    Some(About { id, name, parent: tail.split_whitespace().nth(1)?.parse().ok()? })
}

/// Resident and proportional memory of a process in MB: the second shares out what several processes have in common.
pub fn memory(id: u32) -> Option<(f64, f64)> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let of = |field: &str| Some(rollup.lines().find_map(|line| line.strip_prefix(field))?.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0);
    Some((of("Rss:")?, of("Pss:")?))
}
