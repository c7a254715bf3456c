import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { becauseMisread, misreadAs, stepsMisread } from './misread.ts';

export const mojibakeDoubleUtf8 = defineSyncCause({
  id: 'sync.mojibake-double-utf8',
  title: both('Text was encoded as UTF-8 twice', '文字列が二重に UTF-8 で符号化されています'),
  about: both(
    'Text that was UTF-8 already was taken for a Western encoding (Latin-1, windows-1252) and turned into UTF-8 once more. One Japanese character becomes six Western ones, with Ã and Â among them. One of the two conversions has to go.',
    'すでに UTF-8 である文字列が欧文の文字コード（Latin-1、windows-1252）とみなされ、もう一度 UTF-8 に変換されました。日本語の 1 文字が、Ã や Â を含む 6 文字ほどの欧文になります。2 回の変換のうち 1 回を取り除く必要があります。',
  ),
  owner: 'crm-admin',
  hypotheses: misreadAs(
    [
      { written: 'utf-8', read: 'latin1' },
      { written: 'utf-8', read: 'latin1' },
    ],
    [
      { written: 'utf-8', read: 'windows-1252' },
      { written: 'utf-8', read: 'windows-1252' },
    ],
  ),
  because: becauseMisread,
  steps: stepsMisread(
    'UTF-8',
    both('remove one of the two conversions to UTF-8.', 'UTF-8 への変換が 2 回行われているため、一方を取り除きます。'),
  ),
});
