import type { Format } from '../../model/workflow/workflow.ts';

/** A field that a template inserts: its words, as written. */
export interface MergeField {
  readonly words: readonly string[];
  readonly text: string;
  /** Inserted without HTML escaping. */
  readonly raw: boolean;
}

const word = '[\\p{L}\\p{N}_]{1,80}';
const path = `(${word}(?:\\.${word}){0,8})`;

// One pattern for each way of writing; none of them can match in two ways.
const patterns: Readonly<Record<'braces' | 'salesforce' | 'odoo' | 'espocrm', RegExp>> = {
  braces: new RegExp(`\\{\\{(\\{?)[ \\t]{0,10}${path}[ \\t]{0,10}\\}\\}`, 'gu'),
  salesforce: new RegExp(`\\{(!)${path}\\}`, 'gu'),
  odoo: new RegExp(`(?:\\$\\{|\\bt-(out|esc|raw|field)=")[ \\t]{0,10}${path}[ \\t]{0,10}["}]`, 'gu'),
  espocrm: new RegExp(`\\{()${path}\\}`, 'gu'),
};

const ways: Partial<Readonly<Record<Format, readonly (keyof typeof patterns)[]>>> = {
  NY: ['braces'],
  HS: ['braces'],
  OD: ['braces', 'odoo'],
  SF: ['salesforce'],
  WR: ['salesforce'],
  AP: ['salesforce'],
  ES: ['espocrm'],
};

/** More in one template is not looked at. */
const maximumFields = 500;

/** The fields that a text of a template inserts. What is more than a path (functions, conditions) is left alone. */
export const mergeFields = (text: string, format: Format): readonly MergeField[] => {
  const found: MergeField[] = [];
  for (const way of ways[format] ?? []) {
    for (const [whole, mark = '', name = ''] of text.slice(0, 500_000).matchAll(patterns[way])) {
      if (found.length >= maximumFields) return found;
      found.push({ words: name.split('.'), text: whole, raw: mark === '{' || mark === 'raw' });
    }
  }
  return found;
};

const notFields = new Set(['now', 'today', 'user', 'input', 'var', 'item', 'error', 'prior']);

/** The field of the record that it is filled from; `undefined` where it speaks of something else. */
export const fieldOfRecord = ({ words }: MergeField, object: string, format: Format): readonly string[] | undefined => {
  const [first = '', ...rest] = words;
  const own = format === 'OD' ? first === 'object' : format === 'NY' ? first === 'record' : false;
  if (rest.length > 0 && (own || first.toLowerCase() === object.toLowerCase())) return rest;
  return format === 'NY' && rest.length === 0 && !notFields.has(first) ? words : undefined;
};
