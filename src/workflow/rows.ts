import type { Named, Place } from '../model/workflow/place.ts';
import { placeOf } from './source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member } from './source/json-read.ts';
import type { JsonValue } from './source/json-value.ts';
import type { XmlElement } from './source/xml-element.ts';

/** One row of a table export, whichever way it was written. */
export interface Row {
  readonly place: Place;
  /** What stands in a column, with its place; blank is absent. */
  readonly column: (name: string) => Named | undefined;
  /** Yes, no, or not said. */
  readonly flag: (name: string) => boolean | undefined;
}

const word = (text: string): boolean | undefined => {
  const plain = text.trim().toLowerCase();
  if (['1', 'true', 't', 'yes'].includes(plain)) return true;
  return ['0', 'false', 'f', 'no', ''].includes(plain) ? false : undefined;
};

const jsonRow = (value: JsonValue): Row => ({
  place: placeOf(value),
  column: (name) => {
    const found = member(value, name);
    // A reference is `[id, "name"]` in some APIs, `{ id, name }` in others.
    const inner =
      found?.kind === 'list'
        ? itemsOf(found)[1]
        : isRecord(found)
          ? (member(found, 'name') ?? member(found, 'model') ?? member(found, 'Name'))
          : found;
    const text = idOf(inner);
    return inner && text !== undefined && text.trim() !== '' ? { name: text, place: placeOf(inner) } : undefined;
  },
  flag: (name) => booleanOf(member(value, name)),
});

/** Rows of a table in JSON: under its name, alone or in a list. */
export const jsonRows = (root: JsonValue | undefined, table: string): readonly Row[] => {
  const found = member(root, table);
  const rows = found?.kind === 'list' ? itemsOf(found) : isRecord(found) ? [found] : [];
  return rows.filter(isRecord).map(jsonRow);
};

const textRow = (place: Place, find: (name: string) => XmlElement | undefined): Row => {
  const column = (name: string): Named | undefined => {
    const element = find(name);
    const text = (element?.text.trim() || element?.attribute('ref')?.value || element?.attribute('eval')?.value) ?? '';
    return element && text !== '' ? { name: text, place: element.textPlace } : undefined;
  };
  return {
    place,
    column,
    flag: (name) => {
      const found = find(name);
      return found ? word(column(name)?.name ?? '') : undefined;
    },
  };
};

/** Elements whose children are the columns. */
export const elementRow = (element: XmlElement): Row => textRow(element.place, (name) => element.first(name));

/** `<record model="…"><field name="…">…</field></record>`. */
export const recordRow = (element: XmlElement): Row => {
  const fields = new Map(element.all('field').map((field) => [field.attribute('name')?.value ?? '', field]));
  return textRow(element.place, (name) => fields.get(name));
};
