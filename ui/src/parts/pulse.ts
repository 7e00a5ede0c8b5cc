/** Milliseconds between two paintings. */
const EVERY = 250;

/**
 * Keeps a page at rest being painted where it is driven by a program. WebDriver takes its picture with the next painting, and a page at
 * rest without layers has none (WebKitGTK 2.50 without a graphics processor): the program would wait for ever. Nobody sees the point.
 */
export function pulse(target: HTMLElement): void {
  if (!navigator.webdriver) return;
  const point = document.createElement('div');
  point.setAttribute('aria-hidden', 'true');
  point.style.cssText = 'position: fixed; right: 0; bottom: 0; width: 1px; height: 1px; contain: strict; pointer-events: none';
  target.after(point);
  let beats = 0;
  setInterval(() => (point.style.backgroundColor = `rgb(0 0 0 / ${(beats++ % 2) * 0.01})`), EVERY);
}
