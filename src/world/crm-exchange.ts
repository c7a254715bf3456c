import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { SecureContext } from 'node:tls';
import type { CrmFailure, CrmFailureKind } from '../model/crm/failure.ts';
import { BodyFault, bodyOf } from './crm-body.ts';
import type { Connections } from './crm-connections.ts';
import type { Limits } from './kit.ts';
import { targetOf, type WebProxy } from './web-proxy.ts';

/** One request as it goes out, headers and all. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly mostBytes: number;
}

/** An answer as it came in. */
export interface Incoming {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Why there is none. */
export interface Broken extends Pick<CrmFailure, 'kind' | 'code' | 'says' | 'at' | 'needs'> {
  /** It was dropped before anything of an answer came: asked again, it may well be answered. */
  readonly dropped?: true;
}

export interface Way {
  readonly connections: Connections;
  readonly context: SecureContext | undefined;
  readonly proxy: WebProxy | undefined;
  readonly limits: Limits;
}

/** How far a request came. */
type Stage = 'connect' | 'tls' | 'answer' | 'body';

const largestHeader = 32 * 1024;

/** A body that drips is given up after this many times the limit of a step, however often something came. */
const patience = 6;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Several addresses, each dead in its own way: Node packs them into one error without words. */
const innerOf = (error: unknown): unknown =>
  isRecord(error) && Array.isArray(error.errors) && error.errors.length > 0 ? innerOf(error.errors[0]) : error;

const late = (stage: Stage, { stepMs, connectMs }: Limits): Broken => {
  const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
  if (stage === 'connect') {
    return {
      kind: 'unreachable',
      at: 'connect',
      code: 'ETIMEDOUT',
      says: `no connection within ${seconds(connectMs)}`,
    };
  }
  const says = stage === 'body' ? 'the answer stops before its end' : `no answer within ${seconds(stepMs)}`;
  return { kind: 'timeout', says };
};

const brokenOf = (thrown: unknown, stage: Stage): Broken => {
  if (thrown instanceof BodyFault) return { kind: thrown.kind, says: thrown.message };
  const error = innerOf(thrown);
  const code = isRecord(error) && typeof error.code === 'string' ? error.code : 'EIO';
  const says = isRecord(error) && typeof error.message === 'string' ? error.message : '';
  const broken = (kind: CrmFailureKind): Broken => ({ kind, code, says });
  if (code === 'LIMIT') return { kind: 'unreachable', at: 'limit', code, says };
  if (/^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return { kind: 'unreachable', at: 'dns', code, says };
  if (stage === 'connect') return { kind: 'unreachable', at: 'connect', code, says };
  if (stage === 'tls') return broken('tls');
  if (stage === 'body') return { kind: 'malformed', says: 'the answer ends too early' };
  if (code === 'HPE_HEADER_OVERFLOW') return { kind: 'too-large', code, says: 'the header of the answer is too large' };
  if (code.startsWith('HPE_')) return { kind: 'malformed', code, says };
  return { kind: 'unreachable', at: 'answer', code, says, dropped: true };
};

/** Sends one request and reads its answer to the end; throws only when the signal ends it. */
export const exchange = async (outgoing: Outgoing, way: Way, signal: AbortSignal): Promise<Incoming | Broken> => {
  const { url, method, body, mostBytes } = outgoing;
  const { connections, limits, context, proxy } = way;
  const secure = url.protocol === 'https:';
  const { headers, ...target } = targetOf(url, proxy);
  let stage: Stage = 'connect';
  // Node tells of a request that was ended within its body as of one that the server cut.
  let isLate = false;
  let idle: NodeJS.Timeout | undefined;
  let whole: NodeJS.Timeout | undefined;
  try {
    const asking = (secure ? secureRequest : plainRequest)({
      ...target,
      ...(secure ? { secureContext: context, proxy } : {}),
      agent: secure ? connections.secure : connections.plain,
      method,
      signal,
      maxHeaderSize: largestHeader,
      headers: {
        ...headers,
        ...outgoing.headers,
        ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      },
    });
    const within = (ms: number): NodeJS.Timeout =>
      setTimeout(() => {
        isLate = true;
        asking.destroy();
      }, ms);
    const reach = (next: Stage, ms: number): void => {
      stage = next;
      clearTimeout(idle);
      idle = within(ms);
    };
    reach('connect', limits.connectMs + (proxy ? limits.stepMs : 0));
    asking.once('socket', (socket) => {
      if (asking.reusedSocket) return reach('answer', limits.stepMs);
      if (socket.connecting) socket.once('connect', () => reach(secure ? 'tls' : 'answer', limits.stepMs));
      else reach(secure ? 'tls' : 'answer', limits.stepMs);
      if (secure) socket.once('secureConnect', () => reach('answer', limits.stepMs));
    });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      asking.once('response', resolve);
      asking.on('error', reject);
      asking.end(body);
    });
    reach('body', limits.stepMs);
    whole = within(limits.stepMs * patience);
    const read = await bodyOf(response, mostBytes, () => idle?.refresh());
    if (!asking.shouldKeepAlive) connections.ended();
    return { kind: 'answered', status: response.statusCode ?? 0, headers: response.headers, body: read };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return isLate ? late(stage, limits) : brokenOf(error, stage);
  } finally {
    clearTimeout(idle);
    clearTimeout(whole);
  }
};
