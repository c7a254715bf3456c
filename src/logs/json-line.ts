/** A line that is one JSON object; undefined for any other. */
export const objectIn = (line: string): Readonly<Record<string, unknown>> | undefined => {
  if (!line.startsWith('{') || !line.trimEnd().endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    // JSON.parse of a text in braces gives an object.
    return value as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
};

/** A member as text: journald writes a message with control bytes as an array of bytes. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.every((byte) => typeof byte === 'number')) return Buffer.from(value).toString();
  return '';
};
