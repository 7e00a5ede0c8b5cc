/** Keys as the command table writes them (`Mod+Shift+Z`), and whether an event is one of them. `Mod` is Ctrl, on macOS the command key. */

export const IS_MAC = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform);

interface Chord {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string;
}

/** What a keyboard event tells; a subset, so that tests need no browser. */
export interface Pressed {
  readonly key: string;
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export function parse(text: string): Chord {
  const parts = text.split('+');
  const plus = text.endsWith('++') || text === '+';
  const key = plus ? '+' : (parts.at(-1) ?? '');
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key };
}

/** Signs for which Shift is part of typing them on some keyboards. */
const SIGNS = new Set(['+', '-', '=', ',', '/', '?']);

export function matches(pressed: Pressed, text: string, mac = IS_MAC): boolean {
  const chord = parse(text);
  const mod = mac ? pressed.metaKey : pressed.ctrlKey;
  const other = mac ? pressed.ctrlKey : pressed.metaKey;
  if (mod !== chord.mod || other || pressed.altKey !== chord.alt) return false;
  if (pressed.shiftKey !== chord.shift && !SIGNS.has(chord.key)) return false;
  const named = chord.key === 'Space' ? ' ' : chord.key;
  return pressed.key.length === 1 ? pressed.key.toLowerCase() === named.toLowerCase() : pressed.key === named;
}

/** Keys as people read them: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function spoken(text: string, mac = IS_MAC): string {
  const chord = parse(text);
  const key = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Comma: ',' }[chord.key] ?? chord.key;
  if (mac) return `${chord.alt ? '⌥' : ''}${chord.shift ? '⇧' : ''}${chord.mod ? '⌘' : ''}${key}`;
  return [chord.mod && 'Ctrl', chord.alt && 'Alt', chord.shift && 'Shift', key].filter(Boolean).join('+');
}

/** Keys as the native menu wants them: `CmdOrCtrl+Shift+Z`. */
export const accelerator = (text: string): string => text.replace('Mod', 'CmdOrCtrl').replace(/\+\+$/, '+Plus').replace(/\+-$/, '+Minus').replace(/\+,$/, '+Comma');

/** Whether typing goes into a field, so that single letters are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['range', 'checkbox', 'radio', 'button'].includes(target.type);
}
