import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step, StepOf } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { endsHere } from '../../src/reason/workflow/edges.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';

/** A way into a join: from where, and which of that step's ways it is (several, where it does not matter how the step ended). */
interface Incoming {
  readonly from: string;
  readonly ways: ReadonlySet<number>;
}

/** More ways in, or steps before, than any drawing has that a person made. */
const maximumIncoming = 12;
const maximumBefore = 60;

const incomingOf = (join: string, workflow: Workflow): readonly Incoming[] => {
  const graph = graphOf(workflow);
  return workflow.steps.flatMap(({ id }) => {
    if (!graph.reachable.has(id)) return [];
    const ways = graph.ways(id).flatMap(({ to }, way) => (to === join ? [way] : []));
    return ways.length > 0 ? [{ from: id, ways: new Set(ways) }] : [];
  });
};

/** Whether only one of its ways is taken in a run. */
const picksOne = (step: Step): boolean => {
  if (step.kind === 'split' || step.kind === 'custom' || step.kind === 'loop' || step.kind === 'screen') return false;
  return step.kind !== 'decision' || step.takes === 'first';
};

/** By which ways of `fork` one can come to this way into the join. */
const waysTo = (fork: string, join: string, { from, ways }: Incoming, workflow: Workflow): ReadonlySet<number> => {
  if (fork === from) return ways;
  const graph = graphOf(workflow);
  return new Set(
    graph.ways(fork).flatMap(({ to }, at) => (to !== join && graph.reach([to], new Set([join])).has(from) ? [at] : [])),
  );
};

/** The step after which only one of two ways into the join can still be taken. */
const forkBetween = (join: string, one: Incoming, other: Incoming, workflow: Workflow): Step | undefined => {
  const graph = graphOf(workflow);
  const before = new Set(graph.dominators(other.from));
  for (const id of graph.dominators(one.from).slice(0, maximumBefore)) {
    const fork = graph.steps.get(id);
    if (!fork || !before.has(id)) continue;
    // What is split before it comes along both ways.
    if (fork.kind === 'split' || (fork.kind === 'decision' && fork.takes === 'all')) {
      const left = waysTo(id, join, one, workflow);
      const right = waysTo(id, join, other, workflow);
      if ([...left].some((way) => !right.has(way)) || [...right].some((way) => !left.has(way))) return undefined;
      continue;
    }
    if (!picksOne(fork)) continue;
    const ring = graph.reach(
      graph.ways(id).map(({ to }) => to),
      new Set([join]),
    );
    if (ring.has(id)) return undefined;
    const left = waysTo(id, join, one, workflow);
    const right = waysTo(id, join, other, workflow);
    if (left.size > 0 && right.size > 0 && ![...left].some((way) => right.has(way))) return fork;
  }
  return undefined;
};

/** The split of which two ways always come to a join that waits for one only, so that what follows runs twice. */
const splitBefore = (join: string, workflow: Workflow): Step | undefined => {
  const graph = graphOf(workflow);
  const [, nearest] = graph.dominators(join);
  const split = nearest === undefined ? undefined : graph.steps.get(nearest);
  if (split?.kind !== 'split') return undefined;
  const arriving = graph.ways(split.id).filter(({ to }) => {
    if (to === join) return true;
    const region = graph.reach([to], new Set([join]));
    const steps = [...region].flatMap((id) => graph.steps.get(id) ?? []);
    // On this way every run comes to the join: none ends before, none may choose.
    return (
      !region.has(split.id) &&
      steps.every((step) => !endsHere(step) && step.kind !== 'decision' && step.kind !== 'join') &&
      steps.some((step) => graph.ways(step.id).some((way) => way.to === join))
    );
  });
  return arriving.length > 1 ? split : undefined;
};

const isJoin = (step: Step): step is StepOf<'join'> => step.kind === 'join';

