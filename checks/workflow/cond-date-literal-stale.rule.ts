import type { Test } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Field } from '../../src/model/workflow/schema.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { dayIn, isTimeType, msPerDay } from '../../src/reason/workflow/condition/constant.ts';
import {
  type Comparison,
  comparisonsOf,
  elementOf,
  literalsOf,
  sitesOf,
} from '../../src/reason/workflow/condition/sites.ts';
import { conditionTests } from '../../src/reason/workflow/reads.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      closeDate: { type: date, required: true }
      birthday: { type: date }
`;

const ordering: ReadonlySet<string> = new Set(['lt', 'le', 'gt', 'ge', 'between']);

/** Fields whose days lie in the past by their nature: there a past date parts the records. */
const ofThePast =
  /birth|born|found|establish|hire|join|start|begin|begun|since|from|first|last|created?|signed|regist|install|purchas|order|submit|request|open|paid|sold|issued|history|生年|誕生|設立|創業|入社|入会|開始|契約日|締結|登録|作成|購入|注文|受注|発行|導入|初回|前回|最終|受付|申請/i;

/** The moment after which a date is past, wherever one is. */
const isPast = (text: string, now: Date): boolean => {
  const day = dayIn(text.slice(0, 10));
  return day !== undefined && (day + 2) * msPerDay < now.getTime();
};

const dateLike = /^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/;

const isDate = (field: Field | undefined, test: Test): boolean =>
  field
    ? isTimeType(field.type)
    : literalsOf(test).every(({ value }) => typeof value === 'string' && dateLike.test(value));

/** Runs on the record that was just saved; a scheduled one goes through old records, too. */
const runsOnSave = ({ triggers }: Workflow): boolean =>
  triggers.length > 0 && triggers.every(({ on }) => on === 'create' || on === 'update' || on === 'save');

/** Every date of the test is past, and its field is one of which new records have days to come. */
const isStale = ({ test, path, leads, site }: Comparison, workflow: Workflow, now: Date): boolean => {
  if (!ordering.has(test.op) || path.root.kind !== 'record' || site.decides === 'filter') return false;
  if (!runsOnSave(workflow)) return false;
  const field = leads.kind === 'field' ? leads.field : undefined;
  if (!isDate(field, test)) return false;
  const texts = literalsOf(test).map(({ value }) => (typeof value === 'string' ? value : ''));
  if (texts.length === 0 || !texts.every((text) => isPast(text, now))) return false;
  const name = path.segments.at(-1) ?? '';
  const createOnly = workflow.triggers.every(({ on }) => on === 'create');
  const setBySystem = /^(created_?(at|date|on|time)?|create_date|作成日時?)$/i.test(name);
  if (setBySystem) return createOnly;
  return !ofThePast.test(name);
};

/** What becomes of a test when the day has passed. */
const outcome = ({ op }: Test): boolean => op === 'gt' || op === 'ge';

export const condDateLiteralStale = defineRule({
  id: 'workflow.cond-date-literal-stale',
  severity: 'warning',
  sourceKind: 'condition',
  confidence: 'likely',
  uses: ['schema'],
  title: { en: 'A fixed date that has passed', ja: '過ぎてしまった固定の日付' },
  about: {
    en: 'A condition compares with a day that is written out and lies in the past by now. What was "this year" then gives the same answer for every new record today, so the condition no longer decides anything.',
    ja: '条件に直接書かれた日付が、すでに過ぎています。書いた当時は「今年度中」などの意味でも、今では新しいレコードのどれに対しても同じ結果になり、条件として働きません。',
  },
  advice: {
    en: 'Compare with a day relative to today, or move the date to a setting; if its time is over, remove the test.',
    ja: '今日を基準にした日付と比較するか、日付を設定に移してください。役目を終えた条件は削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: this-year
object: Deal
trigger: { on: update, fields: [closeDate] }
when: { field: closeDate, le: 2025-03-31 }
steps:
  - notify: role:sales
    message: 'this year: {{record.name}}'
`,
      schema,
      lines: [4],
      now: '2026-11-20T09:00:00+09:00',
    },
    good: {
      files: `workflow: soon
object: Deal
trigger: { on: update, fields: [closeDate] }
when: { field: closeDate, le: '{{today+90d}}' }
steps:
  - notify: role:sales
    message: 'soon: {{record.name}}'
`,
      schema,
      now: '2026-11-20T09:00:00+09:00',
    },
    lookAlike: {
      files: `workflow: adults
object: Deal
trigger: { on: update, fields: [birthday] }
when: { field: birthday, le: 2006-04-01 }
steps:
  - notify: role:sales
    message: 'of age: {{record.name}}'
`,
      schema,
      now: '2026-11-20T09:00:00+09:00',
      says: {
        en: 'Days of birth are past by their nature: here the date still parts the records.',
        ja: '生年月日はもともと過去の日付なので、この日付は今でも条件として働きます。',
      },
    },
  },
  *workflow(workflow, { project, now }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      const { test, path, site } = comparison;
      if (!isStale(comparison, workflow, now)) continue;
      const [literal] = literalsOf(test);
      if (!literal) continue;
      const day = short(String(literalsOf(test).at(-1)?.value ?? ''), 40);
      const always = outcome(test);
      yield {
        place: literal.place,
        ...elementOf(site),
        message: {
          en: `${day}, with which "${short(path.text)}" is compared, has passed, so the test is practically always ${always ? 'true' : 'false'} for what is saved today.`,
          ja: `「${short(path.text)}」と比較している日付 ${day} は過ぎています。今保存されるレコードでは、この条件はほぼ常に${always ? '成立します' : '不成立です'}。`,
        },
      };
    }
    // Today itself compared with a fixed day: nothing of the record is asked at all.
    for (const site of sitesOf(workflow, project.schema)) {
      for (const test of conditionTests(site.conditions.condition)) {
        const [literal] = literalsOf(test);
        if (test.left.kind !== 'moment' || !ordering.has(test.op) || typeof literal?.value !== 'string') continue;
        if (test.left.offset || !isPast(literal.value, now)) continue;
        const always = outcome(test);
        yield {
          place: literal.place,
          ...elementOf(site),
          message: {
            en: `Today is past ${short(literal.value, 40)}, so this test is always ${always ? 'true' : 'false'} from now on.`,
            ja: `${short(literal.value, 40)} は過ぎているため、この条件は今後ずっと${always ? '成立します' : '不成立です'}。`,
          },
        };
      }
    }
  },
});
