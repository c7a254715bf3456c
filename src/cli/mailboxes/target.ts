import type { LoadedConfig } from '../../config/read.ts';
import { visible } from '../../i18n/visible.ts';
import type { MailConfig, SecretSource } from '../../model/config.ts';
import type { Subject } from '../../model/mailbox.ts';
import { servicesOf, subjectAt, subjectsOf } from '../../model/mailbox.ts';
import type { ManySpan } from '../../model/many.ts';
import { UsageError } from '../command.ts';
import type { Shard } from './shard.ts';

/** Flags that choose among many mailboxes. */
export interface MailboxesFlags {
  readonly tenant?: string;
  readonly shard?: string;
}

/** Every mailbox of a configuration, from `mail:` and from the list; nothing secret is read yet. */
export interface Mailboxes {
  readonly subjects: readonly Subject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly disabled: number;
  readonly tenants: boolean;
  readonly perHost?: number;
  /** Absolute; only where there is a list. */
  readonly file?: string;
}

/** The mailboxes that a command line means. */
export interface ChosenMailboxes extends Mailboxes {
  readonly shard?: Shard;
  readonly tenant?: string;
}

export const asList = (mail: MailConfig | readonly MailConfig[] | undefined): readonly MailConfig[] =>
  mail === undefined ? [] : 'address' in mail ? [mail] : mail;

/** What mailboxes there are; `undefined` where the configuration names none. */
export const mailboxesIn = async (
  { mail, mailboxes, file, secrets }: LoadedConfig,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Mailboxes | undefined> => {
  if (!mailboxes) {
    if (mail === undefined) return undefined;
    return { subjects: subjectsOf(mail), sources: secrets, disabled: 0, tenants: false };
  }
  const own = asList(mail);
  const taken = new Set(own.flatMap(({ address, name }) => [address, ...(name === undefined ? [] : [`name ${name}`])]));
  const { readMailboxList } = await import('./list.ts');
  const list = await readMailboxList(mailboxes, { configFile: file, env, taken });
  return {
    subjects: subjectsOf(mail ?? [], list.mail),
    sources: new Map([...secrets, ...list.sources]),
    disabled: list.disabled,
    tenants: list.tenants,
    file: mailboxes.file,
    ...(mailboxes.perHost === undefined ? {} : { perHost: mailboxes.perHost }),
  };
};

const most = 20;

/** So many names help; a thousand do not. */
export const namesOf = (names: readonly string[], language: 'en' | 'ja'): string => {
  const shown = names
    .slice(0, most)
    .map(visible)
    .join(language === 'ja' ? '、' : ', ');
  const rest = names.length - most;
  if (rest <= 0) return shown;
  return language === 'ja' ? `${shown} ほか ${rest} 件` : `${shown} and ${rest} more`;
};

/** Those of one tenant, and of them one part of several. */
export const chosenOf = async (all: Mailboxes, { tenant, shard: word }: MailboxesFlags): Promise<ChosenMailboxes> => {
  let { subjects } = all;
  if (tenant !== undefined) {
    const tenants = [...new Set(subjects.flatMap(({ config }) => config.row?.tenant ?? []))];
    const wanted =
      tenants.find((one) => one === tenant) ?? tenants.find((one) => one.toLowerCase() === tenant.toLowerCase());
    if (wanted === undefined) {
      const known = tenants.length > 0;
      throw new UsageError({
        en: known
          ? `no mailbox belongs to the tenant ${JSON.stringify(tenant)}; there are ${namesOf(tenants, 'en')}`
          : '--tenant needs a list of mailboxes with a column of tenants (mailboxes: in the configuration)',
        ja: known
          ? `テナント ${JSON.stringify(tenant)} のメールボックスはありません。あるのは ${namesOf(tenants, 'ja')} です`
          : '--tenant には、テナントの列がある一覧（設定ファイルの mailboxes:）が必要です',
      });
    }
    subjects = subjects.filter(({ config }) => config.row?.tenant === wanted);
  }
  if (word === undefined) return { ...all, subjects, ...(tenant === undefined ? {} : { tenant }) };
  const { shardIn, shardOf } = await import('./shard.ts');
  const shard = shardIn(word);
  return {
    ...all,
    subjects: subjects.filter(({ address }) => shardOf(address, shard.of) === shard.index),
    shard,
    ...(tenant === undefined ? {} : { tenant }),
  };
};

const refsOf = (subject: Subject): readonly string[] => {
  const { password } = subject.config;
  return [...(password ? [password.secret] : []), ...servicesOf(subject).flatMap((one) => one.password?.secret ?? [])];
};

/**
 * Reads the secrets of the chosen rows, and of no others; a row whose secret cannot be had becomes one that could not be
 * read. Those of `mail:` are read where the world is opened, as always.
 */
export const withRowSecrets = async <Chosen extends Pick<Mailboxes, 'subjects' | 'sources' | 'file'>>(
  chosen: Chosen,
  everybody = false,
): Promise<Chosen> => {
  const { file, subjects, sources } = chosen;
  if (file === undefined) return chosen;
  const isRow = (id: string): boolean => id.startsWith(`${file}:`);
  const wanted = new Set(subjects.flatMap(refsOf));
  const ofRows = new Map([...sources].filter(([id]) => isRow(id) && (everybody || wanted.has(id))));
  const others = [...sources].filter(([id]) => !isRow(id));
  const { withSecrets } = await import('./secrets.ts');
  const read = await withSecrets(
    subjects.map(({ config }) => config),
    ofRows,
  );
  return {
    ...chosen,
    sources: new Map([...others, ...read.sources]),
    subjects: subjects.map((subject, at) => {
      const config = read.mail[at] ?? subject.config;
      return config === subject.config ? subject : subjectAt(config, subject);
    }),
  };
};

const fewEnough = 20;

/** What a run of these is called in the runbook: the same from one run to the next. */
export const runTargetOf = ({ subjects, file, shard, tenant }: ChosenMailboxes): string => {
  if (subjects.length <= fewEnough && !shard && tenant === undefined)
    return subjects.map(({ label }) => label).join(', ');
  const own = subjects.filter(({ config }) => !config.row).map(({ label }) => label);
  return [
    ...(own.length > fewEnough ? ['mail'] : own),
    ...(file === undefined ? [] : [file.split(/[/\\]/).at(-1) ?? file]),
    ...(tenant === undefined ? [] : [`tenant ${tenant}`]),
    ...(shard ? [`shard ${shard.index}/${shard.of}`] : []),
  ].join(', ');
};

/** From so many on a run tells of groups first, and keeps the evidence of what is wrong only. */
const manyFrom = 20;

export const isMany = ({ subjects, shard, tenant }: ChosenMailboxes): boolean =>
  subjects.length >= manyFrom || shard !== undefined || tenant !== undefined;

/** What the report is told of the list and of the part that was looked at. */
export const spanOf = ({ subjects, file, shard, tenant, disabled }: ChosenMailboxes): ManySpan => ({
  mailboxes: subjects.length,
  disabled,
  ...(file === undefined ? {} : { file }),
  ...(shard ? { shard } : {}),
  ...(tenant === undefined ? {} : { tenant }),
});
