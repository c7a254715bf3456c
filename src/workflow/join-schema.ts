import type { ObjectSchema, Schema } from '../model/workflow/schema.ts';

type Parts = readonly Partial<Schema>[];

/** By name; what is said first counts. */
const joinedMaps = <Value>(
  maps: readonly (ReadonlyMap<string, Value> | undefined)[],
): ReadonlyMap<string, Value> | undefined => {
  const present = maps.filter((map) => map !== undefined);
  const [only] = present;
  if (present.length <= 1) return only;
  const joined = new Map<string, Value>();
  for (const map of present) for (const [name, value] of map) if (!joined.has(name)) joined.set(name, value);
  return joined;
};

const joinedObject = (views: readonly ObjectSchema[]): ObjectSchema | undefined => {
  const [first] = views;
  if (!first || views.length === 1) return first;
  const complete = views.some((view) => view.complete);
  const label = views.find((view) => view.label)?.label;
  const recordTypes = views.flatMap((view) => view.recordTypes ?? []);
  const rules = new Map(views.toReversed().flatMap((view) => view.rules.map((rule) => [rule.name, rule] as const)));
  return {
    name: first.name,
    ...(label ? { label } : {}),
    fields: joinedMaps(views.map((view) => view.fields)) ?? new Map(),
    rules: [...rules.values()],
    complete,
    settings: views.some((view) => view.settings),
    ...(recordTypes.length > 0 ? { recordTypes: [...new Set(recordTypes)] } : {}),
    ...(!complete && views.some((view) => view.ownFieldsOnly) ? { ownFieldsOnly: true } : {}),
  };
};

const joinedObjects = (parts: Parts): Schema['objects'] => {
  const views = new Map<string, ObjectSchema[]>();
  let known = false;
  for (const { objects } of parts) {
    if (objects) known = true;
    for (const [name, object] of objects ?? []) {
      const own = views.get(name);
      if (own) own.push(object);
      else views.set(name, [object]);
    }
  }
  if (!known) return undefined;
  return new Map([...views].flatMap(([name, own]) => [[name, joinedObject(own)] as const].filter(isKnown)));
};

const isKnown = (entry: readonly [string, ObjectSchema | undefined]): entry is readonly [string, ObjectSchema] =>
  entry[1] !== undefined;

/** What several sources say of one CRM, field by field; of two that say the same, the first counts. */
export const joinedSchema = (parts: Parts): Schema => {
  const joined = {
    objects: joinedObjects(parts),
    users: joinedMaps(parts.map(({ users }) => users)),
    queues: joinedMaps(parts.map(({ queues }) => queues)),
    roles: joinedMaps(parts.map(({ roles }) => roles)),
    templates: joinedMaps(parts.map(({ templates }) => templates)),
    recordTypes: joinedMaps(parts.map(({ recordTypes }) => recordTypes)),
    senders: parts.find(({ senders }) => senders)?.senders,
    inbound: parts.find(({ inbound }) => inbound)?.inbound,
    lists: parts.find(({ lists }) => lists)?.lists,
    timeZone: parts.find(({ timeZone }) => timeZone !== undefined)?.timeZone,
    ignoreCase: parts.some(({ ignoreCase }) => ignoreCase) ? true : undefined,
  };
  // What nobody says anything of stays unknown.
  const known = Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== undefined));
  return { ...known, complete: parts.some(({ complete }) => complete) };
};
