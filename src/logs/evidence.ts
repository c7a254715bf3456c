import type { LogCauseFact, LogKind, LogsFact } from '../model/log-facts.ts';
import { escapeControls } from '../reason/escape.ts';
import { shapeOf } from './clean.ts';
import type { Found, OpenSample } from './collect.ts';
import { hostForms, mailboxForm } from './collect.ts';
import type { Concern } from './concern.ts';
import { isServerLog } from './concern.ts';
import type { Cut } from './dialect.ts';
import { clean, type Group, iso, kindOf, later, lineOf, type Moment, sampleOf, type Way } from './evidence-groups.ts';
import { startIn } from './start.ts';
import type { Success } from './success.ts';
import { wayIn } from './success.ts';

const mostSamples = 3;
const mostNames = 10;
const mostStarts = 20;
const mostWays = 500;
const mostPending = 400;
const mostOwnIds = 100_000;
const mostGoals = 5_000;

/** Causes that are a matter of one recipient: that others get their mail mends nothing. */
const byRecipient = /^(?:smtp\.recipient-refused|deliver\.bounced|mailbox\.|quota\.)/;

interface Pending {
  readonly found: Found;
  readonly sample: OpenSample;
  readonly moment: Moment;
}

/** Asks of a line whose it is. */
interface Asked {
  readonly names: (text: string) => boolean;
  readonly of: (cut: Cut, line: string) => Concern;
}

const forget = (map: Map<string, unknown>): void => {
  for (const key of map.keys()) {
    if (map.size <= mostGoals) return;
    map.delete(key);
  }
};

