import { describe, expect, test } from '@jest/globals';
import { findingsOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won] }
      amount: number
      mail: { type: email }
      needed: { type: email, required: true }
      contact: { type: reference, to: Contact }
      flag: boolean
      memo: text
  Contact:
    fields: { email: email, optOut: boolean }
  Case:
    fields: { origin: text }
  Reply:
    fields: { kind: text }
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp, language: ja }
  sato: { active: false, roles: [old], email: sato@example.co.jp }
queues:
  finance: { members: [tanaka] }
  gone: { members: [sato] }
roles:
  sales: { objects: { Deal: [read] } }
  old: { objects: { Deal: [read] } }
templates:
  fine: { object: Deal, subject: 'x {{record.mail}}', body: '{{record.contact.email}} {{record.owner.email}} {{today}} {{user.name}}', language: ja }
  wrong: { object: Deal, subject: x, body: 'Dear {{record.contact.emial}}', language: ja }
  blank: { object: Deal, subject: ' ', body: x, language: ja }
  raw: { object: Deal, subject: x, body: '{{{record.memo}}}', html: true, language: ja }
  promo: { object: Deal, subject: x, body: x, promotional: true, language: ja }
senders: [{ address: info@example.co.jp, verified: true }, { address: '@trusted.example', verified: true }]
inbound: [{ address: support@example.co.jp, creates: Case }, { address: reply@example.co.jp, creates: Reply }]
`;

/** The rules about mail that speak of one mail step; \`when\` and the trigger in short. */
const said = (mail: string, { when = '', on = 'update, fields: [stage]', more = '' } = {}): readonly string[] =>
  findingsOf({
    files: `workflow: w\nobject: Deal\ntrigger: { on: ${on} }\n${when === '' ? '' : `when: [${when}]\n`}steps:\n- mail: { ${mail} }\n${more}`,
    schema,
  }).flatMap(({ rule }) => (rule.startsWith('workflow.mail-') ? [rule.replace('workflow.mail-', '')] : []));

const text = "subject: x, body: 'y'";

describe('who gets it', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['a field that need not be filled in', "to: '{{record.mail}}'", '', ['recipient-may-be-empty']],
    ['the same, asked for', "to: '{{record.mail}}'", '{ field: mail, empty: false }', []],
    ['the same, compared with an address', "to: '{{record.mail}}'", '{ field: mail, eq: a@example.jp }', []],
    [
      'the same, another field asked for',
      "to: '{{record.mail}}'",
      '{ field: memo, empty: false }',
      ['recipient-may-be-empty'],
    ],
    ['a required field', "to: '{{record.needed}}'", '', []],
    ['the owner', "to: '{{record.owner.email}}'", '', []],
    ['over a relation that may be empty', "to: '{{record.contact.email}}'", '', ['recipient-may-be-empty']],
    ['somebody else gets it too', "to: ['{{record.mail}}', queue:finance]", '', []],
    ['two fields, one of them required', "to: ['{{record.mail}}', '{{record.needed}}']", '', []],
    ['a number', "to: '{{record.amount}}'", '', ['recipient-not-address']],
    ['the name', "to: '{{record.name}}'", '', ['recipient-not-address']],
    ['a text that may hold an address', "to: '{{record.memo}}'", '{ field: memo, empty: false }', []],
    ['a person with an address', "to: '{{record.contact}}'", '{ field: contact, empty: false }', []],
    ['somebody by name', 'to: user:tanaka', '', ['recipient-hardcoded']],
    ['several addresses are one matter', 'to: [a@example.jp, b@example.jp]', '', ['recipient-hardcoded']],
    ['somebody who left', 'to: user:sato', '', ['recipient-inactive']],
    ['the address of somebody who left', 'to: sato@example.co.jp', '', ['recipient-inactive']],
    ['a queue of which nobody is left', 'to: queue:gone', '', ['recipient-inactive']],
    ['a role of which nobody is left', 'to: role:old', '', ['recipient-inactive']],
    ['somebody unknown', 'to: user:suzuki', '', ['recipient-inactive']],
    ['nobody', 'to: []', '', ['no-recipient']],
  ])('%s', (_, to, when, expected) => {
    expect(said(`${to}, ${text}`, { when })).toEqual(expected);
  });

  test('a loop over contacts that were found by their address', () => {
    const loop = (where: string): readonly string[] =>
      said('to: queue:finance, subject: x, body: y', {
        more: `- id: all\n  find: Contact\n  where: ${where}\n- loop: '{{all}}'\n  steps:\n  - mail: { to: '{{item.email}}', subject: x, body: y }\n`,
      });
    expect(loop('{ field: email, empty: false }')).toEqual([]);
    expect(loop('{ field: name, empty: false }')).toEqual(['recipient-may-be-empty']);
  });
});

describe('what is in it', () => {
  test.each<[string, string, readonly string[]]>([
    ['a template that is there', 'template: fine', []],
    ['a template that is not', 'template: fien', ['template-missing']],
    ['a wrong field in a template', 'template: wrong', ['merge-field']],
    ['a blank subject in a template', 'template: blank', ['subject-empty']],
    ['typed text in HTML', 'template: raw', ['merge-unescaped']],
    ['a wrong field in the text', "subject: x, body: '{{record.contact.emial}}'", ['merge-field']],
    ['no text', 'subject: x', ['subject-empty']],
    ['a text that is inserted', "subject: x, body: '{{record.memo}}'", []],
    ['raw in a plain mail', "subject: x, body: '{{{record.memo}}}'", []],
    ['a raw number', "subject: x, body: '{{{record.amount}}}', html: true", []],
    ['a raw text', "subject: x, body: '{{{record.memo}}}', html: true", ['merge-unescaped']],
    ['a sender that may', `from: info@example.co.jp, ${text}`, []],
    ['a sender by name and address', `from: 'Info <INFO@example.co.jp>', ${text}`, []],
    ['a sender of a domain that may', `from: a@trusted.example, ${text}`, []],
    ['a sender that may not', `from: me@example.co.jp, ${text}`, ['from-unverified']],
  ])('%s', (_, mail, expected) => {
    expect(said(`to: queue:finance, ${mail}`)).toEqual(expected);
  });

  test('advertising asks for consent', () => {
    const mail = "to: '{{record.needed}}', template: promo";
    expect(said(mail)).toEqual(['optout-ignored']);
    expect(said(mail, { when: '{ field: contact.optOut, ne: true }' })).toEqual([]);
  });
});

describe('how often', () => {
  const mail = `to: queue:finance, ${text}`;
  test.each<[string, string, string, readonly string[]]>([
    ['every save', 'update', '', ['storm']],
    ['created or changed', 'save', '', ['storm']],
    ['every save of some', 'update', '{ field: stage, eq: Won }', ['storm']],
    ['when created', 'create', '', []],
    ['when a field changed', 'update, fields: [stage]', '', []],
    ['a changed test', 'update', '{ field: stage, changed: true }', []],
    ['a changed-to test', 'update', '{ field: stage, changedTo: Won }', []],
    ['when it begins to hold', 'update, whenBecomesTrue: true', '{ field: stage, eq: Won }', []],
    ['once', 'update, once: true', '', []],
    ['by date', 'date, field: createdAt, offset: 7d', '', []],
  ])('%s', (_, on, when, expected) => {
    expect(said(mail, { on, when })).toEqual(expected);
  });

  test('a flag that is set', () => {
    const more = '- update: record\n  set: { flag: true }\n';
    expect(said(mail, { on: 'update', when: '{ field: flag, ne: true }', more })).toEqual([]);
    expect(said(mail, { on: 'update', when: '{ field: stage, eq: Won }', more })).toEqual(['storm']);
  });
});

describe('mails that come back', () => {
  const workflow = (id: string, object: string, to: string, when = ''): string =>
    `workflow: ${id}\nobject: ${object}\ntrigger: { on: create, onImport: false }\n${when}steps:\n- mail: { to: ${to}, subject: x, body: y }\n`;
  const loops = (...files: readonly string[]): readonly string[] =>
    findingsOf({ files: files.join('---\n'), schema }).flatMap(({ rule, workflow: id }) =>
      rule === 'workflow.mail-loop' ? [`${id}`] : [],
    );

  test('to itself, over another one, or not at all', () => {
    expect(loops(workflow('a', 'Case', 'support@example.co.jp'))).toEqual(['a']);
    expect(loops(workflow('a', 'Case', 'Support <SUPPORT@example.co.jp>'))).toEqual(['a']);
    expect(
      loops(workflow('a', 'Case', 'reply@example.co.jp'), workflow('b', 'Reply', 'support@example.co.jp')),
    ).toEqual(['a']);
    expect(loops(workflow('a', 'Case', 'reply@example.co.jp'), workflow('b', 'Reply', 'other@example.co.jp'))).toEqual(
      [],
    );
    expect(loops(workflow('a', 'Deal', 'support@example.co.jp'))).toEqual([]);
    expect(loops(workflow('a', 'Case', 'support@example.co.jp', 'when: { field: origin, ne: Email }\n'))).toEqual([]);
  });
});
