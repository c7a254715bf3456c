import { describe, expect, test } from '@jest/globals';
import { flowJoinMismatch } from '../../../checks/workflow/flow-join-mismatch.rule.ts';
import { bpmn } from '../../../src/workflow/bpmn.importer.ts';
import { lint } from '../../../src/workflow/lint/lint.ts';
import { readBy } from '../../workflow/imported.ts';

const kinds: Readonly<Record<string, string>> = { x: 'exclusiveGateway', p: 'parallelGateway', i: 'inclusiveGateway' };

/** `a>b`: flows; nodes that begin with x, p or i are gateways, s the start, e ends, others tasks. */
const process = (text: string): string => {
  const flows = text.split(' ').map((flow) => flow.split('>'));
  const nodes = [...new Set(flows.flat())];
  const element = (id: string): string => {
    const kind = id.startsWith('s')
      ? 'startEvent'
      : id.startsWith('e')
        ? 'endEvent'
        : (kinds[id[0] ?? ''] ?? 'userTask');
    return `<${kind} id="${id}"/>`;
  };
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="one" isExecutable="true">
${nodes.map(element).join('\n')}
${flows.map(([from, to], at) => `<sequenceFlow id="f${at}" sourceRef="${from}" targetRef="${to}"/>`).join('\n')}
</process></definitions>`;
};

const said = (text: string): readonly (string | undefined)[] =>
  lint(
    readBy(bpmn, { 'one.bpmn': process(text) }),
    [flowJoinMismatch],
    { rules: new Map(), ignore: [] },
    'ja',
  ).findings.map(({ element }) => element);

describe('ways that part and meet', () => {
  test.each<[string, string, readonly string[]]>([
    ['one way, all awaited', 's>x1 x1>a x1>b a>p1 b>p1 p1>e', ['p1']],
    ['all ways, all awaited', 's>p1 p1>a p1>b a>p2 b>p2 p2>e', []],
    ['one way, one awaited', 's>x1 x1>a x1>b a>x2 b>x2 x2>e', []],
    ['all ways, each let through', 's>p1 p1>a p1>b a>x1 b>x1 x1>e', ['x1']],
    ['all ways, one of which may end before', 's>p1 p1>a p1>x2 x2>b x2>e1 a>x1 b>x1 x1>e', []],
    ['some ways, all awaited by the same kind', 's>i1 i1>a i1>b a>i2 b>i2 i2>e', []],
    ['one way inside one of two, all awaited', 's>p1 p1>x1 p1>c x1>a x1>b a>p2 b>p2 c>p2 p2>e', ['p2']],
    ['one way inside one of two, joined before', 's>p1 p1>x1 p1>c x1>a x1>b a>x2 b>x2 x2>p2 c>p2 p2>e', []],
    ['a way back', 's>x0 x0>p1 p1>a p1>b a>p2 b>p2 p2>x1 x1>x0 x1>e', []],
    ['the fork straight into the join', 's>x1 x1>p1 x1>a a>p1 p1>e', ['p1']],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});
