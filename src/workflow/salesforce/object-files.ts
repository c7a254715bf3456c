import type { ValidationRule } from '../../model/workflow/schema.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { type ReadField, readField } from './field.ts';
import { namedIn } from './flow-parts.ts';
import { formulaOf } from './formula.ts';
import { formulaConditions } from './formula-condition.ts';
import { labelOf } from './label.ts';
import { recordNames } from './record-names.ts';

/** What one file says of an object. */
export interface ObjectPart {
  readonly kind: 'object';
  readonly object: string;
  readonly label?: { readonly en?: string; readonly ja?: string };
  /** The object itself is the customer's, and this is its definition. */
  readonly defined: boolean;
  readonly settings: boolean;
  readonly fields: readonly ReadField[];
  readonly rules: readonly ValidationRule[];
  readonly recordTypes: readonly RecordTypePart[];
}

export interface RecordTypePart {
  readonly name: string;
  readonly active: boolean;
  /** The values of choice fields that it offers. */
  readonly choices: readonly { readonly field: string; readonly values: readonly string[] }[];
}

const own = /^(?:(?!__)\w)+__(?:c|mdt|e|b|x)$/i;

/** `Account` of `objects/Account/fields/Size__c.field-meta.xml` and of `objects/Account.object`. */
export const objectOfFile = (file: string): string => {
  const folder = /(?:^|\/)objects\/([^/]+)\/[^/]+\/[^/]+$/.exec(file)?.[1];
  return folder ?? file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:object|workflow)(?:-meta\.xml)?$|\.xml$/i, '');
};

/** Values are written as in a URL: `A%2FB`. */
const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const recordType = (element: XmlElement): RecordTypePart | undefined => {
  const name = element.textOf('fullName');
  if (!name) return undefined;
  return {
    name,
    active: element.textOf('active') !== 'false',
    choices: element.all('picklistValues').map((list) => ({
      field: list.textOf('picklist') ?? '',
      values: list.all('values').map((value) => unescaped(value.textOf('fullName') ?? '')),
    })),
  };
};

const validationRule = (element: XmlElement, object: string): ValidationRule | undefined => {
  const name = namedIn(element, 'fullName');
  const formula = element.first('errorConditionFormula');
  if (!name || !formula) return undefined;
  const read = recordNames(object);
  const message = element.textOf('errorMessage');
  return {
    name: name.name,
    refuse: formulaConditions(formulaOf(formula, read), read).condition,
    ...(message ? { message } : {}),
    active: element.textOf('active') === 'true',
    place: name.place,
  };
};

const present = <Item>(item: Item | undefined): readonly Item[] => (item === undefined ? [] : [item]);

const part = (object: string, more: Partial<ObjectPart>): ObjectPart => ({
  kind: 'object',
  object,
  defined: false,
  settings: false,
  fields: [],
  rules: [],
  recordTypes: [],
  ...more,
});

/** The name of a record that the platform numbers by itself. */
const nameField = (root: XmlElement): readonly ReadField[] => {
  const name = root.first('nameField');
  if (name?.textOf('type') !== 'AutoNumber') return [];
  const field = {
    name: 'Name',
    type: 'text',
    required: false,
    hasDefault: true,
    restricted: false,
    unique: false,
  } as const;
  return [{ field: { ...field, readOnly: true, place: name.place } }];
};

/** `CustomObject`: with its fields in one file in the older layout, without them in the newer one. */
export const readObject = (root: XmlElement, file: string): ObjectPart => {
  const object = objectOfFile(file);
  const label = labelOf(root.textOf('label'));
  return part(object, {
    ...(label ? { label } : {}),
    // A custom object is described by its label; an extension of a packaged or standard one is not.
    defined: own.test(object) && label !== undefined,
    settings: root.first('customSettingsType') !== undefined || /__mdt$/i.test(object),
    fields: [...root.all('fields').flatMap((field) => present(readField(field))), ...nameField(root)],
    rules: root.all('validationRules').flatMap((rule) => present(validationRule(rule, object))),
    recordTypes: root.all('recordTypes').flatMap((type) => present(recordType(type))),
  });
};

/** `CustomField`, `RecordType` or `ValidationRule` in a file of its own. */
export const readObjectPiece = (root: XmlElement, file: string): ObjectPart => {
  const object = objectOfFile(file);
  switch (root.name) {
    case 'CustomField':
      return part(object, { fields: present(readField(root)) });
    case 'RecordType':
      return part(object, { recordTypes: present(recordType(root)) });
    default:
      return part(object, { rules: present(validationRule(root, object)) });
  }
};
