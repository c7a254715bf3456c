import { describe, expect, test } from '@jest/globals';
import { findingsOf, linesOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, creditLimit: number, margin: number, boss: { type: reference, to: User } } }
  Invoice: { fields: { title: text } }
roles:
  sales: { objects: { Deal: [create, read, update] }, fields: { Deal.creditLimit: read, Deal.margin: none } }
  finance: { objects: { Deal: [create, read, update], Invoice: [create, read, update, delete] } }
  guest: { objects: { Deal: [read] } }
`;

const users = `users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp }
  ito: { active: true, roles: [finance], email: ito@example.co.jp }
  sato: { active: false, roles: [finance] }
queues:
  gone: { members: [sato] }
  mixed: { members: [sato, ito] }
`;

const deal = (steps: string, head = 'trigger: { on: update, fields: [stage] }'): string => `workflow: w
object: Deal
${head}
steps:
${steps}`;

/** `RULE severity line` of the permission rules. */
const said = (files: string, more = ''): readonly string[] =>
  findingsOf({ files, schema: schema + more })
    .filter(({ kind }) => kind === 'perm')
    .map(({ rule, severity, line }) => `${rule.replace('workflow.perm-', '')} ${severity} ${line}`);

const invoice = '  - create: Invoice\n    set: { title: new }\n';
const credit = '  - update: record\n    set: { creditLimit: 1 }\n';

describe('who causes it', () => {
  test('some roles lack the right: a warning that names them', () => {
    expect(said(deal(invoice))).toEqual(['object-denied warning 5']);
    const [finding] = findingsOf({ files: deal(invoice), schema }).filter(({ kind }) => kind === 'perm');
    expect(finding?.message).toBe(
      'The role sales may not create records of "Invoice", so the step "1" fails when that role causes it.',
    );
    const [japanese] = findingsOf({ files: deal(invoice), schema }, undefined, 'ja').filter(
      ({ kind }) => kind === 'perm',
    );
    expect(japanese?.message).toBe(
      'ロール「sales」は「Invoice」を作成できません。そのため、ステップ「1」はこのロールの人が起動したときに失敗します。',
    );
  });

  test('all of them lack it: an error', () => {
    const deleting = '  - delete: record\n';
    expect(said(deal(deleting))).toEqual(['object-denied error 5']);
  });

  test('a role that cannot cause the trigger is not asked', () => {
    // guest may not change a Deal, so it starts nothing.
    expect(said(deal(credit))).toEqual(['field-not-editable warning 6']);
    expect(findingsOf({ files: deal(credit), schema }).find(({ kind }) => kind === 'perm')?.message).not.toContain(
      'guest',
    );
  });

  test('a condition on the role of the user keeps the others out', () => {
    const head = 'trigger: { on: update, fields: [stage] }\nwhen: { field: user.role, eq: finance }';
    expect(said(deal(credit, head))).toEqual([]);
    expect(said(deal(credit, head.replace('finance', 'sales')))).toEqual(['field-not-editable error 7']);
  });

  test('a branch that asks who it is silences what is said of some, not of all', () => {
    const branch = (then: string) =>
      deal(`  - if: { field: user.name, eq: Ito }\n    then:\n${then.replaceAll(/^/gm, '    ').trimEnd()}\n`);
    expect(said(branch(credit))).toEqual([]);
    expect(said(branch('  - delete: record\n'))).toEqual(['object-denied error 7']);
  });

  test('people who have another role that allows it are not refused', () => {
    expect(said(deal(invoice), users.replace('[sales]', '[sales, finance]'))).toEqual([]);
    expect(said(deal(invoice), users)).toEqual(['object-denied warning 5']);
  });

  test('system mode, and objects that the schema does not list, are not examined', () => {
    const scheduled = "trigger: { on: schedule, at: '09:00', tz: Asia/Tokyo }";
    expect(said(deal(invoice, scheduled))).toEqual([]);
    expect(said(deal('  - create: Letter\n    set: { title: new }\n'))).toEqual([]);
  });

  test('one missing right is one finding, with the other steps beside it', () => {
    const found = findingsOf({ files: deal(invoice + invoice), schema }).filter(({ kind }) => kind === 'perm');
    expect(found.map(({ line }) => line)).toEqual([5]);
    expect(found[0]?.also.map(({ line }) => line)).toEqual([7]);
  });
});

describe('what is hidden', () => {
  test('conditions and texts, once for each field', () => {
    const steps =
      "  - if: { field: margin, gt: 1 }\n    then: [{ notify: role:sales, message: 'margin {{record.margin}}' }]\n";
    expect(said(deal(steps))).toEqual(['field-not-readable warning 5', 'leak-by-mail info 6']);
  });

  test('a field behind a relation', () => {
    const more = '  hidden: { objects: { Invoice: [create, read, update] } }\n';
    const files = deal(
      '  - notify: role:finance\n    message: done\n',
      'trigger: { on: update, fields: [title] }',
    ).replace('object: Deal', 'object: Invoice');
    expect(said(files, more)).toEqual([]);
  });
});

describe('who has to act', () => {
  const ask = (approvers: string, head?: string) =>
    deal(
      `  - id: ask\n    approval:\n      approvers: [${approvers}]\n    approved: [{ log: 'yes' }]\n    rejected: [{ log: 'no' }]\n`,
      head,
    );

  test.each([
    ['', users, 'assignee-empty error 5'],
    ['user:sato', users, 'assignee-empty error 5'],
    ['queue:gone', users, 'assignee-empty error 5'],
    ['queue:gone, user:sato', users, 'assignee-empty error 5'],
    ["'{{record.boss}}'", users, 'assignee-empty error 5'],
    ["'{{record.owner}}'", users, 'self-approval warning 5'],
    ['role:finance', users, 'self-approval warning 5'],
  ])('[%s]: %s %s', (approvers, more, expected) => {
    expect(said(ask(approvers), more)).toContain(expected);
  });

  const saved = 'trigger: { on: update, fields: [stage] }';

  test.each([
    ['queue:mixed, role:sales', users, saved],
    ["'{{record.boss}}', role:sales", users, saved],
    ['user:tanaka, user:ito', users, saved],
    ["'{{record.boss}}'", users, `${saved}\nwhen: { field: boss, empty: false }`],
    ["'{{record.owner}}', role:sales", users, saved],
    ['role:finance', '', saved],
  ])('[%s] can act', (approvers, more, head) => {
    expect(said(ask(approvers, head), more).filter((one) => !one.startsWith('self'))).toEqual([]);
  });

  test('somebody who may not see the record', () => {
    const more =
      '  stranger: { objects: {} }\nusers:\n  x: { active: true, roles: [stranger] }\n  y: { active: true, roles: [finance] }\nqueues:\n  both: { members: [x, y] }\n';
    expect(said(ask('role:stranger'), more)).toContain('assignee-cannot-act error 7');
    expect(said(ask('queue:both'), more)).toContain('assignee-cannot-act warning 7');
    expect(said(ask('user:y'), more).filter((one) => one.startsWith('assignee'))).toEqual([]);
  });
});

describe('what passes rights', () => {
  const raise = (more: string, steps: string) =>
    deal(steps, `runAs: system\ntrigger: { on: manual${more} }\ninputs: { wanted: { type: number } }`);

  test('what is typed reaches a protected field, over a variable too', () => {
    const direct = "  - update: record\n    set: { creditLimit: '{{input.wanted}}' }\n";
    const over = "  - let: { n: '{{input.wanted}}' }\n  - update: record\n    set: { creditLimit: '{{var.n}}' }\n";
    expect(said(raise(', roles: [sales]', direct))).toContain('escalation error 8');
    expect(said(raise(', roles: [sales]', over))).toContain('escalation error 9');
    expect(said(raise(', roles: [finance]', direct)).filter((one) => one.startsWith('escalation'))).toEqual([]);
    expect(
      said(raise(', roles: [sales]', direct).replace('{{input.wanted}}', '5')).filter((one) =>
        one.startsWith('escalation'),
      ),
    ).toEqual([]);
  });

  test('an open webhook is anybody', () => {
    const files = deal(
      "  - update: Deal\n    where: { field: name, eq: '{{input.deal}}' }\n    set: { creditLimit: '{{input.wanted}}' }\n",
      'runAs: system\ntrigger: { on: webhook, auth: none }',
    );
    expect(said(files)).toContain('escalation error 8');
    expect(said(files.replace('none', 'secret'))).toEqual([]);
  });
});

describe('who may start and send', () => {
  test.each([
    ['roles: []', 'start-nobody warning 4'],
    ['roles: [nobody]', 'start-nobody warning 4'],
  ])('%s', (roles, expected) => {
    const files = deal('  - log: x\n', `runAs: user\ntrigger: { on: manual, ${roles} }`);
    expect(said(files)).toEqual([expected]);
  });

  test('roles that are not known may be there', () => {
    const files = deal('  - log: x\n', 'runAs: user\ntrigger: { on: manual, roles: [nobody] }');
    expect(linesOf('perm-start-nobody', { files })).toEqual([]);
    expect(linesOf('perm-start-nobody', { files: files.replace('[nobody]', '[]') })).toEqual([4]);
  });

  test('a role that nobody has', () => {
    const files = deal('  - log: x\n', 'runAs: user\ntrigger: { on: manual, roles: [guest] }');
    expect(said(files, users)).toEqual(['start-nobody warning 4']);
  });
});
