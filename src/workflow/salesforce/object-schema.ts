import type { Choice, Field, ObjectSchema } from '../../model/workflow/schema.ts';
import type { ReadField } from './field.ts';
import type { ObjectPart, RecordTypePart } from './object-files.ts';
import { standardFields } from './standard-fields.ts';

/** Lists of values that several fields share, by name. */
export type ValueSets = ReadonlyMap<string, readonly Choice[]>;

/** Which record types offer a value, where they do not all. */
const offered = (choice: Choice, field: string, recordTypes: readonly RecordTypePart[]): Choice => {
  const lists = recordTypes.flatMap(({ name, choices }) => {
    const list = choices.find((each) => each.field === field);
    return list ? [{ name, values: list.values }] : [];
  });
  // A record type that says nothing of the field is not known to offer or to hide it.
  if (lists.length === 0 || lists.length < recordTypes.length) return choice;
  const names = lists.filter(({ values }) => values.includes(choice.value)).map(({ name }) => name);
  return names.length === 0 || names.length === lists.length ? choice : { ...choice, recordTypes: names };
};

/** What a roll-up gives is of the type of the field that it rolls up. */
const summarized = ({ field, summary }: ReadField, byObject: ReadonlyMap<string, readonly ObjectPart[]>): Field => {
  if (!summary) return field;
  const [object = '', name = ''] = summary.split('.');
  const source = byObject
    .get(object)
    ?.flatMap(({ fields }) => fields)
    .find((each) => each.field.name === name)?.field;
  // A standard field is not listed; its name tells a day from a number.
  const type = source?.type ?? (/date/i.test(name) ? 'date' : 'number');
  return { ...field, type };
};

const withChoices = (
  { field, valueSet }: ReadField,
  sets: ValueSets,
  recordTypes: readonly RecordTypePart[],
): Field => {
  const choices = field.choices ?? (valueSet === undefined ? undefined : sets.get(valueSet));
  if (!choices) return field;
  return { ...field, choices: choices.map((choice) => offered(choice, field.name, recordTypes)) };
};

/** Puts together what all files say of each object. */
export const objectsOf = (parts: readonly ObjectPart[], sets: ValueSets): ReadonlyMap<string, ObjectSchema> => {
  const byObject = new Map<string, ObjectPart[]>();
  for (const part of parts) {
    const known = byObject.get(part.object);
    if (known) known.push(part);
    else byObject.set(part.object, [part]);
  }
  // Accounts that are people are exported apart.
  const people = byObject.get('PersonAccount');
  if (people) byObject.set('Account', [...(byObject.get('Account') ?? []), ...people]);
  // Everybody's org has users, whether they are exported or not.
  if (!byObject.has('User')) byObject.set('User', []);
  // Fields of tasks and events are exported under what both of them are.
  const activity = byObject.get('Activity');
  if (activity) for (const name of ['Task', 'Event']) byObject.set(name, [...(byObject.get(name) ?? []), ...activity]);
  const objects = new Map<string, ObjectSchema>();
  for (const [name, own] of byObject) {
    const recordTypes = own.flatMap((part) => part.recordTypes);
    const fields = new Map<string, Field>();
    for (const field of standardFields(name)) fields.set(field.name, field);
    for (const read of own.flatMap((part) => part.fields)) {
      const field = summarized(read, byObject);
      fields.set(field.name, withChoices({ ...read, field }, sets, recordTypes));
    }
    const defined = own.some((part) => part.defined);
    const label = own.find((part) => part.label)?.label;
    objects.set(name, {
      name,
      ...(label ? { label } : {}),
      fields,
      rules: own.flatMap((part) => part.rules),
      complete: defined,
      settings: own.some((part) => part.settings),
      ...(recordTypes.length > 0 ? { recordTypes: recordTypes.map((type) => type.name) } : {}),
      ...(defined ? {} : { ownFieldsOnly: true as const }),
    });
  }
  return objects;
};
