import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { because, type LineShape, linesRefused } from './line-shape.ts';

export const lineTooLong = defineCause<LineShape>({
  id: 'smtp.line-too-long',
  title: both('A line of the message is too long', 'メールの 1 行が長すぎます'),
  about: both(
    'A line of a message may have 998 octets (RFC 5322 section 2.1.1). HTML templates without line breaks and long lists of recipients or references in a header exceed it. Some servers refuse such a message, others break the line, which damages it. The encodings base64 and quoted-printable keep lines short.',
    'メールの 1 行は 998 バイトまでです（RFC 5322 2.1.1 節）。改行のない HTML テンプレートや、ヘッダー内の長い宛先・References で超えることがあります。拒否するサーバーも、途中で改行して内容を壊すサーバーもあります。base64 や quoted-printable で符号化すると、各行は短くなります。',
  ),
  explain: (evidence, subject) => linesRefused('smtp.line-too-long', evidence, subject),
  owner: 'crm-admin',
  because: (detail) =>
    because(
      detail,
      both(
        'The server refuses a message because one of its lines is longer than 998 octets.',
        'メールの 1 行が 998 バイトを超えているため、サーバーに拒否されています。',
      ),
    ),
  steps: () => [
    both(
      'Let the CRM encode the body as quoted-printable or base64 (PHPMailer: $mail->Encoding = "quoted-printable").',
      'CRM の本文の符号化を quoted-printable または base64 にします（PHPMailer では $mail->Encoding = "quoted-printable"）。',
    ),
    both(
      'Break long lines in the HTML template, and fold long header lines.',
      'HTML テンプレートの長い行に改行を入れ、長いヘッダー行は折り返します。',
    ),
    both('Send the same message from the CRM again.', 'CRM から同じメールをもう一度送信します。'),
  ],
});