export const flowJoinMismatch = defineRule({
  id: 'workflow.flow-join-mismatch',
  severity: 'error',
  sourceKind: 'action',
  formats: ['BP', 'PA', 'ES'],
  title: { en: 'Ways that part and meet by different rules', ja: '分岐と合流の種類が合っていない箇所' },
  about: {
    en: 'Where a process parts, either one way is taken (exclusive) or all at once (parallel); where ways meet, the process goes on with the first that arrives or waits for all. If one way is taken but all are waited for, it waits for ever. If all are taken but the first is enough, what follows runs once for each.',
    ja: '処理の分かれ目には、どれか 1 つに進む「排他」と、すべてに同時に進む「並列」があり、合流にも、どれかが着けば進むものと、すべて揃うまで待つものがあります。排他で分かれたのに全部を待つと永久に止まり、並列で分かれたのに 1 つずつ通すと、その後の処理が経路の数だけ実行されます。',
  },
  advice: {
    en: 'Let the ways meet by the same rule by which they part.',
    ja: '分かれるときと同じ種類（排他または並列）で合流させてください。',
  },
  examples: {
    bad: {
      files: {
        'order.bpmn': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <process id="order" isExecutable="true">
    <startEvent id="start"/>
    <exclusiveGateway id="part"/>
    <intermediateThrowEvent id="pack" name="Pack"/>
    <intermediateThrowEvent id="bill" name="Bill"/>
    <parallelGateway id="meet"/>
    <manualTask id="send" name="Send"/>
    <boundaryEvent id="failed" attachedToRef="send"><errorEventDefinition/></boundaryEvent>
    <endEvent id="gaveUp"/>
    <sequenceFlow id="f8" sourceRef="failed" targetRef="gaveUp"/>
    <endEvent id="end"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="part"/>
    <sequenceFlow id="f2" sourceRef="part" targetRef="pack"><conditionExpression>stock &gt; 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="f3" sourceRef="part" targetRef="bill"><conditionExpression>stock &lt;= 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="f4" sourceRef="pack" targetRef="meet"/>
    <sequenceFlow id="f5" sourceRef="bill" targetRef="meet"/>
    <sequenceFlow id="f6" sourceRef="meet" targetRef="send"/>
    <sequenceFlow id="f7" sourceRef="send" targetRef="end"/>
  </process>
</definitions>
`,
      },
      lines: [8],
    },
    good: {
      files: {
        'order.bpmn': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <process id="order" isExecutable="true">
    <startEvent id="start"/>
    <parallelGateway id="part"/>
    <intermediateThrowEvent id="pack" name="Pack"/>
    <intermediateThrowEvent id="bill" name="Bill"/>
    <parallelGateway id="meet"/>
    <manualTask id="send" name="Send"/>
    <boundaryEvent id="failed" attachedToRef="send"><errorEventDefinition/></boundaryEvent>
    <endEvent id="gaveUp"/>
    <sequenceFlow id="f8" sourceRef="failed" targetRef="gaveUp"/>
    <endEvent id="end"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="part"/>
    <sequenceFlow id="f2" sourceRef="part" targetRef="pack"/>
    <sequenceFlow id="f3" sourceRef="part" targetRef="bill"/>
    <sequenceFlow id="f4" sourceRef="pack" targetRef="meet"/>
    <sequenceFlow id="f5" sourceRef="bill" targetRef="meet"/>
    <sequenceFlow id="f6" sourceRef="meet" targetRef="send"/>
    <sequenceFlow id="f7" sourceRef="send" targetRef="end"/>
  </process>
</definitions>
`,
      },
    },
    lookAlike: {
      files: {
        'order.bpmn': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <process id="order" isExecutable="true">
    <startEvent id="start"/>
    <exclusiveGateway id="part"/>
    <intermediateThrowEvent id="pack" name="Pack"/>
    <intermediateThrowEvent id="bill" name="Bill"/>
    <exclusiveGateway id="meet"/>
    <manualTask id="send" name="Send"/>
    <boundaryEvent id="failed" attachedToRef="send"><errorEventDefinition/></boundaryEvent>
    <endEvent id="gaveUp"/>
    <sequenceFlow id="f8" sourceRef="failed" targetRef="gaveUp"/>
    <endEvent id="end"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="part"/>
    <sequenceFlow id="f2" sourceRef="part" targetRef="pack"><conditionExpression>stock &gt; 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="f3" sourceRef="part" targetRef="bill"><conditionExpression>stock &lt;= 0</conditionExpression></sequenceFlow>
    <sequenceFlow id="f4" sourceRef="pack" targetRef="meet"/>
    <sequenceFlow id="f5" sourceRef="bill" targetRef="meet"/>
    <sequenceFlow id="f6" sourceRef="meet" targetRef="send"/>
    <sequenceFlow id="f7" sourceRef="send" targetRef="end"/>
  </process>
</definitions>
`,
      },
      says: {
        en: 'One way is taken, and the first that arrives is enough.',
        ja: '1 つの経路に進み、1 つ着けば先へ進みます。',
      },
    },
  },
  *workflow(workflow) {
    const graph = graphOf(workflow);
    for (const step of workflow.steps) {
      if (!isJoin(step) || !graph.reachable.has(step.id)) continue;
      const name = step.label ?? step.id;
      if (step.takes === 'any') {
        const split = splitBefore(step.id, workflow);
        if (!split) continue;
        yield {
          place: step.place,
          element: step.id,
          message: {
            en: `"${split.label ?? split.id}" goes all its ways at once, but "${name}" lets each of them pass, so everything after it runs more than once.`,
            ja: `「${split.label ?? split.id}」ですべての経路に同時に進みますが、「${name}」は着いた順に通すため、その後の処理が複数回実行されます。`,
          },
          also: [{ place: split.place, says: { en: 'the ways part here', ja: 'ここで分かれています' } }],
        };
        continue;
      }
      const incoming = incomingOf(step.id, workflow).slice(0, maximumIncoming);
      const fork = incoming
        .flatMap((one, at) => incoming.slice(at + 1).map((other) => forkBetween(step.id, one, other, workflow)))
        .find((found) => found !== undefined);
      if (!fork) continue;
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `"${name}" waits for all ways that lead to it, but "${fork.label ?? fork.id}" takes only one of them. The process waits here for ever.`,
          ja: `「${name}」は合流するすべての経路を待ちますが、「${fork.label ?? fork.id}」ではそのうち 1 つにしか進みません。処理はここで永久に止まります。`,
        },
        also: [
          { place: fork.place, says: { en: 'only one way is taken here', ja: 'ここで 1 つの経路だけに進みます' } },
        ],
      };
    }
  },
});
