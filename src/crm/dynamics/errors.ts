import type { CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { Said } from '../cloud/ask.ts';
import { objectIn, textIn } from '../reading.ts';

const roles: Text = {
  en: 'Power Platform admin center > Environments > (environment) > Settings > Users + permissions > Security roles',
  ja: 'Power Platform 管理センター > 環境 >（環境）> 設定 > ユーザーとアクセス許可 > セキュリティ ロール',
};

const privilege = (name: string): Text => ({
  en: `the privilege ${name} (${roles.en})`,
  ja: `特権 ${name}（${roles.ja}）`,
});

/** What a table is called where its privileges are given. */
export const readOf = (table: string): Text => privilege(`prvRead${table}`);

const applicationUser: Text = {
  en: 'an application user for this app (Power Platform admin center > Environments > (environment) > Settings > Users + permissions > Application users)',
  ja: 'このアプリのアプリケーション ユーザー（Power Platform 管理センター > 環境 >（環境）> 設定 > ユーザーとアクセス許可 > アプリケーション ユーザー）',
};

/** Error codes of Dataverse ("Web service error codes", "Service protection API limits"). */
const kinds: Readonly<Record<string, CrmFailureKind>> = {
  '0x80072321': 'rate-limited',
  '0x80072322': 'rate-limited',
  '0x80072326': 'rate-limited',
  '0x80040220': 'permission',
  '0x80042f09': 'permission',
  '0x80072560': 'permission',
  '0x80040225': 'auth',
  '0x80040217': 'not-found',
  '0x80060888': 'not-found',
};

/** `Bearer error="invalid_token", error_description="The token is expired", authorization_uri=…` */
const saidByHeader = (header: string): Said => {
  const says = /\berror_description="([^"]{0,300})"/.exec(header)?.[1] ?? '';
  if (/not yet valid|nbf/i.test(says)) return { code: 'invalid_token', says, kind: 'clock' };
  return { code: 'invalid_token', says, kind: /expired|lifetime/i.test(says) ? 'key-expired' : 'auth' };
};

export const errorIn = ({ status, json, headers }: CrmResponse): Said | undefined => {
  if (status < 400) return undefined;
  const error = objectIn(objectIn(json).error);
  const code = textIn(error.code)?.toLowerCase();
  const says = textIn(error.message) ?? '';
  const header = headers['www-authenticate'];
  if (status === 401 && header !== undefined && /^\s*Bearer\b/i.test(header)) return saidByHeader(header);
  if (code === undefined) return undefined;
  const kind = Object.hasOwn(kinds, code) ? kinds[code] : undefined;
  const lacking = /\b(prv\w{2,80})\b/.exec(says)?.[1];
  const needs =
    code === '0x80072560'
      ? applicationUser
      : kind === 'permission' && lacking !== undefined
        ? privilege(lacking)
        : undefined;
  return { code, says, ...(kind ? { kind } : {}), ...(needs ? { needs } : {}) };
};
