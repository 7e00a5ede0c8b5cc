//! Requests of one kind: a new one stops the one before, and only one works at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The request under way.
#[derive(Debug, Default)]
pub(crate) struct Tickets {
    current: Mutex<Option<(String, Arc<AtomicBool>)>>,
    turn: Mutex<()>,
}

impl Tickets {
    fn current(&self) -> MutexGuard<'_, Option<(String, Arc<AtomicBool>)>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the request before and begins a new one; the flag says when this one is to stop.
    pub(crate) fn begin(&self, ticket: &str) -> Arc<AtomicBool> {
        let flag = Arc::new(AtomicBool::new(false));
        if let Some((_, before)) = self.current().replace((ticket.to_owned(), Arc::clone(&flag))) {
            before.store(true, Ordering::Relaxed);
        }
        flag
    }

    /// Waits until the request before has left.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops a request.
    pub(crate) fn cancel(&self, ticket: &str) {
        if let Some((_, flag)) = self.current().as_ref().filter(|(name, _)| name == ticket) {
            flag.store(true, Ordering::Relaxed);
        }
    }

    /// Forgets a request that is done.
    pub(crate) fn end(&self, ticket: &str) {
        let mut current = self.current();
        if current.as_ref().is_some_and(|(name, _)| name == ticket) {
            *current = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_request_stops_the_one_before_and_no_other() {
        let tickets = Tickets::default();
        let stopped = |flag: &AtomicBool| flag.load(Ordering::Relaxed);
        let one = tickets.begin("one");
        let two = tickets.begin("two");
        assert!(stopped(&one) && !stopped(&two));
        tickets.cancel("one");
        assert!(!stopped(&two));
        tickets.cancel("two");
        assert!(stopped(&two));
    }
}
