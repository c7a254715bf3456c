import { defineRule } from '../../src/model/workflow/rule.ts';
import { headsOf } from '../../src/reason/workflow/heads.ts';
import { stateName, statesOf } from '../../src/reason/workflow/states.ts';

export const flowStateUnreachable = defineRule({
  id: 'workflow.flow-state-unreachable',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['KI', 'AP', 'BP'],
  title: { en: 'A status that no action leads to', ja: 'どのアクションからも到達しないステータス' },
  about: {
    en: 'Records start in the first status and are moved by actions. No chain of actions leads to this one, so no record ever gets there, and the actions that leave it are never offered.',
    ja: 'レコードは最初のステータスから始まり、アクションで移動します。このステータスへ進むアクションがないため、レコードがここに来ることはなく、ここから出るアクションも使われません。',
  },
  advice: {
    en: 'Add the action that should lead to it, or delete the status.',
    ja: 'ここへ進むアクションを追加するか、不要なステータスを削除してください。',
  },
  examples: {
    bad: {
      files: {
        'quotes/status.json': `{
  "enable": true,
  "states": {
    "New": { "name": "New", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "Review": { "name": "Review", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Approved": { "name": "Approved", "index": "2", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "finance" } }] } },
    "Done": { "name": "Done", "index": "3", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "finish", "from": "Review", "to": "Done", "filterCond": "" },
    { "name": "pay", "from": "Approved", "to": "Done", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
      lines: [6],
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
    "Approved": { "name": "Approved", "index": "2", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "finance" } }] } },
    "Done": { "name": "Done", "index": "3", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Approved", "filterCond": "" },
    { "name": "finish", "from": "Review", "to": "Done", "filterCond": "" },
    { "name": "back", "from": "Approved", "to": "Review", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
      says: {
        en: 'Review is reached on the way back.',
        ja: 'Review には差し戻しで到達します。',
      },
    },
  },
  *workflow(workflow) {
    const { states, next, reachable } = statesOf(workflow);
    const lost = [...states.keys()].filter((id) => !reachable.has(id));
    for (const { node, follows } of headsOf(lost, next)) {
      const state = states.get(node);
      if (!state) continue;
      const name = stateName(state);
      yield {
        place: state.place,
        element: state.id,
        message: {
          en: `No action leads to the status "${name}"${follows.length > 0 ? `, nor to the ${follows.length} that come after it` : ''}, so no record ever gets there.`,
          ja: `ステータス「${name}」へ進むアクションがないため、${follows.length > 0 ? `その先の ${follows.length} 個も含めて、` : ''}レコードがここに来ることはありません。`,
        },
      };
    }
  },
});
