import type { CrmFailure } from '../../model/crm/failure.ts';
import type { SourceFailure } from '../../model/sync/source.ts';

/** What a CRM's refusal means for a side of which `after` records had come. `says` is in the CRM's own words. */
export const failureOf = (
  { kind, says: words, code, status, needs, retryAfterMs }: CrmFailure,
  what: string,
  after: number,
): SourceFailure => {
  const own = [words, code, status === undefined ? undefined : `HTTP ${status}`].find(
    (one) => one !== undefined && one !== '',
  );
  const says = [own ?? kind, needs?.en].filter((one) => one !== undefined && one !== '').join('; ');
  switch (kind) {
    case 'rate-limited':
      return { kind: 'throttled', what, says, after, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    case 'permission':
      return { kind: 'no-permission', what, says };
    case 'auth':
      return { kind: 'login-refused', what, says };
    case 'key-expired':
    case 'locked-out':
      return { kind: 'crm', what, says, why: kind };
    case 'too-large':
      return { kind: 'too-large', what, says };
    case 'unreachable':
      return after > 0 ? { kind: 'interrupted', what, says, after } : { kind: 'unreachable', what, says };
    default:
      return after > 0 ? { kind: 'interrupted', what, says, after } : { kind: 'crm', what, says, why: kind };
  }
};