/** What the lines of several logs say of one mailbox. Its memory is bounded, however long the logs. */
export const createEvidence = (asked: Asked) => {
  const groups = new Map<string, Group>();
  const ownIds = new Set<string>();
  const pending: Pending[] = [];
  const sentTo = new Map<string, Moment>();
  const sentVia = new Map<string, Moment>();
  const worked = new Map<string, Moment>();
  const starts: { readonly product: string; readonly version: string; readonly at?: string }[] = [];
  let order = 0;
  let unknownLines = 0;

  const own = ({ queueId }: Cut): void => {
    if (queueId === undefined) return;
    if (ownIds.size >= mostOwnIds) ownIds.clear();
    ownIds.add(queueId);
  };

  const keyOf = ({ verdict, cut }: Found): string => {
    if (verdict.kind === 'cause') return verdict.cause;
    return verdict.kind === 'hidden'
      ? verdict.by
      : shapeOf(cut.program === '' ? cut.text : `${cut.program}: ${cut.text}`);
  };

  const count = ({ found, sample, moment }: Pending): void => {
    const { verdict, cut, line } = found;
    if (verdict.kind === 'unknown') unknownLines += 1;
    const key = keyOf(found);
    const name = `${verdict.kind} ${key}`;
    if (verdict.kind === 'unknown' && !groups.has(name) && groups.size > 200) return;
    const group: Group = groups.get(name) ?? {
      kind: verdict.kind,
      key,
      confidence: 0,
      count: 0,
      first: undefined,
      last: undefined,
      hosts: new Set(),
      mailboxes: new Set(),
      ways: new Map(),
      samples: [],
    };
    groups.set(name, group);
    group.count += 1;
    const { at } = cut;
    if (at !== undefined) {
      group.first = Math.min(group.first ?? at, at);
      group.last = Math.max(group.last ?? at, at);
    }
    if (verdict.kind === 'cause') group.confidence = Math.max(group.confidence, verdict.confidence);
    const words = (cut.decoded ? cut.text : line).slice(0, 4096);
    for (const form of hostForms) collectNames(group.hosts, form, words);
    collectNames(group.mailboxes, mailboxForm, words);
    group.samples.push(sample);
    if (group.samples.length > mostSamples) group.samples.shift();
    const way = wayIn(words);
    const server = isServerLog(cut);
    const kind = verdict.kind === 'cause' ? kindOf(verdict.cause, cut) : kindOf('', cut);
    const wayKey = `${server ? 'server' : 'crm'} ${kind ?? ''} ${way.relay ?? ''} ${way.recipient ?? ''}`;
    const known = group.ways.get(wayKey);
    if (known) {
      known.count += 1;
      if (later(moment, known.newest)) known.newest = moment;
    } else if (group.ways.size < mostWays) group.ways.set(wayKey, { ...way, server, kind, count: 1, newest: moment });
  };

  /** Whether something worked since then that failed there. */
  const over = (cause: string, { relay, recipient, server, kind, newest }: Way): boolean => {
    const after = (moment: Moment | undefined): boolean => moment !== undefined && later(moment, newest);
    if (recipient !== undefined && after(sentTo.get(recipient))) return true;
    if (recipient !== undefined && byRecipient.test(cause)) return false;
    if (relay !== undefined) return after(sentVia.get(relay));
    if (recipient !== undefined && server) return after(sentTo.get(recipient.slice(recipient.indexOf('@'))));
    const side = server ? 'server' : 'crm';
    const kinds: readonly LogKind[] = kind === undefined ? ['send', 'login', 'fetch'] : [kind];
    return kinds.some((one) => after(worked.get(`${side} ${one}`)));
  };

  const currentOf = (group: Group): number =>
    [...group.ways.values()].reduce(
      // A line without a time may be of any day.
      (sum, way) => sum + (way.newest.at === undefined || over(group.key, way) ? 0 : way.count),
      0,
    );

  const counted = (group: Group) => {
    const [first, last] = [iso(group.first), iso(group.last)];
    return {
      count: group.count,
      current: currentOf(group),
      ...(first === undefined ? {} : { first }),
      ...(last === undefined ? {} : { last }),
      samples: group.samples.toReversed().map(lineOf),
    };
  };

  return {
    fault: (found: Found): void => {
      order += 1;
      const { cut, line, verdict } = found;
      const concern = asked.of(cut, line);
      if (concern === 'others') return;
      // A CRM logs many errors that are not about mail.
      if (
        verdict.kind === 'unknown' &&
        !asked.names(line) &&
        !/mail|smtp|imap|pop3/i.test(`${cut.program} ${cut.text}`)
      )
        return;
      const one = { found, sample: sampleOf(found), moment: { at: cut.at, order } };
      if (concern === 'ours' || ownIds.has(cut.queueId ?? '')) {
        if (concern === 'ours') own(cut);
        count(one);
        return;
      }
      pending.push(one);
      if (pending.length > mostPending) pending.shift();
    },
    other: (cut: Cut, line: string, success: Success | undefined): void => {
      order += 1;
      const start = startIn(cut);
      if (start && !starts.some(({ product, version }) => product === start.product && version === start.version)) {
        const at = iso(cut.at);
        starts.push({ ...start, ...(at === undefined ? {} : { at }) });
        if (starts.length > mostStarts) starts.shift();
      }
      const concern = asked.of(cut, line);
      if (concern === 'ours') own(cut);
      if (!success) return;
      const moment = { at: cut.at, order };
      const { kinds, relay, recipient } = success;
      if (kinds.includes('send')) {
        // That a server takes mail again is seen in anybody's mail.
        if (relay !== undefined) sentVia.set(relay, moment);
        if (recipient !== undefined) {
          sentTo.set(recipient, moment);
          sentTo.set(recipient.slice(recipient.indexOf('@')), moment);
        }
        forget(sentVia);
        forget(sentTo);
      }
      if (concern !== 'ours' && !ownIds.has(cut.queueId ?? '')) return;
      for (const kind of kinds) worked.set(`${isServerLog(cut) ? 'server' : 'crm'} ${kind}`, moment);
    },
    /** Faults whose own line names nobody: whose they are stands on the other lines of the message. */
    open: (): readonly OpenSample[] =>
      pending.filter(({ found }) => !ownIds.has(found.cut.queueId ?? '')).map(({ sample }) => sample),
    samples: (): readonly OpenSample[] =>
      [...groups.values()].filter(({ kind }) => kind !== 'unknown').flatMap(({ samples }) => samples),
    /** To be called once, after the messages were joined. */
    result: (): Pick<LogsFact, 'causes' | 'hidden' | 'unknown' | 'versions' | 'succeeded'> => {
      for (const one of pending.splice(0)) {
        const { sender = '', recipients = [] } = one.sample.joined ?? {};
        if (ownIds.has(one.found.cut.queueId ?? '') || [sender, ...recipients].some(asked.names)) count(one);
      }
      const all = [...groups.values()];
      const causes = all
        .filter(({ kind }) => kind === 'cause')
        .map((group): LogCauseFact => {
          const kind = [...group.ways.values()].find((way) => way.kind !== undefined)?.kind;
          return {
            cause: group.key,
            confidence: group.confidence,
            ...(kind === undefined ? {} : { kind }),
            ...counted(group),
            hosts: [...group.hosts],
            mailboxes: [...group.mailboxes],
          };
        });
      const newest = (kind: LogKind): string | undefined => {
        const times = ['server', 'crm'].flatMap((side) => worked.get(`${side} ${kind}`)?.at ?? []);
        return times.length === 0 ? undefined : iso(Math.max(...times));
      };
      const kinds: readonly LogKind[] = ['send', 'login', 'fetch'];
      return {
        causes: causes.toSorted((left, right) => right.current - left.current || right.count - left.count).slice(0, 50),
        hidden: all.filter(({ kind }) => kind === 'hidden').map((group) => ({ by: group.key, ...counted(group) })),
        unknown: {
          lines: unknownLines,
          shapes: all
            .filter(({ kind }) => kind === 'unknown')
            .toSorted((left, right) => right.count - left.count)
            .slice(0, 10)
            .map(({ key }) => escapeControls(key)),
        },
        versions: starts,
        succeeded: Object.fromEntries(
          kinds.flatMap((kind) => (newest(kind) === undefined ? [] : [[kind, newest(kind)]])),
        ),
      };
    },
  };
};

const collectNames = (names: Set<string>, form: RegExp, text: string): void => {
  if (names.size >= mostNames) return;
  for (const [, name] of text.matchAll(form)) {
    if (name !== undefined && names.size < mostNames) names.add(clean(name));
  }
};
