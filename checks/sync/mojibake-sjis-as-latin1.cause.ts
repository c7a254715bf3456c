import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { becauseMisread, misreadAs, stepsMisread } from './misread.ts';

export const mojibakeSjisAsLatin1 = defineSyncCause({
  id: 'sync.mojibake-sjis-as-latin1',
  title: both('Shift_JIS text was read as Latin-1', 'Shift_JIS の文字列が Latin-1 として読まれています'),
  about: both(
    'Japanese text in Shift_JIS (Windows: CP932) went through a program that takes every byte for one Western character. The result is full of invisible controls and signs such as ƒ, ‚ and ®. No byte was lost, so reading the source with the right encoding mends it.',
    'Shift_JIS（Windows では CP932）の日本語が、1 バイトを 1 文字の欧文として扱うプログラムを通りました。ƒ や ‚、® などの記号と見えない制御文字ばかりの値になります。元のデータを正しい文字コードで読み直せば直ります。',
  ),
  owner: 'crm-admin',
  hypotheses: misreadAs([{ written: 'cp932', read: 'latin1' }], [{ written: 'cp932', read: 'windows-1252' }]),
  because: becauseMisread('Shift_JIS', 'Latin-1'),
  steps: stepsMisread(
    'Shift_JIS (CP932)',
    both(
      'set the encoding of the file, connection or driver explicitly.',
      'ファイル、接続、ドライバーの文字コードを明示して指定します。',
    ),
  ),
});
