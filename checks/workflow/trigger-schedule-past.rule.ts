import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { endOf, zoneOf } from '../../src/reason/workflow/schedule.ts';
import { short } from '../../src/reason/workflow/written.ts';

export const triggerSchedulePast = defineRule({
  id: 'workflow.trigger-schedule-past',
  severity: 'error',
  sourceKind: 'trigger',
  needs: ['clock'],
  title: { en: 'Its time is over', ja: '実行する日時が過ぎている' },
  about: {
    en: 'A workflow that is due once, at a moment that has passed, or whose last day is over, is switched on but never runs again.',
    ja: '1 回だけの実行日時が過ぎているワークフローや、終了日が過ぎたワークフローは、有効になっていても二度と動きません。',
  },
  advice: {
    en: 'Set a date in the future, or delete it if its work is done.',
    ja: '将来の日時に直すか、役目が終わっていれば削除してください。',
  },
  examples: {
    bad: {
      files: `workflow: campaign
trigger: { on: schedule, once: 2026-01-31T09:00, tz: Asia/Tokyo }
steps:
  - notify: role:sales
    message: the campaign begins
`,
      lines: [2],
      now: '2026-11-20T09:00:00+09:00',
    },
    good: {
      files: `workflow: campaign
trigger: { on: schedule, once: 2027-01-31T09:00, tz: Asia/Tokyo }
steps:
  - notify: role:sales
    message: the campaign begins
`,
      now: '2026-11-20T09:00:00+09:00',
    },
    lookAlike: {
      files: `workflow: campaign
trigger: { on: schedule, at: '09:00', until: 2026-11-20, tz: Asia/Tokyo }
steps:
  - notify: role:sales
    message: the last day
`,
      now: '2026-11-20T09:00:00+09:00',
    },
  },
  *workflow(workflow, { now, project: { schema } }): Generator<Problem> {
    for (const { schedule } of workflow.triggers) {
      if (!schedule) continue;
      const zone = zoneOf(schedule, schema);
      const isOver = (text: string): boolean => {
        const end = endOf(text, zone, schedule.zoneIgnored !== undefined);
        return end !== undefined && end < now.getTime();
      };
      if (schedule.timing.kind === 'once' && isOver(schedule.timing.at))
        yield {
          place: schedule.timing.place,
          message: {
            en: `"${workflow.id}" is due once, on ${short(schedule.timing.at, 40)}. That is over, so it never runs again.`,
            ja: `「${workflow.id}」の実行は ${short(schedule.timing.at, 40)} の 1 回だけで、すでに過ぎています。二度と実行されません。`,
          },
        };
      else if (schedule.until && isOver(schedule.until.name))
        yield {
          place: schedule.until.place,
          message: {
            en: `"${workflow.id}" ends on ${short(schedule.until.name, 40)}. That is over, so it never runs again.`,
            ja: `「${workflow.id}」は ${short(schedule.until.name, 40)} に終了しています。もう実行されません。`,
          },
        };
    }
  },
});
