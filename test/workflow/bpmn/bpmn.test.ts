import { describe, expect, test } from '@jest/globals';
import type { Workflow } from '../../../src/model/workflow/workflow.ts';
import { waysOf } from '../../../src/reason/workflow/edges.ts';
import { graphOf } from '../../../src/reason/workflow/graph.ts';
import { bpmn } from '../../../src/workflow/bpmn.importer.ts';

const xml = (body: string, around = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
${around}<bpmn:process id="order" name="受注" isExecutable="true">
${body}
</bpmn:process>
</bpmn:definitions>
`;
const flow = (id: string, from: string, to: string, more = '', inner = ''): string =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"${more}>${inner}</bpmn:sequenceFlow>`;

const read = (text: string): Workflow => {
  const { workflows, problems } = bpmn.read({ file: 'order.bpmn', text });
  expect(problems).toEqual([]);
  const [workflow] = workflows;
  if (!workflow) throw new Error('no process');
  return workflow;
};

/** `a:custom → next:b` */
const drawn = (workflow: Workflow): readonly string[] =>
  workflow.steps.map((step) => {
    const ways = waysOf(step).map(({ kind, edge }) => `${kind}:${edge.to ?? 'end'}`);
    return `${step.id}:${step.kind}${ways.length > 0 ? ` → ${ways.join(' ')}` : ''}`;
  });

const lost = (workflow: Workflow): readonly string[] =>
  workflow.steps.filter(({ id }) => !graphOf(workflow).reachable.has(id)).map(({ id }) => id);

describe('gateways', () => {
  test('exclusive: the first that holds, with its default', () => {
    const workflow = read(
      xml(
        `<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="f3"/><bpmn:task id="a"/><bpmn:task id="b"/>
${flow('f1', 's', 'g')}${flow('f2', 'g', 'a', ' name="高額"', '<bpmn:conditionExpression>${amount &gt; 100}</bpmn:conditionExpression>')}${flow('f3', 'g', 'b')}`,
      ),
    );
    expect(drawn(workflow)).toEqual(['s:custom → next:g', 'g:decision → branch:a default:b', 'a:custom', 'b:custom']);
    const gateway = workflow.steps[1];
    expect(gateway).toMatchObject({ takes: 'first', hasDefault: true, branches: [{ name: '高額' }] });
    if (gateway?.kind !== 'decision') throw new Error('no decision');
    expect(gateway.branches[0]?.when.condition).toMatchObject({ kind: 'test', op: 'gt' });
  });

  test('parallel: one that joins and splits is both', () => {
    const workflow = read(
      xml(
        `<bpmn:startEvent id="s"/><bpmn:task id="a"/><bpmn:task id="b"/><bpmn:parallelGateway id="p"/><bpmn:parallelGateway id="q"/>
<bpmn:task id="c"/><bpmn:task id="d"/>
${flow('1', 's', 'p')}${flow('2', 'p', 'a')}${flow('3', 'p', 'b')}${flow('4', 'a', 'q')}${flow('5', 'b', 'q')}${flow('6', 'q', 'c')}${flow('7', 'q', 'd')}`,
      ),
    );
    expect(drawn(workflow)).toEqual([
      's:custom → next:p',
      'a:custom → next:q',
      'b:custom → next:q',
      'p:split → way:a way:b',
      'q:join → next:q →',
      'q →:split → way:c way:d',
      'c:custom',
      'd:custom',
    ]);
  });

  test('inclusive: every one that holds', () => {
    const workflow = read(
      xml(`<bpmn:startEvent id="s"/><bpmn:inclusiveGateway id="g"/><bpmn:task id="a"/><bpmn:task id="b"/>
${flow('1', 's', 'g')}${flow('2', 'g', 'a')}${flow('3', 'g', 'b')}`),
    );
    expect(workflow.steps[1]).toMatchObject({ kind: 'decision', takes: 'all', hasDefault: false });
  });

  test('event based: whichever comes first', () => {
    const workflow = read(
      xml(`<bpmn:startEvent id="s"/><bpmn:eventBasedGateway id="g"/>
<bpmn:intermediateCatchEvent id="t"><bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
<bpmn:receiveTask id="r"/>
${flow('1', 's', 'g')}${flow('2', 'g', 't')}${flow('3', 'g', 'r')}`),
    );
    expect(drawn(workflow)).toEqual(['s:custom → next:g', 'g:wait → event:t event:r', 't:wait', 'r:wait']);
    expect(workflow.steps[2]).toMatchObject({ until: { kind: 'duration', duration: { amount: 2, unit: 'hour' } } });
  });
});

describe('nothing that some other way leads to counts as lost', () => {
  test.each<[string, string]>([
    [
      'boundary events and what follows them',
      `<bpmn:startEvent id="s"/><bpmn:serviceTask id="a"/>
<bpmn:boundaryEvent id="late" attachedToRef="a"><bpmn:timerEventDefinition/></bpmn:boundaryEvent><bpmn:task id="remind"/>
<bpmn:boundaryEvent id="wrong" attachedToRef="a"><bpmn:errorEventDefinition/></bpmn:boundaryEvent><bpmn:task id="mend"/>
${flow('1', 's', 'a')}${flow('2', 'late', 'remind')}${flow('3', 'wrong', 'mend')}`,
    ],
    [
      'event subprocesses and compensation',
      `<bpmn:startEvent id="s"/><bpmn:task id="a"/>${flow('1', 's', 'a')}
<bpmn:boundaryEvent id="undo" attachedToRef="a"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>
<bpmn:serviceTask id="refund" isForCompensation="true"/>
<bpmn:subProcess id="e" triggeredByEvent="true"><bpmn:startEvent id="es"><bpmn:signalEventDefinition/></bpmn:startEvent><bpmn:task id="et"/>${flow('2', 'es', 'et')}</bpmn:subProcess>`,
    ],
    [
      'the steps of an ad-hoc subprocess',
      `<bpmn:startEvent id="s"/><bpmn:adHocSubProcess id="h"><bpmn:task id="x"/><bpmn:task id="y"/></bpmn:adHocSubProcess>${flow('1', 's', 'h')}`,
    ],
    [
      'links',
      `<bpmn:startEvent id="s"/><bpmn:intermediateThrowEvent id="t"><bpmn:linkEventDefinition name="A"/></bpmn:intermediateThrowEvent>
<bpmn:intermediateCatchEvent id="c"><bpmn:linkEventDefinition name="A"/></bpmn:intermediateCatchEvent><bpmn:task id="a"/>
${flow('1', 's', 't')}${flow('2', 'c', 'a')}`,
    ],
    ['a drawing without start events', `<bpmn:task id="a"/><bpmn:task id="b"/>${flow('1', 'a', 'b')}`],
    [
      'several start events',
      `<bpmn:startEvent id="s"/><bpmn:startEvent id="m"><bpmn:messageEventDefinition/></bpmn:startEvent><bpmn:task id="a"/><bpmn:task id="b"/>
${flow('1', 's', 'a')}${flow('2', 'm', 'b')}`,
    ],
  ])('%s', (_, body) => {
    expect(lost(read(xml(body)))).toEqual([]);
  });

  test('a task beside the flow is', () => {
    expect(
      lost(read(xml(`<bpmn:startEvent id="s"/><bpmn:task id="a"/><bpmn:task id="b"/>${flow('1', 's', 'a')}`))),
    ).toEqual(['b']);
  });
});

test('an end event of a subprocess ends the subprocess only', () => {
  const workflow = read(
    xml(`<bpmn:startEvent id="s"/><bpmn:subProcess id="p"><bpmn:startEvent id="i"/><bpmn:endEvent id="e"/>${flow('1', 'i', 'e')}</bpmn:subProcess>
<bpmn:endEvent id="z"/>${flow('2', 's', 'p')}${flow('3', 'p', 'z')}`),
  );
  expect(drawn(workflow)).toEqual([
    's:custom → next:p',
    'i:custom → next:e',
    'e:custom → next:p ⇥',
    'p:custom → way:i next:p ⇥',
    'p ⇥:custom → next:z',
    'z:stop',
  ]);
});

describe('events and activities', () => {
  test('signals have the name that both sides use', () => {
    const workflow = read(
      xml(
        `<bpmn:startEvent id="s"/><bpmn:intermediateThrowEvent id="t"><bpmn:signalEventDefinition signalRef="Sig_1"/></bpmn:intermediateThrowEvent>
<bpmn:intermediateCatchEvent id="c"><bpmn:signalEventDefinition signalRef="Sig_1"/></bpmn:intermediateCatchEvent>${flow('1', 's', 't')}${flow('2', 't', 'c')}`,
        '<bpmn:signal id="Sig_1" name="paid"/>',
      ),
    );
    expect(workflow.steps.slice(1)).toMatchObject([
      { kind: 'signal', signal: { name: 'paid' } },
      { kind: 'wait', until: { kind: 'signal', signal: { name: 'paid' } } },
    ]);
  });

  test.each([
    ['R/PT15M', { kind: 'every', every: { amount: 15, unit: 'minute' } }],
    ['R5/2026-01-01T09:00:00Z/P1D', { kind: 'every', every: { amount: 1, unit: 'day' } }],
    ['0 0 9 * * MON-FRI', { kind: 'cron', text: '0 0 9 * * MON-FRI' }],
  ])('a timer %s', (text, timing) => {
    const workflow = read(
      xml(
        `<bpmn:startEvent id="s"><bpmn:timerEventDefinition><bpmn:timeCycle>${text}</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>`,
      ),
    );
    expect(workflow).toMatchObject({ kind: 'scheduled', triggers: [{ on: 'schedule', schedule: { timing } }] });
  });

  test('people and called processes', () => {
    const workflow = read(
      xml(`<bpmn:startEvent id="s"/><bpmn:userTask id="u" camunda:candidateGroups="sales, finance" camunda:assignee="\${owner}"/>
<bpmn:callActivity id="c" calledElement="invoice"/>${flow('1', 's', 'u')}${flow('2', 'u', 'c')}`),
    );
    expect(workflow.steps.slice(1)).toMatchObject([
      { kind: 'task', to: [{ kind: 'group', id: 'sales' }, { kind: 'group', id: 'finance' }, { kind: 'opaque' }] },
      { kind: 'call', workflow: { name: 'invoice' } },
    ]);
  });
});

describe('odd files', () => {
  test('a file that is cut off is one problem with its place', () => {
    const { workflows, problems } = bpmn.read({ file: 'a.bpmn', text: xml('<bpmn:task id="a"/>').slice(0, -40) });
    expect(workflows).toEqual([]);
    expect(problems).toMatchObject([{ rule: 'parse-syntax', place: { file: 'a.bpmn' } }]);
  });

  test('flows that lead nowhere, ids twice and unknown elements do no harm', () => {
    const workflow = read(
      xml(
        `<bpmn:startEvent id="s"/><bpmn:task id="s"/><bpmn:warp id="w"/>${flow('1', 's', 'gone')}<bpmn:sequenceFlow id="2"/>`,
      ),
    );
    expect(workflow.unknown.map(({ name }) => name)).toEqual(['bpmn:warp']);
    expect(waysOf(workflow.steps[0] ?? raise()).map(({ edge }) => edge.to)).toEqual(['gone']);
  });

  test('a pool without a process inside is none', () => {
    expect(bpmn.read({ file: 'a.bpmn', text: xml('') }).workflows).toEqual([]);
  });

  test('places are those of the elements', () => {
    const { place, steps } = read(xml('<bpmn:startEvent id="s"/>'));
    expect([place.line, steps[0]?.place.line, steps[0]?.place.column]).toEqual([3, 4, 1]);
  });
});

const raise = (): never => {
  throw new Error('no step');
};
