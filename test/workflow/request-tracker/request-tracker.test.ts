import { describe, expect, test } from '@jest/globals';
import { requestTracker } from '../../../src/workflow/request-tracker.importer.ts';

const scrip = (more: object): string =>
  JSON.stringify({
    Scrips: [
      {
        id: 4,
        Description: 'Tell the owner',
        ScripCondition: 'On Create',
        ScripAction: 'Notify Owner',
        Template: 'Transaction',
        ...more,
      },
    ],
    Templates: [{ Name: 'Transaction', Content: 'Subject: New ticket\nContent-Type: text/html\n\nHello' }],
  });
const read = (more: object) => requestTracker.read({ file: 'scrips.json', text: scrip(more) });

describe('scrips', () => {
  test('one that sends a mail, with its template', () => {
    const { workflows, schema } = read({});
    expect(workflows).toMatchObject([
      {
        id: 'Tell the owner',
        format: 'RT',
        object: { name: 'Ticket' },
        triggers: [{ on: 'create' }],
        steps: [{ kind: 'mail', to: [{ kind: 'owner' }], template: { name: 'Transaction' } }],
      },
    ]);
    expect(schema?.templates?.get('Transaction')).toMatchObject({ subject: 'New ticket', html: true });
  });

  test.each<[string, string, readonly string[] | undefined]>([
    ['On Create', 'create', undefined],
    ['On Status Change', 'update', ['Status']],
    ['On Resolve', 'update', ['Status']],
    ['On Correspond', 'update', undefined],
    ['On Transaction', 'save', undefined],
    ['Something of an extension', 'save', undefined],
  ])('%s', (ScripCondition, on, watch) => {
    const trigger = read({ ScripCondition }).workflows[0]?.triggers[0];
    expect([trigger?.on, trigger?.watch?.map(({ name }) => name)]).toEqual([on, watch]);
  });

  test.each<[string, object]>([
    ['Notify Requestors and Ccs', { kind: 'mail', to: [{ kind: 'creator' }, { kind: 'opaque', text: 'Cc' }] }],
    ['Open Tickets', { kind: 'update', set: [{ field: { name: 'Status' } }] }],
    ['User Defined', { kind: 'code', language: 'perl', complete: false }],
    ['Extract Subject Tag', { kind: 'custom', effect: 'opaque' }],
  ])('%s', (ScripAction, step) => {
    expect(read({ ScripAction }).workflows[0]?.steps[0]).toMatchObject(step);
  });

  test('code of its own decides, so that nothing is claimed of when it runs', () => {
    const trigger = read({ CustomIsApplicableCode: 'return 1;' }).workflows[0]?.triggers[0];
    expect(trigger).toMatchObject({ on: 'save', when: { condition: { kind: 'opaque' } } });
  });

  test('switched off, without a condition', () => {
    expect(read({ Disabled: 1 }).workflows[0]?.status).toBe('inactive');
    expect(read({ ScripCondition: null }).workflows[0]?.defects.map(({ rule }) => rule)).toEqual(['trigger-missing']);
  });
});

test('what rt-dump-metadata writes', () => {
  const text = `<InitialData>
  <Scrips><Description>On Create Autoreply</Description><ScripCondition>On Create</ScripCondition><ScripAction>Autoreply To Requestors</ScripAction><Template>Autoreply in HTML</Template></Scrips>
  <Scrips><Description>Two</Description><ScripCondition>On Comment</ScripCondition><ScripAction>Notify AdminCcs as Comment</ScripAction></Scrips>
</InitialData>`;
  expect(requestTracker.recognises({ file: 'rt.xml', text })).toBe(true);
  expect(requestTracker.read({ file: 'rt.xml', text }).workflows.map(({ id, place }) => [id, place.line])).toEqual([
    ['On Create Autoreply', 2],
    ['Two', 3],
  ]);
});

test.each([
  '{"Scrips": null, "ScripAction": 1}',
  '{"Scrips": [[], 3, {"ScripAction": {}, "Template": []}]}',
  '<InitialData><Scrips>',
])('odd files do no harm: %s', (text) => {
  expect(() => requestTracker.read({ file: 'x', text })).not.toThrow();
});
