import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Change, Protocol } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { changeWords } from '../config/door-changes.ts';
import { noWaysIn, throughOtherMechanisms } from './mechanisms.ts';
import { firstPlace, loginCheck, loginFact, placeOf, saysSo } from './refusals.ts';
import type { Place } from './words.ts';
import { both, placesText } from './words.ts';

const passwordSteps: readonly Text[] = [
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
];

interface MechanismUnsupported {
  readonly places: readonly Place[];
  /** What the server offers, or its refusal. */
  readonly says: string;
  readonly seenIn: 'reply' | 'offer';
  /** With a token: the server offers nothing that takes one. */
  readonly oauth?: true;
  /** The configured mechanism, where the server offers others. */
  readonly chosen?: string;
  /** For each service, the changes to other mechanisms that the server offers. */
  readonly others?: readonly (readonly Change[])[];
}

const othersFor = (
  evidence: Evidence,
  subject: Subject,
  protocols: readonly Protocol[],
): Pick<MechanismUnsupported, 'others'> => {
  const others = protocols.flatMap((protocol) => {
    const service = subject.services[protocol];
    const fact = loginFact(evidence, protocol);
    const ways = service && fact ? throughOtherMechanisms(service, subject, fact) : [];
    return ways.length > 0 ? [ways] : [];
  });
  return others.length > 0 ? { others } : {};
};

/** Every try may be a login that counts, so there are two at most. */
const mostTries = 2;

const chosenSteps = ({ others = [] }: MechanismUnsupported, change: readonly Change[]): readonly Text[] => {
  const offer = change.length > 0 ? change : others.flatMap(([first]) => first ?? []);
  if (offer.length === 0) return passwordSteps;
  return [
    both(`Set ${changeWords(offer)} in crm-doctor.yaml.`, `crm-doctor.yaml に ${changeWords(offer)} を設定します。`),
    both(
      'Choose the same mechanism in the mail settings of the CRM (often called "authentication method"), with the connection encrypted by TLS.',
      'CRM のメール設定でも、暗号化（TLS）を使ったまま、同じ認証方式（「認証方法」「メカニズム」など）を選びます。',
    ),
    both('Leave user name and password as they are.', 'ユーザー名とパスワードは変更しません。'),
  ];
};

export const mechanismUnsupported = defineCause<MechanismUnsupported>({
  id: 'auth.mechanism-unsupported',
  title: both('No common way to log in', '対応するログイン方式がありません'),
  about: both(
    'Client and server have to agree on a mechanism, the form in which the password is proven: PLAIN, LOGIN, CRAM-MD5 and others. Here the server offers only ones that a password client cannot use, such as GSSAPI or NTLM of a Windows domain, or does not take the one that the CRM is set to.',
    'ログインには、クライアントとサーバーの両方が対応する認証方式（メカニズム。PLAIN、LOGIN、CRAM-MD5 など、パスワードの示し方）が必要です。サーバーが Windows ドメイン用の GSSAPI や NTLM など、パスワードだけでは使えない方式しか提示していないか、CRM が使う方式に対応していません。',
  ),
  explain: (evidence, subject) => [
    ...saysSo('auth.mechanism-unsupported', evidence, subject).map((finding) => ({
      ...finding,
      detail: {
        places: finding.detail.places,
        says: finding.detail.says,
        seenIn: 'reply' as const,
        ...othersFor(
          evidence,
          subject,
          finding.detail.places.map(({ protocol }) => protocol),
        ),
      },
    })),
    ...noWaysIn(evidence, subject)
      .filter(({ kind }) => kind === 'unusable' || kind === 'no-oauth' || kind === 'not-the-chosen')
      .map(({ service, shows, kind }) => ({
        detail: {
          places: [placeOf(service)],
          says: shows,
          seenIn: 'offer' as const,
          ...(kind === 'no-oauth' ? { oauth: true as const } : {}),
          ...(kind === 'not-the-chosen'
            ? {
                chosen: service.mechanism?.toUpperCase() ?? '',
                ...othersFor(evidence, subject, [service.protocol]),
              }
            : {}),
        },
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
          ...(kind === 'not-the-chosen'
            ? [
                {
                  cause: 'auth.wrong-credentials',
                  check: loginCheck[service.protocol],
                  says: both(
                    'no password was sent, so the server refused none',
                    'パスワードは送っていないため、サーバーが拒否したものではありません',
                  ),
                },
              ]
            : []),
          {
            cause: 'auth.basic-disabled',
            check: loginCheck[service.protocol],
            says: both('what is offered is not OAuth', '提示された方式は OAuth ではありません'),
          },
        ],
      })),
  ],
  candidates: ({ others = [] }) =>
    Array.from({ length: mostTries }, (_, index) => others.flatMap((ways) => ways[index] ?? ways.at(-1) ?? [])).filter(
      (change, index) => change.length > 0 && others.some((ways) => ways.length > index),
    ),
  owner: ({ others }) => (others ? 'user' : 'mail-admin'),
  because: ({ places, says, seenIn, oauth, chosen }, change) => {
    const where = placesText(places);
    const works =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} the login works, with the same password.`,
            `${changeWords(change)} に変更すると、同じパスワードでログインできることを確認しました。`,
          )
        : both('', '');
    if (chosen !== undefined) {
      // Quoted: the word LOGIN before two others reads as a login with its password, which is never shown.
      return both(
        `The CRM is set to log in by "${chosen}", which ${where.en} does not offer: it offers "${says}".${works.en}`,
        `CRM では認証方式として「${chosen}」が設定されていますが、${where.ja} はこの方式を提示していません。提示された方式は「${says}」です。${works.ja}`,
      );
    }
    if (oauth) {
      return both(
        `${where.en} takes no OAuth token: for the login it offers only ${says}, neither XOAUTH2 nor OAUTHBEARER. The token was not sent.`,
        `${where.ja} は OAuth のトークンに対応していません。提示されたログイン方式は ${says} だけで、XOAUTH2 も OAUTHBEARER もありません。トークンは送っていません。`,
      );
    }
    return seenIn === 'offer'
      ? both(
          `${where.en} offers only ${says} for the login, and none of them works with a user name and password.`,
          `${where.ja} が提示するログイン方式は ${says} だけで、ユーザー名とパスワードによるログインに使えるものがありません。`,
        )
      : both(
          `${where.en} does not take the login mechanism that was used: the server says "${says}".${works.en}`,
          `${where.ja} は、使われたログイン方式（メカニズム）に対応していません。サーバーの応答は「${says}」です。${works.ja}`,
        );
  },
  steps: (detail, change) => {
    const { oauth, places } = detail;
    return oauth
      ? [
          both(
            `See that ${firstPlace({ places }).host} is the server of the provider that issued the token, and not a relay in front of it.`,
            `${firstPlace({ places }).host} が、トークンを発行した提供元のサーバーであり、手前の中継サーバーなどではないことを確認します。`,
          ),
          both(
            'If this server is one of your own, allow OAuth there (Dovecot: auth_mechanisms = plain login xoauth2 oauthbearer, and a passdb of the driver oauth2).',
            '自社のサーバーの場合は、OAuth を有効にします（Dovecot の例: auth_mechanisms = plain login xoauth2 oauthbearer と、oauth2 ドライバーの passdb）。',
          ),
          both(
            'If it takes passwords only, log in with one: mail.password, or password of this service, in place of oauth.',
            'パスワードだけに対応している場合は、oauth の代わりに mail.password（またはこのサービスの password）を設定します。',
          ),
        ]
      : chosenSteps(detail, change);
  },
});
