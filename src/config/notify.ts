import type { MailConfig, SecretSource } from '../model/config.ts';
import type { ChannelConfig, ChannelType } from '../model/notify.ts';
import type { Text } from '../model/text.ts';
import { wordsOfCommand } from '../reason/command-words.ts';
import { receiverFault } from '../reason/receiver-url.ts';
import type { ChannelSection } from './schema.ts';
import { missingKey } from './words.ts';

/** Something about a channel that its keys alone do not show. */
export interface ChannelProblem {
  readonly path: string;
  readonly text: Text;
}

type Key = keyof ChannelSection;
type Made = ChannelConfig | readonly ChannelProblem[];

const common: readonly Key[] = ['type', 'name', 'language', 'atLeast', 'kinds', 'mailboxes', 'tenants', 'else', 'ca'];

const own: Readonly<Record<ChannelType, readonly Key[]>> = {
  email: ['to', 'account', 'from', 'smtp'],
  slack: ['url'],
  teams: ['url'],
  'google-chat': ['url'],
  chatwork: ['room', 'token'],
  'line-works': ['url', 'bot', 'channel', 'user', 'clientId', 'clientSecret', 'serviceAccount', 'privateKeyFile'],
  webhook: ['url', 'secret'],
  ping: ['url'],
  command: ['command', 'timeout'],
};

const defaultCommandMs = 30_000;

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

const notForType = (path: string, key: string, type: ChannelType, allowed: readonly string[]): ChannelProblem => ({
  path: `${path}.${key}`,
  text: {
    en: `${path}.${key}: does not belong to the type ${type}; allowed: ${allowed.join(', ')}`,
    ja: `${path}.${key}: 種類 ${type} では使えないキーです。使えるキー: ${allowed.join('、')}`,
  },
});

const wrongForm = (path: string, needs: string): ChannelProblem => ({
  path,
  text: {
    en: `${path}: exactly one of ${needs} is needed`,
    ja: `${path}: ${needs} のうち、どれか 1 つだけを書いてください`,
  },
});

const notAddress = (path: string): ChannelProblem => ({
  path,
  text: {
    en: `${path}: this is no e-mail address`,
    ja: `${path}: メールアドレスの形式ではありません`,
  },
});

/** One @ with something on both sides, and nothing that could end a header or an address list. */
const isAddress = (text: string): boolean => /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/u.test(text);

const emailOf = (section: ChannelSection, path: string) => {
  const { to, account, from, smtp, ca } = section;
  const wrong: ChannelProblem[] = [];
  if (to === undefined) wrong.push({ path, text: missingKey(path, 'to') });
  const recipients = to === undefined ? [] : listOf(to);
  if (to !== undefined && (recipients.length === 0 || !recipients.every(isAddress)))
    wrong.push(notAddress(`${path}.to`));
  if (from !== undefined && !isAddress(from)) wrong.push(notAddress(`${path}.from`));
  if (account !== undefined && smtp) wrong.push(wrongForm(path, 'account, smtp'));
  if (smtp && from === undefined) wrong.push({ path, text: missingKey(path, 'from') });
  if (wrong.length > 0) return wrong;
  const { username, password, ...server } = smtp ?? {};
  const mail: MailConfig | undefined =
    smtp && from !== undefined
      ? {
          address: from,
          smtp: { ...server, host: smtp.host },
          ...(username === undefined ? {} : { username }),
          ...(password === undefined ? {} : { password }),
          ...(ca === undefined ? {} : { ca }),
        }
      : undefined;
  return {
    type: 'email' as const,
    to: recipients,
    ...(account === undefined ? {} : { account }),
    ...(mail ? { own: mail } : {}),
  };
};

const lineWorksOf = (section: ChannelSection, path: string) => {
  const { url, bot, channel, user, clientId, clientSecret, serviceAccount, privateKeyFile } = section;
  if (url !== undefined && bot === undefined) return { type: 'line-works' as const, form: 'webhook' as const, url };
  if (url !== undefined || bot === undefined) return [wrongForm(path, 'url, bot')];
  if ((channel === undefined) === (user === undefined)) return [wrongForm(path, 'channel, user')];
  const missing = Object.entries({ clientId, clientSecret, serviceAccount, privateKeyFile }).flatMap(([key, value]) =>
    value === undefined ? [{ path, text: missingKey(path, key) }] : [],
  );
  if (
    clientId === undefined ||
    clientSecret === undefined ||
    serviceAccount === undefined ||
    privateKeyFile === undefined
  ) {
    return missing;
  }
  return {
    type: 'line-works' as const,
    form: 'bot' as const,
    bot,
    to: channel === undefined ? { kind: 'users' as const, id: user ?? '' } : { kind: 'channels' as const, id: channel },
    clientId,
    clientSecret,
    serviceAccount,
    privateKeyFile,
  };
};

