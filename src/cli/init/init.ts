import { domainOf } from '../../../checks/mail/dns-questions.ts';
import { parseDuration } from '../../config/duration.ts';
import { mailFromFlags } from '../../config/mail-flags.ts';
import { readConfigText } from '../../config/read.ts';
import type { MailConfig } from '../../model/config.ts';
import { protocols } from '../../model/config.ts';
import { subjectOf } from '../../model/mailbox.ts';
import { reporters } from '../../report/reporters.generated.ts';
import { Ended } from '../../run/run.ts';
import { tell } from '../apply-output.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { Detected } from '../detection.ts';
import { detectServers, isVouchedFor, serviceAt } from '../detection.ts';
import { formatsOf } from '../flags.ts';
import type { OpenWorld } from '../open-world.ts';
import { openWorld } from '../open-world.ts';
import { perform } from '../session.ts';
import type { InitFlags } from './flags.ts';
import type { Chosen, Made } from './present.ts';
import { complete, folderOf, oauthOf, present, secret } from './present.ts';
import { chosenIn, insistedIn, loginNames } from './proposal.ts';
import type { Way } from './questions.ts';
import { addressOf, mayLogIn, placeOf, wayOf } from './questions.ts';
import type { Settled } from './settle.ts';
import { settle } from './settle.ts';
import { foundBlock } from './show.ts';

const searchMs = 60_000;
/** Without a login there is nothing to say of what comes after it. */
const withoutLogin = ['mail.config', 'mail.dns', 'mail.port', 'mail.tls'];

/** Where flags name every server, nobody is asked for one. */
const nothingToFind = async (address: string): Promise<Detected> => {
  const { providerOf } = await import('../../reason/provider.ts');
  const domain = domainOf(address);
  const provider = providerOf(domain, []);
  return { domain, answers: [], ...(provider ? { provider } : {}), tried: { smtp: [], imap: [], pop3: [] } };
};

const detect = async (
  mail: MailConfig,
  flags: InitFlags,
  { world }: OpenWorld,
  { io }: Context,
): Promise<Detected | Ended> => {
  if (complete(mail)) return nothingToFind(mail.address);
  const ending = new AbortController();
  const limit = flags.timeout === undefined ? searchMs : (parseDuration(flags.timeout) ?? searchMs);
  const deadline = setTimeout(() => ending.abort(new Ended('deadline')), limit);
  const deaf = io.onInterrupt((signal) => ending.abort(new Ended(signal)));
  try {
    return await detectServers({ mail, ...(flags.ispdb ? { ispdb: true } : {}) }, world, ending.signal);
  } catch (error) {
    if (ending.signal.reason instanceof Ended) return ending.signal.reason;
    throw error;
  } finally {
    clearTimeout(deadline);
    deaf();
  }
};

/** The mailbox as it is to be tried: what the flags say, then what was found. */
const mailboxOf = (given: MailConfig, chosen: Chosen, way: Way): MailConfig => {
  const names = loginNames(chosen, given.address);
  const username = given.username ?? names.all;
  const services = Object.fromEntries(
    protocols.flatMap((protocol) => {
      const tried = chosen[protocol];
      if (given[protocol]) return [[protocol, given[protocol]]];
      if (!tried) return [];
      const own = given.username === undefined ? names.each[protocol] : undefined;
      return [[protocol, { ...serviceAt(tried.door), ...(own === undefined ? {} : { username: own }) }]];
    }),
  );
  return {
    ...given,
    ...(username === undefined || username === given.address ? {} : { username }),
    ...(way.kind === 'password' ? { password: { secret } } : {}),
    ...services,
  };
};

/** Doors that a flag names need no ground but that. */
const withoutGiven = (chosen: Chosen, given: MailConfig): Chosen =>
  Object.fromEntries(
    protocols.flatMap((one) => {
      const incoming = one !== 'smtp' && (given.imap ?? given.pop3) !== undefined;
      return given[one] || incoming || !chosen[one] ? [] : [[one, chosen[one]]];
    }),
  );

/** Without an app's id there is nobody to get a token from. */
const logsInBy = (way: Way): boolean => way.kind === 'password' || (way.kind === 'oauth' && way.clientId !== undefined);

/** The `oauth:` block as a file gives it. */
const withOAuth = (config: MailConfig, way: Way & { readonly kind: 'oauth' }, folder: string): MailConfig => {
  const text = JSON.stringify({ mail: { address: config.address, oauth: oauthOf(way) } });
  const { mail } = readConfigText(text, `${folder}/crm-doctor.yaml`, {});
  return mail && 'oauth' in mail && mail.oauth ? { ...config, oauth: mail.oauth } : config;
};

