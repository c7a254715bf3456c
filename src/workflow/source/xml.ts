import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Text } from '../../model/text.ts';
import { XmlElement } from './xml-element.ts';
import { type XmlFault, xmlFault } from './xml-fault.ts';
import { type XmlComment, XmlTree } from './xml-tree.ts';

export interface XmlLimits {
  readonly characters: number;
  readonly elements: number;
  readonly depth: number;
}

export type XmlReading =
  | { readonly kind: 'read'; readonly root: XmlElement; readonly comments: readonly XmlComment[] }
  | XmlFault;

// The largest exported flows have some ten megabytes and a depth of about twenty.
const usualLimits: XmlLimits = { characters: 64 * 1024 * 1024, elements: 2_000_000, depth: 200 };

class Stopped extends Error {
  readonly fault: XmlFault;
  constructor(fault: XmlFault) {
    super(fault.says.en);
    this.fault = fault;
  }
}

/**
 * Reads the XML of a definition, for every format that is written in XML: Salesforce metadata, Odoo data, BPMN.
 *
 * What comes back is an element with methods, `root.all('steps')`, `step.first('name')?.text`, `step.place`: names are
 * without their prefix, and what may repeat is always a list. The tree behind it is numbers; elements, texts, lines and
 * columns are made when they are asked for. Entities cannot be declared, nothing is loaded, and depth and size have an
 * end; where the file is broken or too much, the answer is one fault with its place instead.
 */
export const readXml = (text: string, file: string, limits: XmlLimits = usualLimits): XmlReading => {
  const tree = new XmlTree(text, file);
  const fault = (rule: XmlFault['rule'], offset: number, says: Text): Stopped =>
    new Stopped({ kind: 'fault', rule, at: tree.place(offset), says });
  if (text.length > limits.characters) {
    return fault('parse-limit', 0, {
      en: `the file has ${text.length} characters, more than the ${limits.characters} that are read`,
      ja: `ファイルが ${text.length} 文字あり、読み込める上限の ${limits.characters} 文字を超えています`,
    }).fault;
  }

  const parser = new SaxesParser({ xmlns: false });
  let atEnd = false;
  parser.on('error', ({ message }) => {
    throw new Stopped(xmlFault(tree, message, atEnd ? text.length : parser.position));
  });
  parser.on('doctype', (content) => {
    if (!content.includes('[')) return;
    const start = text.lastIndexOf('<!DOCTYPE', parser.position);
    const entity = text.indexOf('<!ENTITY', start);
    throw fault('parse-limit', entity < 0 ? start : entity, {
      en: 'the file declares a document type of its own with entities; such a declaration can grow without end and is not read',
      ja: 'ファイルの中で文書型（エンティティ）が宣言されています。際限なく膨らむ可能性があるため読み込みません',
    });
  });
  parser.on('comment', () => {
    // Called at the two hyphens; the bracket comes yet.
    tree.addComment(text.lastIndexOf('<!--', parser.position - 6), parser.position + 1);
  });
  parser.on('opentagstart', ({ name }) => {
    const start = text.lastIndexOf('<', parser.position - 1);
    tree.begin(name, start);
    if (tree.depth > limits.depth) {
      throw fault('parse-limit', start, {
        en: `elements are nested more than ${limits.depth} deep; no further is read`,
        ja: `要素の入れ子が ${limits.depth} 段を超えているため、これ以上読み込みません`,
      });
    }
    if (tree.size > limits.elements) {
      throw fault('parse-limit', start, {
        en: `the file has more than ${limits.elements} elements; no further is read`,
        ja: `要素が ${limits.elements} 個を超えているため、これ以上読み込みません`,
      });
    }
  });
  parser.on('opentag', () => tree.begun(parser.position));
  parser.on('closetag', ({ name, isSelfClosing }: SaxesTagPlain) => {
    const end = parser.position;
    if (isSelfClosing) return tree.finish(end, end);
    const start = text.lastIndexOf('</', end - 1);
    // The library calls this for what is open before it says that the tag ends something else.
    if (text.slice(start + 2, end - 1).trimEnd() === name) tree.finish(start, end);
  });
  try {
    parser.write(text);
    atEnd = true;
    parser.close();
  } catch (error) {
    if (error instanceof Stopped) return error.fault;
    throw error;
  }
  return { kind: 'read', root: new XmlElement(tree, 0, undefined, 0), comments: tree.comments };
};
