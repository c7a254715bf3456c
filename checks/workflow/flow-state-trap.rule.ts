import { defineRule } from '../../src/model/workflow/rule.ts';
import { componentsOf } from '../../src/reason/workflow/components.ts';
import { stateName, statesOf } from '../../src/reason/workflow/states.ts';

export const flowStateTrap = defineRule({
  id: 'workflow.flow-state-trap',
  severity: 'error',
  sourceKind: 'action',
  formats: ['KI', 'AP', 'BP'],
  over: ['flow-dead-end-state'],
  title: { en: 'Statuses that records can enter but never finish', ja: '入ると完了できなくなるステータスの組' },
  about: {
    en: 'From these statuses records can only be moved among themselves; no action leads to a status in which the work is done. Whatever comes in is passed to and fro and never completed.',
    ja: 'これらのステータスの間では移動できますが、完了のステータスへ進むアクションがありません。一度入ったレコードは行き来するだけで、完了できなくなります。',
  },
  advice: {
    en: 'Add an action from one of them to a status where the work goes on or ends.',
    ja: 'このうちのどれかに、先へ進む、または完了するアクションを追加してください。',
  },
  examples: {
    bad: {
      files: {
        'quotes/status.json': `{
  "enable": true,
  "states": {
    "New": { "name": "New", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "Review": { "name": "Review", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Check": { "name": "Check", "index": "2", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Recheck": { "name": "Recheck", "index": "3", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "finance" } }] } },
    "Done": { "name": "Done", "index": "4", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Done", "filterCond": "" },
    { "name": "check", "from": "Review", "to": "Check", "filterCond": "" },
    { "name": "again", "from": "Check", "to": "Recheck", "filterCond": "" },
    { "name": "back", "from": "Recheck", "to": "Check", "filterCond": "" }
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
    "Check": { "name": "Check", "index": "2", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Recheck": { "name": "Recheck", "index": "3", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "finance" } }] } },
    "Done": { "name": "Done", "index": "4", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "submit", "from": "New", "to": "Review", "filterCond": "" },
    { "name": "approve", "from": "Review", "to": "Done", "filterCond": "" },
    { "name": "check", "from": "Review", "to": "Check", "filterCond": "" },
    { "name": "again", "from": "Check", "to": "Recheck", "filterCond": "" },
    { "name": "back", "from": "Recheck", "to": "Review", "filterCond": "" }
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
    "Open": { "name": "Open", "index": "0", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Waiting": { "name": "Waiting", "index": "1", "assignee": { "type": "ONE", "entities": [{ "entity": { "type": "GROUP", "code": "sales" } }] } },
    "Archive": { "name": "Archive", "index": "2", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "wait", "from": "Open", "to": "Waiting", "filterCond": "" },
    { "name": "resume", "from": "Waiting", "to": "Open", "filterCond": "" },
    { "name": "close", "from": "Waiting", "to": "Archive", "filterCond": "" }
  ],
  "revision": "3"
}
`,
      },
      says: {
        en: 'Records go back and forth, but there is a way out.',
        ja: '行き来はしますが、抜ける経路があります。',
      },
    },
  },
  *workflow(workflow) {
    const { states, next, reachable } = statesOf(workflow);
    for (const component of componentsOf(states.keys(), next)) {
      const inside = new Set(component);
      // One status without a way out is `flow-dead-end-state`.
      if (component.length < 2 || component.some((id) => next(id).some((to) => !inside.has(to)))) continue;
      const members = [...states.values()].filter(({ id }) => inside.has(id));
      if (members.some(({ final, start }) => final || start)) continue;
      const entry = [...states.keys()].find(
        (id) => !inside.has(id) && reachable.has(id) && next(id).some((to) => inside.has(to)),
      );
      const [first] = members;
      if (entry === undefined || !first) continue;
      const names = members.slice(0, 6).map(stateName);
      const way = states.get(entry);
      const from = way ? stateName(way) : entry;
      yield {
        place: first.place,
        element: first.id,
        message: {
          en: `Records come from "${from}" into ${names.map((name) => `"${name}"`).join(', ')} and can only be moved among these: no action leads to an end.`,
          ja: `「${from}」から${names.map((name) => `「${name}」`).join('')}に入ったレコードは、その間を行き来するだけで、完了に進むアクションがありません。`,
        },
        also: members.slice(1).map((state) => ({
          place: state.place,
          says: { en: 'one of them', ja: 'このうちの 1 つです' },
        })),
      };
    }
  },
});
