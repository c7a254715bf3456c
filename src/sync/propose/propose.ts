import { spread } from '../../model/spread.ts';
import type { FailedKey, ProposedKey, SyncProposal } from '../../model/sync/proposal.ts';
import { type Side, sides } from '../../model/sync/side.ts';
import { canonicalForms } from './agreement.ts';
import { withEnvironments } from './environments.ts';
import { fieldsOf, rowsLooked } from './fields.ts';
import type { Judged } from './judge.ts';
import { findKeys, joinedRows, type LookedSide } from './keys.ts';
import { type Look, looksOf } from './looks.ts';
import { matchColumns, rowsFor } from './match.ts';
import { type Proposable, readSide, type Walked } from './reading.ts';

const mostFailed = 5;

const lookAt = async (
  source: Proposable,
  signal: AbortSignal,
): Promise<LookedSide & { readonly walked: () => Walked }> => {
  const side = await readSide(source, signal);
  let last: Walked = side.start;
  return {
    side: {
      ...side,
      walk: async (keys) => {
        const { blank, ...walked } = await side.walk(keys);
        last = walked;
        return { ...walked, blank };
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

const unlikeIn = ({ joined }: Judged['meeting']): ProposedKey['unlike'] => {
  const unlike = joined
    .map(({ left, right }) => ({ left: left.parts.join(' / '), right: right.parts.join(' / ') }))
    .filter((keys) => keys.left !== keys.right);
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
export const proposeSync = async (left: Proposable, right: Proposable, signal: AbortSignal): Promise<SyncProposal> => {
  const looked = { left: await lookAt(left, signal), right: await lookAt(right, signal) };
  const forms = canonicalForms();
  const { good, failed } = await findKeys(looked, forms);
  const [best, ...others] = good;
  const keyed = (side: Side): readonly Look[] => best?.meeting[side].looks ?? [];
  const rest = (side: Side): readonly Look[] => {
    const taken = new Set(keyed(side).map(({ at }) => at));
    return looked[side].looks.filter(({ at }) => !taken.has(at));
  };
  const joined = await joinedRows(
    spread(best?.meeting.joined ?? [], rowsFor(rowsLooked, looked.left.looks.length)),
    looked,
  );
  const { matches, own } = matchColumns({ left: rest('left'), right: rest('right') }, joined, forms);
  const { fields, ignored, zoneless } = fieldsOf(matches, own, joined, forms);
  const unmapped = (side: Side): readonly string[] => {
    const used = new Set([...keyed(side).map(({ name }) => name), ...[...fields, ...ignored].map((one) => one[side])]);
    return looked[side].side.facts.columns.flatMap(({ name }) => (used.has(name) ? [] : [name]));
  };
  const rowsOf = (side: Side) => {
    const { rows, whole } = looked[side].walked();
    return { looked: rows, whole };
  };
  return {
    kind: 'sync-proposal',
    rows: { left: rowsOf('left'), right: rowsOf('right') },
    ...(best ? { key: proposedOf(best) } : {}),
    otherKeys: others.map(proposedOf),
    failedKeys: withEnvironments(failed, looked)
      .slice(0, mostFailed)
      .map(({ judged, why }) => ({ ...columnsOf(judged), why: why.length > 0 ? why : [doubtful] })),
    fields,
    ignored,
    unmapped: { left: unmapped('left'), right: unmapped('right') },
    ...(zoneless.left.length + zoneless.right.length > 0 ? { zoneless } : {}),
    failures: sides.flatMap((side) => {
      const { failure } = looked[side].walked();
      return failure ? [{ side, failure }] : [];
    }),
  };
};
