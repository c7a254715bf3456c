import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule, type See } from '../../src/model/workflow/rule.ts';
import type { StepOf } from '../../src/model/workflow/step.ts';
import type { Duration, Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { readDay } from '../../src/reason/workflow/calendar.ts';
import { isFilledAt } from '../../src/reason/workflow/certain.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { writtenDuration, writtenValue } from '../../src/reason/workflow/written.ts';

const daysIn: Readonly<Record<Duration['unit'], number>> = {
  second: 1 / 86_400,
  minute: 1 / 1440,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 30,
  year: 365,
};

const lengthProblem = (duration: Duration, most: number): Problem['message'] | undefined => {
  const written = writtenDuration(duration);
  if (duration.amount <= 0)
    return {
      en: `A wait of ${written} is none, so the next step runs at once.`,
      ja: `待機時間が ${written} のため、待たずに次のステップが実行されます。`,
    };
  const days = duration.amount * daysIn[duration.unit];
  return days > most
    ? {
        en: `A wait of ${written} is longer than the ${most} days that a run may wait, so what follows never runs.`,
        ja: `待機時間 ${written} は上限の ${most} 日を超えるため、続きのステップは実行されません。`,
      }
    : undefined;
};

/** The moment that a text names, in UTC where no zone stands there: a day more or less does not matter here. */
const momentOf = (value: Value): number | undefined => {
  if (value.kind !== 'literal' || typeof value.value !== 'string') return undefined;
  const text = value.value.trim();
  const kind = readDay(text);
  if (kind !== 'date' && kind !== 'datetime') return undefined;
  const time = Date.parse(
    kind === 'date'
      ? text
      : text
          .replace(' ', 'T')
          .replace(/(\d)$/, '$1Z')
          .replace(/([+-]\d{2}:?\d{2})Z$/, '$1'),
  );
  return Number.isNaN(time) ? undefined : time;
};

const dateProblem = (
  value: Value,
  step: StepOf<'wait'>,
  workflow: Workflow,
  { now, project: { schema } }: See,
): Problem['message'] | undefined => {
  const moment = momentOf(value);
  if (moment !== undefined && moment + 86_400_000 < now.getTime())
    return {
      en: `${writtenValue(value)} has passed, so the run does not wait at all.`,
      ja: `${writtenValue(value)} は過去の日時のため、待たずに次へ進みます。`,
    };
  if (value.kind !== 'path') return undefined;
  const end = resolve(value.path, workflow, schema);
  if (end.kind !== 'field' || end.overMany || (end.field.required && !end.overOptional)) return undefined;
  if (isFilledAt(value.path, { workflow, schema, step: step.id })) return undefined;
  return {
    en: `"${value.path.text}" may be empty. Without a date the run does not wait, or never goes on.`,
    ja: `「${value.path.text}」は空のことがあります。日付がないと、待たずに進むか、いつまでも再開しません。`,
  };
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Contract:
    fields: { endsOn: date, signedOn: { type: date, required: true } }
`;

export const actionDelayInvalid = defineRule({
  id: 'workflow.action-delay-invalid',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['HS', 'SF', 'ES', 'NY'],
  uses: ['schema'],
  title: { en: 'A wait that does not wait, or does not end', ja: '待たない、または終わらない待機' },
  about: {
    en: 'A wait of no length, until a day that has passed or until a date that a record does not have is passed at once, or never ends. What should come later comes now or not at all.',
    ja: '長さが 0 以下の待機、過去の日時までの待機、値のない日付項目までの待機は、すぐに終わるか、永久に終わりません。後で行うはずの処理が、すぐに実行されるか、まったく実行されません。',
  },
  advice: {
    en: 'Correct the length, or test that the date has a value before the wait.',
    ja: '待機時間を直すか、待機の前に日付が空でないことを確認してください。',
  },
  limits: { days: 1825 },
  examples: {
    bad: {
      files: `workflow: renew
object: Contract
trigger: { on: create }
steps:
  - wait: { until: '{{record.endsOn}}' }
  - notify: role:sales
    message: 'ends today: {{record.name}}'
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: renew
object: Contract
trigger: { on: create }
when: { field: endsOn, empty: false }
steps:
  - wait: { until: '{{record.endsOn}}' }
  - notify: role:sales
    message: 'ends today: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: renew
object: Contract
trigger: { on: create }
steps:
  - wait: { until: '{{record.signedOn}}' }
  - notify: role:sales
    message: 'signed today: {{record.name}}'
`,
      schema,
      says: { en: 'A required date is always there.', ja: '必須の日付は必ず入っています。' },
    },
  },
  *workflow(workflow, see) {
    const most = Number(see.limits.days);
    for (const step of workflow.steps) {
      if (step.kind !== 'wait') continue;
      const found: readonly (readonly [Problem['message'] | undefined, Problem['place']])[] = [
        step.until.kind === 'duration'
          ? [lengthProblem(step.until.duration, most), step.until.place]
          : step.until.kind === 'date'
            ? [dateProblem(step.until.value, step, workflow, see), step.until.value.place]
            : [undefined, step.place],
        [step.timeout ? lengthProblem(step.timeout, most) : undefined, step.place],
      ];
      for (const [message, place] of found) if (message) yield { place, element: step.id, message };
    }
  },
});
