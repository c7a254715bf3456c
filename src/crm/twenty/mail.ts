import type { CrmMailAccount, CrmMailService, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, numberIn, objectIn, textIn, timeIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import type { Door } from './door.ts';

/** Never the tokens; of a mailbox with a password, its settings are asked for by themselves. */
const accountFields = 'id handle provider authFailedAt lastCredentialsRefreshedAt';
const channelFields =
  'id handle type isSyncEnabled syncStatus syncStage syncedAt syncStageStartedAt throttleFailureCount connectedAccountId';

const place = (handle: string): Text => ({
  en: `Settings > Accounts > ${handle}`,
  ja: `設定 > アカウント > ${handle}`,
});

const host: Text = {
  en: "Twenty's own mail (invitations, password resets) is set by EMAIL_DRIVER, EMAIL_SMTP_HOST, EMAIL_SMTP_PORT and EMAIL_SMTP_USER of the server",
  ja: 'Twenty 自身のメール（招待、パスワード再設定）は、サーバーの EMAIL_DRIVER、EMAIL_SMTP_HOST、EMAIL_SMTP_PORT、EMAIL_SMTP_USER で設定します',
};

/** The password is among the settings, which come as one: it is blacked out and dropped before anything else is done. */
const settingsOf = (node: Json, access: CrmAccess): Json => {
  const parameters = objectIn(node.connectionParameters);
  return Object.fromEntries(
    ['IMAP', 'SMTP'].map((protocol) => {
      const { password, ...rest } = objectIn(parameters[protocol]);
      if (typeof password === 'string' && password !== '') access.learn(password);
      return [protocol, { host: rest.host, port: rest.port, secure: rest.secure, username: rest.username }];
    }),
  );
};

const service = (settings: Json, handle: string, client: CrmClient): CrmMailService | undefined => {
  const name = textIn(settings.host);
  if (name === undefined) return undefined;
  const port = numberIn(settings.port);
  return {
    host: client.printable(name, 255),
    ...(port === undefined ? {} : { port }),
    // Without `secure` the libraries (imapflow, nodemailer) turn to TLS by STARTTLS.
    security: settings.secure === true ? 'tls' : 'starttls',
    username: client.printable(textIn(settings.username) ?? handle, 255),
    login: 'password',
  };
};

const failing = (
  channel: Json | undefined,
  authFailed: string | undefined,
  client: CrmClient,
): Partial<CrmMailAccount> => {
  const status = textIn(channel?.syncStatus);
  const failures = numberIn(channel?.throttleFailureCount);
  const at = timeIn(channel?.syncStageStartedAt) ?? authFailed;
  const failed = status?.startsWith('FAILED') === true;
  return {
    ...(failed || authFailed !== undefined
      ? {
          lastError: {
            says: client.printable(failed ? (status ?? '') : 'authFailedAt'),
            ...(at === undefined ? {} : { at }),
          },
        }
      : {}),
    ...(failures === undefined || failures === 0 ? {} : { failures }),
  };
};

const accountOf = (
  node: Json,
  channel: Json | undefined,
  settings: Json | undefined,
  client: CrmClient,
): CrmMailAccount | undefined => {
  const id = idIn(node.id);
  if (id === undefined) return undefined;
  const handle = client.printable(textIn(node.handle) ?? id, 255);
  const provider = (textIn(node.provider) ?? '').toLowerCase();
  const authFailed = timeIn(node.authFailedAt);
  const imap = service(objectIn(settings?.IMAP), handle, client);
  const smtp = service(objectIn(settings?.SMTP), handle, client);
  const lastGood = timeIn(channel?.syncedAt);
  return {
    id,
    name: handle,
    ...(handle.includes('@') ? { address: handle, from: handle } : {}),
    services: { ...(smtp ? { smtp } : {}), ...(imap ? { imap } : {}) },
    enabled: channel?.isSyncEnabled === true,
    place: place(handle),
    ...(lastGood === undefined ? {} : { lastGood }),
    ...failing(channel, authFailed, client),
    ...(provider === 'google' || provider === 'microsoft'
      ? { oauth: { provider, state: authFailed === undefined ? ('valid' as const) : ('expired' as const) } }
      : {}),
    writable: [],
  };
};

const noSettings: Text = {
  en: 'host, port and user name of the IMAP and SMTP accounts could not be read',
  ja: 'IMAP・SMTP アカウントのホスト、ポート、ユーザー名は読み取れませんでした',
};

const onlyFirst: Text = {
  en: 'only the first 2000 connected accounts were read',
  ja: '連携アカウントは先頭の 2000 件だけを読み取りました',
};

export const mailOf = async (
  door: Door,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmMailSettings>> => {
  const gaps: Text[] = [];
  const [{ nodes, whole }, { nodes: channels, whole: allChannels }] = await Promise.all([
    door.nodes('connectedAccounts', accountFields, signal),
    door.nodes('messageChannels', channelFields, signal),
  ]);
  if (!whole || !allChannels) gaps.push(onlyFirst);
  const withPassword = nodes.some(({ provider }) => textIn(provider)?.toLowerCase() === 'imap_smtp_caldav');
  const parameters = withPassword
    ? await unlessRefused(
        async () => (await door.nodes('connectedAccounts', 'id provider connectionParameters', signal)).nodes,
        ['not-found', 'permission'],
        () => gaps.push(noSettings),
      )
    : [];
  const settings = new Map(parameters?.map((node) => [idIn(node.id), settingsOf(node, access)]));
  const accounts = nodes.flatMap((node) => {
    const id = idIn(node.id);
    const channel = channels.find(({ connectedAccountId }) => connectedAccountId === id);
    return accountOf(node, channel, settings.get(id), client) ?? [];
  });
  return {
    value: {
      accounts,
      ...(accounts.some(({ enabled }) => enabled) ? {} : { missing: ['incoming'] }),
      otherWay: { outgoing: host },
    },
    gaps,
  };
};
