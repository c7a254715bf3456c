import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { wrap } from '../../i18n/wrap.ts';
import type { MailConfig, SecretSource } from '../../model/config.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import type { Subject } from '../../model/mailbox.ts';
import { subjectOf, withChange } from '../../model/mailbox.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { guarded } from '../report-error.ts';
import type { Task } from '../session.ts';
import { perform } from '../session.ts';
import { meant } from '../suggest.ts';

const words = {
  list: { en: 'list the scenarios', ja: 'シナリオの一覧を表示する' },
  name: { en: 'scenario (default: the first)', ja: 'シナリオ名（省略時は最初のもの）' },
} as const;

const secretId = 'demo password';
const crmSecretId = 'demo API key';

/** How the story is told: as wide as it reads well, and without a line before its headings for those who hear it. */
const teller = (flags: CommonFlags, context: Context) => {
  const { columns, plain, ascii } = renderOptions(flags, context);
  const { io, language } = context;
  const say = (text: string): void =>
    io.out.write(`${wrap(text, plain ? columns : Math.min(columns, 100)).join('\n')}\n\n`);
  return {
    paragraph: (text: Text): void => say(text[language]),
    heading: (text: Text): void => say(`${plain ? '' : ascii ? '-- ' : '── '}${text[language]}`),
  };
};

/** Tells the story, diagnoses the faulty set-up and, where a change was proven, checks the mended one. */
const play = async (name: string | undefined, flags: CommonFlags, context: Context): Promise<number> => {
  const { scenarios } = await import('../../../fixtures/scenarios.ts');
  const scenario = name === undefined ? scenarios[0] : scenarios.find((one) => one.name === name);
  if (!scenario) {
    const known = scenarios.map((one) => one.name);
    const near = meant(name ?? '', known);
    throw new UsageError({
      en: `there is no demo called ${name}${near.en}; there are ${known.join(', ')}`,
      ja: `${name} というデモはありません${near.ja}。あるのは ${known.join('、')} です`,
    });
  }
  const { paragraph, heading } = teller(flags, context);
  const told = !flags.json && (flags.format ?? []).length === 0 && !flags.quiet;
  const directory = await mkdtemp(join(tmpdir(), 'crm-doctor-demo-'));
  const started = await scenario.start();
  try {
    const ca = join(directory, 'demo-ca.pem');
    await writeFile(ca, started.ca);
    const { password, ...mail } = started.config.mail;
    const config: MailConfig = { ...mail, password: { secret: secretId }, ca };
    const { crm } = started;
    const sources = new Map<string, SecretSource>([
      [secretId, { kind: 'value', value: password }],
      ...(crm ? ([[crmSecretId, { kind: 'value', value: crm.secret }]] as const) : []),
    ]);
    const crms = crm ? crmSubjectsOf({ ...crm.config, secret: { secret: crmSecretId }, ca }, [config]) : [];
    const command = crm ? 'check' : 'mail';
    const taskFor = (subject: Subject): Task => ({
      command,
      target: [subject, ...crms].map(({ label }) => label).join(', '),
      subjects: [subject, ...crms],
      sources,
      offline: false,
      dns: { servers: [{ address: started.dns.host, port: started.dns.port }] },
      keep: false,
    });
    const subject = subjectOf(config, false);
    if (told) {
      heading(scenario.title);
      paragraph(scenario.story);
      heading({ en: `crm-doctor ${command}`, ja: `crm-doctor ${command}` });
    }
    const { report, code } = await perform(taskFor(subject), flags, context);
    if (!told) return code;
    const change = report.diagnoses.flatMap(({ fix }) => fix.change);
    if (change.length === 0) {
      paragraph({
        en: 'No setting of the CRM mends this one: somebody has to follow the steps above. The check is then simply run again.',
        ja: 'これは CRM 側の設定では直りません。上の手順を担当者に依頼し、そのあとでもう一度検査します。',
      });
      return 0;
    }
    context.io.out.write('\n');
    heading({ en: 'The same check with the proven change', ja: '確かめた変更を適用して、もう一度検査' });
    // In the CRM it is made where its administrator, or --apply-to-crm, would make it.
    crm?.apply(change.filter(({ path }) => path.startsWith('crm')));
    const again = await perform(taskFor(withChange(subject, change)), flags, context);
    context.io.out.write('\n');
    paragraph({
      en: 'Nothing left this machine: the servers of this demo ran inside this process. For your own mailbox: crm-doctor mail ADDRESS --smtp HOST --imap HOST --password-env NAME',
      ja: 'このデモのサーバーはこのプロセスの中で動いており、外部とは通信していません。ご自身のメールボックスを調べるには: crm-doctor mail アドレス --smtp ホスト --imap ホスト --password-env 変数名',
    });
    return again.report.status === 'pass' ? 0 : 1;
  } finally {
    await started.stop();
    await rm(directory, { recursive: true, force: true });
  }
};

export const command: CommandModule = {
  name: 'demo',
  usage: '[scenario]',
  order: 80,
  summary: {
    en: 'diagnose a faulty set-up on embedded servers: needs no network and no account',
    ja: '内蔵サーバーで不具合のある構成を診断してみせる（ネットワークもアカウントも不要）',
  },
  examples: ['crm-doctor demo', 'crm-doctor demo --list', 'crm-doctor demo certificate-expired --lang ja'],
  configure: (demo: Command, context, done) => {
    demo.argument('[scenario]', words.name[context.language]).option('--list', words.list[context.language]);
    addCommonFlags(demo, context.language);
    demo.action(async (name: string | undefined) => {
      const flags = demo.opts<CommonFlags & { readonly list?: boolean }>();
      done(
        await guarded({ command: 'demo', target: name ?? '' }, flags, context, async () => {
          if (!flags.list) return play(name, flags, context);
          const { scenarios } = await import('../../../fixtures/scenarios.ts');
          const { columns } = renderOptions(flags, context);
          for (const one of scenarios) {
            context.io.out.write(`${one.name}\n`);
            for (const line of wrap(one.title[context.language], columns - 2)) context.io.out.write(`  ${line}\n`);
          }
          return 0;
        }),
      );
    });
  },
};
