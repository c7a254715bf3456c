import type { Path, Value as Written } from '../../model/workflow/value.ts';
import { mayRead } from '../../reason/workflow/permissions.ts';
import { after, dayAt, momentText, whenText } from './clock.ts';
import type { Held, Value } from './held.ts';
import { groupOf, hold, isEmpty, isHeld, isList, isUnknown, plainOf, unknown } from './held.ts';
import type { Run, Sandbox } from './sandbox.ts';

/** Where a value is read. */
export interface Frame {
  readonly box: Sandbox;
  readonly run: Run;
  /** The record that a filter looks at. */
  readonly candidate?: Held;
}

const hidden = ({ run, box }: Frame, object: string, field: string): boolean =>
  run.runner.principal !== undefined && mayRead(run.runner.principal, object, field, box.project.schema) === 'no';

/** One word further along a path. */
const onward = (frame: Frame, value: Value, name: string, last: boolean): Value => {
  if (value === null || isUnknown(value)) return value;
  if (isList(value)) {
    const all = value.map((one) => onward(frame, one, name, last));
    return all.find(isUnknown) ?? all.flatMap((one) => (isList(one) ? one : [one]));
  }
  const { store } = frame.box;
  const { format } = frame.run.workflow;
  if (isHeld(value)) {
    const { row, draft } = value;
    // A field that the one who runs it may not read is empty to them. Who somebody is, everybody sees.
    if (row.object !== 'User' && hidden(frame, row.object, store.fieldName(row.object, name, row.values))) return null;
    return last ? store.read(row, name, format, draft) : store.follow(row, name, format, draft);
  }
  if (typeof value === 'object') return value.of.get(name) ?? null;
  // An id that a variable or a list holds.
  const lead = store.lead(value, undefined);
  if (isHeld(lead)) return onward(frame, lead, name, last);
  return isUnknown(lead)
    ? lead
    : unknown({ en: `${name} is read from a plain value`, ja: `${name} を単純な値から読んでいます` });
};

const userRow = ({ box, run }: Frame): Value => {
  const { user } = run.runner;
  if (user === undefined)
    return unknown({ en: 'the sample does not say who runs it', ja: '実行するユーザーがサンプルにありません' });
  return box.store.lead(user, ['User']);
};

/** Constants and formulas have the value that they have when they are read. */
const variableValue = (name: string, frame: Frame): Value => {
  const { run } = frame;
  const held = run.variables.get(name);
  if (held !== undefined) return held;
  const variable = run.workflow.variables.find((one) => one.name === name);
  if (!variable?.constant || !variable.default) return null;
  if (run.computing.has(name))
    return unknown({ en: `${name} needs its own value`, ja: `${name} が自分自身を参照しています` });
  run.computing.add(name);
  const value = evaluate(variable.default, frame);
  run.computing.delete(name);
  return value;
};

const rootValue = (frame: Frame, path: Path): Value => {
  const { root } = path;
  const { run } = frame;
  switch (root.kind) {
    case 'record':
      return run.record ?? null;
    case 'prior':
      if (!run.prior) return null;
      return 'kind' in run.prior ? run.prior : hold(run.prior);
    case 'candidate':
      return frame.candidate ?? null;
    case 'user':
      return userRow(frame);
    case 'input':
      return { kind: 'group', of: run.inputs };
    case 'variable':
      return variableValue(root.name, frame);
    case 'item': {
      const loop = root.loop === undefined ? [...run.loops.values()].at(-1) : run.loops.get(root.loop);
      return loop?.items[loop.at] ?? null;
    }
    case 'step':
      return run.results.get(root.step) ?? null;
    case 'error': {
      const { error } = run;
      return error ? groupOf({ message: error.message.en, step: error.step }) : null;
    }
    case 'system':
      return unknown({
        en: `only the real system knows ${path.text}`,
        ja: `${path.text} は実際のシステムでなければ分かりません`,
      });
    case 'undefined':
      return unknown({ en: `${path.text} is not defined`, ja: `${path.text} は定義されていません` });
  }
};

/** The value behind a path; over an empty relation it is empty. */
export const readPath = (path: Path, frame: Frame): Value => {
  let value = rootValue(frame, path);
  for (const [at, name] of path.segments.entries()) {
    value = onward(frame, value, name, at === path.segments.length - 1);
    if (value === null || isUnknown(value)) return value;
  }
  return value;
};

