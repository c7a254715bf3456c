import { readFile, stat } from 'node:fs/promises';
import type { MailFlags as FlagsOfConfig } from '../config/mail-flags.ts';
import { mailFromFlags } from '../config/mail-flags.ts';
import { findConfig, readConfig } from '../config/read.ts';
import type { MailConfig, SecretSource } from '../model/config.ts';
import type { Subject } from '../model/mailbox.ts';
import { subjectAt, subjectOf } from '../model/mailbox.ts';
import type { ManySpan } from '../model/many.ts';
import type { Language } from '../model/text.ts';
import type { ConfigSource } from './apply.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';
import type { CommonFlags } from './flags.ts';
import type { MailboxesFlags } from './mailboxes/target.ts';
import { chosenOf, isMany, mailboxesIn, namesOf, runTargetOf, spanOf, withRowSecrets } from './mailboxes/target.ts';

export interface MailFlags extends FlagsOfConfig, MailboxesFlags {
  readonly send?: boolean;
  /** A person signs in first (OAuth). */
  readonly login?: boolean;
  readonly dryRun?: boolean;
  readonly offline?: boolean;
  readonly apply?: boolean;
  /** `ssh://USER@HOST[:PORT]` */
  readonly vantage?: string;
  readonly yes?: boolean;
}

export interface MailTarget {
  readonly language?: Language;
  readonly subjects: readonly Subject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly runbook?: string;
  /** With --apply only: the file that a change goes into, as it was before the run. */
  readonly source?: ConfigSource;
  /** The address, where the mailbox stands in no file. */
  readonly unfiled?: string;
  /** What the mailboxes are called together. */
  readonly target: string;
  /** Where there are many of them. */
  readonly many?: ManySpan;
  readonly perHost?: number;
}

const same = (left: string | undefined, right: string): boolean => left?.toLowerCase() === right.toLowerCase();

const hasHosts = ({ smtp, imap, pop3 }: MailFlags): boolean => Boolean(smtp ?? imap ?? pop3);

/** Flags that hold for a configured mailbox too; they are read by the rules of the flags-only form. */
const adjusted = (config: MailConfig, flags: MailFlags, { io }: Context): MailConfig => {
  const { mail } = mailFromFlags(
    {
      address: config.address,
      ...(flags.as === undefined ? {} : { as: flags.as }),
      ...(flags.trust === undefined ? {} : { trust: flags.trust }),
      ...(flags.ca === undefined ? {} : { ca: flags.ca }),
      ...(flags.ehlo === undefined ? {} : { ehlo: flags.ehlo }),
      ...(flags.dkimSelector === undefined ? {} : { dkimSelector: flags.dkimSelector }),
      ...(flags.family === undefined ? {} : { family: flags.family }),
      ...(flags.versionsFile === undefined ? {} : { versionsFile: flags.versionsFile }),
      ...(flags.sender === undefined ? {} : { sender: flags.sender }),
    },
    io.env,
    io.cwd,
  );
  const { asVersion: _other, asSni: _sni, ...rest } = config;
  return {
    // Another runtime by flag has a version of its own.
    ...(flags.as === undefined ? config : rest),
    ...mail,
    ...(flags.send ? { roundTrip: { enabled: true, timeoutMs: config.roundTrip?.timeoutMs ?? 60_000 } } : {}),
  };
};

const fromFlags = async (address: string, flags: MailFlags, context: Context): Promise<MailTarget> => {
  if (flags.apply) {
    throw new UsageError({
      en: `--apply changes crm-doctor.yaml, and ${address} is checked from flags alone; leave --apply out, or write the mailbox into a file`,
      ja: `--apply は crm-doctor.yaml を変更しますが、${address} はコマンドラインの指定だけで診断しています。--apply を外すか、設定ファイルにメールボックスを書いてください`,
    });
  }
  const { mail, secrets } = mailFromFlags({ ...flags, address }, context.io.env, context.io.cwd);
  if (hasHosts(flags))
    return { subjects: [subjectOf(mail, false)], sources: secrets, target: address, unfiled: address };
  if (flags.dryRun || flags.offline) {
    const flag = flags.dryRun ? '--dry-run' : '--offline';
    throw new UsageError({
      en: `${flag} contacts nobody, so the servers of ${address} cannot be looked for; name them with --smtp, --imap or --pop3`,
      ja: `${flag} ではどこにも接続しないため、${address} のサーバーを探せません。--smtp、--imap、--pop3 で指定してください`,
    });
  }
  const { detectServices } = await import('./detect.ts');
  const found = await detectServices(mail, context);
  return { subjects: [subjectOf(found, false)], sources: secrets, target: address, unfiled: address };
};

/** A password or a login name by flag would have to find its way among those of the services; so they are one or the other. */
const refuseOverruling = (flags: MailFlags, file: string): void => {
  const { smtp, imap, pop3, username, passwordEnv, passwordFile } = flags;
  const given = Object.entries({
    '--smtp': smtp,
    '--imap': imap,
    '--pop3': pop3,
    '--username': username,
    '--password-env': passwordEnv,
    '--password-file': passwordFile,
  }).find(([, value]) => value !== undefined);
  if (!given) return;
  const [flag] = given;
  throw new UsageError({
    en: `${flag} describes a mailbox without a file, and this one stands in ${file}; change it there, or give the address together with --smtp, --imap or --pop3`,
    ja: `${flag} は設定ファイルを使わないときの指定ですが、このメールボックスは ${file} にあります。ファイルを変更するか、アドレスを --smtp、--imap、--pop3 と一緒に指定してください`,
  });
};

