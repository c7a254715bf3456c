import { findConfig, readConfig } from '../../config/read.ts';
import type { AnySubject } from '../../model/check.ts';
import type { MailConfig, SecretSource } from '../../model/config.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import type { Subject } from '../../model/mailbox.ts';
import { subjectsOf } from '../../model/mailbox.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { Language } from '../../model/text.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';

/** Everything that a configuration describes. */
export interface CheckTarget {
  readonly file: string;
  readonly subjects: readonly AnySubject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  /** Definitions are looked at too. */
  readonly workflow: boolean;
  /** Records that are to be compared. */
  readonly sync: readonly SyncSubject[];
  readonly language?: Language;
  readonly runbook?: string;
}

const asList = (mail: MailConfig | readonly MailConfig[] | undefined): readonly MailConfig[] =>
  mail === undefined ? [] : 'address' in mail ? [mail] : mail;

/** The mailbox with one test message, as `mail --send` has it. */
const sending = (subject: Subject): Subject => ({ ...subject, roundTrip: { ...subject.roundTrip, enabled: true } });

export const checkTarget = async (
  flags: CommonFlags & { readonly send?: boolean },
  { io }: Context,
): Promise<CheckTarget> => {
  const file = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  if (file === undefined) {
    throw new UsageError({
      en: `no crm-doctor.yaml in ${io.cwd} or above it. Let crm-doctor init write one`,
      ja: `${io.cwd} とその上位に crm-doctor.yaml がありません。crm-doctor init で作成してください`,
    });
  }
  const loaded = await readConfig(file, io.env);
  if (flags.verbose) io.err.write(`crm-doctor: ${file}\n`);
  const { mail, crm, sync = [], config, secrets, language, runbook } = loaded;
  const subjects = [
    ...(mail === undefined ? [] : subjectsOf(mail).map((subject) => (flags.send ? sending(subject) : subject))),
    ...(crm === undefined ? [] : crmSubjectsOf(crm, asList(mail))),
  ];
  const workflow = (config.workflow?.files ?? config.workflow?.crm) !== undefined;
  if (subjects.length === 0 && sync.length === 0 && !workflow) {
    throw new UsageError({
      en: `${file} describes nothing that could be checked: it has no mail:, crm:, sync: or workflow: section`,
      ja: `${file} に検査する対象がありません（mail:、crm:、sync:、workflow: のどれもありません）`,
    });
  }
  return {
    file,
    subjects,
    sources: secrets,
    workflow,
    sync,
    ...(language === undefined ? {} : { language }),
    ...(runbook === undefined ? {} : { runbook }),
  };
};
