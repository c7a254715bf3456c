import type { SenderPolicyFact } from '../../src/model/policy-facts.ts';
import type { Text } from '../../src/model/text.ts';
import { foreignFreemail } from '../../src/reason/sending-providers.ts';
import { spfTrouble } from '../../src/reason/spf-faults.ts';

const spfProblem = (fact: SenderPolicyFact): Text | undefined => {
  const { domain, spf } = fact;
  const trouble = spfTrouble(spf, fact);
  switch (trouble?.kind) {
    case undefined:
      return undefined;
    case 'missing':
      return { en: `${domain} has no SPF record`, ja: `${domain} に SPF レコードがありません` };
    case 'several':
      return { en: `${domain} has more than one SPF record`, ja: `${domain} に SPF レコードが複数あります` };
    case 'too-many':
      return trouble.what === 'lookups'
        ? {
            en: `the SPF record of ${domain} needs ${trouble.count} DNS lookups, 10 are allowed`,
            ja: `${domain} の SPF レコードは DNS の問い合わせが ${trouble.count} 回必要です（上限 10 回）`,
          }
        : {
            en: `${trouble.count} names in the SPF record of ${domain} lead to nothing, 2 are allowed`,
            ja: `${domain} の SPF レコードに、存在しない名前が ${trouble.count} 個あります（上限 2 個）`,
          };
    case 'broken':
      return {
        en: `the SPF record of ${trouble.domain} cannot be evaluated: ${trouble.at}`,
        ja: `${trouble.domain} の SPF レコードを評価できません: ${trouble.at}`,
      };
  }
};

const dmarcProblem = ({ domain, dmarc }: SenderPolicyFact): Text | undefined => {
  if (dmarc.state === 'none') {
    return { en: `${domain} has no DMARC record`, ja: `${domain} に DMARC レコードがありません` };
  }
  if (dmarc.state === 'several') {
    return {
      en: `${dmarc.domain} has more than one DMARC record`,
      ja: `${dmarc.domain} に DMARC レコードが複数あります`,
    };
  }
  if (dmarc.state !== 'syntax') return undefined;
  return {
    en: `the DMARC record of ${dmarc.domain} cannot be read: ${dmarc.fault?.at ?? ''}`,
    ja: `${dmarc.domain} の DMARC レコードを読み取れません: ${dmarc.fault?.at ?? ''}`,
  };
};

const dkimProblems = ({ domain, dkim }: SenderPolicyFact): readonly Text[] =>
  dkim.flatMap(({ selector, state }): readonly Text[] => {
    const name = `${selector}._domainkey.${domain}`;
    if (state === 'missing') {
      return [{ en: `there is no DKIM key at ${name}`, ja: `${name} に DKIM の公開鍵がありません` }];
    }
    if (state !== 'revoked' && state !== 'invalid') return [];
    return [{ en: `the DKIM key at ${name} cannot be used`, ja: `${name} の DKIM 公開鍵は使えません` }];
  });

const stsProblem = ({ domain, mtaSts }: SenderPolicyFact): Text | undefined => {
  if (!mtaSts || mtaSts.state === 'good') return undefined;
  return mtaSts.state === 'mx-not-covered'
    ? {
        en: `the MTA-STS policy of ${domain} does not cover ${mtaSts.uncovered.join(', ')}`,
        ja: `${domain} の MTA-STS ポリシーに ${mtaSts.uncovered.join(', ')} が含まれていません`,
      }
    : {
        en: `the MTA-STS policy of ${domain} cannot be used: ${mtaSts.says ?? mtaSts.record}`,
        ja: `${domain} の MTA-STS ポリシーを利用できません: ${mtaSts.says ?? mtaSts.record}`,
      };
};

/** An authority may issue when one of its names stands in the records. */
export const caaForbids = ({ issuers, names }: SenderPolicyFact['caa'][number]): boolean =>
  names !== undefined && !issuers.some((one) => names.includes(one));

/** Addresses of the domain's own server that its SPF record turns away. */
export const refusedOwnAddresses = ({ ownServer }: SenderPolicyFact): readonly string[] =>
  (ownServer?.addresses ?? [])
    .filter(({ result }) => result === 'fail' || result === 'softfail')
    .map(({ address }) => address);

const serverProblems = (fact: SenderPolicyFact): readonly Text[] => {
  const { provider, domain } = fact;
  const own = refusedOwnAddresses(fact);
  return [
    ...(provider?.state === 'not-listed'
      ? [
          {
            en: `the SPF record of ${domain} does not list the servers of ${provider.name}`,
            ja: `${domain} の SPF レコードに ${provider.name} のサーバーがありません`,
          },
        ]
      : []),
    ...(own.length > 0
      ? [
          {
            en: `the SPF record of ${domain} does not list its own server ${fact.ownServer?.host} (${own.join(', ')})`,
            ja: `${domain} の SPF レコードに、自社のサーバー ${fact.ownServer?.host} (${own.join(', ')}) がありません`,
          },
        ]
      : []),
    ...fact.tlsa
      .filter(({ compared }) => compared === 'mismatch')
      .map(({ host, port }) => ({
        en: `the TLSA records of ${host}:${port} do not fit its certificate`,
        ja: `${host}:${port} の TLSA レコードが証明書と合っていません`,
      })),
    ...fact.caa.filter(caaForbids).map(({ host, domain: at }) => ({
      en: `the CAA records of ${at} forbid the authority that issued the certificate of ${host}`,
      ja: `${at} の CAA レコードでは、${host} の証明書を発行した認証局が許可されていません`,
    })),
  ];
};

/** Sent in the name of a free-mail service through somebody else's server, and the service asks receivers to object. */
export const sentAsFreemail = ({ domain, dmarc }: SenderPolicyFact, smtpHost: string | undefined): boolean =>
  smtpHost !== undefined && dmarc.policy !== undefined && foreignFreemail(domain, smtpHost);

const freemailProblem = (fact: SenderPolicyFact, smtpHost: string | undefined): Text | undefined =>
  sentAsFreemail(fact, smtpHost) && fact.dmarc.policy?.effective !== 'none'
    ? {
        en: `${fact.domain} wants its mail to be sent through its own servers only, not through ${smtpHost}`,
        ja: `${fact.domain} のメールを、別のサーバー ${smtpHost} から送信しようとしています`,
      }
    : undefined;

/** Everything that receivers would object to, the weightiest first. */
export const policyProblems = (fact: SenderPolicyFact, smtpHost: string | undefined): readonly Text[] =>
  [
    freemailProblem(fact, smtpHost),
    spfProblem(fact),
    ...serverProblems(fact),
    ...dkimProblems(fact),
    dmarcProblem(fact),
    stsProblem(fact),
  ].flatMap((one) => one ?? []);
