import { defineRule } from '../../src/model/workflow/rule.ts';
import { chosenIn } from '../../src/reason/workflow/condition/choice.ts';
import { comparisonsOf, elementOf } from '../../src/reason/workflow/condition/sites.ts';
import { rewriting } from '../../src/reason/workflow/condition/words.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost], required: true }
`;

export const condUnknownPicklist = defineRule({
  id: 'workflow.cond-unknown-picklist',
  severity: 'error',
  sourceKind: 'condition',
  needs: ['choices'],
  auto: 'suggest',
  title: { en: 'A condition on a choice that does not exist', ja: '存在しない選択肢を使った条件' },
  about: {
    en: 'A choice field (picklist) holds one of a fixed list of values. A condition that asks for a value outside the list is never met by any record: often the choice was renamed, or its label was written where the stored value is meant.',
    ja: '選択リストの項目には、決められた選択肢の値だけが入ります。一覧にない値を条件に書くと、どのレコードでも成立しません。選択肢の名前が変わった場合や、保存される値ではなく表示ラベルを書いた場合によく起こります。',
  },
  advice: {
    en: 'Write one of the stored values, or add the choice to the field.',
    ja: '保存される値のどれかに直すか、項目に選択肢を追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Wonn }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, eq: Won }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: won-notice
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, startsWith: W }
steps:
  - notify: queue:finance
    message: 'won: {{record.name}}'
`,
      schema,
      says: {
        en: 'The beginning of a value need not be a value itself.',
        ja: '前方一致の文字列は、選択肢そのものでなくてもかまいません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      for (const { literal, value, field, choices, object, certain, fit } of chosenIn(comparison, workflow.format)) {
        if (fit.kind !== 'unknown' || !field.restricted) continue;
        const { nearest } = fit;
        const shown = choices.filter(({ active }) => active).slice(0, 8);
        const list = shown.map((choice) => short(choice.value, 40));
        const more = choices.length > shown.length ? ', …' : '';
        const name = `${object}.${field.name}`;
        yield {
          place: literal.place,
          ...elementOf(comparison.site),
          ...(certain ? {} : { severity: 'warning', confidence: 'likely' }),
          message: {
            en: `"${short(value)}" is none of the choices of ${name} (${list.join(', ')}${more}), so no record ever has it.`,
            ja: `「${short(value)}」は ${name} の選択肢（${list.join('、')}${more ? '、…' : ''}）にありません。この値を持つレコードはないため、条件は意図したとおりに働きません。`,
          },
          ...(nearest === undefined
            ? {}
            : {
                fix: { en: `Write "${nearest}".`, ja: `「${nearest}」に直してください。` },
                edits: rewriting(literal, nearest),
              }),
        };
      }
    }
  },
});