/** Hosts that the password does not go to unasked. */
const strangersAmong = async (chosen: Chosen, domain: string): Promise<readonly string[]> => {
  const hosts = await Promise.all(
    Object.values(chosen).map(async ({ door }) => ((await isVouchedFor(door, domain)) ? [] : [door.host])),
  );
  return [...new Set(hosts.flat())];
};

const checkFlags = (flags: InitFlags): void => {
  const onScreen = formatsOf(flags, Object.keys(reporters)).find(({ file }) => file === undefined);
  if (flags.stdout && onScreen && onScreen.name !== 'text') {
    throw new UsageError({
      en: '--stdout prints the configuration, so no report can go to standard output (write it to a file with --format NAME=FILE)',
      ja: '--stdout は設定を標準出力に書くため、レポートを標準出力に出せません（--format NAME=FILE でファイルに書いてください）',
    });
  }
  if (flags.stdout && flags.output !== undefined) {
    throw new UsageError({
      en: '--stdout and --output cannot be given together',
      ja: '--stdout と --output は同時に指定できません',
    });
  }
};

/** From an address to a configuration that was seen to work. */
export const init = async (wanted: string | undefined, flags: InitFlags, context: Context): Promise<number> => {
  checkFlags(flags);
  const { io, language } = context;
  const address = await addressOf(wanted, flags, context);
  const place = await placeOf(flags, context);
  if (place === 'declined') {
    tell({ en: 'nothing was written', ja: '何も書き込んでいません' }, context);
    return 3;
  }
  const { mail, secrets } = mailFromFlags({ ...flags, address }, io.env, io.cwd);
  const { password: _password, ...given } = mail;
  const opened = await openWorld(secrets, { subjects: [subjectOf(given, false)] });
  if (!flags.quiet && !complete(given)) {
    tell(
      { en: `looking for the mail servers of ${address} …`, ja: `${address} のメールサーバーを探しています…` },
      context,
    );
  }
  const detected = await detect(given, flags, opened, context);
  if (detected instanceof Ended) {
    if (detected.why !== 'deadline') {
      tell({ en: 'interrupted; nothing was written', ja: '中断しました。何も書き込んでいません' }, context);
      return detected.why === 'SIGINT' ? 130 : 143;
    }
    tell(
      {
        en: 'the servers were not found in time; nothing was written',
        ja: '制限時間内にサーバーが見つかりませんでした。何も書き込んでいません',
      },
      context,
    );
    return 3;
  }
  const best = chosenIn(detected);
  const chosen = withoutGiven(flags.force ? insistedIn(detected, best) : best, given);
  const options = renderOptions(flags, context);
  const textOnScreen = formatsOf(flags, Object.keys(reporters)).some(
    ({ name, file }) => name === 'text' && file === undefined,
  );
  const aside = !textOnScreen || flags.stdout === true;
  if (!flags.quiet && !complete(given) && !(aside && !io.err.isTTY)) {
    (aside ? io.err : io.out).write(foundBlock(detected, chosen, options));
  }
  const provider = detected.provider?.provider;
  const oauthOnly = provider?.login === 'oauth' || protocols.some((one) => chosen[one]?.door.oauth === true);
  const asked =
    Object.keys(chosen).length > 0 || complete(given)
      ? await wayOf({ provider, oauthOnly }, flags, context)
      : ({ kind: 'none' } as const);
  const strangers = asked.kind === 'password' ? await strangersAmong(chosen, detected.domain) : [];
  const agreed = await mayLogIn(strangers, flags, context);
  if (!agreed) {
    tell(
      {
        en: `no login was made at ${strangers.join(', ')}, which nobody vouches for; --yes allows it`,
        ja: `${strangers.join('、')} は信頼できる情報源によるものではないため、ログインしていません（--yes で許可できます）`,
      },
      context,
    );
  }
  const way: Way = agreed ? asked : { kind: 'none' };
  if (way.kind === 'password' && way.typed !== undefined)
    await opened.secrets.add(secret, { kind: 'value', value: way.typed });
  const made: Made = { way, place, detected, chosen };
  const config = mailboxOf(given, chosen, way);
  const subject = subjectOf(way.kind === 'oauth' ? withOAuth(config, way, folderOf(made, context)) : config, false);
  let settled: Settled | undefined;
  const only = flags.only ?? [];
  const { code } = await perform(
    {
      command: 'init',
      target: address,
      subjects: [subject],
      sources: new Map(),
      offline: false,
      opened,
      keep: true,
      ...(way.kind === 'oauth' && way.signIn ? { login: true } : {}),
      work: async (run) => {
        settled = await settle(run, subject);
        return settled.report;
      },
      present: (report, path) =>
        present(made, { change: [], subject, ...settled, report }, flags, { ...context, language }, path),
    },
    { ...flags, only: only.length === 0 && !logsInBy(way) ? withoutLogin : only },
    context,
  );
  return code;
};
