import type { Draft } from '../../bundle/build.ts';
import type { Redactions, Section } from '../../bundle/entry.ts';
import type { LeftOut } from '../../bundle/manifest.ts';
import { logForms } from '../../logs/clean.ts';
import type { Report } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { HandOver } from '../../report/hand-over.ts';
import { reporters } from '../../report/reporters.generated.ts';
import { environmentOf, versionsOf } from './environment.ts';
import type { Known } from './known.ts';
import type { LogParts } from './log-lines.ts';
import { othersAddress } from './others-address.ts';
import type { Story } from './story.ts';

/** Everything that a bundle may be made of. */
export interface Material {
  /** Through the funnel already, for it is rendered. */
  readonly report: Report;
  readonly reportRedactions: Redactions;
  readonly recordsHidden: number;
  readonly evidence: unknown;
  readonly known: Known;
  readonly story: Story;
  readonly logs: LogParts;
  readonly tickets: Readonly<Record<Language, HandOver & { readonly redactions: Redactions }>>;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const reportDrafts = async ({ report, reportRedactions, recordsHidden }: Material): Promise<readonly Draft[]> => {
  const rendered = async (name: 'html' | 'markdown'): Promise<string> => {
    const reporter = await reporters[name]?.();
    const options = { columns: 100, colour: false, ascii: false, verbose: true, quiet: false } as const;
    return reporter?.render(report, { ...options, language: report.run.language }) ?? '';
  };
  const [html, markdown] = await Promise.all([rendered('html'), rendered('markdown')]);
  return [
    {
      name: 'report.json',
      section: 'report',
      why: { en: 'what was found, for programs', ja: '検査結果（プログラム用）' },
      content: { kind: 'data', value: report },
      redactions: { ...reportRedactions, ...(recordsHidden > 0 ? { 'record-value': recordsHidden } : {}) },
    },
    {
      name: 'report.html',
      section: 'report',
      why: { en: 'the same, to be opened in a browser', ja: '同じ内容（ブラウザーで開けます）' },
      content: { kind: 'derived', text: html },
    },
    {
      name: 'report.md',
      section: 'report',
      why: { en: 'the same as text', ja: '同じ内容（テキスト）' },
      content: { kind: 'derived', text: markdown },
    },
  ];
};

const ticketDrafts = ({ tickets }: Material): readonly Draft[] =>
  (['ja', 'en'] as const).map((language) => ({
    name: `ticket.${language}.txt`,
    section: 'ticket',
    why: {
      en: `the text for a ticket, in ${language === 'ja' ? 'Japanese' : 'English'}`,
      ja: `問い合わせ用の文章（${language === 'ja' ? '日本語' : '英語'}）`,
    },
    content: { kind: 'derived', text: `${tickets[language].subject}\n\n${tickets[language].body}` },
    redactions: tickets[language].redactions,
  }));

/** Evidence of a thousand mailboxes is some megabytes; more is no attachment. */
const mostEvidence = 32 * 1024 * 1024;

const evidenceDrafts = ({ evidence }: Material): readonly Draft[] =>
  evidence === undefined || evidence === null || JSON.stringify(evidence).length > mostEvidence
    ? []
    : [
        {
          name: 'evidence.json',
          section: 'evidence',
          why: {
            en: 'what the servers answered, so that it can be diagnosed again',
            ja: 'サーバーの応答など（もう一度診断するための証拠）',
          },
          content: { kind: 'data', value: evidence },
        },
      ];

const runbookDrafts = ({ story }: Material): readonly Draft[] =>
  story.records.length === 0
    ? []
    : [
        {
          name: 'runbook.jsonl',
          section: 'runbook',
          why: {
            en: 'what was checked, changed and noted since it last worked',
            ja: '最後に正常だったとき以降の検査・変更・メモの記録',
          },
          content: { kind: 'lines', values: story.records },
        },
      ];

const configDrafts = ({ known: { redacted } }: Material): readonly Draft[] =>
  redacted === undefined
    ? []
    : [
        {
          name: 'config.redacted.yaml',
          section: 'config',
          why: {
            en: 'the settings without secrets and comments, as they are now',
            ja: '現在の設定（秘密情報とコメントを除いたもの）',
          },
          content: { kind: 'text', text: redacted.text },
          redactions: {
            ...(redacted.hidden > 0 ? { 'config-secret': redacted.hidden } : {}),
            ...(redacted.dropped > 0 ? { 'config-unknown': redacted.dropped } : {}),
          },
        },
      ];

const environmentDrafts = ({ known, version, env }: Material): readonly Draft[] => [
  {
    name: 'versions.json',
    section: 'environment',
    why: {
      en: 'versions of crm-doctor, Node.js and the system',
      ja: 'crm-doctor、Node.js、OS のバージョン',
    },
    content: { kind: 'data', value: versionsOf(version) },
  },
  {
    name: 'env.json',
    section: 'environment',
    why: {
      en: 'environment variables that change a run; of secrets only whether they are set',
      ja: '検査に影響する環境変数（秘密情報は設定の有無だけ）',
    },
    content: {
      kind: 'data',
      value: environmentOf(env, [...new Set((known.redacted?.variables ?? []).map(({ variable }) => variable))]),
    },
  },
];

const logDrafts = ({ logs, known }: Material): readonly Draft[] =>
  logs.parts.map(({ name, text, earlier }, at) => ({
    name: `logs/${String(at + 1).padStart(2, '0')}-${safeName((name.split(/[/\\]/).at(-1) ?? '').replace(/\.log$/, ''))}.log`,
    section: 'logs',
    why: earlier
      ? {
          en: `the last lines of ${name} before the run: none was written around it`,
          ja: `${name} の、検査前の最後の部分（検査の前後には記録がありません）`,
        }
      : { en: `the lines of ${name} around the run`, ja: `${name} の、検査前後の部分` },
    content: { kind: 'text', text, forms: [...logForms, othersAddress(known)] },
  }));

/** What may stand in the name of a file on every system. */
export const safeName = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}@._+-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60) || 'run';

