//! The threads that work while somebody moves a slider: all cores but one, so that the page and whatever else runs on a laptop keep theirs.

use std::sync::OnceLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The threads, started with the first request.
#[derive(Debug, Default)]
pub(crate) struct Crew(OnceLock<Option<ThreadPool>>);

/// Threads for a number of cores. With two cores both work: one alone would take twice as long to the first picture, and the page
/// needs its core only once that picture is there.
fn threads(cores: usize) -> usize {
    if cores > 2 { cores - 1 } else { cores.max(1) }
}

impl Crew {
    /// Does the work on these threads; where they cannot be started, on those of the whole process. The answer is the same.
    pub(crate) fn work<R: Send>(&self, act: impl FnOnce() -> R + Send) -> R {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        match self.0.get_or_init(|| ThreadPoolBuilder::new().num_threads(threads(cores)).build().ok()) {
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
}
