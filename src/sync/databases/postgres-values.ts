import { decimalText, floatText, jsonText, timestampText } from './canonical.ts';

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
  switch (type) {
    case 'bool':
      return text === 't' || text === 'true' ? 'true' : 'false';
    case 'numeric':
      return decimalText(text);
    case 'float4':
    case 'float8':
      return floatText(Number(text));
    case 'timestamp':
      return timestampText(text, false);
    case 'timestamptz':
      return timestampText(text, true);
    case 'bytea':
      return text.startsWith('\\x') ? text.slice(2) : text;
    case 'json':
    case 'jsonb':
      return jsonText(text);
    case 'bpchar': {
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
