import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Change } from '../../src/model/config.ts';
import type { Refused } from '../auth/refusals.ts';
import { firstPlace, saysSo } from '../auth/refusals.ts';
import { both } from '../auth/words.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { mailTls } from '../mail/tls.check.ts';

interface Detail extends Refused {
  /** What this machine may say as well, the likeliest first. */
  readonly names: readonly string[];
}

const namesIn = (evidence: Evidence): readonly string[] =>
  evidence.fact(smtpAuth)?.otherEhlo ?? evidence.fact(mailTls.smtp)?.otherEhlo ?? [];

const nameIn = (change: readonly Change[]): string => String(change[0]?.to ?? '');

export const heloRefused = defineCause<Detail>({
  id: 'smtp.helo-refused',
  title: both('The server refuses the name of the sending machine', '送信元のホスト名 (EHLO) が拒否されています'),
  about: both(
    'Each SMTP session starts with EHLO and the name of the sending machine. Strict servers take only a full name that exists in the DNS (the directory of names), as mail.example.co.jp; a bare name such as "localhost" or a container\'s id is refused. It is set by the program or by the name of its machine, not by the mail account.',
    'SMTP の会話は、EHLO という命令で送信元のホスト名を名乗ることから始まります。厳しいサーバーは、mail.example.co.jp のように DNS（名前の台帳）に登録された完全な名前だけを受け付け、「localhost」やコンテナーの ID のような名前を拒否します。この名前はメールアカウントではなく、プログラムやホストの設定で決まります。',
  ),
  explain: (evidence, subject) =>
    saysSo('smtp.helo-refused', evidence, subject).map((finding) => ({
      ...finding,
      detail: { ...finding.detail, names: namesIn(evidence) },
    })),
  candidates: ({ names }, subject) =>
    names.slice(0, 2).map((to) => [{ path: `${subject.path}.ehlo`, from: subject.config.ehlo ?? null, to }]),
  owner: 'crm-admin',
  because: (detail, change) => {
    const { host, port } = firstPlace(detail);
    const name =
      detail.ehlo === ''
        ? both('the name given with EHLO', 'EHLO で名乗った名前')
        : both(`the name ${detail.ehlo}`, `EHLO で名乗った名前 ${detail.ehlo}`);
    const taken =
      change.length > 0
        ? both(
            ` With ${nameIn(change)} in its place it does.`,
            `代わりに ${nameIn(change)} と名乗ると受け付けることを確認しました。`,
          )
        : both('', '');
    return both(
      `${host}:${port} does not take ${name.en}: "${detail.says}".${taken.en}`,
      `${host}:${port} は、${name.ja} を受け付けません。応答は「${detail.says}」です。${taken.ja}`,
    );
  },
  steps: (detail, change) => [
    ...(change.length > 0
      ? [
          both(
            `Let the CRM say ${nameIn(change)} with EHLO, where it has such a setting (nodemailer: name, PHPMailer: Hostname, Odoo: the name of the machine), and write mail.ehlo: "${nameIn(change)}" here, so that the checks say what the CRM says.`,
            `CRM に EHLO 名の設定があれば ${nameIn(change)} を指定します（nodemailer は name、PHPMailer は Hostname、Odoo はホスト名）。この設定ファイルにも mail.ehlo: "${nameIn(change)}" と書くと、CRM と同じ名前で検査できます。`,
          ),
        ]
      : []),
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
