import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Allowed, Principal } from '../../src/reason/workflow/permissions.ts';
import { refusedParticle, refusedVerb, refusedWhen, refusedWho } from '../../src/reason/workflow/refusal-words.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';
import { refusalOf } from '../../src/reason/workflow/runners.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** `Info <info@example.co.jp>` is sent from the address in it. */
const bare = (address: string): string => (/<([^<>]{1,320})>\s*$/.exec(address)?.[1] ?? address).trim().toLowerCase();

const maySend = ({ kind, id, roles, complete }: Principal, address: string, schema: Schema): Allowed => {
  if (roles.some(({ everything }) => everything)) return 'yes';
  if (kind === 'user' && bare(entryOf(schema.users, id, schema)?.email ?? '') === address) return 'yes';
  const lists = roles.map(({ sendAs }) => sendAs);
  if (lists.some((list) => list?.some((one) => bare(one) === address))) return 'yes';
  // A role without a list is one of which nothing is known.
  return complete && !lists.includes(undefined) ? 'no' : 'unknown';
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, contactEmail: { type: email, required: true } } }
roles:
  sales:
    objects: { Deal: [create, read, update] }
    sendAs: [info@example.co.jp]
senders: [{ address: info@example.co.jp, verified: true }, { address: ceo@example.co.jp, verified: true }]
`;

const tell = (from: string): string => `workflow: tell
object: Deal
runAs: { role: sales }
trigger: { on: update, fields: [stage] }
steps:
  - mail:
      to: '{{record.contactEmail}}'
      from: ${from}
      subject: News of your deal
      body: '{{record.name}} is now in {{record.stage}}'
onError:
  - log: '{{error.message}}'
`;

export const permMailSendDenied = defineRule({
  id: 'workflow.perm-mail-send-denied',
  severity: 'warning',
  sourceKind: 'permission',
  needs: ['permissions'],
  title: { en: 'It may not send from this address', ja: 'この差出人で送る権限がない' },
  about: {
    en: 'Which addresses a person may send from is a right of its own. Without it the CRM refuses the mail, or sends it from another address, to which the answers then go.',
    ja: 'どの差出人アドレスで送れるかも、権限の 1 つです。権限がないと CRM がメールを拒否するか、別の差出人で送られ、返信もそちらに届きます。',
  },
  advice: {
    en: 'Allow the role to send from the address, or choose one that it may use.',
    ja: 'ロールにこの差出人での送信を許可するか、使える差出人に変えてください。',
  },
  examples: {
    bad: { files: tell('ceo@example.co.jp'), schema, lines: [8] },
    good: { files: tell('info@example.co.jp'), schema },
    lookAlike: { files: tell("'Info <INFO@example.co.jp>'"), schema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    for (const step of workflow.steps) {
      if (step.kind !== 'mail' || step.from?.kind !== 'address') continue;
      const address = bare(step.from.address);
      const refusal = refusalOf(workflow, project, (principal) => maySend(principal, address, project.schema));
      if (!refusal) continue;
      const who = refusedWho(refusal);
      const when = refusedWhen(refusal);
      yield {
        place: step.from.place,
        element: step.id,
        message: {
          en: `${who.en} ${refusedVerb(refusal)} send from "${short(address)}", so the mail of the step "${step.id}" is refused or sent from another address ${when.en}.`,
          ja: `${who.ja}${refusedParticle(refusal)}「${short(address)}」を差出人にできません。ステップ「${step.id}」のメールは、${when.ja}拒否されるか、別の差出人で送られます。`,
        },
      };
    }
  },
});
