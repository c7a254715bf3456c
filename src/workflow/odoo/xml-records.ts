import { type PythonValue, parsePythonLiteral } from '../../reason/workflow/languages/python-literal.ts';
import type { XmlElement } from '../source/xml-element.ts';
import type { OdooField, OdooRecord, OdooReference } from './record.ts';

/** `ref('x')` as it stands in an eval. */
const referenced = /^ref\(\s{0,20}(['"])([\w.]{1,200})\1\s{0,20}\)$/;
const anyReference = /\bref\(\s{0,20}(['"])([\w.]{1,200})\1\s{0,20}\)/g;

const referencesOf = (text: string, element: XmlElement): readonly OdooReference[] =>
  [...text.matchAll(anyReference)].map((found) => ({ id: found[2] ?? '', place: element.place }));

/** Commands that add or set what is named; those that create or remove say nothing that is looked for here. */
const fromEval = (text: string, value: PythonValue, element: XmlElement): OdooField['value'] => {
  switch (value.kind) {
    case 'text':
      return { kind: 'text', text: value.value, at: () => element.place };
    case 'number':
      return { kind: 'number', number: value.value };
    case 'boolean':
      return { kind: 'boolean', boolean: value.value };
    case 'none':
      return { kind: 'boolean', boolean: false };
    case 'list': {
      const references = referencesOf(text, element);
      // Without a reference it may be a domain.
      if (references.length === 0 && !text.includes('{')) return { kind: 'text', text, at: () => element.place };
      return { kind: 'references', references, more: text.includes('{') };
    }
    case 'expression': {
      const id = referenced.exec(value.text)?.[2];
      return id === undefined
        ? { kind: 'opaque', text: value.text }
        : { kind: 'references', references: [{ id, place: element.place }], more: false };
    }
  }
};

const fieldOf = (element: XmlElement): OdooField => {
  const place = element.place;
  const ref = element.attribute('ref');
  if (ref) {
    return { place, value: { kind: 'references', references: [{ id: ref.value, place: ref.place }], more: false } };
  }
  const computed = element.attribute('eval');
  if (computed) {
    const value = parsePythonLiteral(computed.value);
    if (value.kind === 'fault') return { place, value: { kind: 'opaque', text: computed.value } };
    return { place, value: fromEval(computed.value, value, element) };
  }
  if (element.attribute('search')) return { place, value: { kind: 'opaque', text: '' } };
  const records = element.all('record');
  if (records.length > 0) {
    const references = records.map((record) => ({ id: idOf(record), place: record.place }));
    return { place, value: { kind: 'references', references, more: false } };
  }
  const { text } = element;
  return {
    place: element.textPlace,
    value: { kind: 'text', text, at: (from, to) => element.placeIn(from, to) },
  };
};

const idOf = (record: XmlElement): string => record.attribute('id')?.value ?? `${record.start}`;

/** A record, and those that stand in its fields. */
const withInner = (record: XmlElement, depth: number): readonly OdooRecord[] => {
  const fields = new Map<string, OdooField>();
  const inner: OdooRecord[] = [];
  for (const element of record.all('field')) {
    const name = element.attribute('name')?.value;
    if (name !== undefined) fields.set(name, fieldOf(element));
    if (depth < 5) inner.push(...element.all('record').flatMap((one) => withInner(one, depth + 1)));
  }
  const model = record.attribute('model')?.value ?? '';
  return [{ model, id: idOf(record), place: record.place, fields }, ...inner];
};

const containers: readonly string[] = ['odoo', 'openerp', 'data'];

/** The records of a data file: `<odoo>`, before version 9 `<openerp>`, with or without `<data>`. */
export const xmlRecords = (root: XmlElement): readonly OdooRecord[] => {
  const found: OdooRecord[] = [];
  const todo: XmlElement[] = [root];
  for (let element = todo.shift(); element; element = todo.shift()) {
    if (element.name === 'record') found.push(...withInner(element, 0));
    else if (containers.includes(element.name)) todo.unshift(...element.children);
  }
  return found;
};
