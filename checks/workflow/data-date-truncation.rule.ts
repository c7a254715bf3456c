import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { readDay } from '../../src/reason/workflow/calendar.ts';
import { knownWritesOf } from '../../src/reason/workflow/field-writes.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

/** Whether a value is a day or a moment; undefined for what is neither, or not known. */
const dayOrMoment = (value: Value, workflow: Workflow, schema: Schema): 'date' | 'datetime' | undefined => {
  if (value.kind === 'moment') return value.base === 'now' ? 'datetime' : 'date';
  if (value.kind === 'literal' && typeof value.value === 'string') {
    // A day that is written out for a moment is midnight to everybody.
    return readDay(value.value) === 'datetime' ? 'datetime' : undefined;
  }
  if (value.kind !== 'path') return undefined;
  const end = resolve(value.path, workflow, schema);
  const type =
    end.kind === 'field' && !end.overMany ? end.field.type : end.kind === 'variable' ? end.variable.type : undefined;
  return type === 'date' || type === 'datetime' ? type : undefined;
};

const schema = `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Deal:
    fields: { wonOn: date, wonAt: datetime, stage: text }
`;

export const dataDateTruncation = defineRule({
  id: 'workflow.data-date-truncation',
  severity: 'warning',
  sourceKind: 'action',
  confidence: 'likely',
  needs: ['schema'],
  title: { en: 'A moment becomes a day, or a day a moment', ja: '日時と日付の変換による 1 日のずれ' },
  about: {
    en: 'Systems keep moments in UTC (world time). When only the day is kept, it is the day in UTC or in the time of whoever runs it: in Japan everything before 9 in the morning falls on the day before. A day that becomes a moment is midnight somewhere.',
    ja: '日時は UTC（世界標準時）で保存されるのが普通です。日付だけを取り出すと、UTC または実行者のタイムゾーンの日付になり、日本では午前 9 時より前が前日になることがあります。日付を日時にすると、どこかのタイムゾーンの午前 0 時になります。',
  },
  advice: {
    en: 'Convert with the time zone stated, use today instead of now for a date field, or give both fields the same type.',
    ja: 'タイムゾーンを明示して変換する、日付項目には now ではなく today を使う、または両方の項目の型をそろえてください。',
  },
  examples: {
    bad: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { wonOn: '{{now}}' }
`,
      schema,
      lines: [7],
    },
    good: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { wonOn: '{{today}}', wonAt: '{{now}}' }
`,
      schema,
    },
    lookAlike: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { wonAt: 2026-11-20 }
`,
      schema,
      says: {
        en: 'A day that is written out is meant as it stands.',
        ja: '直接書かれた日付は、その日の午前 0 時を意味します。',
      },
    },
  },
  *workflow(workflow, { project: { schema: crm } }) {
    // Where everybody lives in world time, no day is lost.
    if (/^(?:Etc\/)?(?:UTC|GMT|Universal|Zulu)$/i.test(crm.timeZone ?? '')) return;
    for (const { step, assignment, object, field } of knownWritesOf(workflow, crm)) {
      const { value } = assignment;
      const found = field.type === 'date' || field.type === 'datetime' ? dayOrMoment(value, workflow, crm) : undefined;
      if (found === undefined || found === field.type) continue;
      const target = `${object.name}.${field.name}`;
      const written = writtenValue(value);
      yield {
        place: value.place,
        element: step.id,
        message:
          field.type === 'date'
            ? {
                en: `${written} is a moment, and ${target} keeps only its day: near midnight it is the day before or after.`,
                ja: `${written} は日時ですが、${target} に入るのは日付だけです。時刻によっては前日や翌日の日付になります。`,
              }
            : {
                en: `${written} is a day, and ${target} is a moment: it becomes midnight of a time zone that is stated nowhere.`,
                ja: `${written} は日付ですが、${target} は日時の項目です。どのタイムゾーンの午前 0 時になるか決まっていません。`,
              },
        ...(value.kind === 'moment' && value.base === 'now' && field.type === 'date' && !value.offset
          ? { fix: { en: 'Write {{today}}.', ja: '{{today}} にしてください。' } }
          : {}),
      };
    }
  },
});
