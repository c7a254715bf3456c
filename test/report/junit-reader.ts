import { SaxesParser } from 'saxes';

/** An element as it was opened, with the text directly in it. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Rule {
  readonly children: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly text: boolean;
}

const told: Rule = { children: [], required: [], optional: ['type', 'message'], text: true };
const output: Rule = { children: [], required: [], optional: [], text: true };

/**
 * What the schema of Jenkins' xUnit plugin allows (junit-10.xsd, read on 26 November 2026), as far as we use it, and two
 * attributes that it does not know: GitLab links `file`, actions for GitHub take `file` and `line`. The JUnit step of
 * Jenkins reads over them.
 */
const rules: Readonly<Record<string, Rule>> = {
  testsuites: {
    children: ['testsuite'],
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    text: false,
  },
  testsuite: {
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    text: false,
  },
  properties: { children: ['property'], required: [], optional: [], text: false },
  property: { children: [], required: ['name', 'value'], optional: [], text: false },
  testcase: {
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    required: ['name'],
    optional: ['time', 'classname', 'group', 'file', 'line'],
    text: false,
  },
  failure: told,
  error: told,
  skipped: told,
  'system-out': output,
  'system-err': output,
};

/** SUREFIRE_TIME, without the groups of thousands that we do not write. */
const time = /^\d+\.\d+$/;
const count = /^\d+$/;

const check = ({ tag, attributes, text }: Element, parent: string | undefined): void => {
  const rule = rules[tag];
  if (!rule) throw new Error(`<${tag}> is not known`);
  const inside = parent === undefined ? tag === 'testsuites' : rules[parent]?.children.includes(tag);
  if (!inside) throw new Error(`<${tag}> in ${parent ?? 'the document'}`);
  for (const name of rule.required) if (!(name in attributes)) throw new Error(`<${tag}> has no ${name}`);
  for (const [name, value] of Object.entries(attributes)) {
    if (![...rule.required, ...rule.optional].includes(name)) throw new Error(`<${tag}> may not have ${name}`);
    if (name === 'time' && !time.test(value)) throw new Error(`time="${value}"`);
    const counts = ['tests', 'failures', 'errors', 'skipped', 'line'].includes(name);
    if (counts && !count.test(value)) throw new Error(`${name}="${value}"`);
    // Jenkins takes a time without fraction and zone.
    if (name === 'timestamp' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value))
      throw new Error(`timestamp="${value}"`);
  }
  if (!rule.text && text.trim() !== '') throw new Error(`text in <${tag}>: ${text}`);
};

/** Reads a file as CI systems do: a strict XML parser, then the schema; throws at what one of them would refuse. */
export const readJunit = (xml: string): readonly Element[] => {
  const parser = new SaxesParser({ xmlns: false });
  const elements: Element[] = [];
  const open: { tag: string; attributes: Record<string, string>; text: string; index: number }[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    open.push({ tag: name, attributes: { ...attributes }, text: '', index: elements.length });
    elements.push({ tag: name, attributes: { ...attributes }, text: '' });
  });
  parser.on('text', (text) => {
    const inner = open.at(-1);
    if (inner) inner.text += text;
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const element = { tag: closed.tag, attributes: closed.attributes, text: closed.text };
    check(element, open.at(-1)?.tag);
    elements[closed.index] = element;
  });
  parser.write(xml).close();
  return elements;
};
