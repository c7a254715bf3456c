import { expect, test } from '@jest/globals';
import type { Engine, FoundServers, GuideMailbox } from '../../src/guide/engine.ts';
import { mailArea } from '../../src/guide/mail.ts';
import type { Block, Question, Reply, Talk } from '../../src/guide/talk.ts';
import { walkThrough } from '../../src/guide/walk.ts';

/** Answers by the id of their question; what is asked without an answer is a fault. */
const asked = async (
  answers: Readonly<Record<string, string>>,
  {
    found = { services: [], strangers: [] },
    configured,
  }: { readonly found?: FoundServers; readonly configured?: Awaited<ReturnType<Engine['configured']>> } = {},
) => {
  const questions: string[] = [];
  const said: string[] = [];
  const given = new Map<string, string>();
  let drafted: GuideMailbox | undefined;
  const talk: Talk = {
    say: (block: Block) => {
      if ('text' in block) said.push(typeof block.text === 'string' ? block.text : block.text.en);
      if (block.kind === 'result') said.push(typeof block.title === 'string' ? block.title : block.title.en);
    },
    ask: async (question: Question): Promise<Reply> => {
      questions.push(question.id);
      const value = answers[question.id] ?? (question.kind === 'text' ? question.initial : undefined);
      if (value === undefined) throw new Error(`no answer to ${question.id}`);
      if (question.kind === 'text' && question.wrong?.(value)) throw new Error(`${question.id} does not take ${value}`);
      if (question.kind === 'choice' && !question.choices.some((one) => one.value === value)) {
        throw new Error(`${question.id} has no choice ${value}`);
      }
      return { kind: 'answer', value };
    },
    wait: () => ({ now: () => {}, stop: () => {} }),
  };
  const engine: Pick<Engine, 'configured' | 'detect' | 'give' | 'draft'> = {
    configured: async () => configured,
    detect: async () => found,
    give: (name, value) => {
      given.set(name, value);
    },
    draft: async ({ mailbox }) => {
      drafted = mailbox;
      return '/private/crm-doctor.yaml';
    },
  };
  const aim = await walkThrough(
    // Only these four are asked of the engine here.
    (walk) => mailArea.prepare(walk, engine as Engine, 'send'),
    talk,
    { entries: [], keep: async () => {}, recall: () => {}, noWayBack: () => {} },
  );
  return { aim, questions, said: said.join('\n'), given, drafted };
};

const smtp = { protocol: 'smtp', host: 'smtp.example.co.jp', port: 587, security: 'starttls' } as const;
const imap = { protocol: 'imap', host: 'imap.example.co.jp', port: 993, security: 'tls' } as const;
const typed = {
  'smtp.host': 'mail.example.co.jp',
  'smtp.port': '465',
  'smtp.security': 'unknown',
  incoming: 'none',
} as const;
const rest = { address: 'sales@example.co.jp', password: 'Planted-4711' } as const;

test('an address alone is enough: the servers are found, shown and taken', async () => {
  const { aim, said, drafted, given } = await asked(
    { source: 'address', servers: 'take', ...rest },
    { found: { services: [smtp, imap], strangers: [] } },
  );
  expect(said).toContain('smtp.example.co.jp:587');
  expect(drafted?.services).toEqual([smtp, imap]);
  expect(aim).toMatchObject({ found: true, draft: true, first: ['mail.smtp-auth'], sends: true });
  expect(aim.repeat).toBe(
    'crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587/starttls --imap imap.example.co.jp:993/tls --password-env MAIL_PASSWORD',
  );
  expect(given.get('MAIL_PASSWORD')).toBe('Planted-4711');
  expect(JSON.stringify(aim)).not.toContain('Planted');
});

test('found settings that are not those of the CRM are replaced by what the person types', async () => {
  const { aim, drafted } = await asked(
    { source: 'address', servers: 'typed', ...typed, ...rest },
    { found: { services: [smtp], strangers: [] } },
  );
  expect(drafted?.services).toEqual([{ protocol: 'smtp', host: 'mail.example.co.jp', port: 465, security: 'tls' }]);
  expect(aim.found).toBeUndefined();
});

test('a server that only the DNS names is pointed out before a password goes there', async () => {
  const { questions } = await asked(
    { source: 'address', servers: 'take', ...rest },
    { found: { services: [smtp], strangers: ['smtp.example.co.jp'] } },
  );
  expect(questions.indexOf('servers')).toBeLessThan(questions.indexOf('password'));
});

test('where nothing is found, the way goes on with what the CRM shows', async () => {
  const { said, drafted } = await asked({ source: 'address', ...typed, ...rest });
  expect(said).toContain('No mail server of sales@example.co.jp was found');
  expect(drafted?.services).toHaveLength(1);
});

test('a name that the person does not know is found by the address', async () => {
  const { drafted } = await asked(
    { source: 'typed', 'smtp.host': '', incoming: 'unknown', ...rest },
    { found: { services: [smtp, imap], strangers: [] } },
  );
  expect(drafted?.services).toEqual([smtp, imap]);
});

test('without a password nothing is logged in to, and no test message is offered', async () => {
  const { aim, drafted } = await asked({ source: 'typed', ...typed, ...rest, password: '' });
  expect(drafted?.password).toBe(false);
  expect(aim.sends).toBeUndefined();
  expect(aim.first).toEqual([]);
  expect(aim.repeat).not.toContain('--password-env');
});

test('a configured mailbox needs no more questions', async () => {
  const configured = {
    file: '/srv/crm/crm-doctor.yaml',
    mailboxes: ['sales'],
    comparisons: [],
    crms: ['odoo'],
    workflows: false,
  };
  const one = await asked({ mailbox: 'mail sales' }, { configured });
  expect(one.questions).toEqual(['mailbox']);
  expect(one.aim.command).toEqual(['mail', 'sales', '--config', '/srv/crm/crm-doctor.yaml']);
  const all = await asked({ mailbox: 'crm odoo' }, { configured });
  expect(all.aim.command).toEqual(['check', '--config', '/srv/crm/crm-doctor.yaml']);
});
