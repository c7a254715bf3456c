import type { Cause, Owner, RuledOut, Severity } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { LogDetail } from './log-says.ts';
import { fromLogs, logSentence } from './log-says.ts';

interface LoggedCause {
  readonly id: string;
  readonly title: Text;
  readonly about: Text;
  readonly owner: Owner;
  /** What the line means here, in one sentence; where and how often it stands is added. */
  readonly means: (detail: LogDetail) => Text;
  readonly steps: (detail: LogDetail) => readonly Text[];
  /** Default: critical. */
  readonly severity?: Severity;
  readonly unless?: readonly string[];
  readonly ruledOut?: (evidence: Evidence, subject: Subject) => readonly RuledOut[];
}

/** A cause that only a log can show. Its id belongs into `onlyInLogs`. */
export const loggedCause = (one: LoggedCause): Cause<LogDetail> =>
  defineCause<LogDetail>({
    id: one.id,
    title: one.title,
    about: one.about,
    unless: one.unless ?? [],
    owner: one.owner,
    explain: (evidence, subject) =>
      fromLogs(one.id, evidence, subject, {
        severity: one.severity ?? 'critical',
        ruledOut: one.ruledOut?.(evidence, subject) ?? [],
      }),
    because: (detail) => {
      const [means, says] = [one.means(detail), logSentence(detail)];
      return { en: `${means.en} ${says.en}`, ja: `${means.ja}${says.ja}` };
    },
    steps: one.steps,
  });
