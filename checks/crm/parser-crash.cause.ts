import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const parserCrash = loggedCause({
  id: 'crm.parser-crash',
  title: both('The CRM cannot read one of the messages', 'CRM が読み取れないメールがあります'),
  about: both(
    'One message with a broken address, an odd encoding or a damaged attachment makes the program fail that reads mail. Some CRMs then stop at this message at every run, and everything behind it waits, although server, login and folder are fine. The log names the message or the place where it was put.',
    '壊れたアドレス、特殊な文字コード、破損した添付ファイルなどを含むメールがあると、取り込みのプログラムが失敗することがあります。CRM によっては毎回そのメールで止まり、後続のメールがすべて取り込まれません。サーバー、ログイン、フォルダーに問題はありません。ログには該当メールや保存場所が記録されます。',
  ),
  owner: 'crm-admin',
  means: () =>
    both(
      'The CRM fails at reading a message that it has fetched.',
      'CRM が、取り込んだメールの読み取りに失敗しています。',
    ),
  steps: ({ place }) => [
    both(
      `Find the message: ${place} and the lines around it name its id, sender or file.`,
      `${place} とその前後の行にある ID、差出人、ファイル名から、該当するメールを特定します。`,
    ),
    both(
      'Move it out of the folder that the CRM fetches from, into a folder of its own. Do not delete it: its text shows what the CRM cannot read.',
      'CRM が取り込むフォルダーから、別のフォルダーに移動します。原因の手がかりになるため、削除はしないでください。',
    ),
    both(
      'Let the CRM fetch again: the messages behind it must arrive now.',
      'もう一度取り込みを実行し、後続のメールが届くことを確認します。',
    ),
    both(
      'Update the CRM, and give its maker the message if it still fails.',
      'CRM を更新し、それでも失敗する場合は、そのメールを開発元に提供します。',
    ),
  ],
});
