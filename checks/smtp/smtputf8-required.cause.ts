import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { placeOf, saysSo } from '../auth/refusals.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';

interface Smtputf8Required {
  readonly place: Place;
  /** The address that is not plain ASCII. */
  readonly address: string;
  readonly says: string;
}

const ascii = /^[\x00-\x7f]*$/;

const explain = (evidence: Evidence, subject: Subject): readonly Finding<Smtputf8Required>[] => {
  const { smtp } = subject.services;
  const fact = evidence.fact(smtpAuth);
  if (!smtp || !fact) return [];
  const address = [fact.sender, fact.recipient].find((one) => !ascii.test(one)) ?? fact.sender;
  const said = saysSo('smtp.smtputf8-required', evidence, subject).map((finding) => ({
    ...finding,
    detail: { place: placeOf(smtp), address, says: finding.detail.says },
  }));
  if (said.length > 0) return said;
  // Not sent at all: the server does not offer the extension (RFC 6531 section 3.1).
  const held = [fact.mail, fact.rcpt].find((step) => step?.kind === 'broken' && /SMTPUTF8/.test(step.says));
  if (held?.kind !== 'broken') return [];
  return [
    {
      detail: { place: placeOf(smtp), address, says: '' },
      severity: 'critical',
      confidence: 0.95,
      affects: [targetOf(smtp)],
      evidence: [
        {
          check: smtpAuth,
          says: both(
            `${address} needs SMTPUTF8, which the server does not offer`,
            `${address} には SMTPUTF8 が必要ですが、サーバーが対応していません`,
          ),
        },
      ],
    },
  ];
};

export const smtputf8Required = defineCause<Smtputf8Required>({
  id: 'smtp.smtputf8-required',
  title: both(
    'A non-ASCII address meets a server that cannot take it',
    '日本語などを含むアドレスに、サーバーが対応していません',
  ),
  about: both(
    'Mail addresses were ASCII only (unaccented Latin letters, digits and some signs). SMTPUTF8 (RFC 6531) allows others, but both servers have to know it. Often the address holds a full-width letter by mistake.',
    'メールアドレスは、もともと ASCII（半角の英数字と一部の記号）だけで書くものです。SMTPUTF8 (RFC 6531) に対応したサーバー同士であれば、ほかの文字も使えます。入力間違いで全角文字が混ざっている場合もあります。',
  ),
  unless: ['config.malformed-value'],
  explain,
  owner: 'user',
  because: ({ place, address, says }) =>
    both(
      `${place.host}:${place.port} cannot take the address ${address}: ${says === '' ? 'it does not offer SMTPUTF8' : `"${says}"`}.`,
      `${place.host}:${place.port} は、アドレス ${address} を扱えません。${says === '' ? 'サーバーが SMTPUTF8 に対応していません' : `応答は「${says}」です`}。`,
    ),
  steps: ({ place, address }) => [
    both(
      `Look for full-width or accented characters in ${address}, and type it again in half-width letters.`,
      `${address} に全角文字などが混ざっていないかを確認し、半角で入力し直します。`,
    ),
    both(
      'If they are meant, use an alias of the mailbox in ASCII.',
      '意図した文字の場合は、半角英数字のエイリアス（別名）を使います。',
    ),
    both(
      `Or ask the administrator of ${place.host} for SMTPUTF8 (Postfix: smtputf8_enable=yes).`,
      `または、${place.host} の管理者に SMTPUTF8 の有効化を依頼します（Postfix は smtputf8_enable=yes）。`,
    ),
  ],
});
