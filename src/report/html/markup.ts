import { visible } from '../../i18n/visible.ts';
import { clipped } from '../clipped.ts';

// Not exported, so that no other module, and no report read from a file, can pass text off as markup.
const content: unique symbol = Symbol('markup');

/** HTML that is escaped already. */
export interface Markup {
  readonly [content]: string;
}

/** What may stand in a template; text is escaped, `undefined` is nothing. */
export type Slot = Markup | string | number | undefined | readonly Slot[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Of one text; the embedded JSON has all of it. */
const longest = 20_000;

const escaped = (text: string): string =>
  visible(clipped(text, longest)).replace(/[&<>"']/g, (character) => entities[character] ?? character);

const rendered = (slot: Slot): string => {
  if (slot === undefined) return '';
  if (typeof slot === 'string') return escaped(slot);
  if (typeof slot === 'number') return String(slot);
  return content in slot ? slot[content] : slot.map(rendered).join('');
};

/** Markup with everything in its slots escaped, for text and for attributes in double quotes. */
export const html = (parts: TemplateStringsArray, ...slots: readonly Slot[]): Markup => ({
  [content]: parts.map((part, index) => part + rendered(slots[index])).join(''),
});

/** Only for constants of ours and for text that was escaped by another rule (the style, the embedded JSON). */
export const trusted = (text: string): Markup => ({ [content]: text });

/** The text of a page; blank lines that empty slots left are dropped. */
export const textOf = (markup: Markup): string => markup[content].replace(/\n(?:[ \t]*\n)+/g, '\n');

const url = /https?:\/\/[\w\-.~:/?#@!$&'()*+,;=%]+[\w/]/g;

/** Prose with its URLs as links; the link's text is the URL itself, so paper shows it and nobody is misled. */
export const prose = (text: string): Markup => {
  const line = visible(clipped(text, longest));
  const slots: Slot[] = [];
  let end = 0;
  for (const found of line.matchAll(url)) {
    slots.push(line.slice(end, found.index), html`<a href="${found[0]}" rel="noreferrer noopener">${found[0]}</a>`);
    end = found.index + found[0].length;
  }
  return html`${[...slots, line.slice(end)]}`;
};

/** Lines of one block of monospaced text. */
export const linesOf = (lines: readonly string[]): Markup =>
  html`${lines.map((line, index) => (index === 0 ? line : [trusted('\n'), line]))}`;
