import type { Text } from '../model/text.ts';
import type { About } from './build.ts';
import type { Entry } from './entry.ts';

const total = (entries: readonly Entry[]): number =>
  entries.reduce((sum, { redactions }) => sum + Object.values(redactions).reduce((some, times) => some + times, 0), 0);

const part = (language: keyof Text, about: About, entries: readonly Entry[]): readonly string[] => {
  const ja = language === 'ja';
  const names = entries.map(({ name, why }) => `  ${name}\n      ${why[language]}`);
  const without = about.leftOut.map(({ section, why }) => `  ${section}: ${why[language]}`);
  const unknown = about.notLookedFor.map(({ name, why }) => `  ${name}: ${why[language]}`);
  const count = total(entries);
  return [
    ja ? 'crm-doctor サポート用ファイル' : 'crm-doctor support bundle',
    '',
    `${ja ? '受付番号' : 'Id'}: ${about.id}`,
    `${ja ? '検査番号' : 'Run'}: ${about.run}`,
    `${ja ? '対象' : 'Target'}: ${about.target}`,
    `${ja ? '作成日時 (UTC)' : 'Made (UTC)'}: ${about.createdAt}`,
    '',
    ja
      ? '不具合の調査を引き継ぐために、crm-doctor の検査結果と証拠をまとめたものです。ticket.ja.txt はそのまま問い合わせに使えます。'
      : 'What crm-doctor found and what it saw, for whoever goes on with the case. ticket.en.txt can be pasted into a ticket.',
    ja
      ? `パスワードなどの秘密情報は取り除いてあります（${count} か所）。自動処理のため、渡す前に内容をご確認ください。`
      : `Secrets were taken out (in ${count} places). That was done by a program: look through the files before you hand them on.`,
    ja ? '自動でどこかに送信されることはありません。' : 'It is never sent anywhere by itself.',
    ...(about.anonymized
      ? [
          ja
            ? 'アドレス、ホスト名、IP アドレス、人名は仮の名前に置き換えてあります。同じ仮名は同じものを指します。'
            : 'Addresses, hosts, IP addresses and names of people are replaced by pseudonyms; the same pseudonym is the same thing everywhere.',
        ]
      : []),
    '',
    ja ? '確認方法:' : 'How to check it:',
    `  crm-doctor report --from ${about.archive}`,
    ja
      ? '      同じ証拠からもう一度診断します。manifest.json のサイズとチェックサムとの照合も行います。'
      : '      diagnoses the same evidence again, after checking every file against manifest.json (size and SHA-256).',
    '',
    ja ? '内容:' : 'Contents:',
    ...names,
    ...(without.length > 0 ? ['', ja ? '含めていないもの:' : 'Not in here:', ...without] : []),
    ...(unknown.length > 0
      ? [
          '',
          ja
            ? '値が分からず、形からしか探せなかった秘密情報:'
            : 'Secrets whose value was not known, looked for by their form only:',
          ...unknown,
        ]
      : []),
  ];
};

/** For a person who finds the archive without knowing what it is. */
export const readmeText = (about: About, entries: readonly Entry[]): string =>
  // CRLF: the notepads of old Windows show nothing but one line otherwise.
  `${[...part('ja', about, entries), '', '-'.repeat(60), '', ...part('en', about, entries), ''].join('\r\n')}`;
