import type { CrmMailAccount, CrmMailField, CrmMailService, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, type Json, numberIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { type Site, siteConfig } from './site.ts';

/** Never the password, and never the tokens, which older versions hand out in clear. */
const wanted = [
  'name',
  'email_id',
  'domain',
  'auth_method',
  'awaiting_password',
  'login_id_is_different',
  'login_id',
  'enable_incoming',
  'default_incoming',
  'use_imap',
  'use_ssl',
  'use_starttls',
  'email_server',
  'incoming_port',
  'email_sync_option',
  'append_to',
  'no_failed',
  'validate_ssl_certificate',
  'enable_outgoing',
  'default_outgoing',
  'use_tls',
  'use_ssl_for_outgoing',
  'smtp_server',
  'smtp_port',
  'no_smtp_authentication',
  'validate_ssl_certificate_for_outgoing',
];

/** What an account takes over from its Email Domain. */
const ofDomain = [
  'name',
  'email_server',
  'use_imap',
  'use_ssl',
  'use_starttls',
  'incoming_port',
  'smtp_server',
  'use_tls',
  'use_ssl_for_outgoing',
  'smtp_port',
];

const writable: readonly CrmMailField[] = ['host', 'port', 'security', 'enabled'];

const awaiting: Text = {
  en: 'it is marked "Awaiting password", and Frappe leaves it out until a password is entered',
  ja: '「パスワード待ち」になっており、パスワードが入力されるまで Frappe は使用しません',
};

const placeOf = (name: string): Text => ({ en: `Email Account > ${name}`, ja: `メールアカウント > ${name}` });

const muted: Text = {
  en: 'mute_emails in site_config.json of the site',
  ja: 'サイトの site_config.json にある mute_emails',
};

const noConfig: Text = {
  en: 'whether mute_emails or mail_server stands in site_config.json: no API tells; name the file as settingsFile',
  ja: 'site_config.json の mute_emails と mail_server（API では読めません。settingsFile にそのファイルを指定してください）',
};

const fromConfig: Text = {
  en: 'no Email Account is set up for sending, so mail_server in site_config.json decides, which no API tells',
  ja: '送信用のメールアカウントがないため、site_config.json の mail_server が使われます。API では読めません',
};

const on = (value: unknown): boolean => booleanIn(value) === true;

const usernameOf = (row: Json): string | undefined =>
  on(row.login_id_is_different) ? (textIn(row.login_id) ?? textIn(row.email_id)) : textIn(row.email_id);

const incomingService = (row: Json, folders: readonly string[], client: CrmClient): CrmMailService | undefined => {
  const host = textIn(row.email_server)?.trim();
  if (host === undefined) return undefined;
  const username = usernameOf(row);
  const port = numberIn(row.incoming_port);
  return {
    host: client.printable(host, 255),
    ...(port === undefined || port === 0 ? {} : { port }),
    security: on(row.use_ssl) ? 'tls' : on(row.use_starttls) ? 'starttls' : 'none',
    ...(username === undefined ? {} : { username: client.printable(username, 255) }),
    login: row.auth_method === 'OAuth' ? 'oauth' : 'password',
    ...(folders.length > 0 && on(row.use_imap) ? { folders } : {}),
    ...(row.validate_ssl_certificate === 0 ? { verify: false } : {}),
  };
};

const outgoingService = (row: Json, client: CrmClient): CrmMailService | undefined => {
  const host = textIn(row.smtp_server)?.trim();
  if (host === undefined) return undefined;
  const username = usernameOf(row);
  const port = numberIn(row.smtp_port);
  const open = on(row.no_smtp_authentication);
  return {
    host: client.printable(host, 255),
    ...(port === undefined || port === 0 ? {} : { port }),
    security: on(row.use_ssl_for_outgoing) ? 'tls' : on(row.use_tls) ? 'starttls' : 'none',
    ...(open || username === undefined ? {} : { username: client.printable(username, 255) }),
    login: open ? 'none' : row.auth_method === 'OAuth' ? 'oauth' : 'password',
    ...(row.validate_ssl_certificate_for_outgoing === 0 ? { verify: false } : {}),
  };
};

/** One Email Account is two of ours, for its two directions are switched on and off apart. */
const accountsOf = (row: Json, folders: readonly string[], client: CrmClient): readonly CrmMailAccount[] => {
  const name = client.printable(textIn(row.name) ?? '', 140);
  const address = textIn(row.email_id);
  const shared = {
    name,
    ...(address === undefined ? {} : { address: client.printable(address, 255) }),
    ...(on(row.awaiting_password) ? { unused: awaiting } : {}),
    place: placeOf(name),
    writable,
  };
  const failures = numberIn(row.no_failed);
  const creates = textIn(row.append_to);
  const incoming = incomingService(row, folders, client);
  const outgoing = outgoingService(row, client);
  const isImap = on(row.use_imap);
  return [
    ...(outgoing || on(row.enable_outgoing)
      ? [
          {
            ...shared,
            id: `out:${name}`,
            ...(address === undefined ? {} : { from: client.printable(address, 255) }),
            services: outgoing ? { smtp: outgoing } : {},
            enabled: on(row.enable_outgoing),
            ...(on(row.default_outgoing) ? { isDefault: true } : {}),
          },
        ]
      : []),
    ...(incoming || on(row.enable_incoming)
      ? [
          {
            ...shared,
            id: `in:${name}`,
            services: incoming ? { [isImap ? 'imap' : 'pop3']: incoming } : {},
            enabled: on(row.enable_incoming),
            ...(on(row.default_incoming) ? { isDefault: true } : {}),
            ...(failures === undefined || failures === 0 ? {} : { failures }),
            ...(isImap ? { unreadOnly: row.email_sync_option !== 'ALL' } : {}),
            ...(creates === undefined ? {} : { creates: client.printable(creates, 140) }),
          },
        ]
      : []),
  ];
};

/** The account as it is used: what it leaves empty stands in its Email Domain. */
const withDomain = (row: Json, domains: readonly Json[]): Json => {
  const domain = domains.find(({ name }) => name === row.domain);
  if (!domain || (textIn(row.email_server) !== undefined && textIn(row.smtp_server) !== undefined)) return row;
  const { name: _name, ...settings } = domain;
  return { ...row, ...settings };
};

const configured = (config: Json, client: CrmClient): CrmMailAccount => {
  const username = textIn(config.mail_login);
  const from = textIn(config.auto_email_id);
  return {
    id: 'site_config.json',
    name: 'site_config.json',
    ...(from === undefined ? {} : { address: client.printable(from, 255), from: client.printable(from, 255) }),
    services: {
      smtp: {
        host: client.printable(textIn(config.mail_server) ?? '', 255),
        port: numberIn(config.mail_port) ?? 25,
        security: on(config.use_ssl) ? 'tls' : on(config.use_tls) ? 'starttls' : 'none',
        ...(username === undefined ? {} : { username: client.printable(username, 255) }),
        login: username === undefined ? 'none' : 'password',
      },
    },
    enabled: true,
    isDefault: true,
    place: { en: 'mail_server in site_config.json', ja: 'site_config.json の mail_server' },
    writable: [],
  };
};

const foldersHidden: Text = {
  en: 'the IMAP folders of the accounts: this version does not list them',
  ja: 'アカウントの IMAP フォルダー（このバージョンでは一覧できません）',
};

/** Email Accounts with the settings that they have, or take from their domain. */
export const mailOf = async (site: Site, signal: AbortSignal): Promise<Found<CrmMailSettings>> => {
  const { frappe, client, access } = site;
  const gaps: Text[] = [];
  const fields = await site.among('Email Account', wanted, signal);
  const rows = await frappe.list('Email Account', { fields }, signal);
  const domains = rows.some(({ domain }) => textIn(domain) !== undefined)
    ? ((await unlessRefused(
        async () => frappe.list('Email Domain', { fields: await site.among('Email Domain', ofDomain, signal) }, signal),
        ['permission', 'not-found'],
        () => {},
      )) ?? [])
    : [];
  const table = { fields: ['parent', 'folder_name', 'append_to'], parent: 'Email Account' };
  const folders =
    (await unlessRefused(
      () => frappe.list('IMAP Folder', table, signal),
      ['permission', 'not-found', 'server-error'],
      () => gaps.push(foldersHidden),
    )) ?? [];
  const accounts = rows.flatMap((row) => {
    const own = folders.filter(({ parent }) => parent === row.name);
    const names = own.flatMap(({ folder_name: name }) => textIn(name) ?? []).map((name) => client.printable(name, 200));
    const creates = textIn(row.append_to) ?? own.map(({ append_to: to }) => textIn(to)).find((to) => to !== undefined);
    const whole = { ...withDomain(row, domains), ...(creates === undefined ? {} : { append_to: creates }) };
    return accountsOf(whole, names, client);
  });
  const config = siteConfig(await access.settings(signal));
  if (!config) gaps.push(noConfig);
  const sends = accounts.some(({ id, enabled }) => id.startsWith('out:') && enabled);
  const own = config && textIn(config.mail_server) !== undefined ? [configured(config, client)] : [];
  return {
    value: {
      accounts: sends ? accounts : [...accounts, ...own],
      ...(on(config?.mute_emails) ? { outboundOff: { setting: 'mute_emails', says: '1', place: muted } } : {}),
      ...(!sends && config && own.length === 0 ? { missing: ['outgoing'] } : {}),
      ...(sends || config ? {} : { otherWay: { outgoing: fromConfig } }),
    },
    gaps,
  };
};
