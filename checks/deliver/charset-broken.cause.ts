import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import type { Alteration } from '../../src/model/trip-facts.ts';
import { both } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { changeText, sorted } from './trip-words.ts';

interface CharsetBroken {
  readonly address: string;
  readonly damaged: readonly Alteration[];
  readonly lastHop: string;
}

/** What mends each kind of damage, at the program that does it. */
const remedy = ({ change }: Alteration): Text | undefined => {
  switch (change.kind) {
    case 'eight-bit-stripped':
      return both(
        'Find the server or filter on the way that passes 7 bits only (it does not offer 8BITMIME after EHLO), and update it or take it out of the way.',
        '7 ビットしか通さないサーバーまたはフィルター（EHLO の応答に 8BITMIME がないもの）を経路から探し、更新するか経路から外します。',
      );
    case 'escapes-lost':
      return both(
        'Find the filter that removes control characters (an antivirus gateway, a log or archive program), and let it pass the sign ESC (0x1B).',
        '制御文字を取り除くフィルター（ウイルス検査、アーカイブなど）を探し、エスケープ文字 (0x1B) を残す設定にします。',
      );
    case 'relabelled':
      return both(
        'Find the gateway that sets the charset of each message to a fixed one (often a footer or disclaimer), and let it keep the charset of the message.',
        'すべてのメールの文字コード表示を固定値に書き換えるゲートウェイ（フッターや免責文の付加など）を探し、元の表示を残す設定にします。',
      );
    case 'double-encoded':
    case 'replaced':
      return both(
        'Find the program that converts the text (a disclaimer, a mailing list, an archive), and set its charset to UTF-8 for reading and writing.',
        '本文を変換しているプログラム（免責文の付加、メーリングリスト、アーカイブなど）を探し、読み書きの文字コードを UTF-8 に設定します。',
      );
    default:
      return undefined;
  }
};

const subjectOnly = (damaged: readonly Alteration[]): boolean => damaged.every(({ part }) => part === 'subject');

/** A run of an older version tells only which text was changed. */
const guessed = (subjectIntact: boolean, bodyIntact: boolean): readonly Alteration[] => [
  ...(subjectIntact ? [] : [{ part: 'subject' as const, change: { kind: 'other' as const, reads: '?' } }]),
  ...(bodyIntact ? [] : [{ part: 'utf-8' as const, change: { kind: 'other' as const, reads: '?' } }]),
];

export const charsetBroken = defineCause<CharsetBroken>({
  id: 'deliver.charset-broken',
  title: both('Text is changed on the way', '件名または本文が途中で変化しています（文字化け）'),
  about: both(
    'Letters outside ASCII travel as bytes with a label, the charset (UTF-8, ISO-2022-JP), and an encoding for the way. A server or filter that removes the label, guesses it anew or cuts the text makes it unreadable (mojibake). crm-doctor sends Japanese in four ways and compares what arrives, so that the kind of damage shows.',
    '日本語などの文字は、文字コード（UTF-8、ISO-2022-JP など）の表示を付け、配送用に符号化して送られます。途中のサーバーやフィルターが表示を消したり、推測し直したり、文を切り詰めたりすると文字化けします。crm-doctor は日本語を 4 通りの形で送り、届いた内容と比べて壊れ方を特定します。',
  ),
  explain: (evidence, subject) => {
    const found = evidence.fact(mailRoundTrip)?.found;
    if (!found) return [];
    const { damaged, changed } = sorted(found.altered ?? guessed(found.subjectIntact, found.bodyIntact));
    if (damaged.length === 0) return [];
    const named = damaged.filter(({ change }) => change.kind !== 'other');
    const unsure = damaged.some(({ part }) => part === 'subject') ? 0.85 : 0.55;
    return [
      {
        detail: { address: subject.address, damaged, lastHop: found.hops.at(-1)?.by ?? '' },
        severity: 'warning',
        // A footer added on the way changes the text as well; a changed subject is a surer sign.
        confidence: named.length > 0 ? 0.95 : unsure,
        affects: [subject.address],
        evidence: damaged.map((one) => ({ check: mailRoundTrip, says: changeText(one) })),
        ruledOut:
          named.length > 0 && changed.length === 0
            ? [
                {
                  cause: 'deliver.body-altered',
                  check: mailRoundTrip,
                  says: both(
                    'nothing was added or rewritten, only the letters are broken',
                    '追記や書き換えはなく、文字だけが壊れています',
                  ),
                },
              ]
            : [],
      },
    ];
  },
  owner: 'mail-admin',
  because: ({ address, damaged, lastHop }) => {
    const hop =
      lastHop === ''
        ? both('', '')
        : both(` The last server on the way was ${lastHop}.`, `最後に経由したサーバーは ${lastHop} です。`);
    const unknown = damaged.every(({ change }) => change.kind === 'other' && change.reads === '?');
    const what = subjectOnly(damaged)
      ? both('subject', '件名')
      : damaged.some(({ part }) => part === 'subject')
        ? both('subject and text', '件名と本文')
        : both('text', '本文');
    const how = unknown
      ? both('', '')
      : both(
          `: ${damaged.map((one) => changeText(one).en).join('; ')}`,
          `（${damaged.map((one) => changeText(one).ja).join('。')}）`,
        );
    return both(
      `A Japanese test message of ${address} to itself arrived with a changed ${what.en}${how.en}. Japanese mail that the CRM sends in this form becomes unreadable in the same way.${hop.en}`,
      `${address} から自分宛てに送った日本語のテストメールの${what.ja}が、届いた時点で変化していました${how.ja}。CRM から同じ形式で送る日本語のメールも、同じように文字化けします。${hop.ja}`,
    );
  },
  steps: ({ damaged }) => [
    ...new Map(damaged.flatMap((one) => remedy(one) ?? []).map((text) => [text.en, text])).values(),
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
