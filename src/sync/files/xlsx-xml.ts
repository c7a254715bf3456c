import { FileFault } from './fault.ts';

/** What a reader of a part of a workbook is told. Names come without their prefix. */
export interface XmlHandler {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const mostElements = 500_000_000;
/** The parser holds a text or an attribute until it ends; Excel writes none of more than 32,767 characters. */
const longestPiece = 16 * 1024 * 1024;

/** Feeds XML piece by piece; after each piece the caller can take what has gathered. */
export const readXml = async function* (
  pieces: AsyncIterable<Buffer>,
  what: string,
  handler: XmlHandler,
): AsyncGenerator<void> {
  // Bundled, a CommonJS package that is imported late has its members on `default` only.
  const {
    default: { SaxesParser },
  } = await import('saxes');
  const parser = new SaxesParser({ xmlns: false, position: false });
  let [elements, since] = [0, 0];
  const bad = (says: string): FileFault => new FileFault({ kind: 'malformed', what, says });
  parser.on('error', (error) => {
    throw bad(`its XML is damaged (${error.message.slice(0, 100)})`);
  });
  // Workbooks have none, and entities are how small XML becomes large.
  parser.on('doctype', () => {
    throw bad('its XML has a document type');
  });
  parser.on('opentag', ({ attributes, name }) => {
    elements += 1;
    since = 0;
    if (elements > mostElements) throw new FileFault({ kind: 'too-large', what, says: 'too many cells' });
    const plain: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes)) plain[key] = String(value);
    handler.open(local(name), plain);
  });
  if (handler.text !== undefined) parser.on('text', handler.text);
  parser.on('closetag', ({ name }) => {
    since = 0;
    handler.close?.(local(name));
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Buffer): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch {
      throw new FileFault({ kind: 'encoding', what, says: 'its XML is not UTF-8' });
    }
  };
  for await (const piece of pieces) {
    const text = decode(piece);
    since += text.length;
    if (since > longestPiece)
      throw new FileFault({ kind: 'too-large', what, says: 'a text or attribute of more than 16 Mi characters' });
    parser.write(text);
    yield;
  }
  parser.write(decode()).close();
  yield;
};

/** Reads all of a small part. */
export const readAllXml = async (pieces: AsyncIterable<Buffer>, what: string, handler: XmlHandler): Promise<void> => {
  for await (const _ of readXml(pieces, what, handler));
};
