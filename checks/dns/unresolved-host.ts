import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Place } from '../auth/words.ts';
import type { HostView, Unresolved } from './host-facts.ts';
import { affectedBy, placesIn, replyText, unresolved, whyUnresolved } from './host-facts.ts';

/** What every cause of an unresolved host names. */
export interface HostDetail {
  readonly host: string;
  readonly places: readonly Place[];
}

/** Settings that a proven change mends are the cause, not the name that fails. */
export const unlessSettings: readonly string[] = ['config.malformed-value', 'config.placeholder', 'config.wrong-host'];

/** One finding for each host that fails to resolve for this reason. */
export const hostFindings = <More extends object>(
  why: Unresolved,
  evidence: Evidence,
  subject: Subject,
  more: (view: HostView) => More,
): readonly Finding<HostDetail & More>[] =>
  unresolved(evidence, subject)
    .filter(({ fact }) => whyUnresolved(fact) === why)
    .map((view) => ({
      detail: { host: view.host, places: placesIn(view.services), ...more(view) },
      severity: 'critical',
      confidence: 0.95,
      affects: affectedBy(view),
      evidence: [{ check: view.check, says: replyText(view.host, 'A', view.fact.a) }],
    }));

/** The zone that a host most likely belongs to: the address's domain where it ends so, else its parent. */
export const zoneOf = (host: string, domain: string): string => {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (name === domain || name.endsWith(`.${domain}`)) return domain;
  const labels = name.split('.');
  return labels.length > 2 ? labels.slice(1).join('.') : name;
};
