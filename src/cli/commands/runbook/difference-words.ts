import { formatDate } from '../../../i18n/format.ts';
import { valueWord } from '../../../i18n/value-word.ts';
import type { Report } from '../../../model/report.ts';
import type { Language, Text } from '../../../model/text.ts';
import { statusWords } from '../../../report/words.ts';
import type { Aspect, Difference } from './differences.ts';

type Words = (difference: Difference, language: Language) => string;

const both = ({ before = '', after = '' }: Difference): string => `${before} → ${after}`;

const sentence =
  (text: (difference: Difference) => Text): Words =>
  (difference, language) =>
    text(difference)[language];

const statusOf = (status: string | undefined, language: Language): string => {
  if (status === undefined) return { en: 'not part of the run', ja: '検査なし' }[language];
  return Object.entries(statusWords).find(([key]) => key === status)?.[1][language] ?? status;
};

const listed = (text: string | undefined): readonly string[] => (text === undefined ? [] : text.split(', '));

const capabilities: Words = ({ where, before, after }, language) => {
  const [old, now] = [listed(before), listed(after)];
  const gone = old.filter((one) => !now.includes(one)).join(', ');
  const come = now.filter((one) => !old.includes(one)).join(', ');
  const parts = {
    en: [gone && `no longer offers ${gone}`, come && `now offers ${come}`].filter(Boolean).join('; '),
    ja: [gone && `${gone} がなくなりました`, come && `${come} が加わりました`].filter(Boolean).join('。'),
  };
  return { en: `${where} ${parts.en}`, ja: `${where} の機能: ${parts.ja}` }[language];
};

const short = (fingerprint: string | undefined): string => (fingerprint ?? '').slice(0, 16);

const countWords: Readonly<Record<string, Text>> = {
  missing: { en: 'missing records', ja: '不足レコード' },
  extra: { en: 'extra records', ja: '余分なレコード' },
  changed: { en: 'records with other values', ja: '値の異なるレコード' },
};

/** Each aspect in plain words. */
const words: Readonly<Record<Aspect, Words>> = {
  status: ({ where, before, after }, language) =>
    `${where}: ${statusOf(before, language)} → ${statusOf(after, language)}`,
  cause: sentence(({ where, after }) =>
    after === undefined
      ? { en: `no longer found: ${where}`, ja: `解消した原因: ${where}` }
      : { en: `newly found: ${where}`, ja: `新しく見つかった原因: ${where}` },
  ),
  setting: ({ where, before, after }, language) =>
    `${where}: ${valueWord(before ?? null, 'from', language)} → ${valueWord(after ?? null, 'to', language)}`,
  address: sentence((one) => ({
    en: `${one.where} has other addresses: ${both(one)}`,
    ja: `${one.where} の IP アドレスが変わりました: ${both(one)}`,
  })),
  mx: sentence((one) => ({
    en: `the mail exchangers (MX) of ${one.where} are others: ${both(one)}`,
    ja: `${one.where} の MX レコードが変わりました: ${both(one)}`,
  })),
  certificate: sentence((one) => ({
    en: `${one.where} shows another certificate (SHA-256 ${short(one.before)}… → ${short(one.after)}…)`,
    ja: `${one.where} の証明書が別のものになりました（SHA-256 ${short(one.before)}… → ${short(one.after)}…）`,
  })),
  'valid-until': ({ where, before = '', after = '' }, language) => {
    const dates = `${formatDate(before, language)} → ${formatDate(after, language)}`;
    return {
      en: `the certificate of ${where} is valid until another day: ${dates}`,
      ja: `${where} の証明書の有効期限が変わりました: ${dates}`,
    }[language];
  },
  issuer: sentence((one) => ({
    en: `the certificate of ${one.where} has another issuer: ${both(one)}`,
    ja: `${one.where} の証明書の発行者が変わりました: ${both(one)}`,
  })),
  'tls-version': sentence((one) => ({
    en: `${one.where} uses another TLS version: ${both(one)}`,
    ja: `${one.where} の TLS のバージョンが変わりました: ${both(one)}`,
  })),
  capability: capabilities,
  greeting: sentence((one) => ({
    en: `${one.where} greets differently: "${one.before ?? ''}" → "${one.after ?? ''}"`,
    ja: `${one.where} の最初の応答が変わりました:「${one.before ?? ''}」→「${one.after ?? ''}」`,
  })),
  software: sentence((one) => ({
    en: `${one.where} runs other software: ${both(one)}`,
    ja: `${one.where} のソフトウェアが変わりました: ${both(one)}`,
  })),
  spf: sentence((one) => ({
    en: `the SPF record of ${one.where} is another: ${both(one)}`,
    ja: `${one.where} の SPF レコードが変わりました: ${both(one)}`,
  })),
  dmarc: sentence((one) => ({
    en: `the DMARC record of ${one.where} is another: ${both(one)}`,
    ja: `${one.where} の DMARC レコードが変わりました: ${both(one)}`,
  })),
  dkim: sentence((one) => ({
    en: `the DKIM keys of ${one.where} are others: ${both(one)}`,
    ja: `${one.where} の DKIM 鍵が変わりました: ${both(one)}`,
  })),
  'crm-setting': ({ where, before, after }, language) =>
    `${where}: ${valueWord(before ?? null, 'from', language)} → ${valueWord(after ?? null, 'to', language)}`,
  rows: sentence((one) => ({
    en: `${one.where} has another number of records: ${both(one)}`,
    ja: `${one.where} のレコード数: ${both(one)}`,
  })),
  columns: sentence((one) => ({
    en: `${one.where} has another number of columns: ${both(one)}`,
    ja: `${one.where} の列の数: ${both(one)}`,
  })),
  column: sentence(({ where, after }) =>
    after === undefined
      ? { en: `no longer compared: ${where}`, ja: `比べなくなった列: ${where}` }
      : { en: `newly compared: ${where}`, ja: `新しく比べた列: ${where}` },
  ),
  counts: sentence((one) => ({
    en: `${countWords[one.where]?.en ?? one.where}: ${both(one)}`,
    ja: `${countWords[one.where]?.ja ?? one.where}: ${both(one)}`,
  })),
};

