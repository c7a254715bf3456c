import type { FailedKey, ProposedKey, SyncProposal } from '../../model/sync/proposal.ts';
import type { OpenedSource } from '../../model/sync/source.ts';
import { canonicalForms } from './agreement.ts';
import { fieldsOf } from './fields.ts';
import type { Judged } from './judge.ts';
import { findKeys, type LookedSide } from './keys.ts';
import { type Look, looksOf } from './looks.ts';
import { matchColumns } from './match.ts';
import type { JoinedRow } from './meeting.ts';
import { readSide, type Walked } from './reading.ts';

type Side = 'left' | 'right';
const both: readonly Side[] = ['left', 'right'];

const mostFailed = 5;

const lookAt = async (
  source: Pick<OpenedSource, 'facts' | 'rows'>,
  signal: AbortSignal,
): Promise<LookedSide & { readonly walked: () => Walked }> => {
  const side = await readSide(source, signal);
  let last: Walked = side.start;
  return {
    side: {
      ...side,
      walk: async (visit) => {
        last = await side.walk(visit);
        return last;
      },
    },
    looks: looksOf(source.facts.columns, side.head),
    walked: () => last,
  };
};

const namesOf = (looks: readonly Look[]): readonly string[] => looks.map(({ name }) => name);

const columnsOf = ({ meeting }: Judged): Pick<FailedKey, 'left' | 'right' | 'rules'> => ({
  left: namesOf(meeting.left.looks),
  right: namesOf(meeting.right.looks),
  rules: meeting.rules,
});

const unlikeIn = ({ left, right, joined }: Judged['meeting']): ProposedKey['unlike'] => {
  const keysOf = (row: JoinedRow) => ({
    left: left.looks.map(({ at }) => row.left[at] ?? '').join(' / '),
    right: right.looks.map(({ at }) => row.right[at] ?? '').join(' / '),
  });
  const unlike = joined.map(keysOf).filter((keys) => keys.left !== keys.right);
  const [first] = unlike;
  return first && { n: unlike.length, of: joined.length, ...first };
};

const proposedOf = (judged: Judged): ProposedKey => {
  const unlike = unlikeIn(judged.meeting);
  return {
    ...columnsOf(judged),
    confidence: judged.confidence,
    evidence: judged.evidence,
    ...(unlike ? { unlike } : {}),
  };
};

const doubtful = {
  en: 'too little speaks for it to rely on it',
  ja: '根拠が少なく、キーとして使うには不十分です',
};

/**
 * What two open sides say of how they are to be compared: key, columns, types and roles, each with how sure it is. Both are read a few
 * times, up to four million rows. Where no key is good enough, none is proposed.
 */
export const proposeSync = async (
  left: Pick<OpenedSource, 'facts' | 'rows'>,
  right: Pick<OpenedSource, 'facts' | 'rows'>,
  signal: AbortSignal,
): Promise<SyncProposal> => {
  const sides = { left: await lookAt(left, signal), right: await lookAt(right, signal) };
  const forms = canonicalForms();
  const { good, failed } = await findKeys(sides, forms);
  const [best, ...others] = good;
  const keyed = (side: Side): readonly Look[] => best?.meeting[side].looks ?? [];
  const rest = (side: Side): readonly Look[] => {
    const taken = new Set(keyed(side).map(({ at }) => at));
    return sides[side].looks.filter(({ at }) => !taken.has(at));
  };
  const joined = best?.meeting.joined ?? [];
  const { matches, own } = matchColumns({ left: rest('left'), right: rest('right') }, joined, forms);
  const { fields, ignored } = fieldsOf(matches, own, joined, forms);
  const unmapped = (side: Side): readonly string[] => {
    const used = new Set([...keyed(side).map(({ name }) => name), ...[...fields, ...ignored].map((one) => one[side])]);
    return sides[side].side.facts.columns.flatMap(({ name }) => (used.has(name) ? [] : [name]));
  };
  const rowsOf = (side: Side) => {
    const { rows, whole } = sides[side].walked();
    return { looked: rows, whole };
  };
  return {
    kind: 'sync-proposal',
    rows: { left: rowsOf('left'), right: rowsOf('right') },
    ...(best ? { key: proposedOf(best) } : {}),
    otherKeys: others.map(proposedOf),
    failedKeys: failed.slice(0, mostFailed).map((one) => ({
      ...columnsOf(one),
      why: one.why.length > 0 ? one.why : [doubtful],
    })),
    fields,
    ignored,
    unmapped: { left: unmapped('left'), right: unmapped('right') },
    failures: both.flatMap((side) => {
      const { failure } = sides[side].walked();
      return failure ? [{ side, failure }] : [];
    }),
  };
};
