/**
 * Undo and redo over an immutable value.
 *
 * A step has a name, which the menu shows. A gesture (a drag, a key held down) changes the value many times and leaves one step.
 */

/** What one step did: a key into the text modules with its words. */
export interface StepName {
  readonly what: string;
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
}

interface Step<T> {
  readonly name: StepName;
  readonly before: T;
}

/** The value, how it came about, and what was taken back. */
export interface History<T> {
  readonly present: T;
  readonly past: readonly Step<T>[];
  readonly future: readonly Step<T>[];
  /** The value before the gesture under way, or nothing. */
  readonly gesture: { readonly before: T; readonly name: StepName } | null;
}

export function begin<T>(present: T): History<T> {
  return { present, past: [], future: [], gesture: null };
}

/** Changes the value in one named step. The same value again is no step. */
export function change<T>(history: History<T>, next: T, name: StepName): History<T> {
  const settled = settle(history);
  if (next === settled.present) return settled;
  return { present: next, past: [...settled.past, { name, before: settled.present }], future: [], gesture: null };
}

/** Changes the value while a gesture goes on; nothing is entered yet. */
export function drag<T>(history: History<T>, next: T, name: StepName): History<T> {
  const before = history.gesture ? history.gesture.before : history.present;
  return { ...history, present: next, gesture: { before, name } };
}

/** Ends the gesture: one step, or none when it ended where it began. `same` compares values that were made anew. */
export function settle<T>(history: History<T>, same: (a: T, b: T) => boolean = Object.is): History<T> {
  const gesture = history.gesture;
  if (!gesture) return history;
  if (same(gesture.before, history.present)) return { ...history, present: gesture.before, gesture: null };
  return { present: history.present, past: [...history.past, { name: gesture.name, before: gesture.before }], future: [], gesture: null };
}

/** Gives up the gesture: the value is as before it. */
export function abandon<T>(history: History<T>): History<T> {
  return history.gesture ? { ...history, present: history.gesture.before, gesture: null } : history;
}

export function undo<T>(history: History<T>): History<T> {
  const settled = settle(history);
  const step = settled.past.at(-1);
  if (!step) return settled;
  return {
    present: step.before,
    past: settled.past.slice(0, -1),
    future: [...settled.future, { name: step.name, before: settled.present }],
    gesture: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const settled = settle(history);
  const step = settled.future.at(-1);
  if (!step) return settled;
  return {
    present: step.before,
    past: [...settled.past, { name: step.name, before: settled.present }],
    future: settled.future.slice(0, -1),
    gesture: null,
  };
}

/** Name of the step that undo would take back. */
export const undoName = <T>(history: History<T>): StepName | null => history.gesture?.name ?? history.past.at(-1)?.name ?? null;

/** Name of the step that redo would bring back. */
export const redoName = <T>(history: History<T>): StepName | null => (history.gesture ? null : (history.future.at(-1)?.name ?? null));
