import { plural } from '../i18n/format.ts';
import type { Severity } from '../model/cause.ts';
import type { NotRunReport, Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { Finding, RuleSeverity, SourceKind } from '../model/workflow/finding.ts';

/** The kinds of errors that the guides for beginners know, then what keeps a file from being read and housekeeping. */
export const kindWords: Readonly<Record<SourceKind, Text>> = {
  reading: { en: 'Files that could not be read', ja: '読み込めないファイル' },
  trigger: { en: 'Triggers: when it starts', ja: 'トリガー（いつ動くか）' },
  condition: { en: 'Conditions: for which records', ja: '条件（どのレコードで動くか）' },
  action: { en: 'Actions: what it does', ja: 'アクション（何をするか）' },
  permission: { en: 'Permissions: who may do it', ja: '権限（誰が実行できるか）' },
  maintenance: { en: 'Housekeeping', ja: '保守' },
};

const kinds: readonly SourceKind[] = ['reading', 'trigger', 'condition', 'action', 'permission', 'maintenance'];

/** How a finding's severity is marked in reports. */
export const severityOf: Readonly<Record<RuleSeverity, Severity>> = {
  error: 'critical',
  warning: 'warning',
  info: 'info',
};

export interface FindingGroup {
  readonly kind: SourceKind;
  readonly findings: readonly Finding[];
}

/** What counts: not suppressed, and advice only where everything is asked for. */
export const toldFindings = ({ findings = [] }: Report, verbose: boolean): readonly Finding[] =>
  findings.filter(({ severity, suppressed }) => suppressed === undefined && (verbose || severity !== 'info'));

const weight: Readonly<Record<RuleSeverity, number>> = { error: 0, warning: 1, info: 2 };

/** By kind; errors first, then in the order of the files. */
export const groupedFindings = (findings: readonly Finding[]): readonly FindingGroup[] =>
  kinds
    .map((kind) => ({
      kind,
      findings: findings
        .filter(({ sourceKind }) => sourceKind === kind)
        .toSorted((one, other) => weight[one.severity] - weight[other.severity]),
    }))
    .filter((group) => group.findings.length > 0);

const counted: readonly (readonly [RuleSeverity, (count: number) => Text])[] = [
  ['error', (count) => ({ en: plural(count, 'error'), ja: `エラー ${count}` })],
  ['warning', (count) => ({ en: plural(count, 'warning'), ja: `注意 ${count}` })],
  ['info', (count) => ({ en: `${count} info`, ja: `情報 ${count}` })],
];

/** `2 errors, 1 warning, 3 suppressed`; empty where there is nothing. */
export const findingCounts = ({ findings = [] }: Report, language: Language): string => {
  const live = findings.filter(({ suppressed }) => suppressed === undefined);
  const parts = counted.flatMap(([severity, say]) => {
    const count = live.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [say(count)[language]];
  });
  const silenced = findings.length - live.length;
  const all = silenced === 0 ? parts : [...parts, { en: `${silenced} suppressed`, ja: `抑止 ${silenced}` }[language]];
  return all.join(language === 'ja' ? '、' : ', ');
};

/** What a rule needs, in words; `clock` and `workflows` are always there. */
const needWords: Readonly<Record<string, Text>> = {
  schema: { en: 'a schema of the CRM (workflow.schema)', ja: 'CRM のスキーマ（項目の定義、workflow.schema）' },
  choices: { en: 'choice values in the schema', ja: 'スキーマの選択肢' },
  users: { en: 'users in the schema', ja: 'スキーマのユーザー一覧' },
  templates: { en: 'mail templates in the schema', ja: 'スキーマのメールテンプレート' },
  permissions: { en: 'roles and permissions in the schema', ja: 'スキーマのロールと権限' },
  senders: { en: 'verified senders in the schema', ja: 'スキーマの送信元アドレス' },
  inbound: { en: 'inbound addresses in the schema', ja: 'スキーマの受信アドレス' },
  lists: { en: 'lists in the schema', ja: 'スキーマのリスト' },
};

export const needWord = (need: string, language: Language): string => needWords[need]?.[language] ?? need;

export interface NotRunGroup {
  readonly says: string;
  readonly rules: readonly string[];
}

const shortName = (rule: string): string => rule.replace(/^workflow\./, '');

/** Rules that could not be run, those of one reason together: never counted as passed. */
export const notRunGroups = (notRun: readonly NotRunReport[], language: Language): readonly NotRunGroup[] => {
  const groups = new Map<string, { partly: boolean; needs: readonly string[]; rules: string[] }>();
  for (const { rule, needs, partly } of notRun) {
    const key = `${partly}${needs.join()}`;
    const group = groups.get(key);
    if (group) group.rules.push(shortName(rule));
    else groups.set(key, { partly, needs, rules: [shortName(rule)] });
  }
  return [...groups.values()]
    .toSorted((one, other) => Number(one.partly) - Number(other.partly) || other.rules.length - one.rules.length)
    .map(({ partly, needs, rules }) => {
      const what = needs.map((need) => needWord(need, language));
      const count = rules.length;
      return {
        rules,
        says:
          language === 'ja'
            ? `${count} 件のルール${partly ? 'は一部だけ確認しました' : 'は確認していません'}。必要なもの: ${what.join('、')}`
            : `${plural(count, 'rule')} ${partly ? 'saw only a part' : count === 1 ? 'was not run' : 'were not run'}; needed: ${what.join(', ')}`,
      };
    });
};

/** `flows/deal.yaml:12:5` */
export const placeOf = ({ file, line, column }: Finding): string => `${file}:${line}:${column}`;

/** `deal-won-notice › tell`: the workflow and the step in it. */
export const elementOf = ({ workflow, element }: Finding, separator = ' › '): string =>
  [workflow, element].filter((part) => part !== undefined && part !== '').join(separator);
