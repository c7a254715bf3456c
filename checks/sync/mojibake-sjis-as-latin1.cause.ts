import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { becauseMisread, misreadAs, stepsMisread } from './misread.ts';

export const mojibakeSjisAsLatin1 = defineSyncCause({
  id: 'sync.mojibake-sjis-as-latin1',
  title: both(
    'Shift_JIS text was read as a Western encoding',
    'Shift_JIS の文字列が欧文の文字コードとして読まれています',
  ),
  about: both(
    'Japanese text in Shift_JIS (Windows: CP932) went through a program that takes every byte for one Western character (Latin-1, windows-1252). The result is full of invisible controls and signs such as ƒ, ‚ and ®. No byte was lost, so reading the source with the right encoding mends it.',
    'Shift_JIS（Windows では CP932）の日本語が、1 バイトを欧文の 1 文字として扱うプログラム（Latin-1、windows-1252）を通りました。ƒ や ‚、® などの記号と見えない制御文字ばかりの値になります。元のデータを正しい文字コードで読み直せば直ります。',
  ),
  owner: 'crm-admin',
  hypotheses: misreadAs([{ written: 'cp932', read: 'latin1' }], [{ written: 'cp932', read: 'windows-1252' }]),
  because: becauseMisread,
  steps: stepsMisread(
    'Shift_JIS (CP932)',
    both(
      'set the encoding of the file, connection or driver explicitly.',
      'ファイル、接続、ドライバーの文字コードを明示して指定します。',
    ),
  ),
});
