import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';

/** An answer with what could not be seen in it. */
export const answered = <Value>(value: Value, gaps: readonly Text[] = []): CrmReply<Value> => ({
  kind: 'answered',
  value,
  ...(gaps.length > 0 ? { gaps } : {}),
});
