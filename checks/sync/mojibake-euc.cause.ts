import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { becauseMisread, misreadAs, misreadingOf, stepsMisread } from './misread.ts';

export const mojibakeEuc = defineSyncCause({
  id: 'sync.mojibake-euc',
  title: both(
    'EUC-JP text and another encoding were mistaken for each other',
    'EUC-JP とほかの文字コードが取り違えられています',
  ),
  about: both(
    'One program writes or reads EUC-JP, as older UNIX systems do, and the other does not. Values become nothing but half-width kana, or rare Chinese characters such as 絖 and 篌; the same happens with GBK, the encoding of Chinese systems.',
    '古い UNIX 系システムなどで使われる EUC-JP を、一方だけが使っています。値は半角カナばかりになるか、「絖」「篌」のような見慣れない漢字になります。中国語環境の GBK でも同じことが起こります。',
  ),
  owner: 'crm-admin',
  hypotheses: misreadAs(
    [{ written: 'utf-8', read: 'euc-jp' }],
    [{ written: 'cp932', read: 'euc-jp' }],
    [{ written: 'euc-jp', read: 'cp932' }],
    [{ written: 'euc-jp', read: 'latin1' }],
    [{ written: 'utf-8', read: 'gbk' }],
  ),
  because: becauseMisread,
  steps: (told) =>
    stepsMisread(
      misreadingOf(told).written,
      both(
        'set the encoding of the file, connection or driver explicitly.',
        'ファイル、接続、ドライバーの文字コードを明示して指定します。',
      ),
    )(told),
});
