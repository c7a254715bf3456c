import { parseDuration } from '../../config/duration.ts';
import type { ProposedField, ProposedKey, SyncProposal } from '../../model/sync/proposal.ts';
import type { FieldConfig, SyncSubject } from '../../model/sync/subject.ts';
import type { PreparedSide } from '../../sync/prepared.ts';
import type { Prepared } from './comparing.ts';
import type { Ledger } from './ledger.ts';
import { failedRow, proposalRow } from './rows.ts';

/** The comparison with the key and columns that its data proposes; undefined where no key is good enough, which is said. */
export const proposedFor = async (
  subject: SyncSubject,
  prepared: Prepared,
  { signal, step }: { readonly signal: AbortSignal; readonly step: Ledger['step'] },
): Promise<SyncSubject | undefined> =>
  step('sync.sources', async () => {
    const { proposeSync } = await import('../../sync/propose/propose.ts');
    const sideOf = ({ source, failure }: PreparedSide) => ({ ...source, ...(failure ? { failure } : {}) });
    const proposal = await proposeSync(sideOf(prepared.left), sideOf(prepared.right), signal);
    const { config } = subject;
    const [unread] = proposal.failures;
    return {
      // Without a key, a side that could not be read is the reason, and not what was seen of it until then.
      rows: [{ target: 'key', row: !proposal.key && unread ? failedRow(unread.failure) : proposalRow(proposal) }],
      value: proposal.key ? { ...subject, config: configOf(proposal, proposal.key, config) } : undefined,
    };
  });

const fieldOf = ({ right, as, role, tolerance }: ProposedField): FieldConfig => {
  const ms = tolerance === undefined ? undefined : parseDuration(tolerance);
  return {
    right,
    ...(as === undefined ? {} : { as, asFrom: 'values' as const }),
    ...(role === undefined ? {} : { role }),
    ...(ms === undefined ? {} : { tolerance: { kind: 'time', ms } }),
  };
};

/** What the call states itself is stronger than what the data proposes. */
const configOf = (
  { fields, ignored }: SyncProposal,
  { left, right, rules, unlike }: ProposedKey,
  config: SyncSubject['config'],
): SyncSubject['config'] => ({
  ...config,
  key: { left, right, rules, ...(unlike ? { unlike } : {}) },
  fields: config.fields ?? Object.fromEntries(fields.map((field) => [field.left, fieldOf(field)])),
  ignore: [...config.ignore, ...ignored.flatMap((one) => [one.left, one.right])],
});
