import { performance } from 'node:perf_hooks';
import { type Heard, overTcp, overUdp } from './dns-exchange.ts';
import { decode, encode, type Message, type Question, tooModern } from './dns-message.ts';
import { type DnsServer, labelOf, type ResolverSettings } from './dns-servers.ts';

/** What the servers together say to one question. */
export type Resolution =
  | { readonly kind: 'message'; readonly message: Message; readonly server: string }
  | { readonly kind: 'silent'; readonly servers: readonly string[] }
  | { readonly kind: 'failed'; readonly servers: readonly string[]; readonly code: string };

/** A time of `performance.now()` that nothing outlives. */
export interface Bounds {
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** Codes that settle the question; after any other one the next server may know better. */
const settles = ({ rcode }: Message): boolean => rcode === 'NOERROR' || rcode === 'NXDOMAIN';

/** Asks one server: UDP, then TCP where the answer is cut, then without EDNS where the server does not know it. */
const askServer = async (
  server: DnsServer,
  question: Question,
  { tryMs, edns, deadline, signal }: Bounds & { readonly tryMs: number; readonly edns: boolean },
): Promise<Heard<Message>> => {
  const { id, bytes } = encode(question, { edns });
  const exchange = () => ({
    server,
    bytes,
    read: (reply: Buffer) => decode(reply, id, question),
    limitMs: Math.max(0, Math.min(tryMs, deadline - performance.now())),
    signal,
  });
  const short = await overUdp(exchange());
  const heard = short.kind === 'reply' && short.reply.truncated ? await overTcp(exchange()) : short;
  if (edns && heard.kind === 'reply' && tooModern(heard.reply.rcode)) {
    return askServer(server, question, { tryMs, edns: false, deadline, signal });
  }
  return heard;
};

/** Asks the servers in turn, as libc does: the next one after silence or SERVFAIL, and the silent ones once more. */
export const resolveWith = (
  settings: ResolverSettings,
): ((question: Question, bounds: Bounds) => Promise<Resolution>) => {
  let turn = 0;
  return async (question, { deadline, signal }) => {
    const { servers, tryMs, rounds, rotate } = settings;
    const first = rotate ? turn++ % servers.length : 0;
    let left = [...servers.slice(first), ...servers.slice(0, first)];
    let unhelpful: Resolution | undefined;
    let code: string | undefined;
    let silent = false;
    for (let round = 0; round < rounds; round += 1) {
      const again: DnsServer[] = [];
      for (const server of left) {
        if (signal.aborted || performance.now() >= deadline) break;
        // Some firewalls drop messages with EDNS, so who was silent is asked in the old form then.
        const heard = await askServer(server, question, { tryMs, edns: round === 0, deadline, signal });
        if (heard.kind === 'reply') {
          const resolution: Resolution = { kind: 'message', message: heard.reply, server: labelOf(server) };
          if (settles(heard.reply)) return resolution;
          unhelpful ??= resolution;
          continue;
        }
        if (heard.kind === 'silent') silent = true;
        else code = heard.code;
        again.push(server);
      }
      if (unhelpful) return unhelpful;
      left = again;
    }
    const asked = servers.map(labelOf);
    return silent || code === undefined ? { kind: 'silent', servers: asked } : { kind: 'failed', servers: asked, code };
  };
};
