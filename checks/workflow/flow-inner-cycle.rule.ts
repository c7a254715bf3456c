import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { componentsOf, isCycle } from '../../src/reason/workflow/components.ts';
import { readsOf, writesOf } from '../../src/reason/workflow/effects.ts';
import { graphOf, pauses } from '../../src/reason/workflow/graph.ts';
import { usesOf, valuesIn } from '../../src/reason/workflow/values.ts';
import { holderOf, setBy } from '../../src/reason/workflow/variables.ts';

/** Whether the outcome of this step is decided by something outside the workflow. */
const asksOutside = ({ kind }: Step): boolean =>
  kind === 'http' || kind === 'call' || kind === 'code' || kind === 'custom';

/** Whether going round once can change what decides at this exit. */
const mayChange = (exit: Step, ring: readonly Step[], workflow: Workflow, schema: Schema): boolean => {
  if (exit.kind !== 'decision') return true;
  const { paths, anything } = readsOf(exit, workflow);
  // The clock goes on by itself.
  const readsClock = [...usesOf(exit)].some(({ value }) =>
    [...valuesIn(value)].some(({ kind }) => kind === 'moment' || kind === 'formula'),
  );
  if (anything || readsClock) return true;
  const holders = new Set(ring.flatMap((step) => setBy(step)));
  const written = ring.flatMap((step) => writesOf(step, workflow, schema));
  const fields = new Set(written.flatMap(({ set }) => set.map(({ field: { name } }) => name)));
  for (const step of ring) {
    if (step.kind !== 'let') continue;
    for (const { to } of step.assigns) fields.add(to.segments.join('.'));
  }
  return paths.some((path) => {
    const holder = holderOf(path);
    if (holder !== undefined) return holders.has(holder);
    if (path.root.kind === 'input' || path.root.kind === 'user' || path.root.kind === 'prior') return false;
    if (path.root.kind !== 'record') return true;
    // Something else of the record's surroundings, or everything, is written on the way round.
    const last = path.segments.at(-1);
    return written.some(({ more }) => more) || (last !== undefined && (fields.has(last) || path.segments.length > 1));
  });
};

export const flowInnerCycle = defineRule({
  id: 'workflow.flow-inner-cycle',
  severity: 'warning',
  confidence: 'likely',
  sourceKind: 'action',
  formats: ['SF', 'PA', 'ES', 'BP', 'NY'],
  title: { en: 'Steps that go round in a circle for ever', ja: '終わりなく繰り返されるステップ' },
  about: {
    en: 'A connection back to an earlier step makes the steps between run again. That is fine where something decides when to stop and changes on the way round: a counter, a list that is worked off, a person, a wait. Where nothing on the way round changes what decides, the run never ends; the platform stops it by a limit and undoes what it did.',
    ja: '前のステップへ戻るつながりがあると、その間のステップが繰り返されます。回数のカウンター、処理済みの件数、人の操作、待機など、繰り返しのたびに「終わるかどうか」を決める値が変わるなら問題ありません。その値が変わらない場合は処理が終わらず、システムの上限で強制停止され、それまでの変更が取り消されます。',
  },
  advice: {
    en: 'Change what decides on the way round (count up, take the next record), or lead the way out of the circle.',
    ja: '繰り返しの中で判定に使う値を変える（カウンターを進める、次のレコードに移るなど）か、繰り返しから抜ける経路を作ってください。',
  },
  examples: {
    bad: {
      files: `workflow: find-owner
object: Lead
trigger: { on: create }
steps:
  - id: tell
    notify: role:sales
    message: 'nobody looks after {{record.name}}'
  - if: { field: owner, empty: true }
    then:
      - log: still nobody
        next: tell
`,
      lines: [5],
    },
    good: {
      files: `workflow: find-owner
object: Lead
trigger: { on: create }
steps:
  - if: { field: owner, empty: true }
    then:
      - notify: role:sales
        message: 'nobody looks after {{record.name}}'
`,
    },
    lookAlike: {
      files: `workflow: chase-payment
object: Invoice
trigger: { on: update, fields: [status] }
when: { field: status, changedTo: Sent }
steps:
  - id: pause
    wait: { for: { field: status, eq: Paid }, timeout: 7d }
  - if: { field: status, ne: Paid }
    then:
      - notify: role:finance
        message: '{{record.name}} is not paid'
        next: pause
`,
      says: {
        en: 'Each round waits for a week, so it can go round until the invoice is paid.',
        ja: '毎回 1 週間待つため、入金されるまで繰り返しても問題ありません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    const graph = graphOf(workflow);
    const going = workflow.steps.filter(
      (step) => graph.reachable.has(step.id) && !pauses(step) && step.kind !== 'loop',
    );
    const among = new Set(going.map(({ id }) => id));
    const next = (id: string): readonly string[] => graph.ways(id).flatMap(({ to }) => (among.has(to) ? [to] : []));
    for (const component of componentsOf(among, next)) {
      if (!isCycle(component, next)) continue;
      const inside = new Set(component);
      const ring = workflow.steps.filter(({ id }) => inside.has(id));
      // Trying again until it works: the outside decides.
      const retries = ring.some(({ id }) => graph.ways(id).some(({ kind, to }) => kind === 'error' && inside.has(to)));
      if (retries) continue;
      const exits = ring.filter((step) =>
        step.kind === 'decision'
          ? leaves(step, inside)
          : step.kind === 'stop' || step.kind === 'fail' || (asksOutside(step) && step.onError !== undefined),
      );
      if (exits.some((exit) => mayChange(exit, ring, workflow, schema))) continue;
      const [first] = ring;
      if (!first) continue;
      const name = first.label ?? first.id;
      yield {
        place: first.place,
        element: first.id,
        message:
          exits.length === 0
            ? {
                en: `The steps from "${name}" on lead back to it with no way out, so the run never ends and the platform stops it with an error.`,
                ja: `「${name}」から始まるステップは「${name}」へ戻り、抜け出す経路がありません。処理が終わらず、システムの上限によりエラーで停止します。`,
              }
            : {
                en: `The steps from "${name}" on lead back to it, and nothing on the way changes what decides at "${exits[0]?.label ?? exits[0]?.id ?? ''}". A run that goes round once goes round for ever.`,
                ja: `「${name}」から始まるステップは「${name}」へ戻りますが、途中で「${exits[0]?.label ?? exits[0]?.id ?? ''}」の判定に使う値が変わりません。一度戻ると、終わりなく繰り返されます。`,
              },
        also: ring.slice(1, 6).map((step) => ({
          place: step.place,
          says: { en: 'this step is part of the circle', ja: 'このステップも繰り返しの一部です' },
        })),
      };
    }
  },
});

/** A branch, the default or what follows without one leads out, or ends the run. */
const leaves = (step: Extract<Step, { kind: 'decision' }>, inside: ReadonlySet<string>): boolean => {
  const rest = step.otherwise ?? step.next;
  return [...step.branches.map(({ edge }) => edge), rest].some(
    (edge) => edge?.to === undefined || !inside.has(edge.to),
  );
};
