import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';

/** A default that a release changed, and the cause whose refusals then begin. */
export interface DefaultChange {
  readonly product: string;
  readonly name: string;
  /** The first version with the new default. */
  readonly since: string;
  readonly setting: string;
  readonly cause: string;
  readonly now: Text;
  readonly before: string;
  readonly source: string;
}

/** Documented changes that make mail fail that worked before. */
export const defaultChanges: readonly DefaultChange[] = [
  {
    product: 'postfix',
    name: 'Postfix',
    since: '3.9',
    setting: 'smtpd_forbid_bare_newline',
    cause: 'smtp.bare-lf',
    now: both('lines that end with LF only are refused', '行末が LF だけの行を受け付けません'),
    before: 'smtpd_forbid_bare_newline = no',
    source: 'https://www.postfix.org/announcements/postfix-3.9.0.html',
  },
  {
    product: 'postfix',
    name: 'Postfix',
    since: '3.9',
    setting: 'smtpd_forbid_unauth_pipelining',
    cause: 'smtp.pipelining-refused',
    now: both('clients that do not wait for an answer are refused', '応答を待たずに命令を送るクライアントを拒否します'),
    before: 'smtpd_forbid_unauth_pipelining = no',
    source: 'https://www.postfix.org/announcements/postfix-3.9.0.html',
  },
  {
    product: 'dovecot',
    name: 'Dovecot',
    since: '2.4',
    setting: 'auth_allow_cleartext',
    cause: 'auth.requires-tls',
    now: both(
      'logins without encryption are refused, since the old setting disable_plaintext_auth is not read any more',
      '旧設定 disable_plaintext_auth が読まれなくなり、暗号化なしのログインを拒否します',
    ),
    before: 'auth_allow_cleartext = yes',
    source: 'https://doc.dovecot.org/latest/installation/upgrade/2.3-to-2.4.html',
  },
];
