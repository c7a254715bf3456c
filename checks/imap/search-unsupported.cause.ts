import { defineCause } from '../../src/model/cause.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { both, saidBy } from '../auth/words.ts';
import { imapAuth } from '../mail/imap-auth.check.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface SearchUnsupported {
  readonly host: string;
  readonly says: string;
}

export const searchUnsupported = defineCause<SearchUnsupported>({
  id: 'imap.search-unsupported',
  title: both('The server refuses searches for Japanese text', '日本語での検索をサーバーが拒否します'),
  about: both(
    'A CRM finds messages on the server with the command SEARCH, and names the charset of what it looks for. A server may know US-ASCII only and answers BADCHARSET then (RFC 3501 section 6.4.4). Exchange is one of them. A CRM that always searches in UTF-8 stops with "IMAP search error" and imports nothing.',
    'CRM は SEARCH コマンドで、検索語の文字コードを指定してメールを探します。サーバーによっては US-ASCII にしか対応せず、BADCHARSET を返します（RFC 3501 6.4.4 節）。Exchange もその 1 つです。常に UTF-8 で検索する CRM は「IMAP search error」で止まり、何も取り込めません。',
  ),
  explain: (evidence, subject) => {
    const { imap } = subject.services;
    const step = evidence.fact(mailRoundTrip)?.utf8Search;
    if (!imap || step?.kind !== 'refused') return [];
    const coded = step.reply.tag === 'BADCHARSET';
    return [
      {
        detail: { host: imap.host, says: saidBy(step.reply) },
        // Many CRMs never search by words.
        severity: 'info',
        confidence: coded ? 0.95 : 0.8,
        affects: [targetOf(imap)],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `answer to a search for a Japanese subject in UTF-8: "${saidBy(step.reply)}"`,
              `日本語の件名を UTF-8 で検索した応答:「${saidBy(step.reply)}」`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'imap.folder-missing',
            check: imapAuth,
            says: both('the folder itself can be opened', 'フォルダーは開けます'),
          },
        ],
      },
    ];
  },
  owner: 'crm-admin',
  because: ({ host, says }) =>
    both(
      `${host} answered a search for Japanese words with "${says}". A CRM that searches in UTF-8 fails there.`,
      `${host} は、日本語の検索に「${says}」と応答しました。UTF-8 で検索する CRM は、ここで失敗します。`,
    ),
  steps: () => [
    both(
      'If the CRM imports mail, nothing has to be done: it does not search by words.',
      'CRM がメールを取り込めている場合、対応は不要です（文字での検索を使っていません）。',
    ),
    both(
      'Otherwise switch its search to US-ASCII or to UNSEEN and UID (SuiteCRM and FreeScout have a setting for the search charset).',
      '取り込めない場合は、検索を US-ASCII、または UNSEEN と UID によるものに切り替えます（SuiteCRM と FreeScout には検索の文字コード設定があります）。',
    ),
  ],
});
