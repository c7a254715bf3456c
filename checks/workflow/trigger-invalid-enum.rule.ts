import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { short } from '../../src/reason/workflow/written.ts';

const workflow = (event: string): string => `workflow: won
object: Deal
trigger:
  on: ${event}
  fields: [stage]
steps:
  - notify: role:finance
    message: the stage is new
`;

export const triggerInvalidEnum = defineRule({
  id: 'workflow.trigger-invalid-enum',
  severity: 'error',
  sourceKind: 'trigger',
  auto: 'suggest',
  title: { en: 'A setting has a value that the CRM does not know', ja: 'CRM が知らない設定値' },
  about: {
    en: 'Event, run mode, status and unit can only be one of a few fixed words. With any other the CRM refuses the definition, or the workflow silently never starts.',
    ja: 'イベント・実行モード・状態・単位は、決まったことばの中からしか選べません。それ以外の値では、CRM が定義を受け付けないか、ワークフローが何も言わずに動かなくなります。',
  },
  advice: { en: 'Use one of the values that exist.', ja: '使える値に直してください。' },
  examples: {
    bad: { files: workflow('updated'), lines: [4] },
    good: { files: workflow('update') },
    lookAlike: { files: workflow('save') },
  },
  *workflow({ defects }): Generator<Problem> {
    for (const { rule, what, found, allowed, place, step } of defects) {
      if (rule !== 'trigger-invalid-enum') continue;
      const value = short(found ?? '');
      const known = (allowed ?? []).slice(0, 12);
      yield {
        place,
        ...(step === undefined ? {} : { element: step }),
        message: {
          en: `"${value}" is no value of ${what}${known.length > 0 ? ` (there are ${known.join(', ')})` : ''}, so the definition is refused or never starts.`,
          ja: `「${value}」は ${what} の値として使えません${known.length > 0 ? `（使える値: ${known.join('、')}）` : ''}。定義が受け付けられないか、ワークフローが始まりません。`,
        },
        ...nearestFix({ name: found ?? '', place }, nearestName(found ?? '', allowed ?? [])),
      };
    }
  },
});
