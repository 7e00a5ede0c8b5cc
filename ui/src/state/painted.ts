/** Milliseconds after which nothing is waited for: a window out of sight paints nothing. */
const AT_MOST = 100;

/** Ends when what was just changed is on screen: after the next frame, or soon where there are no frames. */
export function painted(): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, AT_MOST);
    if (typeof requestAnimationFrame === 'function') requestAnimationFrame(() => setTimeout(done));
    else setTimeout(done);
  });
}
