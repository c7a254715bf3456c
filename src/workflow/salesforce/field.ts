import type { Choice, Field, FieldType } from '../../model/workflow/schema.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { namedIn } from './flow-parts.ts';
import { labelOf } from './label.ts';

/** Metadata API, FieldType. */
const types: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'text',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  EncryptedText: 'text',
  ExternalLookup: 'reference',
  Hierarchy: 'reference',
  Html: 'longtext',
  IndirectLookup: 'reference',
  LongTextArea: 'longtext',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
  MultiselectPicklist: 'multipicklist',
  Number: 'number',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Summary: 'number',
  Text: 'text',
  TextArea: 'longtext',
  Time: 'text',
  Url: 'url',
};

/** A field, and the list of values that it shares with others. */
export interface ReadField {
  readonly field: Field;
  readonly valueSet?: string;
  /** The field of which a roll-up takes the least or the greatest. */
  readonly summary?: string;
}

const choice = (element: XmlElement): Choice => {
  const value = element.textOf('fullName') ?? element.textOf('label') ?? '';
  const label = element.textOf('label');
  return { value, ...(label ? { label } : {}), active: element.textOf('isActive') !== 'false' };
};

/** The values of a list: of a field, of a global or a standard value set. */
export const choicesIn = (element: XmlElement | undefined, tag: string): readonly Choice[] | undefined => {
  const values = element?.all(tag);
  return values && values.length > 0 ? values.map(choice) : undefined;
};

const number = (element: XmlElement, name: string): number | undefined => {
  const found = Number(element.textOf(name) ?? Number.NaN);
  return Number.isFinite(found) ? found : undefined;
};

/** `CustomField`, or `fields` of an object in one file; `undefined` for a standard field whose type the file does not say. */
export const readField = (element: XmlElement): ReadField | undefined => {
  const named = namedIn(element, 'fullName');
  const word = element.textOf('type') ?? '';
  const formula = element.first('formula') !== undefined;
  const type = Object.hasOwn(types, word) ? types[word] : undefined;
  if (!named || !type) return undefined;
  const set = element.first('valueSet');
  const old = element.first('picklist');
  const shared = set?.textOf('valueSetName');
  const choices = choicesIn(set?.first('valueSetDefinition'), 'value') ?? choicesIn(old, 'picklistValues');
  const chosen = (set?.first('valueSetDefinition')?.all('value') ?? old?.all('picklistValues') ?? []).some(
    (value) => value.textOf('default') === 'true',
  );
  const summary = /^(?:min|max)$/.test(element.textOf('summaryOperation') ?? '')
    ? element.textOf('summarizedField')
    : undefined;
  const to = element.textOf('referenceTo');
  const label = labelOf(element.textOf('label'));
  const length = number(element, 'length');
  const precision = number(element, 'precision');
  const scale = number(element, 'scale');
  const readOnly = formula || word === 'AutoNumber' || word === 'Summary';
  return {
    field: {
      name: named.name,
      ...(label ? { label } : {}),
      type,
      required: (element.textOf('required') === 'true' || word === 'MasterDetail') && !readOnly,
      hasDefault: element.first('defaultValue') !== undefined || chosen || word === 'Checkbox',
      ...(choices ? { choices } : {}),
      restricted: (set ?? old)?.textOf('restricted') === 'true' || old?.textOf('restrictedPicklist') === 'true',
      ...(length === undefined || readOnly ? {} : { length }),
      ...(precision === undefined || readOnly ? {} : { precision }),
      ...(scale === undefined || readOnly ? {} : { scale }),
      unique: element.textOf('unique') === 'true',
      readOnly,
      ...(to ? { to: [to] } : {}),
      place: named.place,
    },
    ...(shared ? { valueSet: shared } : {}),
    ...(summary ? { summary } : {}),
  };
};
