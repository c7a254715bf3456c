import { describe, expect, test } from '@jest/globals';
import { nativeYaml } from '../../../src/workflow/native.importer.ts';
import { spread } from './cycles.ts';
import { findingsOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      amount: number
      flag: boolean
      note: text
      touched: datetime
      account: { type: reference, to: Account }
      parent: { type: reference, to: Deal }
  Account:
    fields:
      note: text
      flag: boolean
      touched: datetime
  Task:
    fields:
      kind: { type: picklist, values: [Call, Visit] }
      deal: { type: reference, to: Deal }
      parent: { type: reference, to: Task }
`;

/** `RULE WORKFLOW` of everything that is said of cycles. */
const said = (text: string, ...rules: readonly string[]): readonly string[] => {
  expect(nativeYaml.read({ file: 'w.yaml', text }).problems).toEqual([]);
  return findingsOf({ files: text, schema }).flatMap(({ rule, workflow }) => {
    const name = rule.replace('workflow.flow-', '');
    return (rules.length > 0 ? rules : ['self-trigger', 'mutual-trigger', 'oscillation']).includes(name)
      ? [`${name} ${workflow}`]
      : [];
  });
};

const self: readonly string[] = ['self-trigger a'];

describe('one workflow', () => {
  test.each<[string, string, readonly string[]]>([
    ['the present moment at every save', 'a Deal: update | | set touched={{now}}', self],
    ['on every save, created or changed', 'a Deal: save | | set touched={{now}}', self],
    ['asynchronously', 'a Deal: update async | | set touched={{now}}', self],
    ['only when created', 'a Deal: create | | set touched={{now}}', []],
    ['before the save', 'a Deal: update before | | set touched={{now}}', []],
    ['only when another field changed', 'a Deal: update [stage] | | set touched={{now}}', []],
    ['only when that very field changed', 'a Deal: update [touched] | | set touched={{now}}', self],
    ['a changed test of another field', 'a Deal: update | stage changed: true | set touched={{now}}', []],
    ['a changed-to test', 'a Deal: update | stage changedTo: Won | set touched={{now}}', []],
    [
      'a comparison with the value before',
      'a Deal: update | stage was: Open; stage ne: Open | set touched={{now}}',
      [],
    ],
    ['a value that other records do not have', 'a Deal: update | stage eq: Won | set touched={{now}}', self],
    ['it writes what ends its own condition', 'a Deal: update | stage eq: Open | set touched={{now}} stage=Won', []],
    ['a flag ends it', 'a Deal: update | flag ne: true | set touched={{now}} flag=true', []],
    ['a flag that a later step sets', 'a Deal: update | flag ne: true | set touched={{now}} | set flag=true', []],
    ['only while it is empty', 'a Deal: update | touched empty: true | set touched={{now}}', []],
    ['a constant', 'a Deal: update | | set flag=true', []],
    ['the day', 'a Deal: update | | set touched={{today}}', []],
    ['a copy of another field', 'a Deal: update | | set note={{record.account.note}}', []],
    ['a copy of itself', 'a Deal: update | | set note={{record.note}}', []],
    ['a text that grows', "a Deal: update | | set note='{{record.note}}!'", self],
    ['a copy of the moment of the last save', 'a Deal: update | | set touched={{record.modifiedAt}}', self],
    ['only when it begins to hold', 'a Deal: update whenBecomesTrue | stage eq: Won | set touched={{now}}', []],
    ['once in the life of a record', 'a Deal: update once | | set touched={{now}}', []],
    ['switched off', 'a! Deal: update | | set touched={{now}}', []],
    ['on a schedule', 'a Deal: schedule | stage eq: Open | set touched={{now}}', []],
    ['a new record each time', 'a Task: create | | create Task kind=Call', self],
    ['a new record of another kind', 'a Task: create | kind eq: Call | create Task kind=Visit', []],
    [
      'a new record that lacks what the condition asks',
      'a Task: create | kind eq: Call | create Task deal={{record.deal}}',
      [],
    ],
    ['a child, which has no children', 'a Task: create | parent empty: true | create Task parent={{record.id}}', []],
    ['a record of another object', 'a Deal: update | | create Task kind=Call', []],
    [
      'the other deals of the account',
      'a Deal: update | | where Deal account={{record.account}} set touched={{now}}',
      self,
    ],
    [
      'other records that are then no longer picked',
      'a Deal: update | | where Deal flag=false set touched={{now}} flag=true',
      [],
    ],
    [
      'a value to and fro within one workflow',
      'a Deal: update | | if flag=true: set flag=false else: set flag=true',
      self,
    ],
    ['each branch its own value', 'a Deal: update | | if stage=Won: set note=x else: set note=y', []],
  ])('%s', (_, text, expected) => {
    expect(said(spread(text))).toEqual(expected);
  });
});

describe('several workflows', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'each makes a record for the other',
      'a Deal: create | | create Task kind=Call\nb Task: create | | create Deal stage=Open',
      ['mutual-trigger a'],
    ],
    [
      'the other one asks for another kind',
      'a Deal: create | | create Task kind=Call\nb Task: create | kind eq: Visit | create Deal stage=Open',
      [],
    ],
    [
      'copies to and fro',
      'a Deal: update | | where Account id={{record.account}} set note={{record.note}}\nb Account: update | | where Deal account={{record.id}} set note={{record.note}}',
      [],
    ],
    [
      'texts that grow to and fro',
      "a Deal: update | | where Account id={{record.account}} set note='from {{record.note}}'\nb Account: update | | where Deal account={{record.id}} set note={{record.note}}",
      ['mutual-trigger a'],
    ],
    [
      'constants',
      'a Deal: update | | where Account id={{record.account}} set flag=true\nb Account: update | | where Deal account={{record.id}} set flag=true',
      [],
    ],
    [
      'the moment, passed on',
      'a Deal: update | | where Account id={{record.account}} set touched={{now}}\nb Account: update | | where Deal account={{record.id}} set touched={{record.touched}}',
      ['mutual-trigger a'],
    ],
    [
      'a changed test cuts it',
      'a Deal: update | stage changed: true | where Account id={{record.account}} set touched={{now}}\nb Account: update | | where Deal account={{record.id}} set touched={{record.touched}}',
      [],
    ],
    [
      'a flag on one side cuts it',
      'a Deal: update | flag ne: true | where Account id={{record.account}} set touched={{now}}\nb Account: update | | where Deal account={{record.id}} set touched={{record.touched}} flag=true',
      [],
    ],
    [
      'two that write the moment of the same record',
      'a Deal: update | | set touched={{now}}\nb Deal: update | stage eq: Won | set touched={{now}}',
      ['mutual-trigger a'],
    ],
    ['two values on every save', 'a Deal: update | | set note=x\nb Deal: update | | set note=y', ['oscillation a']],
    [
      'two values, under conditions that exclude each other',
      'a Deal: update | stage eq: Won | set note=x\nb Deal: update | stage eq: Open | set note=y',
      [],
    ],
    [
      'two values, one only when another field changed',
      'a Deal: update | | set note=x\nb Deal: update [stage] | | set note=y',
      [],
    ],
    ['two values, one when it is created', 'a Deal: create | | set note=x\nb Deal: update | | set note=y', []],
    ['two values, one before the save', 'a Deal: update before | | set note=x\nb Deal: update | | set note=y', []],
    ['one of the two is switched off', 'a! Deal: update | | set note=x\nb Deal: update | | set note=y', []],
    [
      'to and fro, each when it begins to hold',
      'a Deal: update whenBecomesTrue | stage eq: Open | set stage=Won\nb Deal: update whenBecomesTrue | stage eq: Won | set stage=Open',
      ['oscillation a'],
    ],
    [
      'a chain that ends',
      'a Deal: update | stage eq: Open | set stage=Won\nb Deal: update | stage eq: Won | set stage=Lost',
      [],
    ],
    [
      'three in a ring',
      'a Deal: update | stage eq: Open | set stage=Won\nb Deal: update | stage eq: Won | set stage=Lost\nc Deal: update | stage eq: Lost | set stage=Open',
      ['oscillation a'],
    ],
    [
      'two rings of their own',
      'a Deal: update | | set touched={{now}}\nb Account: update | | set touched={{now}}',
      ['self-trigger a', 'self-trigger b'],
    ],
  ])('%s', (_, text, expected) => {
    expect(said(spread(text))).toEqual(expected);
  });
});

describe('several workflows in one save', () => {
  const race = ['write-race a'];
  const conflict = ['conflicting-values a'];
  test.each<[string, string, readonly string[]]>([
    ['two values', 'a Deal: update [stage] | | set note=x\nb Deal: update [stage] | | set note=y', conflict],
    ['the same value', 'a Deal: update [stage] | | set note=x\nb Deal: update [stage] | | set note=x', []],
    [
      'a value and a copy',
      'a Deal: update [stage] | | set note=x\nb Deal: update [stage] | | set note={{record.account.note}}',
      race,
    ],
    [
      'the same copy',
      'a Deal: update [stage] | | set note={{record.account.note}}\nb Deal: update [amount] | | set note={{record.account.note}}',
      [],
    ],
    ['created, and changed', 'a Deal: create | | set note=x\nb Deal: update [stage] | | set note=y', []],
    [
      'created, and created or changed',
      'a Deal: create | | set note=x\nb Deal: save | stage eq: Won | set note=y',
      conflict,
    ],
    [
      'before and after the save',
      'a Deal: update before [stage] | | set note=x\nb Deal: update [stage] | | set note=y',
      [],
    ],
    [
      'conditions that exclude each other',
      'a Deal: update [stage] | amount gt: 100 | set note=x\nb Deal: update [stage] | amount lt: 50 | set note=y',
      [],
    ],
    [
      'branches that exclude each other',
      'a Deal: update [stage] | | if flag=true: set note=x else: set amount=1\nb Deal: update [stage] | flag eq: false | set note=y',
      [],
    ],
    [
      'empty and filled',
      'a Deal: update [stage] | parent empty: true | set note=x\nb Deal: update [stage] | parent empty: false | set note=y',
      [],
    ],
    ['two fields', 'a Deal: update [stage] | | set note=x\nb Deal: update [stage] | | set flag=true', []],
    ['one field of two objects', 'a Deal: update [stage] | | set note=x\nb Account: update [flag] | | set note=y', []],
    [
      'one of them is switched off',
      'a Deal: update [stage] | | set note=x\nb! Deal: update [stage] | | set note=y',
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(said(spread(text), 'write-race', 'conflicting-values')).toEqual(expected);
  });

  test('an order settles it, the same order does not', () => {
    const text = spread('a Deal: update [stage] | | set note=x\nb Deal: update [stage] | | set note=y');
    const ordered = (one: number, other: number): string =>
      text
        .replace('object: Deal', `object: Deal\norder: ${one}`)
        .replace('workflow: b\n', `workflow: b\norder: ${other}\n`);
    expect(said(ordered(1, 2), 'conflicting-values')).toEqual([]);
    expect(said(ordered(1, 1), 'conflicting-values')).toEqual(conflict);
  });

  const chain = (length: number, more = ''): string =>
    Array.from({ length }, (_, at) => `w${at} Deal: update [f${at}] | | set f${at + 1}=x`).join('\n') + more;
  test.each<[string, string, readonly string[]]>([
    ['five in a row', chain(5), []],
    ['six in a row', chain(6), ['cascade-depth w0']],
    ['six, but one asks for another value', chain(6).replace('[f3] |', '[f3] | f3 eq: y'), []],
    ['six, of which the first is made by hand', chain(6).replace('update [f0]', 'schedule'), ['cascade-depth w0']],
    [
      'a ring of three counts as one',
      'a Deal: update [x] | | set y=1\nb Deal: update [y] | | set z=1\nc Deal: update [z] | | set x=1',
      [],
    ],
  ])('a chain: %s', (_, text, expected) => {
    expect(
      findingsOf({ files: spread(text) })
        .filter(({ rule }) => rule.endsWith('cascade-depth'))
        .map(({ workflow }) => `cascade-depth ${workflow}`),
    ).toEqual(expected);
  });

  test('300 workflows that all start each other take no time', () => {
    const text = spread(
      Array.from({ length: 300 }, (_, at) => `w${at} Deal: update | | set f${at}={{now}}`).join('\n'),
    );
    expect(said(text)).toEqual(['mutual-trigger w0']);
  });
});