/** The record, or the records, that a path leads to: a reference at its end is followed. */
export const readRecords = (path: Path, frame: Frame): Value => {
  const value = readPath(path, frame);
  if (isHeld(value) || value === null || isUnknown(value)) return value;
  const to = lastTo(path, frame);
  return frame.box.store.lead(value, to);
};

/** What the last field of a path refers to. */
const lastTo = (path: Path, frame: Frame): readonly string[] | undefined => {
  const name = path.segments.at(-1);
  if (name === undefined) return undefined;
  const before = readPath({ ...path, segments: path.segments.slice(0, -1) }, frame);
  const holder = isList(before) ? before.find(isHeld) : before;
  if (holder === undefined || !isHeld(holder)) return undefined;
  const field = frame.box.store.field(holder.row.object, name);
  return field?.to ?? (name === 'owner' ? ['User', 'Queue'] : undefined);
};

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** A value within a longer text; a record is called by its name. */
const asText = (value: Value, frame: Frame): string | undefined => {
  if (value === null) return '';
  if (isHeld(value)) {
    const name = frame.box.store.read(value.row, 'name', frame.run.workflow.format, value.draft);
    return typeof name === 'string' && name !== '' ? name : value.row.id;
  }
  if (isList(value)) {
    const parts = value.map((one) => asText(one, frame));
    return parts.includes(undefined) ? undefined : parts.join(', ');
  }
  const plain = plainOf(value);
  if (plain === undefined) return undefined;
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
};

/** Values inside lists inside lists: deeper ones no file has. */
const maximumDepth = 20;

/** More text than any field or mail holds; what comes after is left away. */
const maximumText = 200_000;

/** The value that is written in a definition. `html`: what is inserted into a text is escaped, except where it is `{{{…}}}`. */
export const evaluate = (value: Written, frame: Frame, html = false, depth = 0): Value => {
  const { box } = frame;
  if (depth > maximumDepth) return unknown({ en: 'nested too deep', ja: '入れ子が深すぎます' });
  switch (value.kind) {
    case 'literal':
      return value.value;
    case 'list':
      return value.values.map((one) => evaluate(one, frame, html, depth + 1));
    case 'path':
      return readPath(value.path, frame);
    case 'text': {
      let text = '';
      for (const [at, part] of value.parts.entries()) {
        if (typeof part === 'string') text += part;
        else {
          const inserted = evaluate(part, frame, false, depth + 1);
          if (isUnknown(inserted)) return inserted;
          const words = asText(inserted, frame);
          if (words === undefined)
            return unknown({ en: 'a part of the text is not known', ja: '文中の値が分かりません' });
          text += html && !value.raw?.includes(at) ? escaped(words) : words;
        }
        if (text.length > maximumText) break;
      }
      return text.slice(0, maximumText);
    }
    case 'moment': {
      const { base, offset } = value;
      if (base === 'now' && !offset) return momentText(box.now, box.zone);
      const start =
        base === 'now'
          ? ({ kind: 'moment', ms: box.now } as const)
          : ({ kind: 'day', day: dayAt(box.now, box.zone) } as const);
      return whenText(offset ? after(start, offset, box.zone) : start, box.zone);
    }
    case 'formula':
    case 'opaque':
      return unknown({
        en: `crm-doctor does not compute ${value.text.slice(0, 60)}`,
        ja: `crm-doctor は ${value.text.slice(0, 60)} を計算しません`,
      });
  }
};

/** The first relation on the way of a path that is empty: what the rest of it hangs on. */
export const emptyOnTheWay = (path: Path, frame: Frame): string | undefined => {
  let value = rootValue(frame, path);
  const words = path.text.split('.');
  const prefix = words.slice(0, Math.max(0, words.length - path.segments.length));
  if (value === null && path.segments.length > 0) return prefix.join('.') || path.text;
  for (const [at, name] of path.segments.entries()) {
    if (at === path.segments.length - 1) return undefined;
    value = onward(frame, value, name, false);
    if (isEmpty(value)) return [...prefix, ...path.segments.slice(0, at + 1)].join('.');
    if (isUnknown(value)) return undefined;
  }
  return undefined;
};
