import type { CrmQueue, CrmQueuedMessage } from '../../src/model/crm/answers.ts';
import type { TextCause } from '../../src/model/log-facts.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Jobs that send run every few minutes, some every hour. */
const longestWait = 2 * hour;

/** What failed before this is history, and nobody has cleaned up. */
const recently = 7 * day;

export type QueueTrouble =
  | { readonly kind: 'waiting'; readonly count: number; readonly oldest: string }
  /** Messages that failed with the same words. */
  | {
      readonly kind: 'failed';
      readonly count: number;
      readonly says: string;
      readonly speaksOf?: string;
      /** All of them went to this one domain. */
      readonly domain?: string;
      readonly account?: string;
      readonly newest?: string;
      /** Others were sent after these had failed. */
      readonly othersPass: boolean;
    };

export interface QueueSeen {
  readonly at: string;
  readonly queue: CrmQueue;
  readonly meanings: Readonly<Record<string, TextCause | null>>;
}

const distinct = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

/** The only one, where there is only one. */
const common = (items: readonly (string | undefined)[]): string | undefined => {
  const [first, ...more] = distinct(items);
  return more.length === 0 ? first : undefined;
};

const groupOf = (
  messages: readonly CrmQueuedMessage[],
  { queue, meanings }: QueueSeen,
  says: string,
): QueueTrouble | undefined => {
  const newest = messages
    .flatMap(({ since }) => since ?? [])
    .toSorted()
    .at(-1);
  const speaksOf = meanings[says]?.cause;
  const domain = messages.length >= 3 ? common(messages.map(({ to }) => to?.toLowerCase())) : undefined;
  const account = common(messages.map((one) => one.account));
  const othersPass =
    queue.lastSent !== undefined && newest !== undefined && Date.parse(queue.lastSent) > Date.parse(newest);
  return {
    kind: 'failed',
    count: messages.length,
    says,
    othersPass,
    ...(speaksOf === undefined ? {} : { speaksOf }),
    ...(domain === undefined ? {} : { domain }),
    ...(account === undefined ? {} : { account }),
    ...(newest === undefined ? {} : { newest }),
  };
};

/** Failures without a known meaning are told apart by their first words. */
const keyOf = ({ says = '' }: CrmQueuedMessage, meanings: QueueSeen['meanings']): string =>
  meanings[says]?.cause ?? says.replace(/[<"'][^<>"']{1,200}[>"']|\S+@\S+|\d+/g, '…').slice(0, 60);

/** What is wrong with the outgoing queue. */
export const queueTroubles = (seen: QueueSeen): readonly QueueTrouble[] => {
  const { at, queue, meanings } = seen;
  const now = Date.parse(at);
  const oldest = queue.oldestWaiting;
  const waits = oldest !== undefined && queue.waiting > 0 && now - Date.parse(oldest) > longestWait;
  const failed = queue.messages.filter(
    ({ state, since }) => state === 'failed' && (since === undefined || now - Date.parse(since) < recently),
  );
  const groups = new Map<string, CrmQueuedMessage[]>();
  for (const message of failed) {
    const key = keyOf(message, meanings);
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  return [
    ...(waits ? [{ kind: 'waiting' as const, count: queue.waiting, oldest }] : []),
    ...[...groups.values()]
      .flatMap((messages) => groupOf(messages, seen, messages[0]?.says ?? '') ?? [])
      .toSorted((left, right) => (left.kind === 'failed' && right.kind === 'failed' ? right.count - left.count : 0))
      .slice(0, 5),
  ];
};

/** A matter of one recipient or one message: it tells nothing of the others. */
const ofOne =
  /^(?:smtp\.(?:recipient|content|message|greylisted|blocklisted|too-many|line|smtputf8|mail-loop)|mailbox\.|deliver\.|policy\.|quota\.|config\.no-recipient)/;

/** That some recipients are refused while others get their mail is no standstill; nor are two of which nobody knows why. */
export const isStandstill = (trouble: QueueTrouble): boolean => {
  if (trouble.kind === 'waiting') return true;
  if (trouble.othersPass) return false;
  return trouble.speaksOf === undefined ? trouble.count >= 3 : !ofOne.test(trouble.speaksOf);
};
