import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Named } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Trigger } from '../../src/model/workflow/workflow.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { conditionTests } from '../../src/reason/workflow/reads.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** The lists that a trigger takes its records from. */
const listsOf = ({ list, when }: Trigger): readonly Named[] => [
  ...(list ? [list] : []),
  ...[...(when ? conditionTests(when.condition) : [])].flatMap(({ op, right }) => {
    if (op !== 'inList') return [];
    const values = right?.kind === 'list' ? right.values : right ? [right] : [];
    return values.flatMap((value) =>
      value.kind === 'literal' && value.value !== null ? [{ name: String(value.value), place: value.place }] : [],
    );
  }),
];

const scheduled = (report: string): Readonly<Record<string, string>> => ({
  'workflow.json': `{
  "id": "w1",
  "name": "weekly",
  "type": "scheduled",
  "entityType": "Lead",
  "isActive": true,${report}
  "scheduling": "0 9 * * 1",
  "actions": [
    { "type": "createNotification", "recipient": "specifiedTeams", "messageTemplate": "look" }
  ]
}
`,
});

const schema = `schema: crm-schema/v1
timeZone: Asia/Tokyo
lists: [newsletter-2027]
`;

export const triggerReportMissing = defineRule({
  id: 'workflow.trigger-report-missing',
  severity: 'error',
  sourceKind: 'trigger',
  formats: ['ES', 'HS', 'ZO'],
  uses: ['lists'],
  title: { en: 'No list says which records it runs on', ja: '対象レコードのリストがない' },
  about: {
    en: 'A workflow that runs by the clock takes its records from a list or a report. If none is chosen, or the one that was chosen is deleted, there are no records to run on, and nothing happens.',
    ja: '時刻で動くワークフローは、対象のレコードをリストやレポートから受け取ります。それが選ばれていない、または削除されている場合、対象が 1 件もなく何も起こりません。',
  },
  advice: { en: 'Choose a list that exists.', ja: '存在するリスト（レポート）を選んでください。' },
  examples: {
    bad: { files: scheduled(''), schema, lines: [4] },
    good: { files: scheduled('\n  "targetReportId": "newsletter-2027",'), schema },
    lookAlike: { files: scheduled('\n  "targetReportId": "newsletter-2027",'), schema: 'schema: crm-schema/v1\n' },
  },
  *workflow(workflow, { project: { schema: known } }): Generator<Problem> {
    for (const trigger of workflow.triggers) {
      if (trigger.on === 'schedule' && workflow.object && !trigger.list && !trigger.when) {
        yield {
          place: trigger.place,
          message: {
            en: `"${workflow.id}" runs by the clock on records of "${short(workflow.object.name)}", but no list, report or filter says on which, so it never does anything.`,
            ja: `「${workflow.id}」は時刻になると「${short(workflow.object.name)}」に対して動きますが、対象を決めるリスト・レポート・条件がないため、何も行われません。`,
          },
        };
        continue;
      }
      const lists = known.lists;
      if (!lists) continue;
      for (const named of listsOf(trigger)) {
        if (lists.includes(named.name)) continue;
        yield {
          place: named.place,
          message: {
            en: `"${workflow.id}" takes its records from the list "${short(named.name)}", which does not exist, so it never starts.`,
            ja: `「${workflow.id}」が対象にしているリスト「${short(named.name)}」は存在しません。そのため、始まりません。`,
          },
          ...nearestFix(named, nearestName(named.name, lists)),
        };
      }
    }
  },
});
