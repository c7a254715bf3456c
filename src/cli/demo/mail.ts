import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MailScenario } from '../../../fixtures/scenario.ts';
import type { MailConfig, SecretSource } from '../../model/config.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import type { Subject } from '../../model/mailbox.ts';
import { subjectOf, withChange } from '../../model/mailbox.ts';
import { verbatim } from '../../model/text.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { perform } from '../session.ts';
import type { Task } from '../task.ts';
import { again, teller } from './tell.ts';

const secretId = 'demo password';
const crmSecretId = 'demo API key';

/** Diagnoses the faulty set-up, and the mended one: by the proven change, else by what the steps ask for. */
export const playMail = async (
  scenario: MailScenario,
  told: boolean,
  flags: CommonFlags,
  context: Context,
): Promise<number> => {
  const { paragraph, heading } = teller(flags, context);
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
    if (told) heading(verbatim(`crm-doctor ${command}`));
    const { report, code } = await perform(taskFor(subject), flags, context);
    if (!told) return code;
    const change = report.diagnoses.flatMap(({ fix }) => fix.change);
    context.io.out.write('\n');
    if (change.length === 0) {
      await started.repair?.();
      paragraph({
        en: 'No setting of the CRM mends this one: somebody has to follow the steps above. Here they are followed for you, and the check is simply run again.',
        ja: 'これは CRM 側の設定では直りません。担当者が上の手順を行う必要があります。ここでは手順を済ませたことにして、もう一度検査します。',
      });
    }
    heading(change.length === 0 ? again.repair : again.change);
    // In the CRM it is made where its administrator, or --apply-to-crm, would make it.
    crm?.apply(change.filter(({ path }) => path.startsWith('crm')));
    const mended = await perform(taskFor(withChange(subject, change)), flags, context);
    context.io.out.write('\n');
    paragraph({
      en: 'Nothing left this machine: the servers of this demo ran inside this process. For your own mailbox: crm-doctor mail ADDRESS --smtp HOST --imap HOST --password-env NAME',
      ja: 'このデモのサーバーはこのプロセスの中で動いており、外部とは通信していません。ご自身のメールボックスを調べるには: crm-doctor mail アドレス --smtp ホスト --imap ホスト --password-env 変数名',
    });
    return mended.report.status === 'pass' ? 0 : 1;
  } finally {
    await started.stop();
    await rm(directory, { recursive: true, force: true });
  }
};
