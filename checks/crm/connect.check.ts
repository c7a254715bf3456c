import { defineCrmCheck } from '../../src/model/check.ts';
import type { CrmIdentity } from '../../src/model/crm/answers.ts';
import type { CrmReply } from '../../src/model/crm/failure.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { fail, okWith, unknown } from '../../src/model/outcome.ts';
import { failureWords } from './failure-words.ts';

/** What the CRM said when it was asked who it is, and whether it let us in. */
export interface CrmConnectFact {
  readonly url: string;
  readonly product: string;
  readonly reply: CrmReply<CrmIdentity>;
}

const judge = ({ product, reply }: CrmConnectFact): Verdict => {
  switch (reply.kind) {
    case 'failed':
      return fail(failureWords(reply.failure));
    case 'not-offered':
      return unknown(reply.why);
    case 'answered': {
      const { name, version, user } = reply.value;
      const who = [name || product, version].filter(Boolean).join(' ');
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
  probe: async (subject, { crm }, signal) => {
    const product = await crm.product(subject.config.type);
    return {
      url: subject.config.url,
      product: product?.name ?? subject.config.type,
      reply: await crm.ask(subject, 'identity', signal),
    };
  },
  judge,
});
