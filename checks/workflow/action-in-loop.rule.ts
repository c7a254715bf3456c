import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { readsOf, runsInSave } from '../../src/reason/workflow/effects.ts';
import { graphOf, pauses } from '../../src/reason/workflow/graph.ts';
import { holderOf, settersOfHolder } from '../../src/reason/workflow/variables.ts';

const works: Partial<Record<Step['kind'], Text>> = {
  find: { en: 'a lookup', ja: '検索' },
  create: { en: 'the creation of a record', ja: 'レコード作成' },
  update: { en: 'an update', ja: '更新' },
  delete: { en: 'a deletion', ja: '削除' },
  mail: { en: 'a mail', ja: 'メール送信' },
  http: { en: 'a call to another system', ja: '外部システムの呼び出し' },
};

/** What one round does is of use to that round only: it depends on the record of the round. */
const dependsOnRound = (step: Step, loops: readonly string[], workflow: Workflow): boolean => {
  const { paths, anything } = readsOf(step, workflow);
  const inside = (id: string): boolean =>
    graphOf(workflow)
      .loops(id)
      .some((loop) => loops.includes(loop));
  return (
    anything ||
    paths.some((path) => {
      if (path.root.kind === 'item') return true;
      const holder = holderOf(path);
      return holder !== undefined && settersOfHolder(workflow, holder).some(inside);
    })
  );
};

/**
 * Salesforce and Power Automate change a collection in one step. The native format has no collections of changes: what differs from record
 * to record has to be written, or sent, one by one.
 */
const isUnavoidable = (step: Step, loops: readonly string[], workflow: Workflow): boolean =>
  workflow.format === 'NY' && step.kind !== 'find' && step.kind !== 'http' && dependsOnRound(step, loops, workflow);

export const actionInLoop = defineRule({
  id: 'workflow.action-in-loop',
  severity: 'warning',
  sourceKind: 'action',
  formats: ['SF', 'PA', 'OD', 'NY'],
  title: { en: 'One lookup, write or call for each record of a loop', ja: 'ループの中の検索・書き込み・呼び出し' },
  about: {
    en: 'A step inside a loop runs once for each record. With many records the run gets slow, and platforms stop it when it has made too many queries, writes or calls (Salesforce: 100 queries, 150 writes).',
    ja: 'ループの中のステップは、レコードの数だけ実行されます。件数が多いと遅くなり、検索や書き込みの回数が上限（Salesforce では検索 100 回、書き込み 150 回）に達すると、処理全体が止められます。',
  },
  advice: {
    en: 'Look up before the loop, collect what is to be written, and write it once after the loop.',
    ja: '検索はループの前に行い、書き込む内容をためて、ループの後で 1 回だけ書き込んでください。',
  },
  examples: {
    bad: {
      files: `workflow: tag-contacts
object: Account
trigger: { on: update, fields: [rank] }
steps:
  - id: contacts
    find: Contact
    where: { field: account, eq: '{{record.id}}' }
  - id: each
    loop: '{{contacts}}'
    steps:
      - id: settings
        find: Setting
        where: { field: name, eq: vip }
        limit: 1
        sort: [name]
      - log: '{{item.name}}: {{settings}}'
`,
      lines: [11],
    },
    good: {
      files: `workflow: tag-contacts
object: Account
trigger: { on: update, fields: [rank] }
steps:
  - id: contacts
    find: Contact
    where: { field: account, eq: '{{record.id}}' }
  - id: settings
    find: Setting
    where: { field: name, eq: vip }
    limit: 1
    sort: [name]
  - id: each
    loop: '{{contacts}}'
    steps:
      - log: '{{item.name}}: {{settings}}'
`,
    },
    lookAlike: {
      files: `workflow: remind-contacts
object: Account
trigger: { on: update, fields: [rank] }
steps:
  - id: contacts
    find: Contact
    where: [{ field: account, eq: '{{record.id}}' }, { field: email, empty: false }]
  - id: each
    loop: '{{contacts}}'
    steps:
      - mail: { to: '{{item.email}}', subject: 'To {{item.name}}', body: 'Your rank is {{record.rank}}.' }
  - id: settings
    find: Setting
    where: { field: name, eq: vip }
    limit: 1
    sort: [name]
  - log: '{{settings}}'
`,
      says: {
        en: 'Each person gets a mail of their own, and the lookup comes after the loop.',
        ja: 'メールは 1 人ずつ内容が違い、検索はループの後にあります。',
      },
    },
  },
  *workflow(workflow) {
    const graph = graphOf(workflow);
    if (!workflow.steps.some(({ kind }) => kind === 'loop')) return;
    // A screen or a wait in the loop begins a new transaction in each round.
    const paused = new Set(workflow.steps.filter(pauses).flatMap(({ id }) => graph.loops(id)));
    for (const step of workflow.steps) {
      const work = works[step.kind];
      const loops = work ? graph.loops(step.id) : [];
      const [loop] = loops;
      if (!work || loop === undefined || loops.some((one) => paused.has(one))) continue;
      if ((step.kind === 'http' && step.deferred) || isUnavoidable(step, loops, workflow)) continue;
      // Before the save, the record is only changed in memory.
      if (step.kind === 'update' && step.target.kind === 'trigger' && runsInSave(workflow)) continue;
      const name = graph.steps.get(loop)?.label ?? loop;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `The loop "${name}" does ${work.en} for each of its records, so it is slow and stops at the limits of the platform when there are many.`,
          ja: `ループ「${name}」の中で、1 件ごとに${work.ja}を行っています。件数が増えると遅くなり、プラットフォームの上限で止まります。`,
        },
      };
    }
  },
});
