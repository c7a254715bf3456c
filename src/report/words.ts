import { formatDate } from '../i18n/format.ts';
import type { Owner, Severity } from '../model/cause.ts';
import type { CheckStatus, Diagnosis } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';

/** Short words of the frame; everything else in a report was written by checks and causes. */
export const statusWords: Readonly<Record<CheckStatus, Text>> = {
  pass: { en: 'OK', ja: '正常' },
  warn: { en: 'WARN', ja: '注意' },
  fail: { en: 'FAIL', ja: '異常' },
  skip: { en: 'SKIP', ja: '未実施' },
  unknown: { en: 'UNKNOWN', ja: '不明' },
  error: { en: 'ERROR', ja: '内部エラー' },
};

export const severityWords: Readonly<Record<Severity, Text>> = {
  critical: { en: 'FAIL', ja: '異常' },
  warning: { en: 'WARN', ja: '注意' },
  info: { en: 'INFO', ja: '情報' },
};

export const ownerWords: Readonly<Record<Owner, Text>> = {
  user: { en: 'you', ja: 'あなた' },
  'crm-admin': { en: 'the CRM administrator', ja: 'CRM の管理者' },
  'mail-admin': { en: 'the administrator of the mail server', ja: 'メールサーバーの管理者' },
  'dns-admin': { en: 'the administrator of the domain (DNS)', ja: 'DNS（ドメイン）の管理者' },
  'network-admin': { en: 'the network administrator', ja: 'ネットワークの管理者' },
  provider: { en: 'the mail provider', ja: 'メール事業者' },
};

export const proofWords: Readonly<Record<Diagnosis['proof']['status'], Text>> = {
  proven: { en: 'proven', ja: '確認済み' },
  failed: { en: 'did not help', ja: '効果なし' },
  'not-tried': { en: 'not tried', ja: '未実施' },
};

/** The rows of a diagnosis and the headings of every format. */
export const labels = {
  affects: { en: 'Affects', ja: '影響' },
  cause: { en: 'Cause', ja: '原因' },
  evidence: { en: 'Evidence', ja: '証拠' },
  fix: { en: 'Fix', ja: '直し方' },
  change: { en: 'Change', ja: '変更' },
  or: { en: 'or', ja: 'または' },
  proof: { en: 'Proof', ja: '検証' },
  verify: { en: 'Verify', ja: '確認' },
  lastTime: { en: 'Last time', ja: '前回' },
  ruledOut: { en: 'Not it', ja: '除外' },
  prevention: { en: 'Prevention', ja: '予防' },
  mailbox: { en: 'Mailbox', ja: 'メールボックス' },
  crm: { en: 'CRM', ja: 'CRM' },
  workflows: { en: 'Workflows', ja: 'ワークフロー' },
  sync: { en: 'Records', ja: 'レコード' },
  who: { en: 'Who can do it', ja: '直せる人' },
  checks: { en: 'Checks', ja: '検査項目' },
  report: { en: 'report', ja: 'レポート' },
  exit: { en: 'exit', ja: '終了コード' },
} as const satisfies Readonly<Record<string, Text>>;

/** `Last time (3 Nov 2026): …`: how the same cause went away before; nothing where that is not known. */
export const lastTime = ({ lastSolution }: Diagnosis, language: Language): readonly string[] => {
  if (!lastSolution) return [];
  const { at, says } = lastSolution;
  const day = formatDate(at, language);
  return [{ en: `${labels.lastTime.en} (${day}): ${says}`, ja: `${labels.lastTime.ja}（${day}）: ${says}` }[language]];
};

/** Certainty in words; the number is in the JSON. */
export const confidenceWord = (confidence: number): Text => {
  if (confidence >= 0.9) return { en: 'almost certain', ja: 'ほぼ確実' };
  if (confidence >= 0.6) return { en: 'likely', ja: '可能性が高い' };
  return { en: 'possible', ja: '可能性あり' };
};

/** Of the rest that no cause explains nothing is claimed, so that no certainty is told of it. */
export const isClaimed = ({ confidence }: Pick<Diagnosis, 'confidence'>): boolean => confidence > 0;

/** `ほぼ確実` before an explanation: `Almost certain: …`, `（ほぼ確実）…`. */
export const withConfidence = (explanation: string, confidence: number, language: Language): string => {
  if (!isClaimed({ confidence })) return explanation;
  const word = confidenceWord(confidence);
  if (language === 'ja') return `（${word.ja}）${explanation}`;
  return `${word.en.charAt(0).toUpperCase()}${word.en.slice(1)}: ${explanation}`;
};
