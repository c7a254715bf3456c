import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { scheduleFaults } from '../../src/reason/workflow/schedule.ts';

const nightly = (schedule: string): string => `workflow: nightly
trigger:
  on: schedule
  ${schedule}
  tz: Asia/Tokyo
steps:
  - notify: role:finance
    message: done
`;

export const triggerScheduleInvalid = defineRule({
  id: 'workflow.trigger-schedule-invalid',
  severity: 'error',
  sourceKind: 'trigger',
  formats: ['ES', 'OD', 'VT', 'SF', 'NY', 'PA', 'BP', 'SU', 'HS', 'ZO', 'TR', 'RT'],
  title: { en: 'A time that cannot be kept', ja: '実行できない日時の指定' },
  about: {
    en: 'A schedule with a number out of its range, a wrong number of fields or a day that does not exist is refused by the CRM, or never comes. (A cron text is five numbers: minute, hour, day, month, day of the week.)',
    ja: '範囲外の数、値の個数の間違い、存在しない日を含むスケジュールは、CRM に拒否されるか、その時刻が永久に来ません。（cron 形式は「分 時 日 月 曜日」の 5 つの値で書く指定方法です。）',
  },
  advice: { en: 'Correct the time.', ja: '日時の指定を直してください。' },
  examples: {
    bad: { files: nightly("cron: '0 25 * * *'"), lines: [4] },
    good: { files: nightly("cron: '0 5 * * 1-5'") },
    lookAlike: { files: nightly("cron: '0 5 31 2 1'") },
  },
  *workflow(workflow): Generator<Problem> {
    for (const trigger of workflow.triggers)
      for (const { place, says } of scheduleFaults(trigger, workflow.format))
        yield {
          place,
          message: {
            en: `The schedule of "${workflow.id}" cannot be kept: ${says.en}. It is refused, or never runs.`,
            ja: `「${workflow.id}」のスケジュールに誤りがあります（${says.ja}）。CRM に拒否されるか、一度も実行されません。`,
          },
        };
  },
});
