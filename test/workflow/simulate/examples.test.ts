import { describe, expect, test } from '@jest/globals';
import { projectFrom, traceOf, tried } from './tried.ts';

/** The three examples of the format's description. */

const won = `workflow: deal-won-notice
label: { en: Tell finance about a won deal, ja: 受注を経理に知らせる }
description: Sends the won deal to finance and marks it.
object: Deal
active: true
owner: tanaka
runAs: { role: sales }
order: 10
trigger: { on: update, phase: after }
when:
  - { field: stage, changedTo: Won }
  - { field: amount, gt: 100000 }
steps:
  - id: tell
    mail: { to: queue:finance, template: deal_won }
  - id: mark
    update: record
    set: { handedOver: true }
onError:
  - notify: role:admin
    message: 'deal-won-notice failed for {{record.name}}: {{error.message}}'
`;

const overdue = `workflow: overdue-reminder
object: Invoice
runAs: system
trigger: { on: schedule, at: '08:30', days: [mon, tue, wed, thu, fri], tz: Asia/Tokyo }
when:
  - { field: status, eq: Open }
  - { field: dueDate, lt: '{{today}}' }
  - any:
      - { field: remindedOn, empty: true }
      - { field: remindedOn, lt: '{{today-14d}}' }
steps:
  - id: contacts
    find: Contact
    where:
      - { field: account, eq: '{{record.account}}' }
      - { field: billing, eq: true }
      - { field: email, empty: false }
  - id: each
    loop: '{{contacts}}'
    steps:
      - mail: { to: '{{item.email}}', template: overdue_ja }
        onError:
          - log: 'no reminder to {{item.name}}'
  - id: note
    update: record
    set: { remindedOn: '{{today}}' }
    onError:
      - notify: queue:finance
        message: 'could not mark {{record.number}}'
`;

const discount = `workflow: discount-approval
object: Quote
runAs: { role: sales }
trigger: { on: update, fields: [discount] }
when: { field: discount, gt: 0 }
steps:
  - branch:
      - when: { field: discount, gt: 30 }
        steps:
          - id: ask-head
            approval: { approvers: [role:head-of-sales], mode: any }
            approved: [{ update: record, set: { status: Approved } }]
            rejected: [{ update: record, set: { status: Rejected } }]
      - when: { field: discount, gt: 10 }
        steps:
          - id: pause
            wait: { for: { field: reviewed, eq: true }, timeout: 3d }
          - call: notify-reviewers
            with: { quoteId: '{{record.id}}' }
      - else:
          - update: record
            set: { status: Approved }
---
workflow: notify-reviewers
trigger: { on: call }
inputs: { quoteId: { type: text, required: true } }
steps:
  - id: quote
    find: Quote
    where: { field: id, eq: '{{input.quoteId}}' }
    limit: 1
  - if: { field: quote.id, empty: false }
    then:
      - notify: role:head-of-sales
        message: 'please look at {{quote.number}}'
`;

const schema = `schema: crm-schema/v1
timeZone: Asia/Tokyo
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost] }
      amount: number
      handedOver: boolean
queues: { finance: { members: [tanaka], email: finance@example.co.jp } }
users: { tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp } }
templates: { deal_won: { subject: 'Won: {{record.name}}', body: '-', state: published } }
`;

