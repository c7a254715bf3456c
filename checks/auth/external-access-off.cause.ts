import { defineCause } from '../../src/model/cause.ts';
import type { Refused } from './refusals.ts';
import { saysSo } from './refusals.ts';
import { both, placesText } from './words.ts';

export const externalAccessOff = defineCause<Refused>({
  id: 'auth.external-access-off',
  title: both('Access by other mail programs is switched off', '外部のメールソフトからのアクセスが無効です'),
  about: both(
    'Some providers, free-mail services above all, have one switch for all mail programs other than their own webmail. While it is off, IMAP, POP3 and SMTP refuse every login, and the webmail goes on working.',
    'フリーメールなど一部の提供元には、Web メール以外のメールソフトをまとめて許可・禁止するスイッチがあります。無効の間は、Web メールは使えても、IMAP・POP3・SMTP のログインはすべて拒否されます。',
  ),
  explain: (evidence, subject) => saysSo('auth.external-access-off', evidence, subject),
  owner: 'user',
  because: ({ username, places, says }) => {
    const where = placesText(places);
    return both(
      `${where.en} does not let other mail programs into the account ${username}. The server says "${says}".`,
      `${where.ja} では、アカウント ${username} への外部メールソフトからのアクセスが許可されていません。サーバーの応答は「${says}」です。`,
    );
  },
  steps: ({ username, provider }) => [
    provider === 'yahoo-japan'
      ? both(
          'In Yahoo! JAPAN Mail open Settings > IMAP/POP/SMTP access and choose to allow access from other mail programs.',
          'Yahoo!メールの［設定・利用規約］>［IMAP/POP/SMTPアクセスとメール転送］で、外部からのアクセスを有効にします。',
        )
      : both(
          `Log in to the webmail as ${username}, find "external mail programs" or "IMAP/POP/SMTP" in its settings, and allow it.`,
          `Web メールに ${username} でログインし、設定の「外部メールソフト」または「IMAP/POP/SMTP」の項目で許可します。`,
        ),
    both('Check again some minutes later.', '数分後に、もう一度検査します。'),
  ],
});
