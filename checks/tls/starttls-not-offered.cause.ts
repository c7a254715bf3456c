import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { changeWords } from '../config/door-changes.ts';
import { doorCandidates, doorsWork } from '../net/other-doors.ts';
import { alteredWord, greetingLine, startTlsWord } from './starttls.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** What the server did list. */
  readonly listed: readonly string[];
}

export const startTlsNotOffered = defineCause<Detail>({
  id: 'tls.starttls-not-offered',
  title: both(
    'The server does not offer encryption on this port',
    'サーバーがこのポートで暗号化 (STARTTLS) に対応していません',
  ),
  about: both(
    'STARTTLS is the command by which a connection that began in clear text is switched over to encryption; a server that can do so lists it among its capabilities. This one does not, so no password is sent to it. The mail server has no certificate configured, or encryption was switched off on this port.',
    'STARTTLS は、暗号化なしで始めた通信を途中から暗号化に切り替える命令です。対応しているサーバーは、機能の一覧でそのことを示します。このサーバーの一覧には STARTTLS がないため、パスワードを安全に送れません。メールサーバーに証明書が設定されていないか、このポートで暗号化が無効になっています。',
  ),
  owner: 'mail-admin',
  unless: ['config.malformed-value', 'config.security-mismatch', 'config.protocol-mismatch', 'tls.starttls-stripped'],
  explain: (evidence, subject) =>
    tlsViews(evidence, subject).flatMap((view) => {
      const { fact, service, check } = view;
      const { word, list } = startTlsWord[service.protocol];
      const { handshake } = fact;
      // TLS was asked for at once and clear text came; that STARTTLS does not help either, the trial of
      // config.security-mismatch has shown: else that would be named.
      const inClear =
        service.security === 'tls' && handshake?.kind === 'plain' && handshake.speaks === service.protocol;
      // A server that refuses the question has listed nothing.
      const notListed =
        fact.hello === undefined &&
        fact.startTls?.kind === 'not-offered' &&
        alteredWord(view, greetingLine(evidence, view)) === undefined;
      if (!inClear && !notListed) return [];
      const says = inClear
        ? both(
            `the port starts in clear text: "${handshake.line}"`,
            `このポートは暗号化なしで始まります:「${handshake.line}」`,
          )
        : both(`${word} is not in the answer to ${list}`, `${list} の応答に ${word} がありません`);
      return [
        findingOf(
          [view],
          { places: tlsPlaces([view]), listed: fact.before.slice(0, 12) },
          {
            severity: () => 'critical',
            confidence: inClear ? 0.75 : 0.93,
            says: () => says,
            ruledOut: inClear
              ? []
              : [
                  {
                    cause: 'tls.starttls-stripped',
                    check,
                    says: both(
                      'the list shows no sign of having been altered on the way',
                      '応答の一覧に、途中で書き換えられた形跡はありません',
                    ),
                  },
                ],
          },
        ),
      ];
    }),
  candidates: doorCandidates,
  works: doorsWork,
  because: ({ places, listed }, change) => {
    const where = placesText(places);
    const { word } = startTlsWord[firstOf(places).protocol];
    const said =
      listed.length > 0
        ? both(` It lists: ${listed.join(', ')}.`, `サーバーの一覧: ${listed.join('、')}。`)
        : both('', '');
    const way =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} an encrypted connection stands.`,
            `${changeWords(change)} に変更すると、暗号化された接続が確立することを確認しました。`,
          )
        : both(
            ' None of its other standard ports offered a way either.',
            'ほかの標準ポートでも、暗号化された接続はできませんでした。',
          );
    return both(
      `The server at ${where.en} does not offer ${word}, but the settings want encryption.${said.en}${way.en}`,
      `${where.ja} のサーバーは ${word} に対応していませんが、設定では暗号化が必要です。${said.ja}${way.ja}`,
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
        `On ${first.host}: switch TLS on (Postfix: smtpd_tls_security_level = may with smtpd_tls_chain_files, Dovecot: ssl = required with ssl_cert and ssl_key).`,
        `${first.host} で TLS を有効にします（Postfix は smtpd_tls_security_level = may と smtpd_tls_chain_files、Dovecot は ssl = required と ssl_cert、ssl_key）。`,
      ),
      both(
        'Do not set security: none instead; the password would cross the network in the clear.',
        'security: none（暗号化なし）にする対処は、パスワードが暗号化されずに流れるため行わないでください。',
      ),
      both(
        `Verify: ${inspect({ ...first, security: 'starttls' })}.`,
        `確認: ${inspect({ ...first, security: 'starttls' })} を実行し、証明書が表示されることを確認します。`,
      ),
    ];
  },
});
