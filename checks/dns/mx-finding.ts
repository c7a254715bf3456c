import type { Finding, Severity } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { DomainDnsFact, MxTarget } from '../../src/model/dns-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { domainDns } from '../mail/dns.check.ts';
import { domainFact } from './host-facts.ts';

/** What the causes of MX records name. */
export interface MxDetail {
  readonly domain: string;
  /** The targets that are not as they should be. */
  readonly bad: readonly string[];
  /** Those that are. */
  readonly good: readonly string[];
}

/** The domain's mail records, where they say something for this mailbox. */
export const mailRecords = (evidence: Evidence): DomainDnsFact | undefined => {
  const fact = domainFact(evidence);
  return fact?.relevant && fact.mx.kind === 'answered' ? fact : undefined;
};

/** A mailbox that fetches mail is of no use without MX; one that only sends gets no answers and bounces. */
export const whenReceiving = ({ services }: Subject): Severity =>
  services.imap || services.pop3 ? 'critical' : 'warning';

/** The finding of one fault in the MX records; the logins work all the same, so only the domain is affected. */
export const mxFinding = (
  fact: DomainDnsFact,
  subject: Subject,
  {
    kinds,
    says,
    known = [],
  }: {
    readonly kinds: readonly MxTarget['kind'][];
    readonly says: (names: string) => Text;
    /** Hosts that another cause names already. */
    readonly known?: readonly string[];
  },
): readonly Finding<MxDetail>[] => {
  const bad = fact.targets.filter(({ kind, host }) => kinds.includes(kind) && !known.includes(host.toLowerCase()));
  if (bad.length === 0) return [];
  const good = fact.targets.filter(({ kind }) => kind === 'ok');
  const names = bad.map(({ host }) => host);
  return [
    {
      detail: { domain: fact.domain, bad: names, good: good.map(({ host }) => host) },
      severity: good.length > 0 ? 'warning' : whenReceiving(subject),
      confidence: 0.97,
      affects: [fact.domain],
      evidence: [{ check: domainDns, says: says(names.join(', ')) }],
    },
  ];
};

/** What a dead MX means beside others that work. */
export const restOf = ({ good }: MxDetail): Text =>
  good.length > 0
    ? both(
        ` Mail still arrives through ${good.join(', ')}, partly late.`,
        `${good.join('、')} 経由では届きますが、遅れることがあります。`,
      )
    : both(
        ' There is no other MX, so mail to this domain is lost or returned.',
        'ほかに MX がないため、このドメイン宛てのメールは届きません。',
      );

export const verifyMx = (domain: string): Text =>
  both(
    `Verify: dig ${domain} MX, and dig NAME A for every name in it.`,
    `確認: dig ${domain} MX を実行し、表示された各名前についても dig 名前 A で IP アドレスが得られることを確認します。`,
  );
