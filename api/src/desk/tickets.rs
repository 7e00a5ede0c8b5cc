//! Requests of one kind: a new one stops the one before, and only one works at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A request under way.
#[derive(Debug, Default)]
pub(crate) struct Request {
    /// Whether it is to stop.
    pub(crate) stop: AtomicBool,
    /// Whether somebody has seen its first picture.
    seen: Mutex<bool>,
    told: Condvar,
}

impl Request {
    fn end(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.tell();
    }

    fn tell(&self) {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.told.notify_all();
    }

    /// Waits until its first picture was seen, or it is to stop, at most for a while: a page out of sight paints nothing.
    pub(crate) fn wait_until_seen(&self, at_most: Duration) {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.told.wait_timeout_while(seen, at_most, |seen| !*seen));
    }
}

/// The request under way.
#[derive(Debug, Default)]
pub(crate) struct Tickets {
    current: Mutex<Option<(String, Arc<Request>)>>,
    turn: Mutex<()>,
}

impl Tickets {
    fn current(&self) -> MutexGuard<'_, Option<(String, Arc<Request>)>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the request before and begins a new one.
    pub(crate) fn begin(&self, ticket: &str) -> Arc<Request> {
        let request = Arc::new(Request::default());
        if let Some((_, before)) = self.current().replace((ticket.to_owned(), Arc::clone(&request))) {
            before.end();
        }
        request
    }

    /// Waits until the request before has left.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first picture of a request was seen.
    pub(crate) fn seen(&self, ticket: &str) {
        self.of(ticket).inspect(|request| request.tell());
    }

    /// Stops a request.
    pub(crate) fn cancel(&self, ticket: &str) {
        self.of(ticket).inspect(|request| request.end());
    }

    fn of(&self, ticket: &str) -> Option<Arc<Request>> {
        self.current().as_ref().filter(|(name, _)| name == ticket).map(|(_, request)| Arc::clone(request))
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
        let stopped = |request: &Request| request.stop.load(Ordering::Relaxed);
        let one = tickets.begin("one");
        let two = tickets.begin("two");
        assert!(stopped(&one) && !stopped(&two));
        tickets.cancel("one");
        assert!(!stopped(&two));
        tickets.cancel("two");
        assert!(stopped(&two));
    }

    #[test]
    fn a_picture_is_waited_for_until_it_was_seen_or_the_request_is_over() {
        let tickets = Tickets::default();
        let forever = Duration::from_secs(3_600);
        tickets.begin("seen");
        tickets.seen("seen");
        tickets.of("seen").unwrap().wait_until_seen(forever);
        let waiting = tickets.begin("stopped");
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| waiting.wait_until_seen(forever));
            tickets.begin("next");
            waits.join().unwrap();
        });
        tickets.seen("stopped");
        let unseen = tickets.of("next").unwrap();
        unseen.wait_until_seen(Duration::from_millis(1));
        assert!(!*unseen.seen.lock().unwrap(), "an old ticket says nothing about a new request");
    }
}
