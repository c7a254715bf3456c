// JSON.stringify leaves these as they are: C1 controls (a terminal takes U+009B for ESC [), direction marks, line ends.
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON that may be printed on a terminal and in the log of a job, which takes `##[` for a command; it parses to the same value. */
export const jsonOf = (value: unknown, indent = 0): string =>
  JSON.stringify(value, null, indent)
    .replace(unsafe, escaped)
    .replace(/##(?=(?:vso|teamcity)?\[)/g, '#\\u0023');
