import { defineCause } from '../../src/model/cause.ts';
import type { Alteration } from '../../src/model/trip-facts.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { changeText, sorted } from './trip-words.ts';

interface BodyAltered {
  readonly address: string;
  readonly changed: readonly Alteration[];
  /** A signature was there, and the body is not the one that was signed. */
  readonly breaksDkim: boolean;
  readonly lastHop: string;
}

const titleOnly = (changed: readonly Alteration[]): boolean => changed.every(({ part }) => part === 'subject');

export const bodyAltered = defineCause<BodyAltered>({
  id: 'deliver.body-altered',
  title: both('A server changes the text of mail on its way', 'メールの内容が途中のサーバーで書き換えられています'),
  about: both(
    'Footers, disclaimers, spam tags in the subject and rewritten links are added by gateways after the CRM has sent its message. A signature of the sender (DKIM, which covers the body) that was made before does not match any more, so that receivers trust the message less, and the reference that a CRM puts into the text or subject can be lost.',
    'フッター、免責文、件名への迷惑メール表示、リンクの書き換えなどは、CRM の送信後にゲートウェイが加えるものです。その前に付けられた送信者の署名（本文を対象とする DKIM）は一致しなくなり、受信側での信頼が下がります。CRM が件名や本文に入れた識別子が失われることもあります。',
  ),
  explain: (evidence, subject) => {
    const found = evidence.fact(mailRoundTrip)?.found;
    const { changed, damaged } = sorted(found?.altered ?? []);
    if (!found || changed.length === 0) return [];
    const broken = (found.dkim ?? []).filter(({ bodyHash }) => bodyHash === 'mismatch');
    return [
      {
        detail: {
          address: subject.address,
          changed,
          breaksDkim: broken.length > 0,
          lastHop: found.hops.at(-1)?.by ?? '',
        },
        severity: 'warning',
        confidence: broken.length > 0 ? 0.98 : 0.93,
        affects: [subject.address],
        evidence: [
          ...changed.map((one) => ({ check: mailRoundTrip, says: changeText(one) })),
          ...broken.slice(0, 3).map(({ domain, selector }) => ({
            check: mailRoundTrip,
            says: both(
              `the DKIM signature of ${domain} (${selector}) covers another body`,
              `${domain}（${selector}）の DKIM 署名は、届いた本文と一致しません`,
            ),
          })),
        ],
        ruledOut:
          damaged.length === 0
            ? [
                {
                  cause: 'deliver.charset-broken',
                  check: mailRoundTrip,
                  says: both('the Japanese letters arrived whole', '日本語の文字は壊れていません'),
                },
              ]
            : [],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ address, changed, breaksDkim, lastHop }) => {
    const hop =
      lastHop === ''
        ? both('', '')
        : both(` The last server on the way was ${lastHop}.`, `最後に経由したサーバーは ${lastHop} です。`);
    const dkim = breaksDkim
      ? both(' It breaks the DKIM signature.', 'このため DKIM 署名が一致しなくなっています。')
      : both('', '');
    return both(
      `A test message of ${address} to itself did not arrive as it was sent: ${changed.map((one) => changeText(one).en).join('; ')}.${dkim.en}${hop.en}`,
      `${address} から自分宛てのテストメールが、送信した内容のまま届いていません。${changed.map((one) => changeText(one).ja).join('。')}。${dkim.ja}${hop.ja}`,
    );
  },
  steps: ({ changed, breaksDkim }) => [
    titleOnly(changed)
      ? both(
          'Find the filter that tags the subject (spam or "external" tag), and except mail between the own systems.',
          '件名に表示を付けるフィルター（迷惑メールや「外部」の表示）を探し、自社システム間のメールを対象から外します。',
        )
      : both(
          'Find the gateway that adds it (transport rule, disclaimer, virus scanner, mailing list), and except the mail of the CRM.',
          '書き換えているゲートウェイ（トランスポート ルール、免責文、ウイルス検査、メーリングリスト）を探し、CRM のメールを対象から外します。',
        ),
    breaksDkim
      ? both(
          'Sign with DKIM after the change, at the last server that leaves your network.',
          'DKIM 署名は、書き換えのあと、社外に出る最後のサーバーで付けます。',
        )
      : both(
          'See that DKIM signs after the change and not before.',
          'DKIM 署名が、書き換えより後に付けられていることを確認します。',
        ),
    both(
      'Repeat the round trip; it compares every part again (crm-doctor mail --send).',
      '往復テストをもう一度行い、内容が一致することを確認します（crm-doctor mail --send）。',
    ),
  ],
});
