import { findConfig, readConfig } from '../../config/read.ts';
import type { AnySubject } from '../../model/check.ts';
import type { SecretSource } from '../../model/config.ts';
import { crmSubjectsOf } from '../../model/crm/subject.ts';
import type { Subject } from '../../model/mailbox.ts';
import type { ManySpan } from '../../model/many.ts';
import type { ChannelConfig } from '../../model/notify.ts';
import type { SyncSubject } from '../../model/sync/subject.ts';
import type { Language } from '../../model/text.ts';
import type { WatchConfig } from '../../model/watch.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import type { MailboxesFlags } from '../mailboxes/target.ts';
import { asList, chosenOf, isMany, mailboxesIn, runTargetOf, spanOf, withRowSecrets } from '../mailboxes/target.ts';

/** Everything that a configuration describes. */
export interface CheckTarget {
  readonly file: string;
  /** Where it stands: that file, and the list of mailboxes that it names. */
  readonly files: readonly string[];
  readonly subjects: readonly AnySubject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  /** Definitions are looked at too. */
  readonly workflow: boolean;
  /** Records that are to be compared. */
  readonly sync: readonly SyncSubject[];
  /** When `watch` looks, and whom it tells. */
  readonly watch?: WatchConfig;
  readonly notify?: readonly ChannelConfig[];
  readonly language?: Language;
  readonly runbook?: string;
  /** What the mailboxes are called together. */
  readonly mailboxes: string;
  /** Where there are many of them: which, and how many are looked at on one host at the same time. */
  readonly many?: ManySpan;
  readonly perHost?: number;
}

export interface CheckTargetFlags extends CommonFlags, MailboxesFlags {
  readonly send?: boolean;
  /** Nothing secret is read. */
  readonly dryRun?: boolean;
}

/** The mailbox with one test message, as `mail --send` has it. */
const sending = (subject: Subject): Subject => ({ ...subject, roundTrip: { ...subject.roundTrip, enabled: true } });

export const checkTarget = async (flags: CheckTargetFlags, { io }: Context): Promise<CheckTarget> => {
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
  const { mail, crm, config, watch, notify, language, runbook } = loaded;
  const listed = await mailboxesIn(loaded, io.env);
  const chosen = listed && (await chosenOf(listed, flags));
  // What is no mailbox belongs to no tenant, and is looked at once, by the first of several jobs.
  const others = flags.tenant === undefined && (chosen?.shard?.index ?? 1) === 1;
  const found = chosen && !flags.dryRun ? await withRowSecrets(chosen, crm !== undefined && others) : chosen;
  const mailboxes = found?.subjects ?? [];
  const subjects = [
    ...mailboxes.map((subject) => (flags.send ? sending(subject) : subject)),
    ...(crm === undefined || !others
      ? []
      : crmSubjectsOf(crm, [
          ...asList(mail),
          ...(listed?.subjects ?? []).flatMap(({ config: one }) => (one.row ? [one] : [])),
        ])),
  ];
  const sync = others ? (loaded.sync ?? []) : [];
  const workflow = others && (config.workflow?.files ?? config.workflow?.crm) !== undefined;
  if (subjects.length === 0 && sync.length === 0 && !workflow && chosen?.shard === undefined) {
    throw new UsageError({
      en: `${file} describes nothing that could be checked: it has no mail:, mailboxes:, crm:, sync: or workflow: section`,
      ja: `${file} に検査する対象がありません（mail:、mailboxes:、crm:、sync:、workflow: のどれもありません）`,
    });
  }
  return {
    file,
    files: [file, ...(loaded.mailboxes ? [loaded.mailboxes.file] : [])],
    subjects,
    sources: found?.sources ?? loaded.secrets,
    workflow,
    sync,
    ...(watch === undefined ? {} : { watch }),
    ...(notify === undefined ? {} : { notify }),
    ...(language === undefined ? {} : { language }),
    ...(runbook === undefined ? {} : { runbook }),
    mailboxes: chosen ? runTargetOf(chosen) : '',
    ...(chosen && isMany(chosen) ? { many: spanOf(chosen) } : {}),
    ...(chosen?.perHost === undefined ? {} : { perHost: chosen.perHost }),
  };
};
