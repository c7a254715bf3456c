import type { SecretRef, SecretSource } from '../model/config.ts';

/** Secrets of a configuration by id. Only the references travel on; the world gets the sources. */
export interface SecretShelf {
  /** `identity`: the words of the source as they were written; equal ones are one secret. */
  readonly add: (source: SecretSource, identity: string, path: string) => SecretRef;
  readonly sources: ReadonlyMap<string, SecretSource>;
}

export const openShelf = (): SecretShelf => {
  const sources = new Map<string, SecretSource>();
  const known = new Map<string, SecretRef>();
  return {
    sources,
    add: (source, identity, path) => {
      const key = `${source.kind} ${identity}`;
      const before = known.get(key);
      if (before) return before;
      const ref: SecretRef = { secret: path };
      known.set(key, ref);
      sources.set(path, source);
      return ref;
    },
  };
};
