import { defineCrmCheck } from '../../src/model/check.ts';
import type { CrmIdentity } from '../../src/model/crm/answers.ts';
import type { CrmFailureKind, CrmReply } from '../../src/model/crm/failure.ts';
import type { CrmReach, ReachDepth } from '../../src/model/crm/reach.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { SecretShape } from '../../src/model/world.ts';
import { apartText } from '../clock/words.ts';
import { clockApart } from './clock-apart.ts';
import { failureWords } from './failure-words.ts';
import { webCertificateEnds } from './web-certificate.ts';

/** What the CRM said when it was asked who it is, whether it let us in, and where it did not, what stands at its door. */
export interface CrmConnectFact {
  /** RFC 3339, when it had answered. */
  readonly at: string;
  readonly url: string;
  /** As people write it. */
  readonly product: string;
  readonly type: string;
  readonly reply: CrmReply<CrmIdentity>;
  readonly reach?: CrmReach;
  /** Only where the login was refused. */
  readonly secret?: SecretShape;
}

/** How closely the door is looked at, by what came of the login. What needs no look has none. */
const depths: Readonly<Record<CrmFailureKind, ReachDepth | undefined>> = {
  unreachable: 'page',
  tls: 'page',
  timeout: 'page',
  redirected: 'page',
  'login-page': 'around',
  'not-this-crm': 'around',
  'not-found': 'around',
  malformed: 'around',
  'too-large': 'page',
  'server-error': 'page',
  maintenance: 'page',
  auth: 'page',
  'key-expired': 'page',
  clock: 'page',
  'api-off': undefined,
  'locked-out': undefined,
  'wrong-database': undefined,
  permission: undefined,
  'rate-limited': undefined,
  config: undefined,
};

const depthFor = (reply: CrmReply<CrmIdentity>, url: string): ReachDepth | undefined => {
  if (reply.kind === 'failed') return depths[reply.failure.kind];
  return /^https:/i.test(url) ? 'door' : undefined;
};

const judge = (fact: CrmConnectFact): Verdict => {
  const { product, reply } = fact;
  switch (reply.kind) {
    case 'failed':
      return fail(failureWords(reply.failure));
    case 'not-offered':
      return unknown(reply.why);
    case 'answered': {
      const { name, version, user } = reply.value;
      const who = [name || product, version].filter(Boolean).join(' ');
      const apart = clockApart(fact);
      if (apart !== undefined) {
        const says = apartText(apart);
        return warn({
          en: `${who} answers, but its clock is ${says.en} ours`,
          ja: `${who} は応答していますが、時計がこのマシンより${says.ja}`,
        });
      }
      const ends = webCertificateEnds(fact);
      if (ends !== undefined) {
        return warn({
          en: `${who} answers; the certificate of its web server ends in ${ends.days} days`,
          ja: `${who} は応答していますが、Web サーバーの証明書の有効期限まで、あと ${ends.days} 日です`,
        });
      }
      return okWith({
        en: `${who} answers${user ? `, signed in as ${user.login}` : ''}`,
        ja: `${who} が応答しています${user ? `（${user.login} でログイン）` : ''}`,
      });
    }
  }
};

/** The CRM answers at its address and takes the login; everything else that is asked of it waits for this. */
export const crmConnect = defineCrmCheck<CrmConnectFact>({
  id: 'crm.connect',
  title: { en: 'The CRM answers and takes the login', ja: 'CRM が応答し、ログインできる' },
  probe: async (subject, { crm, clock, secrets }, signal) => {
    const { url, type, secret } = subject.config;
    const product = await crm.product(type);
    const reply = await crm.ask(subject, 'identity', signal);
    const at = clock.now().toISOString();
    const depth = depthFor(reply, url);
    const reach = depth === undefined ? undefined : await crm.reach(subject, depth, signal);
    const refused = reply.kind === 'failed' && (reply.failure.kind === 'auth' || reply.failure.kind === 'key-expired');
    return {
      at,
      url,
      product: product?.name ?? type,
      type,
      reply,
      ...(reach ? { reach } : {}),
      ...(refused && secret ? { secret: secrets.shape(secret) } : {}),
    };
  },
  judge,
});
