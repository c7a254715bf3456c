import type { Path, Root } from '../../model/workflow/value.ts';
import type { Value } from './held.ts';
import { isUnknown, plainOf } from './held.ts';
import type { Frame } from './read.ts';
import { escaped, evaluate, readPath } from './read.ts';

// No brace inside, so that it is found in one pass.
const insertion = /\{\{\{([^{}]{1,200})\}\}\}|\{\{([^{}]{1,200})\}\}|\{!([\w.$]{1,200})\}/g;

const nowhere = { file: '', line: 1, column: 1 };

/** Longer texts are no mail. */
const maximumText = 200_000;

const moment = /^(now|today)(?:\s?([+-])\s?(\d{1,6})d)?$/;

/** The record that a template is filled from is also known by the name of its object. */
const valueIn = (text: string, frame: Frame): Value => {
  const time = moment.exec(text);
  if (time) {
    const amount = time[3] === undefined ? 0 : Number(`${time[2]}${time[3]}`);
    return evaluate(
      {
        kind: 'moment',
        base: time[1] === 'now' ? 'now' : 'today',
        ...(amount === 0 ? {} : { offset: { amount, unit: 'day' } }),
        place: nowhere,
      },
      frame,
    );
  }
  const [first = '', ...rest] = text.replace(/^\$/, '').split('.');
  const lower = first.toLowerCase();
  const isRecord = lower === 'record' || lower === frame.run.record?.row.object.toLowerCase();
  const roots: Readonly<Record<string, Root>> = {
    user: { kind: 'user' },
    input: { kind: 'input' },
    prior: { kind: 'prior' },
  };
  const root: Root = isRecord ? { kind: 'record' } : (roots[lower] ?? { kind: 'record' });
  const segments = isRecord || Object.hasOwn(roots, lower) ? rest : [first, ...rest];
  const path: Path = { root, segments, text, place: nowhere };
  return readPath(path, frame);
};

/** A mail template with its values; what is not known stays as it is written. */
export const filled = (text: string, frame: Frame, html: boolean): string =>
  text.slice(0, maximumText).replaceAll(insertion, (whole, raw?: string, plain?: string, merge?: string) => {
    const value = valueIn((raw ?? plain ?? merge ?? '').trim(), frame);
    if (isUnknown(value)) return whole;
    const shown = plainOf(value);
    if (shown === undefined) return whole;
    const words = shown === null ? '' : typeof shown === 'object' ? JSON.stringify(shown) : String(shown);
    return html && raw === undefined ? escaped(words) : words;
  });