describe('the examples of the format', () => {
  test('a large deal is won', () => {
    expect(
      tried(
        projectFrom(won, schema),
        `
event: update
workflow: deal-won-notice
at: 2026-11-20T10:00:00+09:00
user: tanaka
record: { id: D1, name: Big one, stage: Open, amount: 250000, owner: tanaka }
change: { stage: Won }
expect: { status: completed, steps: [tell, mark], record: { handedOver: true } }`,
      ),
    ).toEqual({
      name: 'sample',
      status: 'completed',
      steps: [
        {
          workflow: 'deal-won-notice',
          step: 'tell',
          status: 'ran',
          because: 'would be sent to finance@example.co.jp: Won: Big one',
        },
        {
          workflow: 'deal-won-notice',
          step: 'mark',
          status: 'ran',
          because: 'handedOver: empty → true',
          changes: [{ field: 'handedOver', before: null, after: true }],
        },
      ],
      record: { id: 'D1', name: 'Big one', stage: 'Won', amount: 250000, owner: 'tanaka', handedOver: true },
      written: [{ object: 'Deal', id: 'D1', set: { handedOver: true }, by: 'mark' }],
      mails: [{ step: 'tell', to: ['finance@example.co.jp'], template: 'deal_won', subject: 'Won: Big one' }],
      matches: true,
    });
  });

  test('a small deal does not start it, and the test that decided is named in both languages', () => {
    const sample = 'event: update\nrecord: { id: D1, stage: Open, amount: 5000 }\nchange: { stage: Won }';
    expect(tried(projectFrom(won, schema), sample)).toMatchObject({
      status: 'not-started',
      because: 'amount gt 100000 is false (amount = 5000)',
      steps: [],
      record: { stage: 'Won' },
    });
    expect(tried(projectFrom(won, schema), sample, 'ja').because).toBe(
      'amount gt 100000 は成り立ちません（amount = 5000）',
    );
  });

  test('an overdue invoice is reminded of, and one contact has no address any more', () => {
    const result = tried(
      projectFrom(overdue),
      `
event: schedule
at: 2026-11-20T08:30:00+09:00
record: { id: I1, number: 7, status: Open, dueDate: 2026-11-01, account: A1 }
records:
  Contact:
    - { id: C1, name: One, account: A1, billing: true, email: one@example.com }
    - { id: C2, name: Two, account: A1, billing: true, email: null }
    - { id: C3, name: Three, account: A1, billing: true, email: no address }`,
    );
    expect(traceOf(result)).toEqual([
      'contacts ran',
      'each ran',
      '2.steps.1 ran',
      'each ran',
      '2.steps.1 failed',
      '2.steps.1.onError.1 ran',
      'each ran',
      'note ran',
    ]);
    expect(result).toMatchObject({ status: 'completed', record: { remindedOn: '2026-11-20' } });
    expect(result.mails.map(({ to }) => to)).toEqual([['one@example.com']]);
  });

  test.each([
    ['approved', 'Approved'],
    ['rejected', 'Rejected'],
  ])('a high discount is %s', (answer, status) => {
    const result = tried(
      projectFrom(discount),
      `{ event: update, record: { id: Q1, discount: 0 }, change: { discount: 40 }, answers: { ask-head: ${answer} } }`,
    );
    expect(result).toMatchObject({ status: 'completed', record: { status } });
    expect(result.steps.find(({ step }) => step === 'pause')?.status).toBe('skipped');
  });

  test('without an answer it is not known, and each way is told', () => {
    const result = tried(
      projectFrom(discount),
      '{ event: update, record: { id: Q1, discount: 0 }, change: { discount: 40 } }',
    );
    expect(result).toMatchObject({ status: 'unknown', record: { id: 'Q1', discount: 40 } });
    expect(result.because).toContain('ask-head');
    expect(result.ways?.map(({ when }) => when)).toEqual([
      'discount-approval, ask-head: the sample has no answer → approved',
      'discount-approval, ask-head: the sample has no answer → rejected',
    ]);
  });

  test('a middle discount waits three days and calls', () => {
    const result = tried(
      projectFrom(discount),
      '{ event: update, record: { id: Q1, number: 12, discount: 0 }, change: { discount: 20 }, answers: { pause: timeout } }',
    );
    expect(traceOf(result).filter((line) => line.endsWith('ran'))).toEqual([
      '1 ran',
      'pause ran',
      '1.branch.2.steps.2 ran',
      'quote ran',
      '2 ran',
      '2.then.1 ran',
    ]);
    expect(result.status).toBe('completed');
  });
});
