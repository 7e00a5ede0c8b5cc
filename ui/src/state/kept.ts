/**
 * `after` with every part that says the same as in `before` taken from there: who shows such a part need not show it again.
 * Both are plain data, as they come from the host.
 */
export function kept<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = Object.keys(fresh);
  const merged = Object.fromEntries(keys.map((key) => [key, kept(old[key], fresh[key])]));
  if (keys.length === Object.keys(old).length && keys.every((key) => key in old && Object.is(merged[key], old[key]))) return before as T;
  return (Array.isArray(after) ? Object.values(merged) : merged) as T;
}
