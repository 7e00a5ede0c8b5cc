/** The flat list of controls as people see it: by kind, heading and lever, with the parts of a lever below it. */
import type { Control, InputKind } from '../../host/host.ts';

/** A lever or uncertainty: its control for everything, and those for its parts. */
export interface Family {
  readonly id: string;
  readonly whole: Control;
  readonly parts: readonly Control[];
}

export interface Group {
  readonly name: string;
  readonly families: readonly Family[];
}

export const MASTER = 'cooperation';

export function families(controls: readonly Control[]): Family[] {
  const byId = new Map<string, Control[]>();
  for (const control of controls) byId.set(control.id, [...(byId.get(control.id) ?? []), control]);
  return [...byId].map(([id, all]) => {
    const whole = all.find((control) => control.slot === null && control.domain === null) ?? all[0]!;
    return { id, whole, parts: all.filter((control) => control !== whole) };
  });
}

/** Groups of one kind, in the engine’s order, with those that match the search. */
export function groups(controls: readonly Control[], kind: InputKind, keep: (family: Family) => boolean): Group[] {
  const found = new Map<string, Family[]>();
  for (const family of families(controls.filter((control) => control.kind === kind && control.id !== MASTER))) {
    if (keep(family)) found.set(family.whole.group, [...(found.get(family.whole.group) ?? []), family]);
  }
  return [...found].map(([name, inside]) => ({ name, families: inside }));
}

const fold = (text: string) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Whether every word of the query occurs somewhere in what is said about a family. */
export function matchesQuery(family: Family, query: string): boolean {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const said = fold([family.whole, ...family.parts].flatMap((control) => [control.name, control.key, control.group, control.unit, control.reading]).join(' '));
  return words.every((word) => said.includes(word));
}

/** Whether a family or one of its parts is set by the draft or differs from the baseline. */
export const isChanged = (family: Family): boolean => [family.whole, ...family.parts].some((control) => control.set);
