import type { Protocol } from '../model/config.ts';
import type { CrmMailAccount, CrmMailService } from '../model/crm/answers.ts';
import type { CrmConfig } from '../model/crm/subject.ts';
import type { Language, Text } from '../model/text.ts';
import { comment, inFlow, scalar } from './new-config.ts';

/** A mailbox as several accounts of a CRM describe it (one that sends, one that fetches). */
export interface CrmMailbox {
  readonly address: string;
  readonly from?: string;
  readonly services: readonly { readonly protocol: Protocol; readonly service: CrmMailService; readonly place: Text }[];
  /** Of the environment: the CRM does not hand out its passwords. Absent where it logs in without one. */
  readonly variable?: string;
}

const isAddress = (text: string | undefined): text is string =>
  text !== undefined && /^[^\s@<>"\p{C}]+@[^\s@<>"\p{C}]+$/u.test(text);

const order: readonly Protocol[] = ['smtp', 'imap', 'pop3'];

const servicesOf = ({ services, place }: CrmMailAccount): CrmMailbox['services'] =>
  order.flatMap((protocol) => {
    const service = services[protocol];
    return service ? [{ protocol, service, place }] : [];
  });

const addressOf = ({ address, from, services }: CrmMailAccount): string | undefined =>
  [address, ...order.map((protocol) => services[protocol]?.username), from].find(isAddress);

/** `MAIL_PASSWORD` for one mailbox, `MAIL_PASSWORD_SALES` for one of several. */
const variableOf = (address: string, several: boolean): string => {
  const name = address
    .replace(/@.*$/, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return several && name !== '' ? `MAIL_PASSWORD_${name}` : 'MAIL_PASSWORD';
};

/** The accounts that are in use, by mailbox; those without an address are not ours to name. */
export const mailboxesOf = (accounts: readonly CrmMailAccount[]): readonly CrmMailbox[] => {
  const found = new Map<string, { address: string; from?: string; services: CrmMailbox['services'] }>();
  for (const account of accounts) {
    const address = addressOf(account);
    if (!account.enabled || address === undefined) continue;
    const services = servicesOf(account);
    if (services.length === 0) continue;
    const known = found.get(address.toLowerCase());
    const taken = new Set(known?.services.map(({ protocol }) => protocol));
    const from = known?.from ?? account.from;
    found.set(address.toLowerCase(), {
      address: known?.address ?? address,
      ...(from === undefined ? {} : { from }),
      // The first account of a protocol is the one of the highest rank.
      services: [...(known?.services ?? []), ...services.filter(({ protocol }) => !taken.has(protocol))],
    });
  }
  return [...found.values()].map((mailbox) => ({
    ...mailbox,
    ...(mailbox.services.some(({ service }) => service.login !== 'none')
      ? { variable: variableOf(mailbox.address, found.size > 1) }
      : {}),
  }));
};

const words = {
  head: (day: string): Text => ({
    en: `Written by \`crm-doctor init --crm\` on ${day} from the CRM's own settings. Check it at any time: crm-doctor check`,
    ja: `crm-doctor init --crm が ${day} に CRM の設定から作成しました。いつでも crm-doctor check で検査できます`,
  }),
  variable: {
    en: 'taken from the environment; the password itself does not belong in this file',
    ja: '環境変数から読み取ります。パスワードそのものはこのファイルに書かないでください',
  },
} as const;

const serviceLine = (
  { protocol, service: { host, port, security, username, folders } }: CrmMailbox['services'][number],
  { address }: CrmMailbox,
): string => {
  const parts = [
    `host: ${inFlow(host)}`,
    ...(port === undefined ? [] : [`port: ${port}`]),
    ...(security === undefined ? [] : [`security: ${security}`]),
    ...(username === undefined || username === address ? [] : [`username: ${inFlow(username)}`]),
    ...(folders?.[0] === undefined || folders[0].toUpperCase() === 'INBOX' ? [] : [`folder: ${inFlow(folders[0])}`]),
  ];
  return `${protocol}: { ${parts.join(', ')} }`;
};

const mailboxLines = (mailbox: CrmMailbox, named: boolean, say: (text: Text) => string): readonly string[] => {
  const { address, from, services, variable } = mailbox;
  const [first, rest] = named ? ['  - ', '    '] : ['  ', '  '];
  const lines = [
    ...(named ? [`name: ${scalar(address)}`] : []),
    `address: ${scalar(address)}`,
    ...(variable === undefined ? [] : [`password: \${${variable}} # ${say(words.variable)}`]),
    ...(from === undefined || from === address ? [] : [`from: ${scalar(from)}`]),
    ...services.flatMap((one) => [`# ${say(one.place)}`, serviceLine(one, mailbox)]),
  ];
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`);
};

/** The text of a new `crm-doctor.yaml` from what a CRM has set; secrets are variables of the environment. */
export const newCrmConfigText = (
  {
    crm,
    secretVariable,
    mailboxes,
    at,
  }: {
    readonly crm: CrmConfig;
    readonly secretVariable: string;
    readonly mailboxes: readonly CrmMailbox[];
    /** RFC 3339 */
    readonly at: string;
  },
  language: Language,
): string => {
  const say = (text: Text): string => comment(text[language]);
  const { type, url, database, username, ca, clientId, tenant, settingsFile } = crm;
  const keys = { url, database, username, ca, clientId, tenant, settingsFile };
  const lines = [
    '# yaml-language-server: $schema=./node_modules/crm-doctor/schema/crm-doctor-config.v1.json',
    `# ${say(words.head(at.slice(0, 10)))}`,
    'version: 1',
    ...(language === 'ja' ? ['language: ja'] : []),
    'crm:',
    `  type: ${scalar(type)}`,
    ...Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`  ${key}: ${scalar(value)}`])),
    ...(crm.apps === undefined ? [] : [`  apps: [${crm.apps.map(inFlow).join(', ')}]`]),
    `  secret: \${${secretVariable}} # ${say(words.variable)}`,
    ...(mailboxes.length === 0 ? [] : ['mail:']),
    ...mailboxes.flatMap((mailbox) => mailboxLines(mailbox, mailboxes.length > 1, say)),
  ];
  return `${lines.join('\n')}\n`;
};
