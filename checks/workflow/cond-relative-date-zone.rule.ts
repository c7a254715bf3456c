import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { FieldType, Schema } from '../../src/model/workflow/schema.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { type Comparison, comparisonsOf, elementOf, rightsOf } from '../../src/reason/workflow/condition/sites.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { short, writtenValue } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
timeZone: Asia/Tokyo
objects:
  Ticket:
    fields:
      receivedAt: { type: datetime, required: true }
      dueDate: { type: date, required: true }
`;

/** The zone in which the days of the workflow begin, and that of the organisation. */
interface Zones {
  readonly own: string;
  readonly organisation: string;
}

const isUtc = (zone: string): boolean => /^(utc|gmt|etc\/(utc|gmt)|z)$/i.test(zone);

const zonesOf = (workflow: Workflow, { timeZone }: Schema): Zones | undefined => {
  if (timeZone === undefined) return undefined;
  const stated = workflow.triggers.flatMap(({ schedule }) => schedule?.zone?.name ?? []);
  const [zone] = stated;
  if (zone !== undefined && zone !== timeZone && !(isUtc(zone) && isUtc(timeZone)))
    return { own: zone, organisation: timeZone };
  // Odoo keeps and compares moments in UTC, whatever the user sees.
  if (workflow.format === 'OD' && !isUtc(timeZone)) return { own: 'UTC', organisation: timeZone };
  return undefined;
};

const mixed = (type: FieldType | undefined, comparison: Comparison): Text | undefined => {
  for (const right of rightsOf(comparison.test)) {
    if (right.kind === 'moment') {
      // A length of hours or minutes from now is the same in every zone.
      if (type === 'datetime' && right.base === 'today')
        return { en: `the day ${writtenValue(right)}`, ja: `日付 ${writtenValue(right)} ` };
      if (type === 'date' && right.base === 'now')
        return { en: `the moment ${writtenValue(right)}`, ja: `日時 ${writtenValue(right)} ` };
    }
    if (right.kind === 'path') {
      const { workflow, schema: from, candidate } = comparison.site.where;
      const other = resolve(right.path, workflow, from, candidate);
      if (other.kind !== 'field') continue;
      const text = short(right.path.text);
      if (type === 'datetime' && other.field.type === 'date')
        return { en: `the day in "${text}"`, ja: `日付項目「${text}」` };
      if (type === 'date' && other.field.type === 'datetime')
        return { en: `the moment in "${text}"`, ja: `日時項目「${text}」` };
    }
  }
  return undefined;
};

export const condRelativeDateZone = defineRule({
  id: 'workflow.cond-relative-date-zone',
  severity: 'warning',
  sourceKind: 'condition',
  needs: ['schema'],
  title: { en: 'A day compared with a moment in another time zone', ja: 'タイムゾーンの違う日付と日時の比較' },
  about: {
    en: 'A date is a day without a time; a moment has both, and belongs to a day only in a given time zone. When the workflow takes "today" from another zone than the people who enter the records, what happens within some hours around midnight is counted to the wrong day.',
    ja: '日付には時刻がなく、日時がどの日に属するかはタイムゾーンによって変わります。ワークフローの「今日」が、レコードを入力する人と違うタイムゾーンで決まる場合、深夜 0 時前後の数時間分が 1 日ずれて扱われます。',
  },
  advice: {
    en: 'Run the workflow in the zone of the organisation, or compare with a range of moments.',
    ja: '組織と同じタイムゾーンで実行するか、日時の範囲で比較してください。',
  },
  examples: {
    bad: {
      files: `workflow: old-tickets
object: Ticket
runAs: system
trigger: { on: schedule, at: '08:00', tz: America/New_York }
when: { field: receivedAt, lt: '{{today-2d}}' }
steps:
  - notify: role:support
    message: 'waiting: {{record.name}}'
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: old-tickets
object: Ticket
runAs: system
trigger: { on: schedule, at: '08:00', tz: Asia/Tokyo }
when: { field: receivedAt, lt: '{{today-2d}}' }
steps:
  - notify: role:support
    message: 'waiting: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: old-tickets
object: Ticket
runAs: system
trigger: { on: schedule, at: '08:00', tz: America/New_York }
when: { field: receivedAt, lt: '{{now-48h}}' }
steps:
  - notify: role:support
    message: 'waiting: {{record.name}}'
`,
      schema,
      says: {
        en: 'Forty-eight hours before now are the same moment everywhere.',
        ja: '現在から 48 時間前は、どのタイムゾーンでも同じ時点です。',
      },
    },
  },
  *workflow(workflow, { project }) {
    const zones = zonesOf(workflow, project.schema);
    if (!zones) return;
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      const { test, path, leads, site } = comparison;
      if (leads.kind !== 'field') continue;
      const other = mixed(leads.field.type, comparison);
      if (!other) continue;
      const name = short(path.text);
      yield {
        place: test.right?.place ?? test.place,
        ...elementOf(site),
        message: {
          en: `"${name}" is compared with ${other.en}: days begin in ${short(zones.own)} here, but in ${zones.organisation} for the organisation, so around midnight records fall into the wrong day.`,
          ja: `「${name}」を${other.ja}と比較しています。ここでは ${short(zones.own)} の時刻で日付が変わりますが、組織のタイムゾーンは ${zones.organisation} のため、深夜 0 時前後のレコードが 1 日ずれて扱われます。`,
        },
      };
    }
  },
});
