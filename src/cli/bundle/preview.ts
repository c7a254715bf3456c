import type { Built } from '../../bundle/build.ts';
import type { Redactions } from '../../bundle/entry.ts';
import { visible } from '../../i18n/visible.ts';
import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Language, Text } from '../../model/text.ts';
import { bytesText } from '../../report/comparison/numbers.ts';

const ruleWords: Readonly<Record<string, Text>> = {
  'known-secret': { en: 'known secret', ja: '既知の秘密情報' },
  'config-secret': { en: 'secret setting', ja: '設定の秘密情報' },
  'config-unknown': { en: 'unknown setting', ja: '不明な設定項目' },
  'record-value': { en: 'value of a record', ja: 'レコードの値' },
  'other-address': { en: 'address of others', ja: '他人のアドレス' },
  'named-secret': { en: 'value named like a secret', ja: '名前から秘密とみなした値' },
  'private-key': { en: 'private key', ja: '秘密鍵' },
  jwt: { en: 'token (JWT)', ja: 'トークン (JWT)' },
  bearer: { en: 'access token', ja: 'アクセストークン' },
  authorization: { en: 'Authorization header', ja: 'Authorization ヘッダー' },
  'pass-command': { en: 'PASS command', ja: 'PASS コマンド' },
  'auth-command': { en: 'AUTH command', ja: 'AUTH コマンド' },
  'login-command': { en: 'LOGIN command', ja: 'LOGIN コマンド' },
  'url-userinfo': { en: 'password in a URL', ja: 'URL 内のパスワード' },
  'url-parameter': { en: 'secret in a URL', ja: 'URL 内の秘密情報' },
  'webhook-url': { en: 'webhook URL', ja: 'Webhook の URL' },
  cookie: { en: 'cookie', ja: 'Cookie' },
  'aws-key': { en: 'AWS key', ja: 'AWS のキー' },
  'salesforce-session': { en: 'Salesforce session', ja: 'Salesforce のセッション' },
  'auth-answer': { en: 'answer to AUTH', ja: 'AUTH の応答' },
};

const removedText = (redactions: Redactions, language: Language): string =>
  Object.entries(redactions)
    .map(([rule, times]) => `${ruleWords[rule]?.[language] ?? rule} ${times}`)
    .join(language === 'ja' ? '、' : ', ');

const words = {
  file: { en: 'File', ja: 'ファイル' },
  size: { en: 'Size', ja: 'サイズ' },
  removed: { en: 'Taken out', ja: '取り除いたもの' },
  without: { en: 'Not in it:', ja: '含めないもの:' },
  unknown: {
    en: 'Secrets whose value could not be read, so that only their form was looked for:',
    ja: '値を読み取れず、形からしか探せなかった秘密情報:',
  },
  check: {
    en: 'Secrets were taken out by a program. Look through the files before you hand them on.',
    ja: '秘密情報は自動で取り除いています。渡す前に内容をご確認ください。',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** What would be written, before it is: each file with its size and what was taken out of it, and what is not there. */
export const previewLines = (
  { manifest, entries }: Built,
  packed: number,
  language: Language,
  columns: number,
): readonly string[] => {
  const say = (text: Text): string => text[language];
  const rows = entries.map(({ name, bytes, redactions }) => ({
    name: visible(name),
    size: bytesText(bytes.length),
    removed: removedText(redactions, language),
  }));
  const nameWidth = Math.max(width(say(words.file)), ...rows.map(({ name }) => width(name)));
  const sizeWidth = Math.max(width(say(words.size)), ...rows.map(({ size }) => width(size)));
  const used = nameWidth + sizeWidth + 4;
  const roomy = columns - used >= 24;
  const row = (name: string, size: string, removed: string): readonly string[] => {
    const head = `${pad(name, nameWidth)}  ${pad(size, sizeWidth, 'left')}`;
    if (removed === '') return wrap(head.trimEnd(), columns);
    if (!roomy) return [...wrap(head, columns), ...wrap(removed, columns - 4).map((line) => `    ${line}`)];
    const [first = '', ...rest] = wrap(removed, columns - used);
    return [`${head}  ${first}`, ...rest.map((line) => `${' '.repeat(used)}${line}`)];
  };
  const listed = (heading: Text, lines: readonly string[]): readonly string[] =>
    lines.length === 0
      ? []
      : [
          '',
          ...wrap(say(heading), columns),
          ...lines.flatMap((line) => wrap(visible(line), columns - 2).map((part) => `  ${part}`)),
        ];
  const { id, run, command, target } = manifest;
  return [
    ...wrap(visible(`${id}  ${run}  ${command}  ${target}`), columns),
    '',
    ...(roomy ? row(say(words.file), say(words.size), say(words.removed)) : []),
    ...rows.flatMap(({ name, size, removed }) => row(name, size, removed)),
    ...row('ZIP', bytesText(packed), ''),
    ...listed(
      words.without,
      manifest.leftOut.map(({ section, why }) => `${section}: ${say(why)}`),
    ),
    ...listed(
      words.unknown,
      manifest.notLookedFor.map(({ name, why }) => `${name}: ${say(why)}`),
    ),
    '',
    ...wrap(say(words.check), columns),
  ];
};
