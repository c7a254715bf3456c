import { grouped } from '../model/text.ts';

/**
 * A text that a server or a file made longer than anybody reads, with how much was left out. The whole of it is in the
 * JSON; every other format has limits of its own (GitHub drops an annotation, a monitoring system the whole line).
 */
export const clipped = (text: string, most: number): string => {
  if (text.length <= most) return text;
  // Not between the two halves of one character.
  const end = /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most;
  return `${text.slice(0, end)}… [+${grouped(text.length - end)}]`;
};
