import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** What editors call a copy, and nobody renamed. Longer names are no names that an editor gave. */
const copied =
  /^copy[ _](?:\d{1,4}[ _])?of[ _]|[ _]-?[ _]?copy(?:[ _]?\(?\d{1,4}\)?)?$|[ _]\(copy(?: \d{1,4})?\)$|(?:の|[- _]{1,3})コピー(?: ?[(（]?\d{1,4}[)）]?)?$/i;

const namesOf = ({ id, label }: Workflow): readonly string[] =>
  [id, label?.en, label?.ja].filter((name) => name !== undefined).map((name) => name.slice(0, 300));

const patternOf = (pattern: number | string | undefined): RegExp | undefined => {
  if (pattern === undefined || pattern === '') return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
};

const named = (name: string): string => `workflow: ${name}
description: Tells the sales team about new stages.
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`;

export const maintName = defineRule({
  id: 'workflow.maint-name',
  severity: 'info',
  sourceKind: 'maintenance',
  limits: { pattern: '' },
  title: { en: 'A name that does not say what it is', ja: '分かりにくい名前' },
  about: {
    en: 'A copy that keeps the name that the editor gave it cannot be told from the original in a list, in logs or in mails about errors. With `pattern` in the settings of this rule, names can be held to your own convention as well.',
    ja: '複製したときの名前のままだと、一覧・ログ・エラー通知で元のものと区別できません。このルールの設定 pattern に正規表現を書くと、社内の命名規則も確認できます。',
  },
  advice: { en: 'Rename it after what it does.', ja: '内容が分かる名前に変えてください。' },
  examples: {
    bad: { files: named('Copy_1_of_tell'), lines: [1] },
    good: { files: named('tell-sales') },
    lookAlike: { files: named('copy-address-to-contact') },
  },
  *workflow(workflow, { limits }): Generator<Problem> {
    const { id, place } = workflow;
    const copy = namesOf(workflow).find((name) => copied.test(name.trim()));
    if (copy !== undefined)
      yield {
        place,
        message: {
          en: `"${short(copy)}" is the name of a copy, so that nobody can tell it from the original.`,
          ja: `「${short(copy)}」は複製したときの名前のままで、元のものと区別できません。`,
        },
      };
    else if (patternOf(limits.pattern)?.test(id.slice(0, 300)) === false)
      yield {
        place,
        message: {
          en: `The name "${short(id)}" does not fit the pattern ${short(String(limits.pattern))} of your settings.`,
          ja: `名前「${short(id)}」は、設定にある命名規則 ${short(String(limits.pattern))} に合っていません。`,
        },
      };
  },
});
