import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { because, type LineShape, linesRefused } from './line-shape.ts';

export const bareLf = defineCause<LineShape>({
  id: 'smtp.bare-lf',
  title: both('Lines end with LF only', '改行が LF だけになっています'),
  about: both(
    'In mail each line ends with two signs, CR and LF (RFC 5321 section 2.3.8). Programs that write LF only were tolerated for decades. Since SMTP smuggling became known (2023: a message hidden inside another one), servers refuse them. Typical are scripts that build a message by hand, as with PHP mail() and "\\n".',
    'メールの各行は、CR と LF の 2 文字で終わります（RFC 5321 2.3.8 節）。LF だけの改行は長年許容されてきましたが、1 通の中に別のメールを隠す攻撃（SMTP スマグリング、2023 年）が知られて以降、拒否するサーバーが増えています。PHP の mail() に「\\n」で渡すなど、自前で組み立てたメールで起こります。',
  ),
  explain: (evidence, subject) => linesRefused('smtp.bare-lf', evidence, subject),
  owner: 'crm-admin',
  because: (detail) =>
    because(
      detail,
      both(
        'The server refuses a message because its lines end with LF in place of CRLF.',
        'メールの改行が CRLF ではなく LF のため、サーバーに拒否されています。',
      ),
    ),
  steps: () => [
    both(
      'Update the mail library of the CRM (PHPMailer, Symfony Mailer …); current ones write CRLF.',
      'CRM のメールライブラリ（PHPMailer、Symfony Mailer など）を更新します。現行版は CRLF で送信します。',
    ),
    both(
      'In scripts and templates of your own write "\\r\\n" for "\\n" in headers and body, and send over SMTP in place of mail().',
      '独自のスクリプトやテンプレートでは、ヘッダーと本文の「\\n」を「\\r\\n」に変更し、mail() ではなく SMTP で送信します。',
    ),
    both(
      'On your own Postfix 3.9 the setting smtpd_forbid_bare_newline = normalize mends such lines in place of refusing them.',
      '自社の Postfix 3.9 では、smtpd_forbid_bare_newline = normalize にすると、拒否せずに改行を補正します。',
    ),
    both('Send the same message from the CRM again.', 'CRM から同じメールをもう一度送信します。'),
  ],
});
