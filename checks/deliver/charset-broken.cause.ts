import { defineCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface CharsetBroken {
  readonly address: string;
  readonly subjectBroken: boolean;
  readonly bodyBroken: boolean;
  readonly lastHop: string;
}

const partsOf = ({ subjectBroken, bodyBroken }: CharsetBroken) =>
  subjectBroken && bodyBroken
    ? both('subject and text', '件名と本文')
    : subjectBroken
      ? both('subject', '件名')
      : both('text', '本文');

export const charsetBroken = defineCause<CharsetBroken>({
  id: 'deliver.charset-broken',
  title: both('Text is changed on the way', '件名または本文が途中で変化しています（文字化け）'),
  about: both(
    'Letters outside ASCII travel as bytes with a label, the charset (UTF-8, ISO-2022-JP), and an encoding for the way. A server or filter that removes the label, guesses it anew or cuts the text makes it unreadable (mojibake). crm-doctor sends a Japanese subject and text and compares what arrives.',
    '日本語などの文字は、文字コード（UTF-8、ISO-2022-JP など）の表示を付け、配送用に符号化して送られます。途中のサーバーやフィルターが表示を消したり、推測し直したり、文を切り詰めたりすると文字化けします。crm-doctor は日本語の件名と本文を送り、届いた内容と比べています。',
  ),
  explain: (evidence, subject) => {
    const found = evidence.fact(mailRoundTrip)?.found;
    if (!found || (found.subjectIntact && found.bodyIntact)) return [];
    const detail: CharsetBroken = {
      address: subject.address,
      subjectBroken: !found.subjectIntact,
      bodyBroken: !found.bodyIntact,
      lastHop: found.hops.at(-1)?.by ?? '',
    };
    const parts = partsOf(detail);
    return [
      {
        detail,
        severity: 'warning',
        // A footer added on the way changes the text as well; a changed subject is a surer sign.
        confidence: detail.subjectBroken ? 0.85 : 0.55,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(`${parts.en} arrived otherwise than sent`, `${parts.ja}が、送信した内容と異なっています`),
          },
        ],
      },
    ];
  },
  owner: 'mail-admin',
  because: (detail) => {
    const parts = partsOf(detail);
    const hop =
      detail.lastHop === ''
        ? both('', '')
        : both(
            ` The last server on the way was ${detail.lastHop}.`,
            `最後に経由したサーバーは ${detail.lastHop} です。`,
          );
    return both(
      `A Japanese test message of ${detail.address} to itself arrived with a changed ${parts.en}.${hop.en}`,
      `${detail.address} から自分宛てに送った日本語のテストメールの${parts.ja}が、届いた時点で変化していました。${hop.ja}`,
    );
  },
  steps: () => [
    both(
      'Look for programs that change mail on the way (footers, virus scanners, mailing lists), and switch them off for a test.',
      '途中でメールを書き換えるもの（フッターの付加、ウイルス検査、メーリングリスト）を調べ、試験的に無効にします。',
    ),
    both(
      'Let the CRM send UTF-8 with quoted-printable or base64, which older servers pass unchanged.',
      'CRM の送信設定を、UTF-8 と quoted-printable または base64 にします。古いサーバーでも変化しません。',
    ),
    both('Repeat the round trip (crm-doctor mail --send).', '往復テストをもう一度行います（crm-doctor mail --send）。'),
  ],
});
