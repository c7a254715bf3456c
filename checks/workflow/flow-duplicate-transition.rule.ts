import type { Edit } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Transition } from '../../src/model/workflow/workflow.ts';
import { writtenCondition, writtenParty } from '../../src/reason/workflow/written.ts';

/** Under which condition, and by whom. */
const wordsOf = ({ when, by }: Transition): string =>
  JSON.stringify([when ? (when.formula?.text ?? writtenCondition(when.condition)) : '', (by ?? []).map(writtenParty)]);

const removal = ({ place: { file, line, column, endLine, endColumn } }: Transition): readonly Edit[] =>
  endLine === undefined || endColumn === undefined ? [] : [{ file, line, column, endLine, endColumn, text: '' }];

export const flowDuplicateTransition = defineRule({
  id: 'workflow.flow-duplicate-transition',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['KI', 'BP'],
  auto: 'yes',
  title: { en: 'The same action twice', ja: '重複しているアクション' },
  about: {
    en: 'Two actions of one status have the same name, or the same start, target, condition and people. On the screen one cannot tell them apart, and a program that names the action (the API of kintone takes it by its name) is refused, because it could be either.',
    ja: '1 つのステータスに同じ名前のアクションが 2 つあるか、移動元・移動先・条件・実行者がすべて同じアクションが 2 つあります。画面では区別が付かず、アクション名を指定する API からの操作は、どちらか決められないため拒否されます。',
  },
  advice: {
    en: 'Give them different names, or delete one.',
    ja: '別の名前を付けるか、片方を削除してください。',
  },
  examples: {
    bad: {
      files: {
        'quotes/status.json': `{
  "enable": true,
  "states": {
    "New": { "name": "New", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "Review": { "name": "Review", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Done": { "name": "Done", "index": "2", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Done", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "New", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
      lines: [11],
    },
    good: {
      files: {
        'quotes/status.json': `{
  "enable": true,
  "states": {
    "New": { "name": "New", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "Review": { "name": "Review", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Done": { "name": "Done", "index": "2", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Done", "filterCond": "" },
    { "name": "send back", "from": "Review", "to": "New", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
    },
    lookAlike: {
      files: {
        'quotes/status.json': `{
  "enable": true,
  "states": {
    "New": { "name": "New", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "Review": { "name": "Review", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Check": { "name": "Check", "index": "2", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "finance" } }] } },
    "Done": { "name": "Done", "index": "3", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Check", "filterCond": "" },
    { "name": "approve", "from": "Check", "to": "Done", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
      says: {
        en: 'The same name, but in different statuses.',
        ja: '名前は同じですが、別のステータスのアクションです。',
      },
    },
  },
  *workflow(workflow) {
    const seen = new Map<string, Transition>();
    for (const transition of workflow.transitions ?? []) {
      const { name, from, to } = transition;
      // In BPMN a name is only a label; in kintone it is how an action is called.
      const sameName = workflow.format === 'KI' ? JSON.stringify([from.name, name]) : undefined;
      const sameWay = JSON.stringify([from.name, to.name, wordsOf(transition)]);
      const first = (sameName === undefined ? undefined : seen.get(sameName)) ?? seen.get(sameWay);
      if (!first) {
        if (sameName !== undefined) seen.set(sameName, transition);
        seen.set(sameWay, transition);
        continue;
      }
      yield {
        place: transition.place,
        element: name,
        message:
          first.name === name
            ? {
                en: `The status "${from.name}" has two actions called "${name}". Programs that call it by its name are refused, since it could be either.`,
                ja: `ステータス「${from.name}」に「${name}」というアクションが 2 つあります。アクション名を指定する API からの操作は、どちらか決められず拒否されます。`,
              }
            : {
                en: `The actions "${first.name}" and "${name}" do the same: from "${from.name}" to "${to.name}", under the same condition.`,
                ja: `アクション「${first.name}」と「${name}」は、どちらも同じ条件で「${from.name}」から「${to.name}」へ進む同じものです。`,
              },
        also: [{ place: first.place, says: { en: 'the first one', ja: '1 つ目はこちらです' } }],
        ...(workflow.format === 'BP' ? { edits: removal(transition) } : {}),
      };
    }
  },
});
