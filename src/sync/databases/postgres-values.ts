import { decimalText, floatText, jsonText, timestampText } from './canonical.ts';
import { postgresKind } from './postgres-dialect.ts';

/** A type by its object identifier; those of arrays state what they hold. */
export interface PostgresType {
  readonly name: string;
  readonly element?: string;
}

/** The elements of an array as the server writes it, `{a,"b,c",NULL}`; inner arrays are read along. */
const elements = (text: string): readonly string[] => {
  const found: string[] = [];
  let part = '';
  let quoted = false;
  let wasQuoted = false;
  const end = (): void => {
    if (wasQuoted || part !== '') found.push(!wasQuoted && part === 'NULL' ? '' : part);
    part = '';
    wasQuoted = false;
  };
  for (let at = Math.max(0, text.indexOf('{')); at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      at += 1;
      part += text.charAt(at);
    } else if (char === '"') {
      quoted = !quoted;
      wasQuoted = true;
    } else if (quoted) part += char;
    else if (char === ',' || char === '}') end();
    else if (char !== '{') part += char;
  }
  return found;
};

const one = (text: string, type: string): string => {
  switch (postgresKind(type)) {
    case 'boolean':
      return text === 't' || text === 'true' ? 'true' : 'false';
    case 'bits':
      // A single one is used as yes or no.
      return text === '1' ? 'true' : text === '0' ? 'false' : text;
    case 'decimal':
      return decimalText(text);
    case 'single':
    case 'float':
      return floatText(Number(text));
    case 'local':
      return timestampText(text, false);
    case 'instant':
      return timestampText(text, true);
    case 'bytes':
      return text.startsWith('\\x') ? text.slice(2) : text;
    case 'json':
      return jsonText(text);
    case 'padded': {
      let end = text.length;
      while (end > 0 && text[end - 1] === ' ') end -= 1;
      return text.slice(0, end);
    }
    default:
      return text;
  }
};

/** A value from the text of the server, in a session with ISO dates and UTC. */
export const postgresText = (text: string | null, type: PostgresType): string => {
  if (text === null) return '';
  const { element } = type;
  return element === undefined
    ? one(text, type.name)
    : elements(text)
        .map((part) => (part === '' ? '' : one(part, element)))
        .join(';');
};
