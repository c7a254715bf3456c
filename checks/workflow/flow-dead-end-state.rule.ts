import { defineRule } from '../../src/model/workflow/rule.ts';
import { stateName, statesOf } from '../../src/reason/workflow/states.ts';

export const flowDeadEndState = defineRule({
  id: 'workflow.flow-dead-end-state',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['KI', 'AP', 'BP', 'ES'],
  title: { en: 'A status that records cannot leave', ja: '次に進めないステータス' },
  about: {
    en: 'Somebody is assigned to this status, so there is something to do, but no action leads on from it. A record that arrives stays there for ever and remains on the to-do list of that person.',
    ja: 'このステータスには作業者が設定されていて、やるべき作業があるはずですが、次に進むアクションがありません。レコードがここに来ると動かせなくなり、担当者の未処理一覧に残り続けます。',
  },
  advice: {
    en: 'Add an action that leads on, or remove the assignee if the record is meant to end here.',
    ja: '次に進むアクションを追加するか、ここで終わりにするのであれば作業者を外してください。',
  },
  examples: {
    bad: {
      files: {
        'quotes/status.json': `{
  "enable": true,
  "states": {
    "New": { "name": "New", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "Review": { "name": "Review", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "On hold": { "name": "On hold", "index": "2", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Done": { "name": "Done", "index": "3", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "hold", "from": "Review", "to": "On hold", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Done", "filterCond": "" }
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
    "Rejected": { "name": "Rejected", "index": "2", "assignee": { "type": "ONE", "entities": [] } },
    "Done": { "name": "Done", "index": "3", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "reject", "from": "Review", "to": "Rejected", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Done", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
      says: {
        en: 'Nobody is assigned to the status Rejected, so nothing is left to be done there.',
        ja: 'ステータス Rejected には作業者がいないため、そこで終わりです。',
      },
    },
  },
  *workflow(workflow) {
    const { states, from, reachable } = statesOf(workflow);
    for (const state of states.values()) {
      if (state.final || !reachable.has(state.id) || from(state.id).length > 0) continue;
      const name = stateName(state);
      // An action that leads nowhere is its own finding.
      if ((workflow.transitions ?? []).some((one) => one.from.name === state.id)) continue;
      yield {
        place: state.place,
        element: state.id,
        message: {
          en: `No action leads on from the status "${name}", although somebody is to work on it. Records that come here stay here.`,
          ja: `ステータス「${name}」には作業者がいますが、次に進むアクションがありません。ここに来たレコードは動かせなくなります。`,
        },
      };
    }
  },
});
