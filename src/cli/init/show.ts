import { isAbsolute, relative } from 'node:path';
import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import { protocols } from '../../model/config.ts';
import type { InitReport } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import type { RenderOptions } from '../../report/reporter.ts';
import type { Page } from '../../report/text/page.ts';
import { hanging, markOf, pageOf } from '../../report/text/page.ts';
import type { Detected, TriedDoor } from '../detection.ts';
import { answerWords, groundWords } from '../grounds.ts';
import type { Proposed } from './proposal.ts';

/** As one would type it here. */
export const shortPath = (cwd: string, file: string): string => {
  const short = relative(cwd, file);
  return visible(short === '' || short.startsWith('..') || isAbsolute(short) ? file : short);
};

const none: Text = { en: '', ja: '' };
const securityWords: Readonly<Record<string, string>> = { tls: 'TLS', starttls: 'STARTTLS', none: '-' };

const paragraph = (page: Page, text: string, indent = ''): readonly string[] =>
  hanging(indent, page.clean(text), page.measure);

const heading = (page: Page, text: Text): readonly string[] =>
  wrap(page.say(text), page.measure).map((line) => page.ink.bold(line));

const entry = (
  page: Page,
  status: 'pass' | 'warn' | 'fail' | 'skip',
  title: string,
  below: readonly string[],
): readonly string[] => {
  const mark = markOf(page, status, none);
  const [first = '', ...rest] = hanging(`  ${mark.sign} `, page.clean(title), page.measure);
  return [
    first.replace(mark.sign, mark.paint(mark.sign)),
    ...rest,
    ...below.flatMap((text) => paragraph(page, text, '      ')),
  ];
};

const doorTitle = (protocol: string, { door }: TriedDoor): string =>
  `${protocol}  ${door.host}:${door.port} (${securityWords[door.security] ?? door.security})`;

const stateMark = { good: 'pass', doubtful: 'warn', dead: 'fail' } as const;

const doorEntry = (page: Page, protocol: string, tried: TriedDoor): readonly string[] =>
  entry(page, stateMark[tried.state], doorTitle(protocol, tried), [
    `${page.say(groundWords[tried.door.from])}: ${page.say(tried.says)}`,
  ]);

const providerBlock = (page: Page, { provider }: Detected): readonly string[] => {
  if (!provider) return [];
  const { name, note, asOf, sure } = provider.provider;
  const by = provider.server === undefined ? '' : ` (${provider.server})`;
  const how: Text = sure
    ? { en: `known as of ${asOf}`, ja: `${asOf} 時点の情報` }
    : { en: `known as of ${asOf}, unconfirmed`, ja: `${asOf} 時点の未確認の情報` };
  return [
    ...heading(page, { en: 'Provider', ja: 'プロバイダー' }),
    ...paragraph(page, `${page.say(name)}${by}: ${page.say(how)}`, '  '),
    ...(note ? paragraph(page, page.say(note), '  ') : []),
    '',
  ];
};

/** What was found, and by what; with --verbose everything that was tried and asked. */
export const foundBlock = (
  detected: Detected,
  chosen: Readonly<Partial<Record<'smtp' | 'imap' | 'pop3', TriedDoor>>>,
  options: RenderOptions,
): string => {
  const page = pageOf(options);
  const { domain, tried, answers } = detected;
  const found = protocols.flatMap((protocol) => {
    const door = chosen[protocol];
    return door ? doorEntry(page, protocol, door) : [];
  });
  const missing = [
    ...(chosen.smtp
      ? []
      : [{ name: 'smtp', words: { en: 'no server to send through', ja: '送信サーバーが見つかりません' } }]),
    ...(chosen.imap || chosen.pop3
      ? []
      : [{ name: 'imap, pop3', words: { en: 'no server to fetch from', ja: '受信サーバーが見つかりません' } }]),
  ].flatMap(({ name, words }) => entry(page, 'fail', `${name}  ${page.say(words)}`, []));
  const others = protocols.flatMap((protocol) =>
    tried[protocol].filter((one) => one !== chosen[protocol]).flatMap((one) => doorEntry(page, protocol, one)),
  );
  const places = answers.flatMap((answer) =>
    entry(page, answer.result.kind === 'found' ? 'pass' : 'skip', answer.url, [page.say(answerWords(answer))]),
  );
  const lines = [
    ...providerBlock(page, detected),
    ...heading(page, { en: `Servers of ${visible(domain)}`, ja: `${visible(domain)} のサーバー` }),
    ...found,
    ...missing,
    ...(page.verbose && others.length > 0
      ? ['', ...heading(page, { en: 'Also tried', ja: 'ほかに試した接続先' }), ...others]
      : []),
    ...(page.verbose && places.length > 0
      ? ['', ...heading(page, { en: 'Also asked', ja: '問い合わせた場所' }), ...places]
      : []),
  ];
  return `${lines.join('\n')}\n\n`;
};

const proofMark = { proven: 'pass', reached: 'warn', failed: 'fail' } as const;

const proofWords: Readonly<Record<Proposed['state'], Text>> = {
  proven: { en: 'seen to work', ja: '動作を確認しました' },
  reached: {
    en: 'connection and TLS seen to work; no login was made',
    ja: '接続と TLS を確認しました（ログインは未確認）',
  },
  failed: { en: 'does not work', ja: '動作しません' },
};

/** How far each service was seen to work, what was written, and what comes next. */
export const resultBlock = (
  { services, file }: Pick<InitReport, 'services' | 'file'>,
  { next, cwd }: { readonly next: readonly Text[]; readonly cwd: string },
  options: RenderOptions,
): string => {
  const page = pageOf(options);
  const rows = services.flatMap(({ protocol, host, port, security, username, state, says, written }) =>
    entry(page, proofMark[state], `${protocol}  ${host}:${port} (${securityWords[security] ?? security})`, [
      ...(state === 'proven' ? [`${page.say(proofWords.proven)}: ${username}`] : []),
      ...(state === 'reached' ? [page.say(proofWords.reached)] : []),
      ...(state === 'failed' ? [`${page.say(proofWords.failed)}: ${says}`] : []),
      ...(state === 'failed' && !written ? [page.say({ en: 'not written', ja: 'ファイルには書きません' })] : []),
    ]),
  );
  const wrote =
    file === undefined
      ? { en: 'No file was written.', ja: 'ファイルは書き込んでいません。' }
      : { en: `Written: ${shortPath(cwd, file)}`, ja: `書き込みました: ${shortPath(cwd, file)}` };
  const lines = [
    ...(rows.length === 0 || options.quiet ? [] : [...heading(page, { en: 'Proof', ja: '確認の結果' }), ...rows, '']),
    ...heading(page, wrote),
    ...(options.quiet ? [] : next.flatMap((text) => paragraph(page, page.say(text), '  '))),
  ];
  return `${lines.join('\n')}\n`;
};
