import type { Text } from '../../model/text.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import { cutOffText, type JsonExpected, mishapText, secondTimeText, unexpectedText } from './json-faults.ts';
import { placesIn, pointerOf, pointerPart } from './json-places.ts';
import { type JsonToken, nextToken } from './json-tokens.ts';
import type { JsonList, JsonNumber, JsonRecord, JsonValue, Span } from './json-value.ts';

/** A JSON file that was read. Without a root nothing could be read; duplicate keys leave one, with the last value. */
export interface JsonFile {
  readonly root: JsonValue | undefined;
  readonly problems: readonly ReadingProblem[];
}

/** How much of a file is read: a definition that a CRM exports is far below, a file made to exhaust memory is above. */
export interface JsonLimits {
  readonly depth: number;
  readonly values: number;
  readonly units: number;
}

const ordinary: JsonLimits = { depth: 200, values: 1_500_000, units: 64_000_000 };

// One file full of keys written twice says the same thing a thousand times.
const duplicatesTold = 50;

// The tree is read-only for everybody but the one who builds it.
type OpenList = JsonList & { end: number; readonly items: JsonValue[] };
type OpenRecord = JsonRecord & { end: number; readonly members: Map<string, JsonValue> };
type Open = OpenList | OpenRecord;

const again: Text = { en: 'export it again', ja: 'もう一度エクスポートしてください' };
const repair: Text = { en: 'repair it here, or export it again', ja: 'ここを直すか、もう一度エクスポートしてください' };
const dropOne: Text = { en: 'remove one of the two', ja: 'どちらか一方を削除してください' };
const fewer: Text = {
  en: 'export fewer workflows at a time',
  ja: 'ワークフローを分けてエクスポートしてください',
};

const limitText = (what: keyof JsonLimits, limit: number): Text => {
  switch (what) {
    case 'depth':
      return {
        en: `values are nested more than ${limit} deep here; no workflow definition is, so the file is read no further`,
        ja: `ここで入れ子が ${limit} 段を超えています。ワークフロー定義としてはあり得ない深さなので、この先は読みません`,
      };
    case 'values':
      return {
        en: `the file holds more than ${limit} values and is read no further`,
        ja: `ファイルの値が ${limit} 個を超えたため、この先は読みません`,
      };
    case 'units':
      return {
        en: `the file has more than ${limit} characters and is not read`,
        ja: `ファイルが ${limit} 文字を超えているため読みません`,
      };
  }
};

/** The number, unless it is a whole one that a JavaScript number cannot hold: that is known by its digits only. */
export const exactNumber = ({ raw, value }: JsonNumber): number | undefined =>
  Number.isFinite(value) && (!/^-?\d+$/.test(raw) || Number.isSafeInteger(value)) ? value : undefined;

/** Reads strict JSON (RFC 8259) without recursion; every value and key keeps its place. */
export const readJson = (file: string, text: string, limits: JsonLimits = ordinary): JsonFile => {
  const places = placesIn(file, text);
  const unread = (problem: Omit<ReadingProblem, 'place'>, span: Span): JsonFile => ({
    root: undefined,
    problems: [{ ...problem, place: places(span) }],
  });
  const tooMuch = (what: keyof JsonLimits, span: Span): JsonFile =>
    unread({ rule: 'parse-limit', message: limitText(what, limits[what]), fix: fewer }, span);
  if (text.length > limits.units) return tooMuch('units', { start: 0, end: 0 });

  const problems: ReadingProblem[] = [];
  const stack: Open[] = [];
  let root: JsonValue | undefined;
  let name: (Span & { readonly value: string }) | undefined;
  let expected: JsonExpected = 'value';
  let count = 0;
  let duplicates = 0;

  const wrong = (token: JsonToken): JsonFile => {
    const opener = stack.at(-1);
    const message =
      token.kind === 'fault'
        ? mishapText(token.mishap, expected)
        : token.kind === 'end'
          ? cutOffText(opener)
          : unexpectedText(token.kind, expected, opener);
    return unread({ rule: 'parse-syntax', message, fix: token.kind === 'end' ? again : repair }, token);
  };
  const put = (value: JsonValue): void => {
    const parent = stack.at(-1);
    if (!parent) root = value;
    else if (parent.kind === 'list') parent.items.push(value);
    else parent.members.set(String(value.key), value);
    name = undefined;
  };

  let token = nextToken(text, text.startsWith('\uFEFF') ? 1 : 0);
  for (; ; token = nextToken(text, token.end)) {
    const opener = stack.at(-1);
    const { kind, start, end } = token;
    if (kind === 'fault') return wrong(token);
    if (kind === 'end') return expected === 'end' ? { root, problems } : wrong(token);

    if (kind === '}' || kind === ']') {
      const fits = kind === '}' ? 'record' : 'list';
      const empty = kind === '}' ? 'first key' : 'first item';
      if (opener?.kind !== fits || (expected !== empty && expected !== 'comma')) return wrong(token);
      opener.end = end;
      stack.pop();
      expected = stack.length === 0 ? 'end' : 'comma';
      continue;
    }
    if (expected === 'comma') {
      if (kind !== ',') return wrong(token);
      expected = opener?.kind === 'record' ? 'key' : 'value';
      continue;
    }
    if (expected === 'colon') {
      if (kind !== ':') return wrong(token);
      expected = 'value';
      continue;
    }
    if (expected === 'key' || expected === 'first key') {
      if (kind !== 'text' || opener?.kind !== 'record') return wrong(token);
      if (opener.members.has(token.value)) {
        duplicates += 1;
        if (duplicates <= duplicatesTold) {
          const place = places(token, `${pointerOf(opener)}/${pointerPart(token.value)}`);
          problems.push({ rule: 'parse-duplicate-key', message: secondTimeText(token.value), fix: dropOne, place });
        }
      }
      name = token;
      expected = 'colon';
      continue;
    }
    if (expected === 'end' || kind === ',' || kind === ':') return wrong(token);

    count += 1;
    if (count > limits.values) return tooMuch('values', token);
    const here = {
      start,
      end,
      places,
      parent: opener,
      key: name?.value ?? (opener?.kind === 'list' ? opener.items.length : ''),
      keyStart: name?.start ?? start,
      keyEnd: name?.end ?? end,
    };
    expected = stack.length === 0 ? 'end' : 'comma';
    switch (kind) {
      case '{':
      case '[': {
        if (stack.length >= limits.depth) return tooMuch('depth', token);
        const opened: Open =
          kind === '{' ? { kind: 'record', ...here, members: new Map() } : { kind: 'list', ...here, items: [] };
        put(opened);
        stack.push(opened);
        expected = kind === '{' ? 'first key' : 'first item';
        break;
      }
      case 'text':
        if (token.escapes) put({ kind: 'text', ...here, value: token.value, escapes: text.slice(start + 1, end - 1) });
        else put({ kind: 'text', ...here, value: token.value });
        break;
      case 'number': {
        const raw = text.slice(start, end);
        put({ kind: 'number', ...here, value: Number(raw), raw });
        break;
      }
      case 'true':
      case 'false':
        put({ kind: 'boolean', ...here, value: kind === 'true' });
        break;
      case 'null':
        put({ kind: 'null', ...here });
        break;
    }
  }
};
