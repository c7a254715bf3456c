import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { becauseMisread, misreadAs, stepsMisread } from './misread.ts';

export const mojibakeUtf8AsSjis = defineSyncCause({
  id: 'sync.mojibake-utf8-as-sjis',
  title: both('UTF-8 text was read as Shift_JIS', 'UTF-8 の文字列が Shift_JIS として読まれています'),
  about: both(
    'A file in UTF-8 was opened as Shift_JIS, which Excel on a Japanese Windows does with every CSV file that has no byte order mark. The values become 繧, 縺, 譁 and half-width kana. Saved again like this, some bytes are lost for good.',
    'UTF-8 のファイルが Shift_JIS として開かれました。日本語 Windows の Excel は、BOM のない CSV をすべてこのように開きます。値は「繧」「縺」「譁」や半角カナの並びになります。そのまま保存すると、失われて戻せなくなる文字があります。',
  ),
  owner: 'crm-admin',
  hypotheses: misreadAs([{ written: 'utf-8', read: 'cp932' }]),
  because: becauseMisread,
  steps: stepsMisread(
    'UTF-8',
    both(
      'in Excel use Data > From Text/CSV with 65001: UTF-8, or let the export write a byte order mark.',
      'Excel では「データ > テキストまたは CSV から」で「65001: Unicode (UTF-8)」を選ぶか、出力側で BOM を付けます。',
    ),
  ),
});
