import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';

/** An allow-list that lets everybody in is none. */
const everybody = /^(?:\*|0\.0\.0\.0\/0|::\/0)$/;

const hook = (more: string): string => `workflow: intake
runAs: { role: intake }
trigger: { on: webhook, ${more} }
steps:
  - notify: role:sales
    message: 'a request of {{input.name}}'
`;

export const triggerWebhookOpen = defineRule({
  id: 'workflow.trigger-webhook-open',
  severity: 'warning',
  sourceKind: 'trigger',
  formats: ['OD', 'PA', 'NY', 'ZO'],
  title: { en: 'Anybody can call the webhook', ja: '誰でも呼び出せる Webhook' },
  about: {
    en: 'A webhook is an address on the Internet at which other systems start the workflow. Without a secret, a signature or a list of senders, whoever knows or guesses the address can start it, with any content.',
    ja: 'Webhook は、外部のシステムがワークフローを開始するための接続先（URL）です。秘密の鍵、署名、送信元の制限のどれもないと、URL を知った（推測した）人なら誰でも、好きな内容で開始できてしまいます。',
  },
  advice: {
    en: 'Ask for a secret or a signature, or allow only the addresses of the sender.',
    ja: '秘密の鍵または署名を必須にするか、送信元のアドレスを制限してください。',
  },
  examples: {
    bad: { files: hook('auth: none'), lines: [3] },
    good: { files: hook('auth: secret') },
    lookAlike: { files: hook('auth: none, allow: [203.0.113.0/24]') },
  },
  *workflow(workflow): Generator<Problem> {
    for (const { on, auth, allow = [], place } of workflow.triggers) {
      if (on !== 'webhook' || auth !== 'none') continue;
      if (allow.length > 0 && !allow.some((one) => everybody.test(one.trim()))) continue;
      yield {
        place,
        message: {
          en: `The webhook of "${workflow.id}" asks for no secret and no signature, and takes calls from everywhere, so anybody on the Internet can start it with any content.`,
          ja: `「${workflow.id}」の Webhook は鍵も署名も求めず、どこからの呼び出しも受け付けます。インターネット上の誰でも、好きな内容で開始できます。`,
        },
      };
    }
  },
});
