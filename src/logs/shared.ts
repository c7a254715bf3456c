import type { Text } from '../model/text.ts';

/** Another cause that writes the same text, and what tells it apart where that can be said in a word. */
export interface LookAlike {
  readonly cause: string;
  readonly when?: Text;
}

interface Shared {
  readonly match: RegExp;
  readonly cause: string;
  readonly instead: readonly LookAlike[];
}

const only = (...causes: readonly string[]): readonly LookAlike[] => causes.map((cause) => ({ cause }));

/** Texts that several causes share: the pattern names the first, the check decides. */
const sharedTexts: readonly Shared[] = [
  {
    match: /SELF_SIGNED_CERT_IN_CHAIN|self-signed certificate in certificate chain/i,
    cause: 'tls.unknown-issuer',
    instead: only('tls.intercepted', 'tls.trust-store-missing'),
  },
  {
    match: /CERT_HAS_EXPIRED|certificate has expired/i,
    cause: 'tls.certificate-expired',
    instead: [
      {
        cause: 'tls.trust-store-outdated',
        when: {
          en: 'the expired certificate is not the server’s own',
          ja: '期限が切れているのがサーバー証明書そのものでない場合',
        },
      },
      { cause: 'clock.skewed', when: { en: 'many hosts fail at once', ja: '多くのサーバーで同時に起きる場合' } },
    ],
  },
  { match: /CERT_NOT_YET_VALID|not yet valid/i, cause: 'tls.certificate-not-yet-valid', instead: only('clock.skewed') },
  {
    match: /INVALID_PURPOSE|unsuitable certificate purpose/i,
    cause: 'tls.wrong-eku',
    instead: [
      {
        cause: 'tls.client-certificate-purpose',
        when: { en: 'the server says it of the client', ja: 'サーバーがクライアント証明書について述べている場合' },
      },
    ],
  },
  {
    match: /alert handshake failure|HANDSHAKE_FAILURE/i,
    cause: 'tls.no-common-cipher',
    instead: [
      {
        cause: 'tls.client-certificate-required',
        when: { en: 'the server asks for a client certificate', ja: 'サーバーがクライアント証明書を求めている場合' },
      },
    ],
  },
  {
    match: /before secure TLS connection was established/i,
    cause: 'tls.handshake-dropped',
    instead: [
      {
        cause: 'tls.sni-rejected',
        when: { en: 'another name of the server works', ja: 'サーバーの別の名前ではつながる場合' },
      },
    ],
  },
  {
    match: /unsupported protocol|alert protocol version/i,
    cause: 'tls.protocol-too-old',
    instead: [
      {
        cause: 'version.incompatible',
        when: { en: 'the CRM’s runtime is the old side', ja: '古いのが CRM 側の実行環境である場合' },
      },
    ],
  },
  {
    match: /Connection closed unexpectedly/i,
    cause: 'net.closed-before-greeting',
    instead: [
      { cause: 'net.idle-nat-timeout' },
      {
        cause: 'net.dropped-mid-session',
        when: { en: 'it breaks after the greeting', ja: '最初の応答のあとで切れる場合' },
      },
    ],
  },
  {
    match: /5\.7\.8 Username and Password not accepted|Invalid credentials \(Failure\)/i,
    cause: 'auth.wrong-credentials',
    instead: [
      {
        cause: 'auth.app-password-required',
        when: { en: 'webmail takes the password', ja: 'Web メールには同じパスワードで入れる場合' },
      },
      { cause: 'auth.basic-disabled' },
    ],
  },
  {
    match:
      /535 5\.7\.8 .*authentication failed|SASL \w+ authentication failed|auth failed, \d+ attempts|AUTHENTICATIONFAILED\] Authentication failed/i,
    cause: 'auth.wrong-credentials',
    instead: [
      {
        cause: 'auth.protocol-disabled',
        when: { en: 'it fails on one protocol only', ja: '1 つのプロトコルだけで失敗する場合' },
      },
      { cause: 'config.username-form' },
    ],
  },
  {
    match: /NO LOGIN failed\./i,
    cause: 'auth.basic-disabled',
    instead: [
      {
        cause: 'auth.wrong-credentials',
        when: { en: 'the Exchange server is your own', ja: '自社運用の Exchange の場合' },
      },
      { cause: 'auth.protocol-disabled' },
    ],
  },
  {
    match: /NO AUTHENTICATE failed\./i,
    cause: 'auth.oauth-scope',
    instead: only(
      'auth.oauth-token-expired',
      'auth.oauth-wrong-user',
      'auth.oauth-app-permission',
      'auth.protocol-disabled',
    ),
  },
  { match: /-ERR Logon failure/i, cause: 'auth.wrong-credentials', instead: only('auth.protocol-disabled') },
  {
    match: /535:? 5\.7\.3 Authentication unsuccessful/i,
    cause: 'auth.wrong-credentials',
    instead: only('auth.smtp-disabled', 'auth.oauth-token-expired', 'auth.oauth-scope', 'auth.oauth-app-permission'),
  },
  {
    match: /\binvalid_grant\b/i,
    cause: 'auth.oauth-refresh-revoked',
    instead: [
      { cause: 'clock.skewed', when: { en: '`iat` or `exp` is named', ja: '`iat` や `exp` に触れている場合' } },
    ],
  },
  {
    match: /Too many auth attempts/i,
    cause: 'auth.too-many-attempts',
    instead: [{ cause: 'auth.oauth-refresh-revoked', when: { en: 'in Nextcloud Mail', ja: 'Nextcloud Mail の場合' } }],
  },
  {
    match: /User is authenticated but not connected/i,
    cause: 'mailbox.access-denied',
    instead: only('auth.oauth-scope', 'auth.oauth-app-permission', 'auth.oauth-wrong-user'),
  },
  {
    match: /Client host rejected: Access denied/i,
    cause: 'smtp.client-refused',
    instead: [
      { cause: 'auth.missing', when: { en: 'accepted after a login', ja: 'ログインすれば受け付けられる場合' } },
    ],
  },
  {
    match: /Relay access denied|relay not permitted|allowed rcpthosts/i,
    cause: 'smtp.relay-denied',
    instead: [
      { cause: 'auth.missing', when: { en: 'the login was never sent', ja: 'ログインを行っていない場合' } },
      { cause: 'auth.pop-before-smtp' },
    ],
  },
  { match: /Sender address rejected: not logged in/i, cause: 'auth.missing', instead: only('smtp.sender-not-owned') },
  {
    match: /501 5\.1\.7 Bad sender address syntax/i,
    cause: 'smtp.sender-refused',
    instead: [
      {
        cause: 'config.sender-malformed',
        when: { en: 'the From itself is broken', ja: '差出人アドレスそのものが壊れている場合' },
      },
    ],
  },
  {
    match: /550[- ]5\.1\.1\b/,
    cause: 'smtp.recipient-refused',
    instead: [
      {
        cause: 'mailbox.not-provisioned',
        when: { en: 'it is the CRM’s own mailbox', ja: 'CRM 自身のメールボックスの場合' },
      },
    ],
  },
  {
    match: /452[- ]4\.2\.2/,
    cause: 'quota.exceeded',
    instead: [
      { cause: 'quota.plan-full', when: { en: 'two mailboxes both say it', ja: '複数のメールボックスで起きる場合' } },
    ],
  },
  {
    match: /5\.7\.26/,
    cause: 'smtp.content-refused',
    instead: only(
      'policy.spf-not-listed',
      'policy.dkim-not-signed',
      'policy.dmarc-unaligned',
      'policy.bulk-sender-rules',
    ),
  },
  {
    match: /too many (?:concurrent )?(?:SMTP )?connections/i,
    cause: 'smtp.service-unavailable',
    instead: only('smtp.rate-limited'),
  },
  {
    match: /Mailbox (?:doesn't|does not) exist/i,
    cause: 'imap.folder-missing',
    instead: [
      {
        cause: 'imap.folder-name-encoding',
        when: { en: 'the encoded name can be opened', ja: '符号化した名前なら開ける場合' },
      },
    ],
  },
  {
    match: /Could not store sent email/i,
    cause: 'imap.special-use-missing',
    instead: only('deliver.sent-copy', 'quota.append-limit'),
  },
  {
    match: /could not get an IMAP connection resource/i,
    cause: 'crm.test-passes-job-fails',
    instead: only('crm.job-stopped'),
  },
  {
    match: /direct write to catchall, bounce/i,
    cause: 'crm.routing-no-match',
    instead: only('crm.alias-domain-missing'),
  },
  { match: /Host not found, try again/i, cause: 'dns.resolver-unreachable', instead: only('dns.server-failure') },
];

/** Other causes that the same words may come from. */
export const lookAlikesOf = (text: string, cause: string): readonly LookAlike[] =>
  sharedTexts.find((shared) => shared.cause === cause && shared.match.test(text))?.instead ?? [];
