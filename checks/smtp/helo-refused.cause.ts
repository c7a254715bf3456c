import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';

export const heloRefused = defineCause<Refused>({
  id: 'smtp.helo-refused',
  title: both('The server refuses the name of the sending machine', '送信元のホスト名 (EHLO) が拒否されています'),
  about: both(
    'Each SMTP session starts with EHLO and the name of the sending machine. Strict servers take only a full name that exists in the DNS (the directory of names), as mail.example.co.jp; a bare name such as "localhost" or a container\'s id is refused. It is set by the program or by the name of its machine, not by the mail account.',
    'SMTP の会話は、EHLO という命令で送信元のホスト名を名乗ることから始まります。厳しいサーバーは、mail.example.co.jp のように DNS（名前の台帳）に登録された完全な名前だけを受け付け、「localhost」やコンテナーの ID のような名前を拒否します。この名前はメールアカウントではなく、プログラムやホストの設定で決まります。',
  ),
  explain: (evidence, subject) => saysSo('smtp.helo-refused', evidence, subject),
  owner: 'crm-admin',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    const name =
      detail.ehlo === ''
        ? both('the name given with EHLO', 'EHLO で名乗った名前')
        : both(`the name ${detail.ehlo}`, `EHLO で名乗った名前 ${detail.ehlo}`);
    return both(
      `${host}:${port} does not take ${name.en}: "${detail.says}".`,
      `${host}:${port} は、${name.ja} を受け付けません。応答は「${detail.says}」です。`,
    );
  },
  steps: (detail) => [
    both(
      'Give the machine of the CRM a full host name (hostnamectl set-hostname crm.example.co.jp; in Docker: hostname: crm.example.co.jp).',
      'CRM のホストに完全なホスト名を設定します（hostnamectl set-hostname crm.example.co.jp、Docker では hostname: crm.example.co.jp）。',
    ),
    both(
      'Or set the EHLO name in the CRM, where it has one (nodemailer: name, PHPMailer: Hostname).',
      'CRM に EHLO 名の設定があれば、そこで指定します（nodemailer は name、PHPMailer は Hostname）。',
    ),
    both(
      `See that the name resolves, and that ${firstPlace(detail).host} is used on port 587 or 465: logged-in clients are rarely judged by their name.`,
      `その名前が名前解決できることを確認します。また、${firstPlace(detail).host} の 587 または 465 番ポートでログインすると、名前では判断されないことがほとんどです。`,
    ),
  ],
});
