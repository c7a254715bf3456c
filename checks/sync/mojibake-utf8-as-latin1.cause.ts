import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { both } from '../auth/words.ts';
import { becauseMisread, misreadAs, stepsMisread } from './misread.ts';

export const mojibakeUtf8AsLatin1 = defineSyncCause({
  id: 'sync.mojibake-utf8-as-latin1',
  title: both('UTF-8 text was read as a Western encoding', 'UTF-8 の文字列が欧文の文字コードとして読まれています'),
  about: both(
    'Text in UTF-8 went through a program or a connection that is set to Latin-1 or windows-1252. Each Japanese character became three Western ones, such as æ or ã and two more. Often a database connection or an HTTP header does not name its charset.',
    'UTF-8 の文字列が、Latin-1 または windows-1252 に設定されたプログラムや接続を通りました。日本語の 1 文字が、æ や ã で始まる 3 文字の欧文になります。データベース接続や HTTP ヘッダーで文字コードが指定されていないことが多い原因です。',
  ),
  owner: 'crm-admin',
  hypotheses: misreadAs([{ written: 'utf-8', read: 'latin1' }], [{ written: 'utf-8', read: 'windows-1252' }]),
  because: becauseMisread,
  steps: stepsMisread(
    'UTF-8',
    both(
      'set charset=utf-8 in the header, or utf8mb4 on the database connection.',
      'HTTP ヘッダーなら charset=utf-8、データベース接続なら utf8mb4 を指定します。',
    ),
  ),
});
