import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { grouped } from '../auth/grouped.ts';
import type { Place } from '../auth/words.ts';
import { domainOf } from '../mail/dns-questions.ts';
import type { HostView, Unresolved } from './host-facts.ts';
import { affectedBy, placesIn, rcodeOf, replyText, serversOf, unresolved, whyUnresolved } from './host-facts.ts';
import { zoneOf } from './unresolved-host.ts';

/** What fails for every name of a zone, or for every name at all. */
export interface ZoneDetail {
  readonly zone: string;
  readonly hosts: readonly string[];
  readonly places: readonly Place[];
  readonly servers: readonly string[];
  /** SERVFAIL, REFUSED … or 'silent'. */
  readonly answer: string;
  /** Even the root of the DNS was not answered. */
  readonly everything: boolean;
}

/** One finding a zone (or one for all, where the resolver itself is the root) out of its hosts. */
export const zoneFindings = (
  why: Unresolved,
  evidence: Evidence,
  subject: Subject,
  rootOf: (view: HostView) => string = ({ host }) => zoneOf(host, domainOf(subject.address)),
): readonly Finding<ZoneDetail>[] =>
  grouped(
    unresolved(evidence, subject).filter(({ fact }) => whyUnresolved(fact) === why),
    rootOf,
  ).flatMap((views) => {
    const [first] = views;
    if (!first) return [];
    const { a, root } = first.fact;
    return [
      {
        detail: {
          zone: zoneOf(first.host, domainOf(subject.address)),
          hosts: views.map(({ host }) => host),
          places: views.flatMap(({ services }) => placesIn(services)),
          servers: serversOf(a),
          answer: rcodeOf(a) ?? a?.kind ?? 'silent',
          everything: root !== undefined && (rcodeOf(root) ?? 'none') !== 'NOERROR',
        },
        severity: 'critical',
        confidence: 0.95,
        affects: [...new Set(views.flatMap(affectedBy))],
        evidence: views.map(({ host, check, fact }) => ({ check, says: replyText(host, 'A', fact.a) })),
      },
    ];
  });
