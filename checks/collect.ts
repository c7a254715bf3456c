type Kind = 'check' | 'cause' | 'rule' | 'sync-cause';

const isA = (kind: Kind, value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;

/** What generated lists of modules hold: each export is a check, cause or rule, or a record of one a protocol. */
export const collect = (kind: Kind, modules: readonly object[]): readonly unknown[] =>
  modules.flatMap((module) =>
    Object.values(module).flatMap((value: unknown) => {
      if (isA(kind, value)) return [value];
      if (typeof value !== 'object' || value === null) return [];
      return Object.values(value).filter((inner) => isA(kind, inner));
    }),
  );
