import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { doorCandidates, doorsWork } from '../net/other-doors.ts';
import { alteredWord, greetingLine, startTlsWord } from './starttls.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly altered: string;
}

export const startTlsStripped = defineCause<Detail>({
  id: 'tls.starttls-stripped',
  title: both(
    'A device on the way removes the offer of encryption',
    '途中の機器が、暗号化の案内 (STARTTLS) を書き換えています',
  ),
  about: both(
    'A server announces with the word STARTTLS that the connection can be encrypted. Something between CRM and server overwrites this word (for example with XXXXXXXA), so that everything stays readable for it: old firewalls with "SMTP inspection" do so, some public Wi-Fi networks, and attackers. No password is sent over such a connection.',
    'サーバーは STARTTLS という語で、通信を暗号化できることを知らせます。CRM とサーバーの間の何かが、この語を別の文字（XXXXXXXA など）に書き換え、通信を読める状態のままにしています。「SMTP 検査」機能を持つ古いファイアウォール、一部の公衆 Wi-Fi、または攻撃者によるものです。この状態では、パスワードを送信しません。',
  ),
  owner: 'network-admin',
  unless: ['config.malformed-value'],
  explain: (evidence, subject) =>
    tlsViews(evidence, subject).flatMap((view) => {
      const altered = alteredWord(view, greetingLine(evidence, view));
      if (altered === undefined) return [];
      const { word } = startTlsWord[view.service.protocol];
      return [
        findingOf(
          [view],
          { places: tlsPlaces([view]), altered },
          {
            severity: () => 'critical',
            confidence:
              view.fact.startTls?.kind === 'not-offered' && view.fact.startTls.altered !== undefined ? 0.95 : 0.85,
            says: () =>
              both(`"${altered}" stands where ${word} belongs`, `${word} があるべき位置に「${altered}」があります`),
            ruledOut: [
              {
                cause: 'tls.starttls-not-offered',
                check: view.check,
                says: both(
                  'the answer was altered on its way; no mail server writes so itself',
                  '応答が途中で書き換えられています。メールサーバー自身がこのように書くことはありません',
                ),
              },
            ],
          },
        ),
      ];
    }),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ places, altered }, change) => {
    const where = placesText(places);
    const { word } = startTlsWord[firstOf(places).protocol];
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} the device is avoided and an encrypted connection stands.`,
            `${changeWords(change)} に変更すると、この機器の影響を受けず、暗号化された接続が確立することを確認しました。`,
          )
        : both('', '');
    return both(
      `In the answer of ${where.en} stands "${altered}" in place of ${word}: a device between this network and the server alters the traffic and so prevents encryption.${way.en}`,
      `${where.ja} の応答で、${word} の代わりに「${altered}」が届きました。このネットワークとサーバーの間の機器が通信を書き換え、暗号化を妨げています。${way.ja}`,
    );
  },
  steps: ({ places }, change) => {
    const first = firstOf(places);
    return [
      ...(change.length > 0
        ? [
            both(
              `Set ${changeWords(change)}, here and in the CRM.`,
              `この設定ファイルと CRM の両方で、${changeWords(change)} に変更します。`,
            ),
          ]
        : []),
      both(
        'Switch off the inspection of SMTP on the firewall (Cisco ASA and PIX: no inspect esmtp, no fixup protocol smtp).',
        'ファイアウォールの SMTP 検査機能を無効にします（Cisco ASA、PIX では no inspect esmtp、no fixup protocol smtp）。',
      ),
      both(
        `Compare from another network: ${inspect({ ...first, security: 'starttls' })}. Where it works there, the device is on this side.`,
        `別のネットワークから比べます: ${inspect({ ...first, security: 'starttls' })}。そこで成功する場合は、手元のネットワークの機器が原因です。`,
      ),
    ];
  },
});
