import type { Check, Forecast } from '../src/model/check.ts';
import type { Protocol } from '../src/model/config.ts';
import type { LoginFact } from '../src/model/login-facts.ts';
import { servicesOf } from '../src/model/mailbox.ts';
import { deadlines } from '../src/reason/deadlines.ts';
import { crmConnect } from './crm/connect.check.ts';
import { apiEndsIn, crmVersion } from './crm/version.check.ts';
import { webTlsFault, webTlsOf } from './crm/web-certificate.ts';
import { imapAuth } from './mail/imap-auth.check.ts';
import { pop3Auth } from './mail/pop3-auth.check.ts';
import { mailQuota, quotaShare } from './mail/quota.check.ts';
import { soonDays } from './mail/runtimes.ts';
import { smtpAuth } from './mail/smtp-auth.check.ts';
import { mailTls } from './mail/tls.check.ts';
import { mailVersions, softwareName } from './mail/versions.check.ts';
import { standingOf, supportEnd } from './version/standing.ts';

// What is common to the three logins.
const logins: Readonly<Record<Protocol, Check<LoginFact>>> = { smtp: smtpAuth, imap: imapAuth, pop3: pop3Auth };

/** Certificates that end within these days are worth a note, before they become a warning. */
const aheadDays = 60;

const certificates: Forecast = (evidence, subject) => {
  if (subject.kind !== 'mail') return [];
  const seen = new Set<string>();
  return servicesOf(subject).flatMap(({ protocol, host }) => {
    const fact = evidence.fact(mailTls[protocol]);
    const leaf = fact?.handshake?.kind === 'done' ? fact.handshake.chain[0] : undefined;
    if (!fact || !leaf || seen.has(leaf.fingerprint)) return [];
    seen.add(leaf.fingerprint);
    const days = Math.floor((Date.parse(leaf.notAfter) - Date.parse(fact.at)) / 86_400_000);
    if (days < soonDays || days > aheadDays) return [];
    const due = leaf.notAfter.slice(0, 10);
    return [
      {
        id: 'tls.certificate-expires-soon',
        due,
        says: {
          en: `the certificate of ${host} ends in ${days} days (${due})`,
          ja: `${host} の証明書の有効期限まで、あと ${days} 日です (${due})`,
        },
      },
    ];
  });
};

const quota: Forecast = (evidence) => {
  const fact = evidence.fact(mailQuota);
  if (!fact) return [];
  const percent = Math.floor(quotaShare(fact) * 100);
  if (percent < 75 || percent >= 90) return [];
  return [
    {
      id: 'quota.nearly-full',
      says: {
        en: `the mailbox is ${percent} % full; delete or archive old mail before it stops taking new mail`,
        ja: `メールボックスの使用率が ${percent} % です。受信できなくなる前に、古いメールの削除や保管をおすすめします`,
      },
    },
  ];
};

const daysFrom = (at: string, day: string): number => Math.floor((Date.parse(day) - Date.parse(at)) / 86_400_000);

const crmCertificate: Forecast = (evidence) => {
  const fact = evidence.fact(crmConnect);
  const tls = fact?.reply.kind === 'answered' ? webTlsOf(fact) : undefined;
  if (!tls || webTlsFault(tls)) return [];
  const { host, at, leaf } = tls;
  const days = daysFrom(at, leaf.notAfter);
  if (days < soonDays || days > aheadDays) return [];
  const due = leaf.notAfter.slice(0, 10);
  return [
    {
      id: 'tls.certificate-expires-soon',
      due,
      says: {
        en: `the certificate of the CRM's web server ${host} ends in ${days} days (${due})`,
        ja: `CRM の Web サーバー ${host} の証明書の有効期限まで、あと ${days} 日です (${due})`,
      },
    },
  ];
};

/** The end of a series is planned for long before: a move takes months. */
const versionAheadDays = 365;

const crmSupport: Forecast = (evidence) => {
  const fact = evidence.fact(crmVersion);
  const standing = fact && standingOf(fact);
  if (!fact || (standing?.kind !== 'supported' && standing?.kind !== 'outdated')) return [];
  const { endOfSupport: due, cycle } = standing.row;
  if (due === undefined || daysFrom(fact.at, due) > versionAheadDays) return [];
  return [
    {
      id: 'version.end-of-life',
      due,
      says: {
        en: `security fixes of ${fact.name} ${cycle} end on ${due}`,
        ja: `${fact.name} ${cycle} のセキュリティ更新は ${due} に終了します`,
      },
    },
  ];
};

