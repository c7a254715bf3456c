import type { Named } from '../../model/workflow/place.ts';
import { named } from '../build.ts';
import { fieldOfId, modelOfId, type OdooRecord, placeIn, referencesIn, shortId, textIn } from './record.ts';

/** All records of a run, to look up what one says of another. */
export interface OdooRecords {
  readonly all: readonly OdooRecord[];
  /** By model and id; an external id with its module or without. */
  readonly find: (model: string, id: string) => OdooRecord | undefined;
  /** By the field that names their owner. */
  readonly ownedBy: (model: string, field: string, owner: OdooRecord) => readonly OdooRecord[];
}

const key = (model: string, id: string): string => `${model} ${shortId(id)}`;

export const indexed = (all: readonly OdooRecord[]): OdooRecords => {
  const byId = new Map(all.map((record) => [key(record.model, record.id), record]));
  const owners = new Map<string, OdooRecord[]>();
  for (const record of all) {
    for (const field of ['base_automation_id', 'server_id', 'parent_id']) {
      for (const { id } of referencesIn(record, field)) {
        const owner = `${record.model} ${field} ${shortId(id)}`;
        owners.set(owner, [...(owners.get(owner) ?? []), record]);
      }
    }
  }
  return {
    all,
    find: (model, id) => byId.get(key(model, id)),
    ownedBy: (model, field, owner) => owners.get(`${model} ${field} ${shortId(owner.id)}`) ?? [],
  };
};

/** The technical name of a model that a record names in a field, or in the text field beside it. */
export const modelNamed = (record: OdooRecord, relation: string, text: string): Named | undefined => {
  const written = textIn(record, text);
  if (written !== undefined) return named(written.trim(), placeIn(record, text));
  const [reference] = referencesIn(record, relation);
  if (!reference) return undefined;
  const model = modelOfId(reference.id) ?? (/^[a-z]\w*(?:\.\w+)+$/.test(reference.id) ? reference.id : undefined);
  return model === undefined ? undefined : named(model, reference.place);
};

/** The fields that a record names; those that are known by number only are looked up, and counted where that fails. */
export const fieldsNamed = (
  record: OdooRecord,
  relation: string,
  records: OdooRecords,
): { readonly fields: readonly Named[]; readonly unresolved: number } => {
  const references = referencesIn(record, relation);
  const fields = references.flatMap(({ id, place }) => {
    const known = records.find('ir.model.fields', id);
    const name = (known && textIn(known, 'name')) ?? fieldOfId(id) ?? (/^[a-z]\w*$/.test(id) ? id : undefined);
    return name === undefined ? [] : [named(name, place)];
  });
  return { fields, unresolved: references.length - fields.length };
};
