import type { SourceFailure } from '../../model/sync/source.ts';
import { codeOf, type Engine, messageOf, NotFound } from './reading.ts';

const network = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE|ENOENT)$/;

/** What an error of a driver means; `after` rows had come, or none where the side was only opened. */
export const failureOf = (
  error: unknown,
  engine: Engine,
  what: string,
  shown: (text: string) => string,
  after?: number,
): SourceFailure => {
  if (error instanceof NotFound) return { kind: 'not-found', what: shown(error.message), hint: error.hint.map(shown) };
  const code = codeOf(error);
  // Some servers end each line of theirs with a break.
  const says = shown(messageOf(error).replace(/[\r\n]+/g, ' ')).replace(/[ .]+$/, '');
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
    return { kind: 'driver-missing', what: engine.driver, install: `npm install ${engine.driver}` };
  // The package is there and what is to be built for this machine is not.
  if (code === 'ERR_DLOPEN_FAILED' || says.startsWith('Could not locate the bindings file'))
    return {
      kind: 'driver-missing',
      what: engine.driver,
      install: `npm rebuild ${engine.driver.replace(/@[^@]*$/, '')}`,
    };
  // Whatever ends a reading that had begun is an interruption, also where the server says why.
  if (after !== undefined && after > 0) return { kind: 'interrupted', what, says, after };
  const kind = engine.kindOf(error);
  switch (kind) {
    case 'not-found':
    case 'disk-full':
      return kind === 'disk-full' ? { kind, what } : { kind, what, says };
    case 'no-permission':
    case 'login-refused':
    case 'not-data':
    case 'refused':
      return { kind, what, says };
    default:
      // A limit of time of the server, or of a lock, is no matter of host and port.
      if (after !== undefined || (kind === 'interrupted' && !network.test(code)))
        return { kind: 'interrupted', what, says, after: after ?? 0 };
      return kind === 'unreachable' || network.test(code) || code === ''
        ? { kind: 'unreachable', what, says }
        : { kind: 'refused', what, says };
  }
};
