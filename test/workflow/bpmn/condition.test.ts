import { expect, test } from '@jest/globals';
import { bpmn } from '../../../src/workflow/bpmn.importer.ts';
import { linesOf } from '../../checks/workflow/speaks.ts';
import { readBy, shown } from '../imported.ts';

const process = (
  gateway: string,
  conditions: readonly string[],
  fallback = '',
) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
  <process id="p" isExecutable="true">
    <startEvent id="s" />
    <sequenceFlow id="f" sourceRef="s" targetRef="g" />
    <${gateway} id="g" ${fallback} />
${conditions
  .map(
    (condition, at) =>
      `    <sequenceFlow id="c${at}" sourceRef="g" targetRef="t${at}"><conditionExpression>${condition.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</conditionExpression></sequenceFlow>
    <task id="t${at}" />\n`,
  )
  .join('')}  </process>
</definitions>
`;

const conditionIn = (text: string): unknown => {
  const { workflows } = readBy(bpmn, { 'p.bpmn': process('exclusiveGateway', [text, '${other}']) });
  const gateway = workflows[0]?.steps.find(({ kind }) => kind === 'decision');
  return gateway?.kind === 'decision' ? shown(gateway.branches[0]?.when.condition) : undefined;
};

test.each<[string, unknown]>([
  ['${amount > 1000}', 'amount gt 1000'],
  ['${1000 < amount}', 'amount gt 1000'],
  ['#{order.status == "open"}', 'order.status eq "open"'],
  ["${status != 'open' && amount >= 5}", { all: ['status ne "open"', 'amount ge 5'] }],
  ['= status = "open" or vip', { any: ['status eq "open"', 'vip eq true'] }],
  ['= x = "this and that"', 'x eq "this and that"'],
  ['${!approved}', { not: 'approved eq true' }],
  ['= not(approved)', { not: 'approved eq true' }],
  ['${reason == null}', 'reason empty'],
  ['${service.check(order)}', '?${service.check(order)}'],
  ['${amount + tax > 1000}', '?amount + tax > 1000 <amount tax>'],
  ['= some x in list satisfies x > 5', '?= some x in list satisfies x > 5'],
  ['${a > 1} and ${b}', '?${a > 1} and ${b}'],
  ['import x; return x > 5;', '?import x; return x > 5;'],
])('%s', (text, condition) => {
  expect(conditionIn(text)).toEqual(condition);
});

test.each<[string, string, readonly string[], number]>([
  ['cond-default-missing', 'exclusiveGateway', ['${n < 5}', '${n > 5}'], 1],
  ['cond-default-missing', 'exclusiveGateway', ['${n < 5}', '${n >= 5}'], 0],
  ['cond-default-missing', 'exclusiveGateway', ['${check(n)}', '${n >= 5}'], 0],
  ['cond-branch-shadowed', 'exclusiveGateway', ['${n > 5}', '${n > 9}'], 1],
  ['cond-branch-shadowed', 'inclusiveGateway', ['${n > 5}', '${n > 9}'], 0],
  ['cond-branch-overlap', 'inclusiveGateway', ['${n > 5}', '${n > 9}'], 1],
  ['cond-branch-overlap', 'inclusiveGateway', ['${n > 5}', '${m > 9}'], 0],
  ['cond-unsatisfiable', 'exclusiveGateway', ['${n > 5 && n < 3}', '${m}'], 1],
])('%s: %s %s', (rule, gateway, conditions, count) => {
  expect(linesOf(rule, { files: { 'p.bpmn': process(gateway, conditions) } }).length).toBe(count);
});
