import type { Place } from '../../model/workflow/place.ts';

/** A record that another one names: by external id (`crm.model_crm_lead`) or by number, perhaps with what it is called. */
export interface OdooReference {
  readonly id: string;
  readonly label?: string;
  readonly place: Place;
}

/** The value of a field, whether it was XML or JSON. */
export interface OdooField {
  readonly place: Place;
  readonly value: /** `at` gives the place of a stretch of the text. */
    | { readonly kind: 'text'; readonly text: string; readonly at: (from: number, to: number) => Place }
    | { readonly kind: 'number'; readonly number: number }
    | { readonly kind: 'boolean'; readonly boolean: boolean }
    | { readonly kind: 'references'; readonly references: readonly OdooReference[]; readonly more: boolean }
    /** Computed while loading, or of a kind that no field here has. */
    | { readonly kind: 'opaque'; readonly text: string };
}

/** A record of a data file or an export. */
export interface OdooRecord {
  readonly model: string;
  readonly id: string;
  /** The whole record's first line. */
  readonly place: Place;
  readonly fields: ReadonlyMap<string, OdooField>;
}

export const textIn = (record: OdooRecord, field: string): string | undefined => {
  const value = record.fields.get(field)?.value;
  if (value?.kind === 'text') return value.text.trim() === '' ? undefined : value.text;
  return value?.kind === 'number' ? String(value.number) : undefined;
};

export const numberIn = (record: OdooRecord, field: string): number | undefined => {
  const value = record.fields.get(field)?.value;
  if (value?.kind === 'number') return value.number;
  return value?.kind === 'text' && /^\s*-?\d{1,9}\s*$/.test(value.text) ? Number(value.text) : undefined;
};

export const booleanIn = (record: OdooRecord, field: string): boolean | undefined => {
  const value = record.fields.get(field)?.value;
  if (value?.kind === 'boolean') return value.boolean;
  if (value?.kind === 'number') return value.number !== 0;
  if (value?.kind !== 'text') return undefined;
  const text = value.text.trim().toLowerCase();
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : undefined;
};

/** What a relation names; a text is an external id. */
export const referencesIn = (record: OdooRecord, field: string): readonly OdooReference[] => {
  const found = record.fields.get(field);
  if (found?.value.kind === 'references') return found.value.references;
  if (found?.value.kind === 'number') return [{ id: String(found.value.number), place: found.place }];
  if (found?.value.kind !== 'text' || /^\s*(?:\[|$)/.test(found.value.text)) return [];
  return found.value.text
    .split(',')
    .map((id) => ({ id: id.trim(), place: found.place }))
    .filter(({ id }) => id !== '');
};

/** Whether a relation holds more than the references that could be read. */
export const holdsMore = (record: OdooRecord, field: string): boolean => {
  const value = record.fields.get(field)?.value;
  return value?.kind === 'opaque' || (value?.kind === 'references' && value.more);
};

export const placeIn = (record: OdooRecord, field: string): Place => record.fields.get(field)?.place ?? record.place;

/** An external id without its module, which a file may leave out for its own records. */
export const shortId = (id: string): string => id.slice(id.indexOf('.') + 1);

/**
 * `crm.model_crm_lead` is crm.lead. Dots are lost in these ids; the models of Studio (`x_…`) have none, and of the others only a
 * few have underscores.
 */
export const modelOfId = (id: string): string | undefined => {
  const name = /^model_(\w+)$/.exec(shortId(id))?.[1];
  return name === undefined ? undefined : name.startsWith('x_') ? name : name.replaceAll('_', '.');
};

/** `crm.field_crm_lead__stage_id` is stage_id. */
export const fieldOfId = (id: string): string | undefined => /^field_\w+?__(\w+)$/.exec(shortId(id))?.[1];

/** `crm.selection__crm_lead__priority__2` is 2. */
export const selectionOfId = (id: string): string | undefined =>
  /^selection__\w+?__\w+?__(\w+)$/.exec(shortId(id))?.[1];
