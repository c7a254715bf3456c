import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Side } from '../../model/sync/side.ts';
import type { Text } from '../../model/text.ts';
import { nameOn, type PatchSides, type RowCorrection, sourceOn } from './change.ts';
import { type Call, type CallShape, callShapes, type Fields, type Place } from './crm-calls.ts';
import type { PatchWriter } from './writer.ts';

/** Requests to the API of a CRM, one a line as JSON. */
export interface CallsFormat {
  readonly kind: 'calls';
  readonly side: Side;
}

/** What whoever sends a request can look at before: which record it is, and what stood in it. */
interface Meant {
  readonly key: Fields;
  /** As the comparison saw it. */
  readonly expect?: Fields;
  readonly causes: readonly string[];
}

const isExact = (text: string): boolean => /^-?\d/.test(text) && String(Number(text)) === text;

const jsonOf = (column: ComparedColumn, side: Side, value: string, shape: CallShape | undefined): unknown => {
  if (value === '') return shape?.none === undefined ? null : shape.none;
  if (shape?.texts) return value;
  const type = sourceOn(column, side).type ?? column.type;
  if (shape?.bareTimes && /^\d{4}-\d\d-\d\dT[\d:]{8}(?:\.\d{1,9})?Z$/.test(value))
    return value.slice(0, 19).replace('T', ' ');
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return (type === 'number' || type === 'amount') && isExact(value) ? Number(value) : value;
};

const neutralNote = (type: string): Text => ({
  en: `How ${type} is written to is not known here: the lines name the record, the fields and their values in a neutral form.`,
  ja: `${type} への書き込み形式には対応していないため、レコード・項目・値だけを共通の JSON 形式で出力しています。`,
});

const callsNote: Text = {
  en: 'The requests have no login in them. Before one is sent, compare `expect` with the record: an API takes no condition on the old value.',
  ja: 'リクエストにログイン情報は含まれていません。API では変更前の値を条件にできないため、送信前に `expect` と現在の値が一致することを確認してください。',
};

const typeOf = (written: string, { types }: CallShape): string | undefined => {
  if (Object.hasOwn(types, written)) return types[written];
  // A common name that stands for several types there.
  return ['contacts', 'companies', 'leads', 'opportunities', 'tickets'].includes(written) ? undefined : written;
};

interface Waiting {
  readonly action: 'update' | 'create';
  readonly id: string;
  readonly by?: string;
  readonly fields: Fields;
  readonly meant: Meant;
}

export const callsWriter = (sides: PatchSides, { side }: CallsFormat): PatchWriter => {
  const { config, facts } = sides[side];
  const crm = facts.format.replace(/^crm:/, '');
  const shape = Object.hasOwn(callShapes, crm) ? callShapes[crm] : undefined;
  const written = config.kind === 'crm' ? config.type : '';
  const type = shape && typeOf(written, shape);
  const place: Place | undefined =
    type === undefined
      ? undefined
      : { type, config: config.kind === 'crm' ? config.crm.config : {}, server: facts.server ?? '' };
  const ids = sides.columns.filter((column) => shape?.isId(nameOn(column, side), type ?? ''));
  let neutral = 0;
  let waiting: Waiting[] = [];

  const fieldsOf = (values: readonly { readonly column: ComparedColumn; readonly value: string }[]): Fields =>
    Object.fromEntries(values.map(({ column, value }) => [nameOn(column, side), jsonOf(column, side, value, shape)]));
  const texts = (values: readonly { readonly column: ComparedColumn; readonly value: string }[]): Fields =>
    Object.fromEntries(values.map(({ column, value }) => [nameOn(column, side), value]));

  const callOf = (records: readonly [Waiting, ...Waiting[]]): Call | undefined => {
    if (!shape || !place) return undefined;
    return records[0].action === 'update'
      ? shape.update(place, records)
      : shape.create(
          place,
          records.map(({ fields }) => fields),
        );
  };

  const flush = (): string => {
    const [first, ...more] = waiting;
    waiting = [];
    if (!first) return '';
    const records = [first, ...more] as const;
    const call = callOf(records);
    if (call) return `${JSON.stringify({ ...call, records: records.map(({ meant }) => meant) })}\n`;
    neutral += records.length;
    return records
      .map(({ action, fields, meant }) => `${JSON.stringify({ crm, type: written, action, set: fields, ...meant })}\n`)
      .join('');
  };

  /** Paths into a record (`address.city`) and references are written in another way in every CRM. */
  const isPlain = (column: ComparedColumn): boolean =>
    !nameOn(column, side).includes('.') &&
    column.type !== 'reference' &&
    sourceOn(column, side).type !== 'reference' &&
    !/^_.*_value$/.test(nameOn(column, side));

  const isOwn = ({ role }: ComparedColumn): boolean =>
    role === 'updated-at' || role === 'created-at' || role === 'created-by';

  /** What is given to a new record; its own number and times come from the CRM. */
  const givenIn = (row: Extract<RowCorrection, { kind: 'insert' }>) =>
    row.values.filter(
      ({ column, value }) => value !== '' && isPlain(column) && !ids.includes(column) && !isOwn(column),
    );

  /** The record's own id, or another value that there is once; empty where there is neither. */
  const idOf = (row: Extract<RowCorrection, { kind: 'update' }>): Pick<Waiting, 'id' | 'by'> => {
    const id = ids.map(({ at }) => row.values[at] ?? '').find((value) => value !== '');
    if (id !== undefined) return { id };
    const other = row.key.find(
      ({ column, value }) =>
        value !== '' && shape?.isAlternate?.(nameOn(column, side), sourceOn(column, side).unique === true),
    );
    return other ? { id: other.value, by: nameOn(other.column, side) } : { id: '' };
  };

  const waitingOf = (row: RowCorrection): Waiting =>
    row.kind === 'insert'
      ? {
          action: 'create',
          id: '',
          fields: fieldsOf(givenIn(row)),
          meant: { key: texts(row.key), causes: [row.cause] },
        }
      : {
          action: 'update',
          ...idOf(row),
          fields: fieldsOf(row.corrections),
          meant: {
            key: texts(row.key),
            expect: texts(row.corrections.map(({ column, old }) => ({ column, value: old }))),
            causes: [...new Set(row.corrections.map(({ cause }) => cause))],
          },
        };

  return {
    head: () => '',
    refuses: (row, correction) => {
      if (correction) {
        const { column } = correction;
        return isPlain(column) && !ids.includes(column) ? undefined : 'not-writable';
      }
      if (row.kind === 'update') return shape && idOf(row).id === '' ? 'no-address' : undefined;
      // A record that has no key of ours could never be found again.
      return givenIn(row).some(({ column }) => column.key) ? undefined : 'no-address';
    },
    row: (row) => {
      const next = waitingOf(row);
      const before = waiting[0] && waiting[0].action !== next.action ? flush() : '';
      waiting.push(next);
      return waiting.length >= (shape?.most ?? 1) ? `${before}${flush()}` : before;
    },
    foot: () => flush(),
    notes: () => [callsNote, ...(neutral > 0 ? [neutralNote(crm === '' ? facts.name : `${crm} ${written}`)] : [])],
  };
};