const kindOf = (section: ChannelSection, path: string) => {
  const { type, url, room, token, secret, command, timeout } = section;
  switch (type) {
    case 'email':
      return emailOf(section, path);
    case 'line-works':
      return lineWorksOf(section, path);
    case 'chatwork':
      if (room === undefined || !/^\d{1,20}$/.test(room)) {
        return room === undefined
          ? [{ path, text: missingKey(path, 'room') }]
          : [
              {
                path: `${path}.room`,
                text: {
                  en: `${path}.room: the number of a room is needed, the digits behind #!rid in its address`,
                  ja: `${path}.room: ルームの番号（ルームの URL の #!rid に続く数字）を書いてください`,
                },
              },
            ];
      }
      return token === undefined ? [{ path, text: missingKey(path, 'token') }] : { type, room, token };
    case 'command': {
      const argv = command === undefined ? [] : typeof command === 'string' ? wordsOfCommand(command) : command;
      if (command === undefined) return [{ path, text: missingKey(path, 'command') }];
      if (!argv || argv[0] === undefined || argv[0] === '') {
        return [
          {
            path: `${path}.command`,
            text: {
              en: `${path}.command: it is empty or its quotes are not closed`,
              ja: `${path}.command: 空か、引用符が閉じられていません`,
            },
          },
        ];
      }
      return { type, argv, timeoutMs: timeout ?? defaultCommandMs };
    }
    case 'webhook':
      if (url === undefined) return [{ path, text: missingKey(path, 'url') }];
      return { type, url, ...(secret === undefined ? {} : { secret }) };
    default:
      return url === undefined ? [{ path, text: missingKey(path, 'url') }] : { type, url };
  }
};

const isProblem = (made: object): made is readonly ChannelProblem[] => Array.isArray(made);

const channelOf = (section: ChannelSection, path: string): Made => {
  const { type, language, atLeast, kinds, mailboxes, tenants, ca } = section;
  const allowed = [...common, ...own[type]];
  const foreign = Object.keys(section).filter((key) => !allowed.some((one) => one === key));
  if (foreign.length > 0) return foreign.map((key) => notForType(path, key, type, allowed));
  const kind = kindOf(section, path);
  if (isProblem(kind)) return kind;
  return {
    name: section.name ?? type,
    path,
    ...(language === undefined ? {} : { language }),
    atLeast: atLeast ?? 'warning',
    ...(kinds === undefined ? {} : { kinds }),
    ...(mailboxes === undefined ? {} : { mailboxes: listOf(mailboxes) }),
    ...(tenants === undefined ? {} : { tenants: listOf(tenants) }),
    ...(section.else === undefined ? {} : { instead: section.else }),
    ...(ca === undefined ? {} : { ca }),
    ...kind,
  };
};

/** The names of mailboxes that an account may be called by, and whether it can send. */
export interface Account {
  readonly name?: string;
  readonly address: string;
  readonly sends: boolean;
}

const accountProblems = (made: ChannelConfig, accounts: readonly Account[]): readonly ChannelProblem[] => {
  if (made.type !== 'email' || made.own) return [];
  const { account, path } = made;
  const able = accounts.filter(({ sends }) => sends).map(({ name, address }) => name ?? address);
  if (account === undefined) {
    if (able.length > 0) return [];
    return [
      {
        path,
        text: {
          en: `${path}: there is no mailbox with smtp: through which it could be sent; write smtp: and from: here`,
          ja: `${path}: 送信に使える、smtp: のあるメールボックスがありません。ここに smtp: と from: を書いてください`,
        },
      },
    ];
  }
  if (accounts.some(({ name, address, sends }) => sends && (name === account || address === account))) return [];
  return [
    {
      path: `${path}.account`,
      text: {
        en: `${path}.account: there is no mailbox with smtp: that is called ${account}; there are ${able.join(', ') || 'none'}`,
        ja: `${path}.account: ${account} という、smtp: のあるメールボックスはありません。あるのは ${able.join('、') || 'なし'} です`,
      },
    },
  ];
};

/** Addresses that are known while the file is read: a wrong one should not show only when there is something to tell. */
export const receiverProblems = (
  channels: readonly ChannelConfig[],
  sources: ReadonlyMap<string, SecretSource>,
): readonly ChannelProblem[] =>
  channels.flatMap((one) => {
    const source = 'url' in one ? sources.get(one.url.secret) : undefined;
    const fault = source?.kind === 'value' ? receiverFault(source.value.trim()) : undefined;
    const path = `${one.path}.url`;
    return fault ? [{ path, text: { en: `${path}: ${fault.en}`, ja: `${path}: ${fault.ja}` } }] : [];
  });

/** The channels of `notify:`; or what is wrong with them. */
export const channelsOf = (
  notify: ChannelSection | readonly ChannelSection[],
  accounts: readonly Account[] | undefined,
): { readonly channels: readonly ChannelConfig[]; readonly problems: readonly ChannelProblem[] } => {
  const isList = (value: typeof notify): value is readonly ChannelSection[] => Array.isArray(value);
  const sections = isList(notify) ? notify : [notify];
  const made = sections.map((section) =>
    channelOf(section, isList(notify) ? `notify[${section.name ?? ''}]` : 'notify'),
  );
  const channels = made.flatMap((one) => (isProblem(one) ? [] : [one]));
  const names = channels.map(({ name }) => name);
  const lost = channels.flatMap(({ instead, name, path }) =>
    instead !== undefined && (instead === name || !names.includes(instead))
      ? [
          {
            path: `${path}.else`,
            text: {
              en: `${path}.else: there is no other channel called ${instead}`,
              ja: `${path}.else: ${instead} というほかの通知先はありません`,
            },
          },
        ]
      : [],
  );
  const anywhere = made.every((one) => !isProblem(one)) ? lost : [];
  return {
    channels,
    problems: [
      ...made.flatMap((one) => (isProblem(one) ? one : [])),
      ...anywhere,
      ...(accounts ? channels.flatMap((one) => accountProblems(one, accounts)) : []),
    ],
  };
};
