import type { Cause, Owner, RuledOut } from '../../src/model/cause.ts';
import { defineCrmCause } from '../../src/model/cause.ts';
import type { CrmFailure } from '../../src/model/crm/failure.ts';
import type { CrmSubject } from '../../src/model/crm/subject.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { type CrmConnectFact, crmConnect } from './connect.check.ts';
import { type ConnectRoot, connectRoot } from './connect-root.ts';
import { failureWords } from './failure-words.ts';

/** What the texts of every cause of this kind may name. */
export interface ConnectDetail {
  /** As people write it. */
  readonly product: string;
  readonly type: string;
  readonly url: string;
  readonly host: string;
  /** `crm`, or `crm[NAME]`: where its keys stand in the configuration. */
  readonly path: string;
  readonly login?: string;
  /** The server's own words, where it had any. */
  readonly says?: string;
}

/** A login that did not come about. */
export interface Failed {
  readonly fact: CrmConnectFact;
  readonly failure: CrmFailure;
  readonly subject: CrmSubject;
}

interface Ruled {
  readonly cause: string;
  readonly says: Text;
}

const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** What is known in any case. */
export const detailOf = ({ fact, failure, subject }: Failed): ConnectDetail => {
  const says = [failure.code, failure.says].filter((one) => one !== undefined && one !== '').join(': ');
  const { username } = subject.config;
  return {
    product: fact.product,
    type: fact.type,
    url: fact.url,
    host: fact.reach?.host || hostIn(fact.url),
    path: subject.path,
    ...(username === undefined ? {} : { login: username }),
    ...(says === '' ? {} : { says }),
  };
};

/** A root cause of a login that did not come about; each failure has exactly one of them (connectRoot). */
export const connectCause = <More extends object = object>(cause: {
  readonly id: ConnectRoot;
  readonly title: Text;
  readonly about: Text;
  readonly owner: Owner | ((detail: ConnectDetail & More) => Owner);
  readonly confidence: number | ((detail: ConnectDetail & More) => number);
  readonly more: (failed: Failed) => More;
  /** What was seen beside the failure itself. */
  readonly seen?: (detail: ConnectDetail & More) => readonly Text[];
  readonly ruledOut?: (detail: ConnectDetail & More, failed: Failed) => readonly Ruled[];
  readonly because: (detail: ConnectDetail & More) => Text;
  readonly steps: (detail: ConnectDetail & More) => readonly Text[];
}): Cause<ConnectDetail & More, CrmSubject> =>
  defineCrmCause<ConnectDetail & More>({
    id: cause.id,
    title: cause.title,
    about: cause.about,
    owner: cause.owner,
    explain: (evidence, subject) => {
      const fact = evidence.bad(crmConnect);
      if (fact?.reply.kind !== 'failed' || connectRoot(fact) !== cause.id) return [];
      const failed: Failed = { fact, failure: fact.reply.failure, subject };
      const detail = { ...detailOf(failed), ...cause.more(failed) };
      const told = (ruled: Ruled): RuledOut => ({ ...ruled, check: crmConnect });
      return [
        {
          detail,
          severity: 'critical',
          confidence: typeof cause.confidence === 'number' ? cause.confidence : cause.confidence(detail),
          affects: [subject.label],
          evidence: [failureWords(failed.failure), ...(cause.seen?.(detail) ?? [])].map((says) => ({
            check: crmConnect,
            says,
          })),
          ruledOut: (cause.ruledOut?.(detail, failed) ?? []).map(told),
        },
      ];
    },
    because: cause.because,
    steps: cause.steps,
  });

/** Where nothing beyond the usual is named. */
export const nothingMore = (): object => ({});

export const ruledOut = (cause: string, en: string, ja: string): Ruled => ({ cause, says: both(en, ja) });

/** ` It said: "…".` */
export const itSaid = ({ says }: Pick<ConnectDetail, 'says'>): Text =>
  says === undefined ? both('', '') : both(` It says: "${says}".`, `応答の文面:「${says}」。`);
