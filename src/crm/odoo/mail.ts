import type { CrmMailAccount, CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { aliasesOf, aliasParameters } from './aliases.ts';
import { accountInFile } from './config-file.ts';
import type { OdooDoor } from './door.ts';
import type { OdooFields } from './fields.ts';
import { incomingAccounts } from './incoming.ts';
import { outgoingAccounts } from './outgoing.ts';
import { parametersOf } from './parameters.ts';
import { parameterPlace } from './places.ts';

const fromFile: Text = {
  en: 'no outgoing server is set up in Odoo, so smtp_server in its configuration file (odoo.conf) decides, which no API tells; name the file as settingsFile',
  ja: 'Odoo に送信サーバーが登録されていないため、設定ファイル (odoo.conf) の smtp_server が使われます。API では読めないので、settingsFile にそのファイルを指定してください',
};

const fromVendor: Text = {
  en: 'no server of your own is set up: Odoo Online uses its own mail servers',
  ja: '独自のサーバーが登録されていないため、Odoo Online のメールサーバーが使われます',
};

const byPipe: Text = {
  en: 'no incoming server is set up in Odoo; a mail server may hand mail over with odoo-mailgate.py, which no API tells',
  ja: 'Odoo に受信サーバーが登録されていません。メールサーバーが odoo-mailgate.py で渡している可能性がありますが、API では分かりません',
};

const noMailModule: Text = {
  en: 'incoming mail: the module Discuss (mail) is not installed',
  ja: '受信メール (ディスカス (mail) モジュールがインストールされていません)',
};

const isOnline = (url: string): boolean => /^https:\/\/[^/]{1,200}\.odoo\.com(?:[:/]|$)/i.test(url);

const neutralised = 'database.is_neutralized';

const otherWayOf = (
  access: CrmAccess,
  accounts: { readonly outgoing: readonly CrmMailAccount[]; readonly incoming: readonly CrmMailAccount[] },
): Pick<CrmMailSettings, 'otherWay'> => {
  const online = isOnline(access.url);
  const outgoing = accounts.outgoing.some(({ enabled, services }) => enabled && services.smtp !== undefined)
    ? undefined
    : online
      ? fromVendor
      : fromFile;
  const incoming = accounts.incoming.length > 0 ? undefined : online ? fromVendor : byPipe;
  if (!outgoing && !incoming) return {};
  return { otherWay: { ...(outgoing ? { outgoing } : {}), ...(incoming ? { incoming } : {}) } };
};

/** The mail servers of both directions, what keeps a copy from sending, and where replies and bounces go. */
export const mailOf = async (
  { calls }: OdooDoor,
  { access, client, fields }: { readonly access: CrmAccess; readonly client: CrmClient; readonly fields: OdooFields },
  signal: AbortSignal,
): Promise<Found<CrmMailSettings>> => {
  const gaps: Text[] = [];
  const own = await outgoingAccounts(calls, fields, client, signal);
  const inUse = own.some(({ enabled, services }) => enabled && services.smtp !== undefined);
  const file = inUse || isOnline(access.url) ? undefined : await access.settings(signal);
  const outgoing = file === undefined ? own : [...own, accountInFile(file, client)];
  const fetched = await unlessRefused(
    () => incomingAccounts(calls, fields, client, signal),
    ['not-found'],
    () => gaps.push(noMailModule),
  );
  const incoming = fetched ?? [];
  const parameters = await parametersOf(calls, [neutralised, ...aliasParameters], signal);
  const aliases = fetched ? await aliasesOf(calls, { fields, parameters, client }, signal) : [];
  const off = parameters.get(neutralised);
  return {
    value: {
      accounts: [...outgoing, ...incoming],
      ...(off !== undefined && /^(?:true|1)$/i.test(off.trim())
        ? { outboundOff: { setting: neutralised, says: 'true', place: parameterPlace() } }
        : {}),
      ...(aliases.length > 0 ? { aliases } : {}),
      ...otherWayOf(access, { outgoing, incoming }),
    },
    gaps,
  };
};
