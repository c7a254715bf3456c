import { placeInText, placeOf } from '../source/json-places.ts';
import { idOf, isRecord, itemsOf, member, membersOf, numberOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import type { OdooField, OdooRecord, OdooReference } from './record.ts';

export const odooModels: readonly string[] = [
  'base.automation',
  'ir.actions.server',
  'ir.cron',
  'ir.server.object.lines',
  'ir.model.fields',
];

const reference = (value: JsonValue): OdooReference | undefined => {
  const id = idOf(value);
  return id === undefined ? undefined : { id, place: placeOf(value) };
};

/** `[12, "Lead"]` is one record with its name; other lists are records by id. */
const listValue = (value: JsonValue & { readonly kind: 'list' }): OdooField['value'] => {
  const [first, second] = value.items;
  if (value.items.length === 2 && first?.kind === 'number' && second?.kind === 'text') {
    return {
      kind: 'references',
      references: [{ id: first.raw, label: second.value, place: placeOf(value) }],
      more: false,
    };
  }
  const references = value.items.map(reference).filter((one) => one !== undefined);
  return { kind: 'references', references, more: references.length < value.items.length };
};

const fieldOf = (value: JsonValue): OdooField => {
  const place = placeOf(value);
  switch (value.kind) {
    case 'text':
      return { place, value: { kind: 'text', text: value.value, at: (from, to) => placeInText(value, from, to) } };
    case 'number':
      return { place, value: { kind: 'number', number: numberOf(value) ?? Number.NaN } };
    case 'boolean':
      return { place, value: { kind: 'boolean', boolean: value.value } };
    case 'null':
      return { place, value: { kind: 'boolean', boolean: false } };
    case 'list':
      return { place, value: listValue(value) };
    case 'record':
      return { place, value: { kind: 'opaque', text: '' } };
  }
};

const recordOf = (model: string, value: JsonValue, at: number): OdooRecord => {
  const fields = new Map<string, OdooField>();
  for (const [name, inner] of membersOf(value)) fields.set(name, fieldOf(inner));
  const id = idOf(member(value, 'id')) ?? idOf(member(value, 'xml_id')) ?? `${model}#${at + 1}`;
  return { model, id, place: placeOf(value), fields };
};

/** `{ "base.automation": [ … ], "ir.actions.server": [ … ] }`, each as `read` or an export returns it. */
export const jsonRecords = (root: JsonValue): readonly OdooRecord[] =>
  odooModels.flatMap((model) =>
    itemsOf(member(root, model))
      .filter(isRecord)
      .map((value, at) => recordOf(model, value, at)),
  );

export const isOdooExport = (root: JsonValue): boolean =>
  odooModels.some((model) => itemsOf(member(root, model)).some(isRecord));
