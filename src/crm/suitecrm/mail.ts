import type { Security } from '../../model/config.ts';
import type { CrmMailAccount, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, numberIn, textIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import type { Door, Row } from './door.ts';

const outgoingFields = [
  'name',
  'type',
  'smtp_from_addr',
  'mail_sendtype',
  'mail_smtpserver',
  'mail_smtpport',
  'mail_smtpuser',
  'mail_smtpauth_req',
  'mail_smtpssl',
  'auth_type',
];

const incomingFields = [
  'name',
  'status',
  'server_url',
  'email_user',
  'port',
  'service',
  'protocol',
  'is_ssl',
  'mailbox',
  'mailbox_type',
  'auth_type',
  'is_personal',
];

const securities: Readonly<Record<string, Security>> = { '0': 'none', '1': 'tls', '2': 'starttls' };

const place = (menu: string, name: string): Text => ({
  en: `Admin > ${menu} > ${name}`,
  ja: `管理 > ${menu} > ${name}`,
});

const bySendmail: Text = {
  en: 'it sends by the sendmail program of the server, and not by SMTP',
  ja: 'SMTP ではなく、サーバーの sendmail で送信します',
};

const outgoing = (row: Row, client: CrmClient): CrmMailAccount => {
  const name = client.printable(textIn(row.name) ?? row.id, 100);
  const host = textIn(row.mail_smtpserver);
  const port = numberIn(row.mail_smtpport);
  const username = textIn(row.mail_smtpuser);
  const security = securities[String(row.mail_smtpssl ?? '')];
  const anonymous = booleanIn(row.mail_smtpauth_req) === false;
  const from = textIn(row.smtp_from_addr);
  const smtp = textIn(row.mail_sendtype)?.toLowerCase() !== 'sendmail';
  return {
    id: row.id,
    name,
    ...(from === undefined ? {} : { address: client.printable(from, 255), from: client.printable(from, 255) }),
    services:
      host === undefined || !smtp
        ? {}
        : {
            smtp: {
              host: client.printable(host, 255),
              ...(port === undefined || port === 0 ? {} : { port }),
              ...(security ? { security } : {}),
              ...(username === undefined || anonymous ? {} : { username: client.printable(username, 255) }),
              login: anonymous ? 'none' : textIn(row.auth_type) === 'oauth' ? 'oauth' : 'password',
            },
          },
    enabled: true,
    ...(smtp ? {} : { unused: bySendmail }),
    ...(row.type === 'system' ? { isDefault: true } : {}),
    place: place('Outbound Email Accounts', name),
    writable: [],
  };
};

/** `tls::novalidate-cert::ssl::imap::…`: flags in one text; newer versions keep two of them in columns of their own. */
const flagsOf = (row: Row) => {
  const flags = (textIn(row.service) ?? '').slice(0, 500).split('::');
  const tls = booleanIn(row.is_ssl) === true || flags.includes('ssl');
  const security: Security = tls ? 'tls' : flags.includes('tls') ? 'starttls' : 'none';
  return {
    protocol: textIn(row.protocol) === 'pop3' || flags.includes('pop3') ? ('pop3' as const) : ('imap' as const),
    security,
    unverified: flags.includes('novalidate-cert'),
  };
};

const creates: Readonly<Record<string, string>> = { createcase: 'Case', bounce: 'none', pick: 'Email' };

const incoming = (row: Row, client: CrmClient): CrmMailAccount => {
  const name = client.printable(textIn(row.name) ?? row.id, 100);
  const host = textIn(row.server_url);
  const port = numberIn(row.port);
  const username = textIn(row.email_user);
  const folders = (textIn(row.mailbox) ?? '').split(',').flatMap((one) => textIn(one.trim()) ?? []);
  const { protocol, security, unverified } = flagsOf(row);
  const made = creates[textIn(row.mailbox_type) ?? ''];
  return {
    id: row.id,
    name,
    ...(username?.includes('@') ? { address: client.printable(username, 255) } : {}),
    services:
      host === undefined
        ? {}
        : {
            [protocol]: {
              host: client.printable(host, 255),
              ...(port === undefined ? {} : { port }),
              security,
              ...(username === undefined ? {} : { username: client.printable(username, 255) }),
              login: textIn(row.auth_type) === 'oauth' ? 'oauth' : 'password',
              ...(folders.length > 0 && protocol === 'imap'
                ? { folders: folders.slice(0, 50).map((one) => client.printable(one)) }
                : {}),
              ...(unverified ? { verify: false as const } : {}),
            },
          },
    enabled: row.status === 'Active',
    place: place('Inbound Email', name),
    // What was read is not fetched again (IMAP SEARCH UNSEEN).
    unreadOnly: true,
    ...(made === undefined ? {} : { creates: made }),
    writable: [],
  };
};

const noHistory: Text = {
  en: 'SuiteCRM keeps neither the time of the last fetch nor its error with the account: they are in suitecrm.log',
  ja: 'SuiteCRM は、最後に取得した日時やエラーをアカウントには記録しません。suitecrm.log で確認します',
};

export const mailOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmMailSettings>> => {
  const out = await door.all('OutboundEmailAccounts', { fields: outgoingFields, sort: 'name' }, signal);
  const into = await door.all('InboundEmail', { fields: incomingFields, sort: 'name' }, signal);
  const accounts = [...out.rows.map((row) => outgoing(row, client)), ...into.rows.map((row) => incoming(row, client))];
  const system = out.rows.find(({ type }) => type === 'system');
  const viaHost = system !== undefined && textIn(system.mail_sendtype)?.toLowerCase() === 'sendmail';
  const sends = accounts.some(({ isDefault, services }) => isDefault && services.smtp);
  const fetches = accounts.some(({ enabled, services }) => enabled && (services.imap ?? services.pop3));
  const missing = [...(sends || viaHost ? [] : (['outgoing'] as const)), ...(fetches ? [] : (['incoming'] as const))];
  return {
    value: {
      accounts,
      ...(missing.length > 0 ? { missing } : {}),
      ...(viaHost ? { otherWay: { outgoing: bySendmail } } : {}),
    },
    gaps: [noHistory],
  };
};
