import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { noWaysIn } from './mechanisms.ts';
import { loginCheck, placeOf, saysSo } from './refusals.ts';
import type { Place } from './words.ts';
import { both, placesText } from './words.ts';

interface MechanismUnsupported {
  readonly places: readonly Place[];
  /** What the server offers, or its refusal. */
  readonly says: string;
  readonly seenIn: 'reply' | 'offer';
}

export const mechanismUnsupported = defineCause<MechanismUnsupported>({
  id: 'auth.mechanism-unsupported',
  title: both('No common way to log in', '対応するログイン方式がありません'),
  about: both(
    'Client and server have to agree on a mechanism, the form in which the password is proven: PLAIN, LOGIN, CRAM-MD5 and others. Here the server offers only ones that a password client cannot use, such as GSSAPI or NTLM of a Windows domain, or refuses the one that was asked for.',
    'ログインには、クライアントとサーバーの両方が対応する認証方式（メカニズム。PLAIN、LOGIN、CRAM-MD5 など、パスワードの示し方）が必要です。サーバーが Windows ドメイン用の GSSAPI や NTLM など、パスワードだけでは使えない方式しか提示していないか、要求された方式を拒否しています。',
  ),
  explain: (evidence, subject) => [
    ...saysSo('auth.mechanism-unsupported', evidence, subject).map((finding) => ({
      ...finding,
      detail: { places: finding.detail.places, says: finding.detail.says, seenIn: 'reply' as const },
    })),
    ...noWaysIn(evidence, subject)
      .filter(({ kind }) => kind === 'unusable')
      .map(({ service, shows }) => ({
        detail: { places: [placeOf(service)], says: shows, seenIn: 'offer' as const },
        severity: 'critical' as const,
        confidence: 0.93,
        affects: [targetOf(service)],
        evidence: [
          {
            check: loginCheck[service.protocol],
            says: both(`offers only ${shows}`, `提示されたログイン方式は ${shows} だけです`),
          },
        ],
        ruledOut: [
          {
            cause: 'auth.basic-disabled',
            check: loginCheck[service.protocol],
            says: both('what is offered is not OAuth', '提示された方式は OAuth ではありません'),
          },
        ],
      })),
  ],
  owner: 'mail-admin',
  because: ({ places, says, seenIn }) => {
    const where = placesText(places);
    return seenIn === 'offer'
      ? both(
          `${where.en} offers only ${says} for the login, and none of them works with a user name and password.`,
          `${where.ja} が提示するログイン方式は ${says} だけで、ユーザー名とパスワードによるログインに使えるものがありません。`,
        )
      : both(
          `${where.en} does not take the login mechanism that was used: the server says "${says}".`,
          `${where.ja} は、使われたログイン方式（メカニズム）に対応していません。サーバーの応答は「${says}」です。`,
        );
  },
  steps: () => [
    both(
      'Ask the administrator of the mail server to allow PLAIN or LOGIN inside TLS (Dovecot: auth_mechanisms = plain login).',
      'メールサーバーの管理者に、TLS で暗号化された接続での PLAIN または LOGIN の許可を依頼します（Dovecot の例: auth_mechanisms = plain login）。',
    ),
    both(
      'On Exchange, enable basic authentication after TLS on the receive connector that the CRM uses.',
      'Exchange の場合は、CRM が使う受信コネクタで「TLS 開始後の基本認証」を有効にします。',
    ),
    both(
      'If the CRM lets you choose a mechanism, choose one that the server offers.',
      'CRM で認証方式を選べる場合は、サーバーが提示している方式に合わせます。',
    ),
  ],
});
