import { type Document, LineCounter, parseDocument } from 'yaml';
import { veil } from './variables.ts';

/** A file as it was parsed; `source` is its text without a byte order mark. */
export interface ConfigDocument {
  readonly source: string;
  readonly yaml: Document.Parsed;
  readonly placeAt: (offset: number) => { readonly line: number; readonly column: number };
}

/** YAML 1.2, of which JSON is a part: `no` and `on` are texts, keys are unique. */
export const parseConfig = (text: string): ConfigDocument => {
  const source = text.replace(/^\ufeff/, '');
  const lines = new LineCounter();
  const yaml = parseDocument(veil(source), {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    uniqueKeys: true,
  });
  return {
    source,
    yaml,
    placeAt: (offset) => {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    },
  };
};
