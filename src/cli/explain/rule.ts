import type { Text } from '../../model/text.ts';
import type { Example, Need, Rule } from '../../model/workflow/rule.ts';
import type { Format } from '../../model/workflow/workflow.ts';
import { needWord } from '../../report/findings.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';

const formatNames: Readonly<Record<Format, string>> = {
  SF: 'Salesforce Flow',
  WR: 'Salesforce Workflow Rule',
  AP: 'Salesforce Approval Process',
  HS: 'HubSpot',
  OD: 'Odoo',
  ES: 'EspoCRM',
  SU: 'SuiteCRM',
  VT: 'vtiger',
  ZO: 'Zoho CRM',
  PA: 'Power Automate',
  KI: 'kintone',
  BP: 'BPMN',
  NY: 'YAML',
  TR: 'Tryton',
  RT: 'Request Tracker',
};

const words = {
  severity: { en: 'Severity', ja: '重大度' },
  formats: { en: 'Looked for in', ja: '対象の形式' },
  all: { en: 'every format', ja: 'すべての形式' },
  needs: { en: 'Needs', ja: '必要な情報' },
  uses: { en: 'Sees more with', ja: 'あると詳しく調べられる情報' },
  fix: { en: 'What to do', ja: '直し方' },
  auto: { en: 'Automatic fix', ja: '自動修正' },
  bad: { en: 'Wrong', ja: '誤りの例' },
  good: { en: 'Right', ja: '正しい例' },
  schema: { en: 'with this schema', ja: 'このときのスキーマ' },
  silence: { en: 'To silence it at one place', ja: '1 か所だけ抑止するには' },
  limits: { en: 'Limits (workflow.rules)', ja: '変更できる上限値 (workflow.rules)' },
  find: { en: 'To look for it', ja: '調べるには' },
} as const satisfies Readonly<Record<string, Text>>;

const severityWords: Readonly<Record<Rule['severity'], Text>> = {
  error: { en: 'error', ja: 'エラー' },
  warning: { en: 'warning', ja: '注意' },
  info: { en: 'info', ja: '情報' },
};

const autoWords: Readonly<Record<Rule['auto'], Text>> = {
  yes: { en: 'crm-doctor workflow --fix', ja: 'crm-doctor workflow --fix' },
  unsafe: {
    en: 'crm-doctor workflow --fix-unsafe (it changes what the workflow does)',
    ja: 'crm-doctor workflow --fix-unsafe（動作が変わります）',
  },
  suggest: { en: 'the change is shown, not made', ja: '変更案を表示するだけで、書き換えません' },
  no: { en: 'none', ja: 'なし' },
};

const textOf = ({ files }: Example): string => (typeof files === 'string' ? files : (Object.values(files)[0] ?? ''));

/** The rule of this id; its first word may be left out. */
export const ruleCalled = (id: string, rules: readonly Rule[]): Rule | undefined => {
  const wanted = id.toLowerCase().replace(/^workflow\./, '');
  return rules.find((rule) => rule.id === `workflow.${wanted}`);
};

const example = (say: Say, { lines = [], ...one }: Example): void => {
  const text = textOf(one).replace(/\n$/, '').split('\n');
  text.forEach((line, at) => {
    say.raw(`${lines.includes(at + 1) ? '  > ' : '    '}${line}`);
  });
};

interface Say {
  (text: string, indent?: number, hang?: number): void;
  /** As it stands, since a broken line of an example is another example. */
  raw(line: string): void;
}

/** The page of one rule. */
export const explainRule = (
  rule: Rule,
  flags: CommonFlags,
  { io, language }: Context,
  plain: (text: string, indent?: number, hang?: number) => void,
): number => {
  const { id, title, about, advice, severity, confidence, formats, needs, uses, auto, limits, examples } = rule;
  if (flags.json) {
    const page = {
      id,
      title: title[language],
      about: about[language],
      fix: advice[language],
      severity,
      confidence,
      sourceKind: rule.sourceKind,
      formats: formats === 'all' ? Object.keys(formatNames) : formats,
      needs,
      uses,
      auto,
      ...(limits ? { limits } : {}),
      examples,
    };
    io.out.write(`${JSON.stringify(page, null, 2)}\n`);
    return 0;
  }
  const say: Say = Object.assign(plain, { raw: (line: string) => io.out.write(`${line}\n`) });
  const name = id.replace(/^workflow\./, '');
  const blank = () => io.out.write('\n');
  const row = (label: Text, text: string) => {
    say(`${label[language]}: ${text}`, 2, 2);
  };
  say(`${title[language]}  [${id}]`);
  blank();
  say(about[language], 2);
  blank();
  row(words.fix, advice[language]);
  row(words.severity, severityWords[severity][language]);
  row(words.formats, formats === 'all' ? words.all[language] : formats.map((one) => formatNames[one]).join(', '));
  const told = (all: readonly Need[]): string =>
    all
      .filter((need) => need !== 'clock' && need !== 'workflows')
      .map((need) => needWord(need, language))
      .join(language === 'ja' ? '、' : ', ');
  if (told(needs) !== '') row(words.needs, told(needs));
  if (told(uses) !== '') row(words.uses, told(uses));
  row(words.auto, autoWords[auto][language]);
  if (limits)
    row(
      words.limits,
      `${name}: [${severity}, ${JSON.stringify(limits).replaceAll('"', '').replaceAll(':', ': ').replace('{', '{ ').replace('}', ' }')}]`,
    );
  for (const kind of ['bad', 'good'] as const) {
    const one = examples[kind];
    blank();
    say(`${words[kind][language]}:${one.says ? ` ${one.says[language]}` : ''}`, 2);
    example(say, one);
    if (one.schema !== undefined) {
      say(`${words.schema[language]}:`, 2);
      for (const line of one.schema.replace(/\n$/, '').split('\n')) say.raw(`    ${line}`);
    }
  }
  blank();
  row(words.find, `crm-doctor workflow ./workflows --only ${name}`);
  row(words.silence, `# crm-doctor-disable-next-line ${name} -- ${{ en: 'the reason', ja: '理由' }[language]}`);
  return 0;
};
