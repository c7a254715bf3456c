import type { Text } from '../../model/text.ts';
import type { Edge } from '../../model/workflow/step.ts';
import { graphOf } from '../../reason/workflow/graph.ts';
import { holds } from './condition.ts';
import type { At, Next } from './here.ts';
import { fail } from './here.ts';
import { subflowRecursion } from './messages.ts';
import type { Run } from './sandbox.ts';
import { maximumRounds } from './save.ts';
import { skipUnlessReached } from './skipped.ts';

const yesNo: readonly Text[] = [
  { en: 'it holds', ja: '成り立つ' },
  { en: 'it does not hold', ja: '成り立たない' },
];

const nameOfBranch = (name: string | undefined, at: number): Text =>
  name === undefined ? { en: `branch ${at + 1}`, ja: `分岐 ${at + 1}` } : { en: name, ja: name };

export const decision = (here: At<'decision'>): Next => {
  const { box, run, step, line } = here;
  const frame = { box, run };
  const taken: { readonly edge: Edge; readonly name: Text; readonly because: Text; readonly way: string }[] = [];
  const refused: { readonly edge: Edge; readonly because: Text }[] = [];
  for (const [at, branch] of step.branches.entries()) {
    if (step.takes === 'first' && taken.length > 0) {
      refused.push({
        edge: branch.edge,
        because: { en: 'an earlier branch was taken', ja: '前の分岐に進みました' },
      });
      continue;
    }
    const { truth, because } = holds(branch.when.condition, frame);
    const name = nameOfBranch(branch.name, at);
    const yes =
      truth ??
      box.choices.choose(
        {
          en: `${run.workflow.id}, ${step.id}: does ${name.en} apply? ${because.en}`,
          ja: `${run.workflow.id} の ${step.id}: ${name.ja} に進むか（${because.ja}）`,
        },
        yesNo,
      ) === 0;
    if (yes) taken.push({ edge: branch.edge, name, because, way: `branch ${at}` });
    else refused.push({ edge: branch.edge, because });
  }
  const otherwise = step.otherwise ?? step.next;
  const [first] = taken;
  const target = first ? first.edge.to : otherwise?.to;
  for (const { way } of taken) box.ways.push({ workflow: run.workflow.id, step: step.id, way });
  if (!first) box.ways.push({ workflow: run.workflow.id, step: step.id, way: 'default' });
  line.because = first
    ? {
        en: `${first.name.en}: ${first.because.en}`,
        ja: `${first.name.ja}に進みます。${first.because.ja}`,
      }
    : {
        en: `no branch applies${refused[0] ? `: ${refused[0].because.en}` : ''}`,
        ja: `どの分岐にも当てはまりません${refused[0] ? `（${refused[0].because.ja}）` : ''}`,
      };
  for (const { edge, because } of refused)
    if (edge.to !== undefined && edge.to !== target) skipUnlessReached(box, run, [edge.to], target, because);
  if (first && step.otherwise?.to !== undefined && step.otherwise.to !== target)
    skipUnlessReached(box, run, [step.otherwise.to], target, {
      en: `${first.name.en} was taken`,
      ja: `${first.name.ja}に進みました`,
    });
  if (taken.length > 1)
    return parallel(
      here,
      taken.map(({ edge }) => edge),
    );
  return { kind: 'go', to: target };
};

/** Several ways one after the other, each up to where they meet. */
export const parallel = (here: At<'decision'> | At<'split'>, ways: readonly Edge[]): Next => {
  const { box, run } = here;
  if (run.chain.length > maximumRounds) fail(here, subflowRecursion(run.workflow.id, maximumRounds));
  const graph = graphOf(run.workflow);
  const joins = run.workflow.steps.filter(({ kind }) => kind === 'join').map(({ id }) => id);
  const met = joins.find((join) => ways.every(({ to }) => to !== undefined && graph.reach([to]).has(join)));
  const inside: Run = { ...run, inside: true, chain: [...run.chain, run.workflow.id] };
  for (const { to } of ways) box.engine.walk(inside, to, new Set(met === undefined ? joins : [met]));
  return met === undefined ? { kind: 'end' } : { kind: 'go', to: met };
};
