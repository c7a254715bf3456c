import type { CrmMailAccount, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, type Json, textIn } from '../reading.ts';
import type { Rest } from './ask.ts';
import { list } from './lists.ts';
import { rights } from './rights.ts';
import { readSettings, type SettingName, type SiteSettings } from './settings.ts';

const incoming: Text = {
  en: 'RT fetches no mail itself: the mail server of its host hands each message to rt-mailgate by an alias (or fetchmail does), one line for each queue address in /etc/aliases',
  ja: 'RT 自身はメールを取り込みません。RT のホストのメールサーバーが、キューのアドレスごとに /etc/aliases に書いたエイリアス（または fetchmail）で、メールを 1 通ずつ rt-mailgate に渡します',
};

const outgoing = (program: string): Text => ({
  en: `RT hands its mail to ${program} on its own host: which server it goes to is set there, not in RT`,
  ja: `RT は自分のホストの ${program} にメールを渡します。送り先のサーバーは RT ではなく、そのホストで設定されています`,
});

const place = (setting: string): Text => ({ en: `RT_SiteConfig.pm: ${setting}`, ja: `RT_SiteConfig.pm の ${setting}` });

/** Values of `$MailCommand` that keep mail on the host (RT_Config(3)), and programs that take it and throw it away. */
const keptBack = ['mbox', 'testfile'];
const swallowing = /^\/(?:usr\/)?bin\/true$/;

const said = ({ set }: SiteSettings, name: SettingName): string | undefined => {
  const setting = set.get(name);
  return setting?.kind === 'text' ? setting.value : undefined;
};

/** `$MailCommand` smtp or smtps: Mail::Mailer talks to a server itself. */
const accountOf = (site: SiteSettings, printable: CrmClient['printable']): CrmMailAccount | undefined => {
  const command = said(site, 'MailCommand');
  const { mailParams } = site;
  if ((command !== 'smtp' && command !== 'smtps') || !mailParams) return undefined;
  const from = said(site, 'CorrespondAddress');
  return {
    id: 'MailParams',
    name: '$MailParams',
    ...(from ? { from: printable(from) } : {}),
    services: {
      smtp: {
        host: printable(mailParams.server),
        port: mailParams.port ?? (command === 'smtps' ? 465 : 25),
        security: command === 'smtps' ? 'tls' : 'none',
        login: mailParams.login ? 'password' : 'none',
      },
    },
    enabled: true,
    isDefault: true,
    place: place('@MailParams'),
    writable: [],
  };
};

const off = (site: SiteSettings, printable: CrmClient['printable']): CrmMailSettings['outboundOff'] => {
  const command = said(site, 'MailCommand');
  if (command !== undefined && keptBack.includes(command)) {
    return { setting: '$MailCommand', says: command, place: place('$MailCommand') };
  }
  const program = said(site, 'SendmailPath');
  const piped = command === undefined || command === 'sendmailpipe' || command === 'sendmail';
  return piped && program !== undefined && swallowing.test(program)
    ? { setting: '$SendmailPath', says: printable(program), place: place('$SendmailPath') }
    : undefined;
};

const notRead: Text = {
  en: 'how RT sends (MailCommand, SendmailPath) and its general reply address are not told by its API: crm.settingsFile can name its RT_SiteConfig.pm',
  ja: 'RT の送信方法（MailCommand、SendmailPath）と全体の返信アドレスは API では分かりません。crm.settingsFile に RT_SiteConfig.pm を指定すると読み取れます',
};

const oneFile: Text = {
  en: 'only the file of crm.settingsFile was read, not those in RT_SiteConfig.d beside it',
  ja: '読み取ったのは crm.settingsFile のファイルだけで、隣の RT_SiteConfig.d の中のファイルは読んでいません',
};

const computed = (names: readonly string[]): Text => ({
  en: `computed by Perl in RT_SiteConfig.pm, so not known: ${names.join(', ')}`,
  ja: `RT_SiteConfig.pm で Perl が計算するため分かりません: ${names.join('、')}`,
});

const without = (queues: readonly string[]): Text => ({
  en: `queues without a reply address of their own, which use $CorrespondAddress: ${queues.join(', ')}`,
  ja: `自分の返信アドレスがなく、$CorrespondAddress を使うキュー: ${queues.join('、')}`,
});

/** Queues with their addresses, and what RT_SiteConfig.pm says of sending. */
export const readMail = async (
  rest: Rest,
  tools: {
    readonly printable: CrmClient['printable'];
    readonly settings: string | undefined;
    readonly admin: boolean;
  },
  signal: AbortSignal,
): Promise<CrmReply<CrmMailSettings>> => {
  const { printable, settings, admin } = tools;
  const listed = await list(
    rest,
    {
      path: '/queues/all',
      query: { fields: 'Name,CorrespondAddress,CommentAddress,Disabled' },
      right: rights.queues,
    },
    signal,
  );
  if (listed.kind === 'failed') return listed;
  // Every RT has a queue; who may see none is told nothing at all, without any error.
  if (listed.items.length === 0 && !admin) {
    return {
      kind: 'failed',
      failure: { kind: 'permission', what: '/REST/2.0/queues/all', status: 200, says: '', needs: rights.queues },
    };
  }
  const queues = listed.items.filter(({ Disabled }) => booleanIn(Disabled) !== true);
  const addresses = (key: 'CorrespondAddress' | 'CommentAddress') =>
    queues.flatMap((queue: Json) => {
      const address = textIn(queue[key]);
      return address === undefined ? [] : [{ role: 'queue' as const, address: printable(address) }];
    });
  const site = settings === undefined ? undefined : readSettings(settings);
  const general = site && (['CorrespondAddress', 'CommentAddress'] as const).map((name) => said(site, name));
  const account = site && accountOf(site, printable);
  const switchedOff = site && off(site, printable);
  const own = addresses('CorrespondAddress');
  const lacking = queues.filter((queue) => textIn(queue.CorrespondAddress) === undefined);
  // An empty text is said on purpose; where nothing is said, another file may say it.
  const nowhere = queues.length > 0 && own.length === 0 && general?.[0] === '';
  const unknown = site ? [...site.set].flatMap(([name, { kind }]) => (kind === 'computed' ? [`$${name}`] : [])) : [];
  const program = (site && said(site, 'SendmailPath')) ?? 'sendmail';
  return {
    kind: 'answered',
    value: {
      accounts: account ? [account] : [],
      ...(switchedOff ? { outboundOff: switchedOff } : {}),
      aliases: [
        ...(general ?? []).flatMap((address, n) =>
          address
            ? [{ role: n === 0 ? ('default-from' as const) : ('reply' as const), address: printable(address) }]
            : [],
        ),
        ...own,
        ...addresses('CommentAddress'),
      ],
      ...(nowhere ? { missing: ['incoming'] as const } : {}),
      otherWay: { ...(account ? {} : { outgoing: outgoing(printable(program)) }), incoming },
    },
    gaps: [
      site ? oneFile : notRead,
      ...(unknown.length > 0 ? [computed(unknown)] : []),
      ...(lacking.length > 0 && !nowhere
        ? [without(lacking.slice(0, 10).map(({ Name, id }) => printable(textIn(Name) ?? String(id))))]
        : []),
      ...(listed.whole ? [] : [{ en: 'only the first 1000 queues', ja: '最初の 1000 キューだけです' }]),
    ],
  };
};
