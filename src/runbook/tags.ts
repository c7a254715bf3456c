import type { RunbookRecord } from './record.ts';

/** The tags of runs and records, told from the latest record back to the first: the last word on a tag counts. */
export const emptyTags = () => {
  const given = new Map<string, Map<string, boolean>>();
  const say = (id: string, tag: string, has: boolean): void => {
    const known = given.get(id) ?? new Map<string, boolean>();
    if (!known.has(tag)) known.set(tag, has);
    given.set(id, known);
  };
  const of = (id: string | undefined, own: readonly string[] = []): readonly string[] => {
    const known = id === undefined ? undefined : given.get(id);
    if (!known) return own;
    const added = [...known].flatMap(([tag, has]) => (has && !own.includes(tag) ? [tag] : []));
    return [...own.filter((tag) => known.get(tag) !== false), ...added.toReversed()];
  };
  return {
    /** Of a record that is met now; what gives or takes tags is remembered for what stood before it. */
    of: (record: RunbookRecord): readonly string[] => {
      switch (record.kind) {
        case 'tagged':
          for (const tag of record.remove ?? []) say(record.of, tag, false);
          for (const tag of record.add ?? []) say(record.of, tag, true);
          return [];
        case 'note':
          return of(record.id, record.tags);
        case 'run-started':
        case 'run-finished':
          return of(record.run);
        default:
          return of(record.id);
      }
    },
  };
};
