import { escapeControls } from '../../src/reason/escape.ts';
import { createConcealer } from '../../src/reason/redact.ts';

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** Whether a text holds a secret in any of the forms in which it travels. */
export const holds = (secret: string): ((text: string) => boolean) => {
  const conceal = createConcealer([secret]);
  return (text) => conceal(text) !== text;
};

/** A file for an importer has lines; everything else is one line. */
const isFile = (text: string): boolean => text.startsWith('{\n') || text.startsWith('<?xml');

/** Texts of a reply that drive a terminal, hold the secret, or have no end. */
export const unfitIn = (reply: unknown, secret: string): readonly string[] => {
  const texts = textsIn(reply);
  const holdsIt = holds(secret);
  const long = texts.join('').length > 2_000_000 ? ['too much in all'] : [];
  return [
    ...texts.filter((text) => holdsIt(text) || (!isFile(text) && escapeControls(text) !== text)),
    ...texts.filter((text) => !isFile(text) && text.length > 2_000),
    ...long,
  ];
};
