import { formatDate } from '../../i18n/format.ts';
import { valueWord } from '../../i18n/value-word.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Aspect, Difference } from './differences.ts';

/** What comes from outside; how checks and causes came out is told by who tells of runs. */
type ToldAspect = Exclude<Aspect, 'status' | 'cause'>;

type Words = (difference: Difference, language: Language) => string;

const both = ({ before = '', after = '' }: Difference): string => `${before} → ${after}`;

const sentence =
  (text: (difference: Difference) => Text): Words =>
  (difference, language) =>
    text(difference)[language];

const listed = (text: string | undefined): readonly string[] => (text === undefined ? [] : text.split(', '));

/** Of two lists what is gone and what has come. */
export const cameAndWent = ({ before, after }: Pick<Difference, 'before' | 'after'>) => {
  const [old, now] = [listed(before), listed(after)];
  return { gone: old.filter((one) => !now.includes(one)), come: now.filter((one) => !old.includes(one)) };
};

const most = 10;

const some = (texts: readonly string[]): string =>
  [...texts.slice(0, most), ...(texts.length > most ? [`… (${texts.length})`] : [])].join(', ');

const changedList =
  (words: { readonly gone: Text; readonly come: Text; readonly of: Text }): Words =>
  (one, language) => {
    const { gone, come } = cameAndWent(one);
    const [lost, won] = [some(gone), some(come)];
    const parts = {
      en: [lost && `${words.gone.en} ${lost}`, won && `${words.come.en} ${won}`].filter(Boolean).join('; '),
      ja: [lost && `${lost} ${words.gone.ja}`, won && `${won} ${words.come.ja}`].filter(Boolean).join('。'),
    };
    return { en: `${one.where} ${parts.en}`, ja: `${one.where} の${words.of.ja}: ${parts.ja}` }[language];
  };

const capabilities = changedList({
  of: { en: 'capabilities', ja: '機能' },
  gone: { en: 'no longer offers', ja: 'がなくなりました' },
  come: { en: 'now offers', ja: 'が加わりました' },
});

const fields = changedList({
  of: { en: 'fields', ja: '項目' },
  gone: { en: 'no longer has the fields', ja: 'がなくなりました' },
  come: { en: 'now has the fields', ja: 'が加わりました' },
});

const short = (fingerprint: string | undefined): string => (fingerprint ?? '').slice(0, 16);

const countWords: Readonly<Record<string, Text>> = {
  missing: { en: 'missing records', ja: '不足レコード' },
  extra: { en: 'extra records', ja: '余分なレコード' },
  changed: { en: 'records with other values', ja: '値の異なるレコード' },
};

/** Each aspect in plain words. */
const words: Readonly<Record<ToldAspect, Words>> = {
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
  key: sentence((one) => ({
    en: `the certificate of ${one.where} has another key (SHA-256 ${short(one.before)}… → ${short(one.after)}…)`,
    ja: `${one.where} の証明書の鍵が変わりました（SHA-256 ${short(one.before)}… → ${short(one.after)}…）`,
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
  workflow: sentence(({ where, before, after }) => {
    if (after === undefined)
      return { en: `the workflow ${where} is gone`, ja: `ワークフロー ${where} がなくなりました` };
    if (before === undefined) return { en: `the workflow ${where} is new`, ja: `ワークフロー ${where} が加わりました` };
    return { en: `the workflow ${where} was changed`, ja: `ワークフロー ${where} の定義が変わりました` };
  }),
  fields,
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

/** A difference in one sentence. */
export const differenceText = (difference: Difference & { readonly aspect: ToldAspect }, language: Language): string =>
  words[difference.aspect](difference, language);
