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
    case 'rate-limited': {
      const wait = retryAfterMs === undefined ? '' : `; again in ${Math.ceil(retryAfterMs / 1000)} s`;
      return { kind: 'throttled', what, says: `${says}${wait}`, after };
    }
    case 'permission':
      return { kind: 'no-permission', what, says };
    case 'auth':
    case 'key-expired':
    case 'locked-out':
      return { kind: 'login-refused', what, says };
    case 'too-large':
      return { kind: 'too-large', what, says };
    case 'unreachable':
    case 'tls':
    case 'timeout':
      return after > 0 ? { kind: 'interrupted', what, says, after } : { kind: 'unreachable', what, says };
    case 'malformed':
      return after > 0 ? { kind: 'interrupted', what, says, after } : { kind: 'malformed', what, says };
    default:
      return after > 0 ? { kind: 'interrupted', what, says, after } : { kind: 'refused', what, says };
  }
};
