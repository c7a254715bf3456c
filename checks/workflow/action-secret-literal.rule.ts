import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Assignment, Step } from '../../src/model/workflow/step.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { isSecretValue, knownSecret } from '../../src/reason/workflow/secrets.ts';
import { usesOf } from '../../src/reason/workflow/values.ts';
import { writtenOut } from '../../src/reason/workflow/web-address.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** A text with the name that it has, if any. */
interface Named {
  readonly text: string;
  readonly name?: string;
  readonly place: Place;
}

const named = (value: Value, name?: string): readonly Named[] => {
  if (value.kind === 'formula' || value.kind === 'opaque') return [{ text: value.text, place: value.place }];
  const text = writtenOut(value);
  return text === undefined ? [] : [{ text, place: value.place, ...(name === undefined ? {} : { name }) }];
};

const ofSet = (set: readonly Assignment[]): readonly Named[] =>
  set.flatMap(({ field, value }) => named(value, field.name));

const textsOf = (step: Step): readonly Named[] => {
  switch (step.kind) {
    case 'http':
      return [...ofSet(step.headers), ...[step.url, step.body].flatMap((value) => (value ? named(value) : []))];
    case 'call':
      return ofSet(step.inputs);
    case 'custom':
      return ofSet(step.parameters ?? []);
    case 'let':
      return step.assigns.flatMap(({ to, value }) =>
        named(value, to.root.kind === 'variable' ? to.root.name : to.segments.at(-1)),
      );
    case 'code':
      return [{ text: step.text, place: step.place }];
    default:
      return [...usesOf(step)].flatMap(({ value, to }) => named(value, to?.field.name));
  }
};

const problemOf = ({ text, name, place }: Named): Problem | undefined => {
  const maker = knownSecret(text);
  if (maker !== undefined)
    return {
      place,
      message: {
        en: `A key (${maker}) is written out here. Everybody who sees the definition, a backup or a log of it can use it.`,
        ja: `キー（${maker}）がそのまま書かれています。定義やそのバックアップ、ログを見られる人なら、誰でも使えてしまいます。`,
      },
    };
  if (name === undefined || !isSecretValue(name, text)) return undefined;
  return {
    place,
    confidence: 'likely',
    message: {
      en: `The value of "${short(name, 60)}" is written out here. Everybody who sees the definition, a backup or a log of it can use it.`,
      ja: `「${short(name, 60)}」の値がそのまま書かれています。定義やそのバックアップ、ログを見られる人なら、誰でも使えてしまいます。`,
    },
  };
};

function* problemsOf(workflow: Workflow): Generator<Problem> {
  for (const { name, default: start } of workflow.variables) {
    for (const one of start ? named(start, name) : []) {
      const problem = problemOf(one);
      if (problem) yield { ...problem, element: name };
    }
  }
  for (const step of workflow.steps) {
    for (const one of textsOf(step)) {
      const problem = problemOf(one);
      if (problem) yield { ...problem, element: step.id };
    }
  }
}

export const actionSecretLiteral = defineRule({
  id: 'workflow.action-secret-literal',
  severity: 'error',
  sourceKind: 'action',
  inactiveToo: true,
  title: { en: 'A password or key is written into the workflow', ja: '定義に直接書かれたパスワードやキー' },
  about: {
    en: 'Keys, tokens and passwords belong into the credential store of the CRM. In a definition they are copied with every export and backup, and have to be changed in many places when one becomes known.',
    ja: 'キー・トークン・パスワードは、CRM の認証情報の機能に保存するものです。定義に書くと、エクスポートやバックアップのたびに複製され、漏れたときには何か所も変更することになります。',
  },
  advice: {
    en: 'Keep it in the credential store (named credential, secret variable), change it there, and take the old one out of service.',
    ja: '認証情報の機能（指定ログイン情報など）に移し、今のキーは無効にして新しいものに替えてください。',
  },
  examples: {
    bad: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http:
      url: https://erp.example.co.jp/deals
      method: POST
      timeout: 10s
      headers:
        Authorization: Bearer 7f3kQ9zLw2Vb8xTn4cRy
    onError: [{ log: '{{error.message}}' }]
`,
      lines: [10],
    },
    good: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
steps:
  - http:
      url: https://erp.example.co.jp/deals
      method: POST
      timeout: 10s
    onError: [{ log: '{{error.message}}' }]
`,
    },
    lookAlike: {
      files: `workflow: tell-erp
object: Deal
trigger: { on: create, phase: async, onImport: false }
inputs: { token: text }
steps:
  - http:
      url: https://erp.example.co.jp/deals
      method: POST
      timeout: 10s
      headers:
        Authorization: 'Bearer {{input.token}}'
        X-Request: 3f9a7c20b41e
    onError: [{ log: '{{error.message}}' }]
`,
      says: {
        en: 'The key comes from outside, and the other header is no secret.',
        ja: 'キーは外から渡されており、もう 1 つのヘッダーは秘密の値ではありません。',
      },
    },
  },
  *workflow(workflow) {
    yield* problemsOf(workflow);
  },
});
