import { componentsOf, isCycle } from '../components.ts';
import type { Deed, DeedField } from './deeds.ts';
import type { Settled } from './starts.ts';

/** What is known of the fields that a set of deeds writes. */
export interface MovingFields {
  /** Fields that get another value each time round. */
  readonly moving: ReadonlySet<string>;
  /** By object: fields that have one value for good once the deeds were done. */
  readonly settled: ReadonlyMap<string, readonly Settled[]>;
  readonly flips: ReadonlySet<string>;
  readonly grows: boolean;
}

const keyOfNature = ({ nature }: DeedField): string | undefined =>
  nature.kind === 'constant' ? nature.key : undefined;

const literalOf = ({ write: { value } }: DeedField): Settled['value'] | undefined =>
  value.kind === 'literal' ? value.value : undefined;

/** Texts that are written into each other grow; copies to and fro do not. */
const growingRings = (written: readonly DeedField[]): readonly string[] => {
  const from = new Map<string, { readonly from: readonly string[]; readonly how: string }[]>();
  for (const { key, nature } of written) {
    if (nature.kind !== 'made') continue;
    from.set(key, [...(from.get(key) ?? []), nature]);
  }
  const next = (key: string): readonly string[] =>
    (from.get(key) ?? []).flatMap((one) => one.from.filter((other) => from.has(other)));
  return componentsOf(from.keys(), next).flatMap((component) => {
    if (!isCycle(component, next)) return [];
    const inside = new Set(component);
    const hows = component.flatMap((key) =>
      (from.get(key) ?? []).flatMap((one) => (one.from.some((other) => inside.has(other)) ? [one.how] : [])),
    );
    return hows.includes('text') && !hows.includes('formula') ? component : [];
  });
};

/** `core`: those that come round again, as far as it is known; `pool`: all that their workflows do. */
export const movingFieldsOf = (core: ReadonlySet<Deed>, pool: readonly Deed[]): MovingFields => {
  const updates = pool.filter(({ write }) => write.operation === 'update');
  const byKey = new Map<string, { readonly deed: Deed; readonly field: DeedField }[]>();
  for (const deed of updates) {
    for (const field of deed.fields) {
      const known = byKey.get(field.key);
      if (known) known.push({ deed, field });
      else byKey.set(field.key, [{ deed, field }]);
    }
  }
  const moving = new Set<string>(growingRings(updates.flatMap(({ fields }) => fields)));
  const flips = new Set<string>();
  const settled = new Map<string, Settled[]>();
  let grows = moving.size > 0;
  for (const [key, writers] of byKey) {
    if (writers.some(({ field }) => field.nature.kind === 'growing')) {
      moving.add(key);
      grows = true;
      continue;
    }
    // What is set while the record is saved is part of that save: it does not fight with what is saved later.
    const saved = writers.filter(({ deed }) => !deed.write.inSave && core.has(deed));
    const values = new Set(
      saved.flatMap(({ field: { nature } }) =>
        nature.kind === 'constant' ? [`= ${nature.key}`] : nature.kind === 'made' ? [nature.key] : [],
      ),
    );
    const constant = saved.some(({ field }) => field.nature.kind === 'constant');
    if (values.size > 1 && constant) {
      moving.add(key);
      flips.add(key);
      continue;
    }
    const [first] = writers;
    const literal = first && literalOf(first.field);
    if (!first || literal === undefined || first.deed.object === undefined) continue;
    if (writers.some(({ field: { nature } }) => nature.kind !== 'constant' || nature.key !== keyOfNature(first.field)))
      continue;
    const list = settled.get(first.deed.object) ?? [];
    list.push({ field: first.field.name, value: literal });
    settled.set(first.deed.object, list);
  }
  // What is made from something that moves moves along.
  for (let changed = moving.size > 0; changed; ) {
    changed = false;
    for (const [key, writers] of byKey) {
      if (moving.has(key)) continue;
      if (
        !writers.some(({ field: { nature } }) => nature.kind === 'made' && nature.from.some((one) => moving.has(one)))
      )
        continue;
      moving.add(key);
      changed = true;
    }
  }
  return { moving, settled, flips, grows };
};

/** Whether this write of a moving field is one that moves it. */
export const moves = (field: DeedField, { moving, flips }: MovingFields): boolean => {
  if (!moving.has(field.key)) return false;
  switch (field.nature.kind) {
    case 'growing':
      return true;
    case 'constant':
      return flips.has(field.key);
    case 'made':
      return flips.has(field.key) || field.nature.how === 'text' || field.nature.from.some((one) => moving.has(one));
    case 'unknown':
      return false;
  }
};