type Part = 'checks' | 'causes' | 'settings' | 'crm' | 'records' | 'servers';

const partOf = ({ aspect }: Difference): Part => {
  switch (aspect) {
    case 'status':
      return 'checks';
    case 'cause':
      return 'causes';
    case 'setting':
      return 'settings';
    case 'crm-setting':
      return 'crm';
    case 'rows':
    case 'columns':
    case 'column':
    case 'counts':
      return 'records';
    default:
      return 'servers';
  }
};

const headings: Readonly<Record<Part, Text>> = {
  checks: { en: 'Checks', ja: '検査の結果' },
  causes: { en: 'Causes', ja: '原因' },
  settings: { en: 'Settings', ja: '設定' },
  crm: { en: 'Mail accounts in the CRM', ja: 'CRM のメールアカウント' },
  records: { en: 'Records', ja: 'レコード' },
  servers: { en: 'Servers', ja: 'サーバー' },
};

/** Lines under headings; a mailbox is named where there are several. */
export const differenceLines = (
  differences: readonly Difference[],
  language: Language,
): readonly { readonly heading: string; readonly lines: readonly string[] }[] => {
  const several = new Set(differences.map(({ mailbox }) => mailbox)).size > 1;
  const parts: readonly Part[] = ['checks', 'causes', 'settings', 'crm', 'records', 'servers'];
  return parts.flatMap((part) => {
    const own = differences.filter((one) => partOf(one) === part);
    const line = (one: Difference) =>
      (several && one.mailbox !== '' ? `${one.mailbox}: ` : '') + words[one.aspect](one, language);
    return own.length === 0 ? [] : [{ heading: headings[part][language], lines: own.map(line) }];
  });
};

/** `20261124T020512Z-ab12cd (2026-11-24 02:05, OK)`. */
export const runName = ({ run, status }: Report, language: Language): string => {
  const when = String(run.startedAt).slice(0, 16).replace('T', ' ');
  return `${run.id} (${when}, ${statusOf(status, language)})`;
};
