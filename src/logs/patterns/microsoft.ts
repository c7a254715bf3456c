import type { LogPattern } from '../pattern.ts';

/** Exchange, Exchange Online and the token endpoint of Entra ID. The order matters: the first match wins. */
export const microsoftPatterns: readonly LogPattern[] = [
  {
    match: /535:? 5\.7\.139 .*basic authentication is disabled/i,
    cause: 'auth.basic-disabled',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [TYCP286CA0001.JPNP286.PROD.OUTLOOK.COM]',
  },
  {
    match: /SmtpClientAuthentication is disabled for the Tenant/i,
    cause: 'auth.smtp-disabled',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
  },
  {
    match: /SmtpClientAuthentication is disabled for the Mailbox/i,
    cause: 'auth.smtp-disabled',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.',
  },
  {
    match: /535:? 5\.7\.139 .*did not meet the criteria to be authenticated/i,
    cause: 'auth.security-defaults',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
  },
  {
    match: /535:? 5\.7\.3 Authentication unsuccessful/i,
    cause: 'auth.wrong-credentials',
    by: 'Exchange / Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 535 5.7.3 Authentication unsuccessful [TYCP286CA0001.JPNP286.PROD.OUTLOOK.COM]',
  },
  {
    match: /5\.7\.57 .*[Cc]lient (was )?not authenticated to send/i,
    cause: 'auth.missing',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 530 5.7.57 Client not authenticated to send mail. [TYCP286CA0001.JPNP286.PROD.OUTLOOK.COM]',
  },
  {
    match: /(5\.7\.60|5\.7\.1) .*permissions? to send as this sender/i,
    cause: 'smtp.sender-not-owned',
    by: 'Exchange',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.60 SMTP; Client does not have permissions to send as this sender',
  },
  {
    match: /5\.2\.(252|0) .*SendAsDenied/i,
    cause: 'smtp.sender-not-owned',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 554 5.2.252 SendAsDenied; sales@example.jp not allowed to send as info@example.jp; STOREDRV.Submission.Exception:SendAsDeniedException',
  },
  {
    match: /5\.7\.64 TenantAttribution/i,
    cause: 'policy.connector-mismatch',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.64 TenantAttribution; Relay Access Denied [TY1PEPF00000001.apcprd01.prod.exchangelabs.com]',
  },
  {
    match: /5\.1\.8 Access denied, bad outbound sender/i,
    cause: 'policy.sender-restricted',
    by: 'Exchange Online',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.1.8 Access denied, bad outbound sender AS(42004)',
  },
  {
    match: /5\.7\.70[58]|5\.7\.750/i,
    cause: 'policy.tenant-restricted',
    by: 'Exchange Online',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.705 Access denied, tenant has exceeded threshold',
  },
  {
    match: /5\.7\.509 Access denied, sending domain/i,
    cause: 'policy.dmarc-unaligned',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.509 Access denied, sending domain example.jp does not pass DMARC verification and has a DMARC policy of reject.',
  },
  {
    match: /5\.7\.515 Access denied, sending domain/i,
    cause: 'policy.bulk-sender-rules',
    by: 'Outlook.com',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.515 Access denied, sending domain example.jp does not meet the required authentication level.',
  },
  {
    match: /5\.7\.23 .*(Sender Policy Framework|SPF) violation/i,
    cause: 'policy.spf-not-listed',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.23 The message was rejected because of Sender Policy Framework violation',
  },
  {
    match: /5\.7\.25 .*must have a reverse DNS record/i,
    cause: 'dns.ptr-missing',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.25 Service unavailable, sending IPv6 address [2001:db8::1] must have a reverse DNS record',
  },
  {
    match: /5\.7\.506 Access Denied, Bad HELO/i,
    cause: 'smtp.helo-refused',
    by: 'Exchange Online',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.506 Access Denied, Bad HELO',
  },
  {
    match: /5\.6\.11 Invalid characters/i,
    cause: 'smtp.bare-lf',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.6.11 Invalid characters. Your message contains bare line feeds',
  },
  {
    match: /5\.2\.2 Submission quota exceeded|submission quota was exceeded/i,
    cause: 'smtp.rate-limited',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 554 5.2.2 Submission quota exceeded; the recipient rate limit of this mailbox was reached',
  },
  {
    match: /5\.7\.(124|133|134|136)/i,
    cause: 'mailbox.restricted-senders',
    by: 'Exchange Online',
    sample:
      '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required',
  },
  {
    match: /5\.7\.6(0[6-9]|[1-4]\d) Access denied, banned sending IP/i,
    cause: 'smtp.blocklisted',
    by: 'Exchange Online',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.606 Access denied, banned sending IP [203.0.113.7]',
  },
  {
    match: /[45]\.7\.500.*Access denied, please try again later/i,
    cause: 'policy.ip-reputation',
    by: 'Exchange Online',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 451 4.7.500 Server busy. Access denied, please try again later',
  },
  {
    match: /4\.4\.316 Connection refused/i,
    cause: 'net.refused',
    by: 'Exchange Online (to your server)',
    sample:
      '2026-11-24T00:00:11.0000000Z,sales@example.jp,b@example.net,Pending,<m1@example.jp>,450 4.4.316 Connection refused [Message=Socket error code 10061]',
  },
  {
    match: /5\.4\.(6|14) .*[Rr]outing loop|Hop count exceeded/i,
    cause: 'smtp.mail-loop',
    by: 'Exchange',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 554 5.4.14 Hop count exceeded - possible mail loop ATTR34',
  },
  {
    match: /5\.7\.54 .*Unable to relay|5\.7\.1 Unable to relay/i,
    cause: 'smtp.relay-denied',
    by: 'Exchange',
    sample: '2026-11-24 09:00:11\tSERVER -> CLIENT: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain',
  },
  {
    match: /BAD User is authenticated but not connected/i,
    cause: 'mailbox.access-denied',
    by: 'Exchange Online IMAP',
    sample: '[2026-11-24 09:00:12] ERROR: (0) A3 BAD User is authenticated but not connected.',
  },
  {
    match: /NO LOGIN failed\./i,
    cause: 'auth.basic-disabled',
    by: 'Exchange IMAP',
    sample: '[2026-11-24 09:00:12] ERROR: (0) A1 NO LOGIN failed.',
  },
  {
    match: /NO AUTHENTICATE failed\./i,
    cause: 'auth.oauth-scope',
    by: 'Exchange IMAP',
    sample: '[2026-11-24 09:00:12] ERROR: (0) A1 NO AUTHENTICATE failed.',
  },
  {
    match: /Request is throttled.*Suggested Backoff Time/i,
    cause: 'imap.throttled',
    by: 'Exchange Online IMAP',
    sample: '[2026-11-24 09:00:12] ERROR: (0) A9 BAD Request is throttled. Suggested Backoff Time: 297 milliseconds',
  },
  {
    match: /-ERR Logon failure: unknown user name or bad password/i,
    cause: 'auth.wrong-credentials',
    by: 'Exchange POP3',
    sample: '[2026-11-24 09:00:12] ERROR: (0) -ERR Logon failure: unknown user name or bad password.',
  },
  {
    match: /AADSTS7000222/i,
    cause: 'auth.oauth-client-secret',
    by: 'Entra ID token endpoint',
    sample:
      "[2026-11-24 09:00:12] ERROR: (0) token refresh failed: AADSTS7000222: The provided client secret keys for app 'crm' are expired.",
  },
  {
    match: /AADSTS7000215/i,
    cause: 'auth.oauth-client-secret',
    by: 'Entra ID',
    sample: '[2026-11-24 09:00:12] ERROR: (0) token request failed: AADSTS7000215: Invalid client secret provided.',
  },
  {
    match: /AADSTS7000218/i,
    cause: 'auth.oauth-client-secret',
    by: 'Entra ID',
    sample:
      "[2026-11-24 09:00:12] ERROR: (0) AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  {
    match: /AADSTS(70008|700082|50173|70043)\b/i,
    cause: 'auth.oauth-refresh-revoked',
    by: 'Entra ID',
    sample:
      '[2026-11-24 09:00:12] ERROR: (0) AADSTS700082: The refresh token has expired due to inactivity. The token was issued on 2026-08-01.',
  },
  {
    match: /AADSTS(65004|90094)\b|\bconsent_required\b/i,
    cause: 'auth.oauth-consent',
    by: 'Entra ID',
    sample: '[2026-11-24 09:00:12] ERROR: (0) AADSTS90094: The grant requires admin permission.',
  },
  {
    match: /AADSTS65001/i,
    cause: 'auth.oauth-consent',
    by: 'Entra ID',
    sample:
      '[2026-11-24 09:00:12] ERROR: (0) AADSTS65001: The user or administrator has not consented to use the application',
  },
  {
    match: /AADSTS(50076|50079|50158|5300[0-4]|530003)\b|\binteraction_required\b/i,
    cause: 'auth.conditional-access',
    by: 'Entra ID',
    sample: '[2026-11-24 09:00:12] ERROR: (0) AADSTS53003: Access has been blocked by Conditional Access policies.',
  },
  {
    match: /AADSTS50126/i,
    cause: 'auth.wrong-credentials',
    by: 'Entra ID',
    sample:
      '[2026-11-24 09:00:12] ERROR: (0) AADSTS50126: Error validating credentials due to invalid username or password.',
  },
  {
    match: /AADSTS(700024|500133)/i,
    cause: 'clock.skewed',
    by: 'Entra ID',
    sample: '[2026-11-24 09:00:12] ERROR: (0) AADSTS700024: Client assertion is not within its valid time range.',
  },
  {
    match: /AADSTS50011|redirect_uri_mismatch/i,
    cause: 'crm.oauth-redirect-mismatch',
    by: 'Entra ID / Google OAuth',
    sample: '[2026-11-24 09:00:12] ERROR: (0) AADSTS50011: The redirect URI specified in the request does not match',
  },
  {
    match: /\binvalid_grant\b/i,
    cause: 'auth.oauth-refresh-revoked',
    by: 'OAuth token endpoint',
    sample:
      '[2026-11-24 09:00:12] ERROR: (0) {"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
  },
  {
    match: /\bunauthorized_client\b/i,
    cause: 'auth.oauth-consent',
    by: 'Google token endpoint',
    sample:
      '[2026-11-24 09:00:12] ERROR: (0) {"error":"unauthorized_client","error_description":"Client is unauthorized to retrieve access tokens"}',
  },
];
