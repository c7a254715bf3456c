import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Security } from '../../src/model/config.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { protocolName } from '../mail/service.ts';
import { mailTls } from '../mail/tls.check.ts';
import { serves } from '../net/reach.ts';
import { encryptedDoors } from './doors.ts';
import { noWaysIn } from './mechanisms.ts';
import { firstPlace, loginCheck, loginFact, placeOf, saysSo } from './refusals.ts';
import type { Place } from './words.ts';
import { both } from './words.ts';

interface RequiresTls {
  readonly places: readonly Place[];
  readonly security: Security;
  readonly startTlsOffered: boolean;
  readonly says: string;
  /** token: our own rule, the server was not asked. */
  readonly seenIn: 'reply' | 'capabilities' | 'token';
}

const startTlsIn = (
  evidence: Evidence,
  subject: Subject,
  place: Place,
): Pick<RequiresTls, 'startTlsOffered' | 'security'> => ({
  security: subject.services[place.protocol]?.security ?? 'none',
  startTlsOffered: (evidence.fact(mailTls[place.protocol])?.before ?? []).some((line) =>
    /\b(?:STARTTLS|STLS)\b/i.test(line),
  ),
});

const explain = (evidence: Evidence, subject: Subject): readonly Finding<RequiresTls>[] => [
  ...saysSo('auth.requires-tls', evidence, subject).map((finding): Finding<RequiresTls> => {
    const { places, says } = finding.detail;
    return {
      ...finding,
      detail: { places, says, seenIn: 'reply', ...startTlsIn(evidence, subject, firstPlace(finding.detail)) },
    };
  }),
  ...noWaysIn(evidence, subject)
    .filter(({ kind }) => kind === 'after-tls')
    .map(({ service, shows, startTlsOffered }): Finding<RequiresTls> => {
      const list = both(`before TLS it offers: ${shows}`, `暗号化前の対応機能: ${shows}`);
      return {
        detail: {
          places: [placeOf(service)],
          security: service.security,
          startTlsOffered,
          says: shows,
          seenIn: 'capabilities',
        },
        severity: 'critical',
        confidence: 0.95,
        affects: [targetOf(service)],
        evidence: [
          { check: mailTls[service.protocol], says: list },
          {
            check: loginCheck[service.protocol],
            says: both('no way to log in without encryption', '暗号化なしではログインできません'),
          },
        ],
        ruledOut: [
          {
            cause: 'auth.mechanism-unsupported',
            check: mailTls[service.protocol],
            says: both('logins are held back until TLS starts', '暗号化が始まるまで、ログインが止められています'),
          },
        ],
      };
    }),
];

/** An OAuth token is not sent in clear at all (RFC 6750 section 5.3), whatever the server would take. */
const ofToken = (evidence: Evidence, subject: Subject): readonly Finding<RequiresTls>[] =>
  servicesOf(subject).flatMap((service) => {
    if (loginFact(evidence, service.protocol)?.withheld !== 'token-in-clear') return [];
    return [
      {
        detail: {
          places: [placeOf(service)],
          says: '',
          seenIn: 'token',
          ...startTlsIn(evidence, subject, placeOf(service)),
        },
        severity: 'critical',
        confidence: 0.95,
        affects: [targetOf(service)],
        evidence: [
          {
            check: loginCheck[service.protocol],
            says: both(
              'security: none, and the login is by OAuth',
              'security: none で、OAuth によるログインが設定されています',
            ),
          },
        ],
      },
    ];
  });

export const requiresTls = defineCause<RequiresTls>({
  id: 'auth.requires-tls',
  title: both('The server takes logins only inside TLS', '暗号化 (TLS) しないとログインできません'),
  about: both(
    'TLS is the encryption of the connection. Most servers refuse a login in clear text, since anybody on the way could read the password. Encryption starts either at once (SSL/TLS, ports 465, 993, 995) or midway by the command STARTTLS (ports 587, 143, 110).',
    'TLS は通信の暗号化です。暗号化なしではパスワードを途中で読み取られるおそれがあるため、多くのサーバーは暗号化前のログインを拒否します。暗号化には、最初から行う方式（SSL/TLS。465、993、995 番ポート）と、STARTTLS という命令で途中から行う方式（587、143、110 番ポート）があります。',
  ),
  unless: ['config.security-mismatch'],
  explain: (evidence, subject) => [...explain(evidence, subject), ...ofToken(evidence, subject)],
  candidates: ({ places, startTlsOffered }, subject) => {
    const service = subject.services[firstPlace({ places }).protocol];
    return service ? encryptedDoors(service, startTlsOffered) : [];
  },
  // What is wrong behind the login (a folder, a sender) is a cause of its own.
  works: (trial, subject, detail) => serves(trial, subject, firstPlace(detail).protocol),
  owner: ({ security }) => (security === 'none' ? 'user' : 'mail-admin'),
  because: (detail, change) => {
    const { host, port, protocol } = firstPlace(detail);
    const name = protocolName[protocol];
    const why =
      detail.seenIn === 'token'
        ? both(
            'Whoever reads a token on the way can use it, so that it is sent inside TLS only',
            '途中で読み取られたトークンは悪用できるため、TLS で暗号化された接続でだけ送ります',
          )
        : detail.seenIn === 'reply'
          ? both(`The server says "${detail.says}"`, `サーバーの応答は「${detail.says}」です`)
          : both(
              `Before encryption it offers only: ${detail.says}`,
              `暗号化前にサーバーが示した対応機能は「${detail.says}」で、ログイン方式がありません`,
            );
    const to = change.find(({ path }) => path.endsWith('.security'))?.to;
    const works =
      to === undefined
        ? both('', '')
        : both(
            ` With ${to === 'tls' ? 'TLS from the start' : 'STARTTLS'} the login works.`,
            `${to === 'tls' ? '最初から暗号化する方式 (SSL/TLS)' : 'STARTTLS'} に変えると、ログインできました。`,
          );
    const configured = detail.security === 'none' ? both(' (security: none)', '（security: none）') : both('', '');
    return both(
      `${name} on ${host}:${port} is used without encryption${configured.en}, and ${detail.seenIn === 'token' ? 'no OAuth login is made' : 'the server takes no login'} that way. ${why.en}.${works.en}`,
      `${host}:${port} (${name}) に暗号化なし${configured.ja}で接続しているため、ログインできません。${why.ja}。${works.ja}`,
    );
  },
  steps: (detail, change) => {
    const { host, protocol } = firstPlace(detail);
    const to = change.find(({ path }) => path.endsWith('.security'))?.to;
    const port = change.find(({ path }) => path.endsWith('.port'))?.to;
    const tlsPort = { smtp: 465, imap: 993, pop3: 995 }[protocol];
    const wanted = to === 'tls' || (to === undefined && !detail.startTlsOffered) ? 'SSL/TLS' : 'STARTTLS';
    return [
      both(
        `Set the encryption of ${host} in the CRM to ${wanted}.`,
        `CRM で、${host} の暗号化方式を「${wanted}」に変更します。`,
      ),
      ...(port !== undefined || wanted === 'SSL/TLS'
        ? [both(`Set its port to ${port ?? tlsPort}.`, `ポート番号を ${port ?? tlsPort} に変更します。`)]
        : []),
      both(
        'Check again: the login is tried inside TLS then.',
        'もう一度検査します。暗号化された接続でログインを試します。',
      ),
    ];
  },
});
