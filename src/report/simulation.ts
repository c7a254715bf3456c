import type { CheckStatus, Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { Plain, SimulatedSample } from '../model/workflow/sample.ts';

export const simulationWords = {
  title: { en: 'Dry run', ja: '模擬実行' },
  boundaries: { en: 'Generated records that fail', ja: '失敗する自動生成レコード' },
  at: { en: 'Fails at', ja: '失敗箇所' },
  why: { en: 'Why', ja: '理由' },
  smallest: { en: 'Smallest', ja: '最小の条件' },
  mails: { en: 'Mail', ja: 'メール' },
  written: { en: 'Written', ja: '書き込み' },
  ways: { en: 'If', ja: '場合分け' },
  expected: { en: 'it came out otherwise than expected', ja: '想定と違う結果です' },
  asExpected: { en: 'as expected', ja: '想定どおり' },
  untried: { en: 'Ways that no sample took', ja: 'サンプルが通らなかった分岐' },
} as const satisfies Readonly<Record<string, Text>>;

export const sampleStatusWords: Readonly<Record<SimulatedSample['status'], Text>> = {
  completed: { en: 'ran to its end', ja: '最後まで実行' },
  failed: { en: 'failed', ja: '失敗' },
  'not-started': { en: 'did not start', ja: '起動せず' },
  unknown: { en: 'cannot be told', ja: '判断できず' },
};

export const stepStatusWords: Readonly<Record<SimulatedSample['steps'][number]['status'], Text>> = {
  ran: { en: 'ran', ja: '実行' },
  skipped: { en: 'skipped', ja: '未実行' },
  failed: { en: 'failed', ja: '失敗' },
};

/** How a sample counts: against what was expected of it, else by how it ended. */
export const gradeOf = ({ status, matches }: SimulatedSample): CheckStatus => {
  if (matches !== undefined) return matches ? 'pass' : 'fail';
  if (status === 'failed') return 'fail';
  return status === 'unknown' ? 'unknown' : 'pass';
};

/** A value of a record in a message. */
export const plainText = (value: Plain | undefined, language: Language): string => {
  if (value === null || value === undefined || value === '') return { en: '(empty)', ja: '（空）' }[language];
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** `amount: 200, stage: Won` */
export const fieldsText = (record: Readonly<Record<string, Plain>>, language: Language): string =>
  Object.entries(record)
    .map(([field, value]) => `${field}: ${plainText(value, language)}`)
    .join(language === 'ja' ? '、' : ', ');

const wayWords: Readonly<Record<string, Text>> = {
  default: { en: 'otherwise', ja: 'それ以外' },
  error: { en: 'on an error', ja: 'エラー時' },
  body: { en: 'the loop', ja: '繰り返しの中' },
  approved: { en: 'approved', ja: '承認' },
  rejected: { en: 'rejected', ja: '却下' },
  late: { en: 'out of time', ja: '時間切れ' },
  event: { en: 'the event', ja: 'イベント' },
};

/** Ways out of steps that no sample took, each with its place. */
export const untakenWays = ({ coverage = [] }: Report, language: Language): readonly string[] =>
  coverage.flatMap(({ workflow, untaken }) =>
    untaken.map(({ step, way, name, file, line }) => {
      const branch = /^branch (\d+)$/.exec(way ?? '')?.[1];
      const number = branch === undefined ? undefined : String(Number(branch) + 1);
      const said =
        name ??
        (number === undefined
          ? way === undefined
            ? undefined
            : wayWords[way]?.[language]
          : { en: `branch ${number}`, ja: `分岐 ${number}` }[language]);
      return `${workflow} › ${step}${said === undefined ? '' : `: ${said}`}  ${file}:${line}`;
    }),
  );