/** An end that is near is a diagnosis of its own; one that is far, or bound to a version to come, is a note. */
const crmApi: Forecast = (evidence) => {
  const fact = evidence.fact(crmVersion);
  const api = fact?.api;
  const end = api?.until ?? api?.ends;
  if (!fact || !api || end === undefined || apiEndsIn(fact) !== undefined) return [];
  const newest =
    api.newest === undefined ? { en: '', ja: '' } : { en: ` (newest: ${api.newest})`, ja: `（最新は ${api.newest}）` };
  return [
    {
      id: 'version.api-ends',
      ...(api.until === undefined ? {} : { due: api.until }),
      says:
        api.until === undefined
          ? {
              en: `the API ${api.used} of ${fact.name} goes with ${end}${newest.en}`,
              ja: `${fact.name} の API ${api.used} は ${end} で廃止されます${newest.ja}`,
            }
          : {
              en: `the API ${api.used} of ${fact.name} ends on ${end}${newest.en}`,
              ja: `${fact.name} の API ${api.used} は ${end} に終了します${newest.ja}`,
            },
    },
  ];
};

/** The end of the support of mail servers; of one that ends sooner there is a diagnosis when it has. */
const mailSupport: Forecast = (evidence, subject) => {
  if (subject.kind !== 'mail') return [];
  const told = new Set<string>();
  return servicesOf(subject).flatMap(({ protocol, host }) => {
    const fact = evidence.fact(mailVersions[protocol]);
    const due = fact && supportEnd(fact);
    const name = fact?.software && softwareName(fact.software);
    if (!fact || due === undefined || name === undefined || told.has(`${host} ${name}`)) return [];
    const days = daysFrom(fact.at, due);
    if (days < 0 || days > versionAheadDays) return [];
    told.add(`${host} ${name}`);
    return [
      {
        id: 'version.end-of-life',
        due,
        says: {
          en: `security fixes of ${name} on ${host} end on ${due}`,
          ja: `${host} の ${name} のセキュリティ更新は ${due} に終了します`,
        },
      },
    ];
  });
};

/** A token that a person has put into the configuration: nobody renews it but that person. */
const tokens: Forecast = (evidence, subject) => {
  if (subject.kind !== 'mail') return [];
  const told = new Set<string>();
  return servicesOf(subject).flatMap(({ protocol }) => {
    const token = evidence.fact(logins[protocol])?.token;
    const end = token?.from === 'configured' ? token.claims?.expires : undefined;
    if (!token || end === undefined || told.has(end)) return [];
    const days = daysFrom(token.at, end);
    if (days < 0 || days > aheadDays) return [];
    told.add(end);
    const due = end.slice(0, 10);
    return [
      {
        id: 'auth.oauth-token-expired',
        due,
        says: {
          en: `the access token that is configured ends on ${due}; a refresh token would renew it by itself`,
          ja: `設定されているアクセストークンは ${due} に期限が切れます。リフレッシュトークンを使うと自動で更新されます`,
        },
      },
    ];
  });
};

const clientCertificates: Forecast = (evidence, subject) => {
  if (subject.kind !== 'mail') return [];
  const told = new Set<string>();
  return servicesOf(subject).flatMap(({ protocol }) => {
    const fact = evidence.fact(mailTls[protocol]);
    const { cert, notAfter: end } = fact?.clientCertificate ?? {};
    if (!fact || cert === undefined || end === undefined || told.has(cert)) return [];
    const days = daysFrom(fact.at, end);
    if (days < 0 || days > aheadDays) return [];
    told.add(cert);
    const due = end.slice(0, 10);
    return [
      {
        id: 'tls.client-certificate-required',
        due,
        says: {
          en: `the client certificate ${cert} ends in ${days} days (${due})`,
          ja: `クライアント証明書 ${cert} の有効期限まで、あと ${days} 日です (${due})`,
        },
      },
    ];
  });
};

/** A password works today where the provider has announced the day on which it will not. */
const providerDeadlines: Forecast = (evidence, subject) => {
  if (subject.kind !== 'mail') return [];
  return servicesOf(subject).flatMap(({ protocol, host, oauth }) => {
    const [login, at] = [evidence.fact(logins[protocol])?.login, evidence.fact(mailTls[protocol])?.at];
    if (login?.kind !== 'accepted' || oauth || at === undefined) return [];
    return deadlines
      .filter((one) => one.protocol === protocol && one.hosts.test(host) && daysFrom(at, one.due) >= 0)
      .map(({ id, due, says }) => ({ id, due, says }));
  });
};

/** What will go wrong on a known day although it works now. */
export const forecasts: readonly Forecast[] = [
  certificates,
  clientCertificates,
  tokens,
  quota,
  mailSupport,
  providerDeadlines,
  crmCertificate,
  crmSupport,
  crmApi,
];
