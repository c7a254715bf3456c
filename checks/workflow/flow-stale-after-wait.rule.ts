import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step, StepOf } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';
import { pathsOf, usesOf } from '../../src/reason/workflow/values.ts';
import { holderOf, setBy } from '../../src/reason/workflow/variables.ts';

/** More would cost too much: such a workflow is judged as far as this goes. */
const maximumPairs = 400;

interface Stale {
  readonly find: StepOf<'find'>;
  readonly wait: StepOf<'wait'>;
  readonly step: Step;
  readonly path: Path;
  readonly place: Place;
}

const isId = (segment: string | undefined): boolean => segment === undefined || /^(?:id|name)$/i.test(segment);

/** A field of the found record that a step uses; who it is and which one it is stays as it was. */
const useOf = (step: Step, holder: string, loops: ReadonlySet<string>): Path | undefined => {
  for (const { value, purpose, test } of usesOf(step)) {
    // Old against new is compared on purpose.
    if (
      test &&
      [test.left, test.right].some((side) => side && pathsOf(side).some(({ root }) => root.kind === 'record'))
    )
      continue;
    if (purpose === 'target' || purpose === 'loop') continue;
    for (const path of pathsOf(value)) {
      const own = holderOf(path) === holder || (path.root.kind === 'item' && loops.has(path.root.loop ?? ''));
      if (own && !isId(path.segments.at(-1))) return path;
    }
  }
  return undefined;
};

function* staleIn(workflow: Workflow): Generator<Stale> {
  const graph = graphOf(workflow);
  const waits = workflow.steps.filter(
    (step): step is StepOf<'wait'> => step.kind === 'wait' && graph.reachable.has(step.id),
  );
  if (waits.length === 0) return;
  let pairs = 0;
  for (const find of workflow.steps) {
    if (find.kind !== 'find' || !graph.reachable.has(find.id)) continue;
    const holder = (find.into && holderOf(find.into)) ?? `step:${find.id}`;
    const setters = new Set(workflow.steps.filter((step) => setBy(step).includes(holder)).map(({ id }) => id));
    const loops = new Set(
      workflow.steps.flatMap((step) =>
        step.kind === 'loop' && step.over?.kind === 'path' && holderOf(step.over.path) === holder ? [step.id] : [],
      ),
    );
    const later = graph.reach(graph.ways(find.id).map(({ to }) => to));
    const found = waits.flatMap((wait) => {
      pairs += 1;
      if (pairs > maximumPairs || !later.has(wait.id)) return [];
      const after = graph.reach(
        graph.ways(wait.id).map(({ to }) => to),
        setters,
      );
      for (const step of workflow.steps) {
        const path = after.has(step.id) ? useOf(step, holder, loops) : undefined;
        if (path) return [{ find, wait, step, path, place: path.place }];
      }
      return [];
    });
    const [first] = found;
    if (first) yield first;
  }
}

export const flowStaleAfterWait = defineRule({
  id: 'workflow.flow-stale-after-wait',
  severity: 'warning',
  confidence: 'likely',
  sourceKind: 'action',
  formats: ['SF', 'HS', 'ES', 'NY'],
  title: { en: 'A value from before a wait is used after it', ja: '待機前に読んだ値を待機後に使用' },
  about: {
    en: 'A record that was looked up is remembered as it was at that moment. When the workflow then sleeps for hours or days, people go on working, and afterwards it acts on old values: a mail to an address that has been corrected, a decision on an amount that has changed.',
    ja: '検索したレコードは、その時点の内容のまま記憶されます。そのあと数時間や数日待つ間に内容が変わっても、待機後の処理は古い値で動きます。たとえば、すでに直されたアドレスへメールを送ったり、変わった金額をもとに判定したりします。',
  },
  advice: { en: 'Look the record up again after the wait.', ja: '待機のあとで、もう一度レコードを検索してください。' },
  examples: {
    bad: {
      files: `workflow: remind-contact
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where:
      - { field: account, eq: '{{record.account}}' }
      - { field: phone, empty: false }
    sort: [-createdAt]
    limit: 1
  - wait: 14d
  - if: { field: contact.id, empty: false }
    then:
      - notify: role:sales
        message: 'call {{contact.phone}}'
`,
      lines: [16],
    },
    good: {
      files: `workflow: remind-contact
object: Deal
trigger: { on: create }
steps:
  - wait: 14d
  - id: contact
    find: Contact
    where:
      - { field: account, eq: '{{record.account}}' }
      - { field: phone, empty: false }
    sort: [-createdAt]
    limit: 1
  - if: { field: contact.id, empty: false }
    then:
      - notify: role:sales
        message: 'call {{contact.phone}}'
`,
    },
    lookAlike: {
      files: `workflow: remind-contact
object: Deal
trigger: { on: create }
steps:
  - id: contact
    find: Contact
    where:
      - { field: account, eq: '{{record.account}}' }
      - { field: phone, empty: false }
    sort: [-createdAt]
    limit: 1
  - wait: 14d
  - if: { field: contact.id, empty: false }
    then:
      - create: Task
        set: { name: call back, contact: '{{contact.id}}' }
`,
      says: {
        en: 'Which contact it is does not change while the workflow sleeps.',
        ja: 'どの取引先責任者かは、待っている間に変わりません。',
      },
    },
  },
  *workflow(workflow) {
    for (const { find, wait, step, path, place } of staleIn(workflow)) {
      yield {
        place,
        element: step.id,
        message: {
          en: `"${path.text}" was read at "${find.label ?? find.id}", before the wait "${wait.label ?? wait.id}". By then it may have changed, and this step uses the old value.`,
          ja: `「${path.text}」は待機「${wait.label ?? wait.id}」より前の「${find.label ?? find.id}」で読んだ値です。待っている間に変わっても、このステップは古い値のまま動きます。`,
        },
        also: [
          { place: find.place, says: { en: 'it is read here', ja: 'ここで読んでいます' } },
          { place: wait.place, says: { en: 'the workflow sleeps here', ja: 'ここで待機します' } },
        ],
      };
    }
  },
});
