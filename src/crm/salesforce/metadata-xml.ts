import { isObject } from '../reading.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML has no way to write these, and nothing in a flow means them (XML 1.0 section 2.2). */
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escaped = (text: string): string =>
  text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

const isElementName = (name: string): boolean => /^[A-Za-z]\w{0,99}$/.test(name);

const element = (name: string, value: unknown, indent: string, lines: string[]): void => {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    for (const one of value) element(name, one, indent, lines);
  } else if (isObject(value)) {
    lines.push(`${indent}<${name}>`);
    // The client takes no answer that nests deeper than 200.
    inside(value, `${indent}    `, lines);
    lines.push(`${indent}</${name}>`);
  } else {
    lines.push(`${indent}<${name}>${escaped(String(value))}</${name}>`);
  }
};

const inside = (value: Readonly<Record<string, unknown>>, indent: string, lines: string[]): void => {
  for (const [name, one] of Object.entries(value)) if (isElementName(name)) element(name, one, indent, lines);
};

/**
 * Metadata as the Tooling API tells it, in the form of the Metadata API: the same names, lists as repeated elements,
 * what is null left out.
 */
export const metadataXml = (type: string, metadata: Readonly<Record<string, unknown>>): string => {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">`];
  inside(metadata, '    ', lines);
  lines.push(`</${type}>`, '');
  return lines.join('\n');
};
