//! The threads that work while somebody moves a slider: all cores but one, and where the system allows it behind everybody else, so that
//! the page and whatever else runs on a laptop come first.

use std::sync::OnceLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The threads, started with the first request.
#[derive(Debug, Default)]
pub(crate) struct Crew(OnceLock<Option<ThreadPool>>);

/// How far the threads stand back: they have about a tenth of a core beside a page that is busy, and all of it otherwise (nice value, Linux).
#[cfg(target_os = "linux")]
const STAND_BACK: i32 = 10;

/// Lets everybody else go first. Where that is refused, nothing is lost but smoothness.
#[cfg(target_os = "linux")]
fn stand_back(_: usize) {
    // On Linux a nice value belongs to a thread, and no process stands for the calling one.
    let own = rustix::process::getpriority_process(None).unwrap_or_default();
    let _ = rustix::process::setpriority_process(None, own.max(STAND_BACK));
}

/// Elsewhere a nice value belongs to the whole process, and the page has to be content with its core.
#[cfg(not(target_os = "linux"))]
fn stand_back(_: usize) {}

/// Threads for a number of cores. With two cores both work: one alone would take twice as long to the first picture.
fn threads(cores: usize) -> usize {
    if cores > 2 { cores - 1 } else { cores.max(1) }
}

impl Crew {
    /// Does the work on these threads; where they cannot be started, on those of the whole process. The answer is the same.
    pub(crate) fn work<R: Send>(&self, act: impl FnOnce() -> R + Send) -> R {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        match self.0.get_or_init(|| ThreadPoolBuilder::new().num_threads(threads(cores)).start_handler(stand_back).build().ok()) {
            Some(pool) => pool.install(act),
            None => act(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_core_is_left_to_others_where_there_are_three_or_more() {
        for (cores, wanted) in [(1, 1), (2, 2), (3, 2), (8, 7)] {
            assert_eq!(threads(cores), wanted);
        }
        assert_eq!(Crew::default().work(rayon::current_num_threads), threads(std::thread::available_parallelism().unwrap().get()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_the_threads_that_work_stand_back() {
        let nice = || rustix::process::getpriority_process(None).unwrap();
        let before = nice();
        assert_eq!(Crew::default().work(nice), STAND_BACK.max(before));
        assert_eq!(nice(), before);
    }
}
