import { SaxesParser } from 'saxes';

/** An element without its namespace; what is between its children is joined. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

export type XmlReading =
  | { readonly kind: 'read'; readonly root: XmlElement }
  | { readonly kind: 'unreadable'; readonly says: string };

// Files for mail programs are small; what is deeper, longer or wider than this was made to do harm.
const deepest = 24;
const mostElements = 2_000;
const longestText = 1_000;

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

class Refused extends Error {}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads a stranger's XML. There is no document type (so no entities but the five of XML itself), and depth, number and
 * length are bounded; where the text is broken, nothing of it counts.
 */
export const readXml = (text: string): XmlReading => {
  const parser = new SaxesParser({ xmlns: false });
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (why: string): never => {
    throw new Refused(why);
  };
  parser.on('error', (error) => refuse(error.message));
  parser.on('doctype', () => refuse('a document type is not taken'));
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > mostElements || stack.length >= deepest) refuse('too many elements');
    const kept = Object.entries(attributes).flatMap(([key, value]) =>
      typeof value === 'string' && key !== '__proto__' ? [[local(key), value.slice(0, longestText)] as const] : [],
    );
    stack.push({ name: local(name), attributes: Object.fromEntries(kept), children: [], text: '' });
  });
  const addText = (piece: string): void => {
    const open = stack.at(-1);
    if (open && open.text.length < longestText) open.text += piece.slice(0, longestText);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (!closed) return;
    const element: XmlElement = { ...closed, text: closed.text.trim() };
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    return { kind: 'unreadable', says: error instanceof Error ? error.message : String(error) };
  }
  return root ? { kind: 'read', root } : { kind: 'unreadable', says: 'there is no element in it' };
};

/** The children of one name; names are compared without case, since not every program writes them as they should be. */
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name.toLowerCase() === name.toLowerCase()) ?? [];

/** The text of the first child of that name, where it has one. */
export const textOf = (element: XmlElement | undefined, name: string): string | undefined =>
  childrenOf(element, name)[0]?.text || undefined;
