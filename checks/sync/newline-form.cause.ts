import { newline } from '../../src/reason/values/newline.normal.ts';
import { notationCause } from './notation.ts';

export const newlineForm = notationCause({
  id: 'sync.newline-form',
  title: { en: 'Different line ends', ja: '改行コードが異なります' },
  about: {
    en: 'Texts of several lines end their lines with CRLF on one side and with LF or CR on the other, or the line ends became blanks. Windows, workbooks and file transfer in text mode change them.',
    ja: '複数行の値の改行が、一方は CRLF、もう一方は LF や CR になっているか、空白に置き換えられています。Windows、Excel、テキストモードのファイル転送などで変わります。',
  },
  types: ['text', 'name', 'company', 'address', 'multi-picklist'],
  unless: ['sync.whitespace'],
  rules: [newline],
  differsIn: { en: 'line ends', ja: '改行コード' },
  detail: (pairs) => ({
    crlf: {
      left: pairs.some(({ left }) => left.includes('\r\n')),
      right: pairs.some(({ right }) => right.includes('\r\n')),
    },
    lost: pairs.some(({ left, right }) => /[\r\n]/.test(left) !== /[\r\n]/.test(right)),
  }),
  odd: { en: 'The line ends are', ja: '改行' },
  isOdd: (value) => /[\r\n\u0085\u2028\u2029]/.test(value),
  more: ({ lost }) =>
    lost === true
      ? { en: 'The other side has blanks in their place.', ja: 'もう一方では空白に置き換えられています。' }
      : undefined,
  steps: [
    {
      en: 'Let the transfer leave line ends alone (binary mode), and convert them to LF where the sync job reads.',
      ja: 'ファイル転送で改行を変換しない設定（バイナリーモード）にし、連携ジョブの読み取り時に LF に統一します。',
    },
  ],
});
