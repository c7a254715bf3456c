import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Branch } from '../../src/model/workflow/step.ts';
import { exampleOf } from '../../src/reason/workflow/condition/clash.ts';
import { possible } from '../../src/reason/workflow/condition/satisfy.ts';
import type { Where } from '../../src/reason/workflow/condition/where.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { writtenCondition } from '../../src/reason/workflow/written.ts';

/** The work grows with the square of the branches. */
const mostPairs = 200;

const reads = ({ when }: Branch): ReadonlySet<string> =>
  new Set([...conditionPaths(when.condition)].map(({ text }) => text));

/** Branches on the same fields were meant to part them; those on different ones were not. */
const sameFields = (one: Branch, other: Branch): boolean => {
  const left = reads(one);
  const right = reads(other);
  return left.size > 0 && left.size === right.size && [...left].every((text) => right.has(text));
};

const process = (gateway: string, second: string): Readonly<Record<string, string>> => ({
  'order.bpmn': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="orders">
  <process id="order" name="Order" isExecutable="true">
    <startEvent id="start" name="Order received" />
    <sequenceFlow id="f1" sourceRef="start" targetRef="split" />
    <${gateway} id="split" name="How large?" default="f4" />
    <sequenceFlow id="f2" name="large" sourceRef="split" targetRef="reviewed">
      <conditionExpression>\${amount &gt; 1000}</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f3" name="small" sourceRef="split" targetRef="shipped">
      <conditionExpression>\${${second}}</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f4" name="else" sourceRef="split" targetRef="asked" />
    <endEvent id="reviewed" name="To review"><signalEventDefinition signalRef="signal-reviewed" /></endEvent>
    <endEvent id="shipped" name="To ship"><signalEventDefinition signalRef="signal-shipped" /></endEvent>
    <endEvent id="asked" name="To ask"><signalEventDefinition signalRef="signal-asked" /></endEvent>
  </process>
</definitions>
`,
});

export const condBranchOverlap = defineRule({
  id: 'workflow.cond-branch-overlap',
  severity: 'info',
  sourceKind: 'condition',
  formats: ['BP', 'HS', 'VT', 'SU'],
  uses: ['schema', 'choices'],
  title: { en: 'Branches that hold at the same time', ja: '同時に成り立つ分岐' },
  about: {
    en: 'Here the engine takes every branch that holds, not only the first. When the conditions of two branches overlap, a record goes both ways at once.',
    ja: 'ここでは、最初の 1 つだけでなく、成り立つ分岐がすべて実行されます。2 つの分岐の条件が重なると、1 件のレコードが両方に進みます。',
  },
  advice: {
    en: 'Make the conditions exclude each other, or note in the description that both are meant.',
    ja: '条件が重ならないようにするか、両方の実行が意図どおりであることを説明に書いてください。',
  },
  examples: {
    bad: { files: process('inclusiveGateway', 'amount &gt; 500'), lines: [10] },
    good: { files: process('inclusiveGateway', 'amount &lt;= 1000') },
    lookAlike: {
      files: process('exclusiveGateway', 'amount &gt; 500'),
      says: {
        en: 'An exclusive gateway takes the first branch that holds.',
        ja: '排他ゲートウェイでは、最初に成り立った分岐だけが実行されます。',
      },
    },
  },
  *workflow(workflow, { project }) {
    const where: Where = { workflow, schema: project.schema, filled: 'all' };
    for (const step of workflow.steps) {
      if (step.kind !== 'decision' || step.takes !== 'all') continue;
      const { branches } = step;
      const pairs = branches.flatMap((one, at) => branches.slice(at + 1).map((other) => [one, other] as const));
      for (const [one, other] of pairs.slice(0, mostPairs)) {
        if (!sameFields(one, other)) continue;
        const found = possible([one, other].map(({ when }) => ({ condition: when.condition, holds: true, where })));
        if (found.kind !== 'yes') continue;
        const example = exampleOf(found.facts);
        const [first, second] = [writtenCondition(one.when.condition), writtenCondition(other.when.condition)];
        yield {
          place: other.place,
          element: step.id,
          message: {
            en: `"${first}" and "${second}" can hold together${example === undefined ? '' : ` (${example})`}, and then both branches run.`,
            ja: `「${first}」と「${second}」は同時に成り立つことがあり${example === undefined ? '' : `（${example} の場合など）`}、そのときは両方の分岐が実行されます。`,
          },
          also: [{ place: one.place, says: { en: 'the other branch', ja: 'もう一方の分岐' } }],
        };
        break;
      }
    }
  },
});