const nothing: Readonly<Record<Section, Text>> = {
  report: { en: 'it was excluded', ja: '除外の指定があります' },
  evidence: {
    en: 'the run kept none, or more than 32 MiB of it',
    ja: 'この検査には証拠の記録がないか、32 MiB を超えています',
  },
  runbook: { en: 'nothing is recorded', ja: '記録がありません' },
  config: { en: 'it could not be read', ja: '読み取れませんでした' },
  environment: { en: 'it was excluded', ja: '除外の指定があります' },
  logs: {
    en: 'the configuration names no logs, or they hold nothing of that time',
    ja: '設定に logs: がないか、該当する時間の記録がありません',
  },
  ticket: { en: 'it was excluded', ja: '除外の指定があります' },
  records: {
    en: "the values of customers' records are masked; --include records keeps them",
    ja: '顧客レコードの値は伏せています（--include records で含められます）',
  },
};

/** The entries of the wanted sections, and what is not there and why. */
export const draftsOf = async (
  material: Material,
  wanted: (section: Section) => Text | undefined,
): Promise<{ readonly drafts: readonly Draft[]; readonly leftOut: readonly LeftOut[] }> => {
  const made: readonly (readonly [Section, () => readonly Draft[] | Promise<readonly Draft[]>])[] = [
    ['ticket', () => ticketDrafts(material)],
    ['report', () => reportDrafts(material)],
    ['evidence', () => evidenceDrafts(material)],
    ['runbook', () => runbookDrafts(material)],
    ['config', () => configDrafts(material)],
    ['environment', () => environmentDrafts(material)],
    ['logs', () => logDrafts(material)],
  ];
  const drafts: Draft[] = [];
  const leftOut: LeftOut[] = [];
  for (const [section, make] of made) {
    const because = wanted(section);
    if (because) {
      leftOut.push({ section, why: because });
      continue;
    }
    const some = await make();
    const trouble = section === 'config' || section === 'logs' ? material.known.trouble : undefined;
    if (some.length === 0) leftOut.push({ section, why: trouble ?? nothing[section] });
    drafts.push(...some);
  }
  for (const { name, why } of material.logs.troubles) {
    leftOut.push({ section: 'logs', why: { en: `${name}: ${why.en}`, ja: `${name}: ${why.ja}` } });
  }
  if (material.recordsHidden > 0) leftOut.push({ section: 'records', why: nothing.records });
  return { drafts, leftOut };
};