/** A pipe can be read once only, and what cannot be read at all is said by whoever reads it as a configuration. */
const sourceText = async (file: string): Promise<string | undefined> => {
  const about = await stat(file).catch(() => undefined);
  if (about && !about.isFile() && !about.isDirectory()) {
    throw new UsageError({
      en: `--apply needs an ordinary file, and ${file} is none`,
      ja: `--apply には通常のファイルが必要ですが、${file} はそうではありません`,
    });
  }
  return readFile(file, 'utf8').catch(() => undefined);
};

/** Which mailboxes a command line means: from flags alone, or from the configuration, all or the one that is named. */
export const mailTarget = async (
  wanted: string | undefined,
  flags: CommonFlags & MailFlags,
  context: Context,
): Promise<MailTarget> => {
  const { io } = context;
  if (wanted !== undefined && hasHosts(flags)) return fromFlags(wanted, flags, context);
  const file = await findConfig({
    ...(flags.config === undefined ? {} : { explicit: flags.config }),
    cwd: io.cwd,
    env: io.env,
  });
  if (file === undefined) {
    if (wanted?.includes('@')) return fromFlags(wanted, flags, context);
    if (wanted !== undefined) {
      throw new UsageError({
        en: `${wanted} is no e-mail address, and there is no crm-doctor.yaml in ${io.cwd} or above it that could name a mailbox so; write the address in full, such as sales@example.co.jp`,
        ja: `${wanted} はメールアドレスではありません。その名前のメールボックスを書いた crm-doctor.yaml も ${io.cwd} とその上位にありません。sales@example.co.jp のようにアドレス全体を指定してください`,
      });
    }
    throw new UsageError({
      en: `no crm-doctor.yaml in ${io.cwd} or above it. Let crm-doctor init write one, or name the mailbox and its servers: crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587 --imap imap.example.co.jp:993 --password-env MAIL_PASSWORD`,
      ja: `${io.cwd} とその上位に crm-doctor.yaml がありません。crm-doctor init で作成するか、メールアドレスとサーバーを指定してください: crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587 --imap imap.example.co.jp:993 --password-env MAIL_PASSWORD`,
    });
  }
  // Before it is read as a configuration: what is edited in between is noticed when the change is to be written.
  const text = flags.apply ? await sourceText(file) : undefined;
  const loaded = await readConfig(file, io.env);
  if (flags.verbose) io.err.write(`crm-doctor: ${file}\n`);
  const listed = await mailboxesIn(loaded, io.env);
  const common = {
    ...(loaded.runbook === undefined ? {} : { runbook: loaded.runbook }),
    ...(loaded.language === undefined ? {} : { language: loaded.language }),
    ...(text === undefined ? {} : { source: { file: loaded.file, text } }),
  };
  if (!listed) {
    if (wanted?.includes('@')) return fromFlags(wanted, flags, context);
    throw new UsageError({
      en: `${file} has neither a mail: nor a mailboxes: section`,
      ja: `${file} に mail: も mailboxes: もありません`,
    });
  }
  const all = await chosenOf(
    {
      ...listed,
      subjects: listed.subjects.map((subject) => {
        if (subject.config.row?.faults) return subject;
        const changed = subjectAt(adjusted(subject.config, flags, context), subject);
        return subject.twins ? { ...changed, twins: subject.twins } : changed;
      }),
    },
    flags,
  );
  const subjects =
    wanted === undefined
      ? all.subjects
      : all.subjects.filter(({ name, address }) => same(name, wanted) || same(address, wanted));
  if (subjects.length > 0 || (wanted === undefined && all.shard)) {
    refuseOverruling(flags, file);
    const chosen = { ...all, subjects };
    const found = flags.dryRun ? chosen : await withRowSecrets(chosen);
    return {
      subjects: found.subjects,
      sources: found.sources,
      target: wanted === undefined ? runTargetOf(chosen) : subjects.map(({ label }) => label).join(', '),
      ...(wanted === undefined && isMany(chosen) ? { many: spanOf(chosen) } : {}),
      ...(all.perHost === undefined ? {} : { perHost: all.perHost }),
      ...common,
    };
  }
  if (wanted === undefined) {
    throw new UsageError({
      en: `every mailbox of ${listed.file ?? file} is disabled`,
      ja: `${listed.file ?? file} のメールボックスはすべて無効になっています`,
    });
  }
  if (wanted.includes('@')) return fromFlags(wanted, flags, context);
  const names = all.subjects.map(({ name, address }) => name ?? address);
  throw new UsageError({
    en: `${file} has no mailbox called ${wanted}; it has ${namesOf(names, 'en')}`,
    ja: `${file} に ${wanted} というメールボックスはありません。あるのは ${namesOf(names, 'ja')} です`,
  });
};
