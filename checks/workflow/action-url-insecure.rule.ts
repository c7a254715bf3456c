import type { Text } from '../../src/model/text.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { variablesOf } from '../../src/reason/workflow/variables.ts';
import { addressOf, isOwnNetwork, secretsInQuery, writtenOut } from '../../src/reason/workflow/web-address.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** The address as it is written, here or in the constant that is named here. */
const addressIn = (value: Value, workflow: Workflow): { readonly text: string; readonly place: Place } | undefined => {
  if (value.kind === 'path' && value.path.root.kind === 'variable' && value.path.segments.length === 0) {
    const variable = variablesOf(workflow).get(value.path.root.name);
    const text = variable?.constant && variable.default ? writtenOut(variable.default) : undefined;
    return text === undefined || !variable?.default ? undefined : { text, place: variable.default.place };
  }
  const text = writtenOut(value);
  return text === undefined ? undefined : { text, place: value.place };
};

const problemOf = (text: string): Text | undefined => {
  const address = addressOf(text);
  if (!address) return undefined;
  const { scheme, host } = address;
  if (isOwnNetwork(host))
    return {
      en: `"${short(host, 80)}" is an address of the own computer or office network, which the CRM does not reach (or should not): the call fails.`,
      ja: `「${short(host, 80)}」は自分のコンピューターまたは社内ネットワークのアドレスです。CRM からは届かないため、呼び出しは失敗します。`,
    };
  if (scheme === 'http')
    return {
      en: `The call to ${short(host, 80)} is not encrypted (http:), so everybody on the way can read and change the records that are sent.`,
      ja: `${short(host, 80)} への呼び出しが暗号化されていません（http:）。送信するレコードの内容を、途中で読まれたり書き換えられたりするおそれがあります。`,
    };
  const [secret] = secretsInQuery(text);
  return secret === undefined
    ? undefined
    : {
        en: `The secret "${short(secret, 40)}" is part of the address, so it ends up in the logs of every server on the way.`,
        ja: `秘密の値「${short(secret, 40)}」が URL に含まれているため、経路上のサーバーのログに残ります。`,
      };
};

const urlOf = (step: Step): Value | undefined => (step.kind === 'http' ? step.url : undefined);

export const actionUrlInsecure = defineRule({
  id: 'workflow.action-url-insecure',
  severity: 'warning',
  sourceKind: 'action',
  title: { en: 'A call that others can read, or that cannot arrive', ja: '安全でない、または届かない呼び出し先' },
  about: {
    en: 'Addresses with http: send everything in the clear, so that keys and customer data can be read on the way. Addresses of the own computer or network do not exist for a CRM in the cloud. Keys in the address are written to logs.',
    ja: 'http: の URL では内容が暗号化されずに送られ、キーや顧客情報を途中で読まれるおそれがあります。社内や自分のコンピューターのアドレスには、クラウドの CRM からは届きません。URL に含めたキーは、あちこちのログに残ります。',
  },
  advice: {
    en: 'Call a public https: address, and keep keys in the credential store of the CRM.',
    ja: '公開された https: の URL を使い、キーは CRM の認証情報の機能に保存してください。',
  },
  examples: {
    bad: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'http://erp.example.co.jp/deals', method: POST, timeout: 10s }
    onError: [{ log: '{{error.message}}' }]
`,
      lines: [5],
    },
    good: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://erp.example.co.jp/deals', method: POST, timeout: 10s }
    onError: [{ log: '{{error.message}}' }]
`,
    },
    lookAlike: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http: { url: 'https://erp.example.co.jp/deals?code={{record.id}}&key=deal', method: GET, timeout: 10s }
    onError: [{ log: '{{error.message}}' }]
`,
      says: {
        en: 'A key that is no secret: the id of the record, a word.',
        ja: 'レコードの ID や単語は、秘密の値ではありません。',
      },
    },
  },
  *workflow(workflow) {
    for (const step of workflow.steps) {
      const url = urlOf(step);
      const found = url && addressIn(url, workflow);
      const message = found && problemOf(found.text);
      if (message) yield { place: found.place, element: step.id, message };
    }
  },
});
