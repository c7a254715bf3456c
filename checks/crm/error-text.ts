/** What the words of a CRM's last error speak of; nothing where they speak of nothing that is known. */
export type ErrorTopic = 'login' | 'refused' | 'silent' | 'name' | 'tls' | 'quota' | 'sender' | 'recipient';

// Python's smtplib and imaplib, PHP's stream and imap functions, Java Mail, nodemailer, and the servers' own replies.
const topics: readonly (readonly [topic: ErrorTopic, pattern: RegExp])[] = [
  [
    'login',
    /\b(?:535|534|AUTHENTICATIONFAILED|authentication (?:failed|unsuccessful|credentials invalid)|log ?in failed|invalid (?:login|credentials|user(?:name)? or password)|username and password not accepted|could not authenticate|bad (?:username|credentials))\b|認証に失敗|ログインに失敗/i,
  ],
  ['quota', /\b(?:552|over ?quota|quota exceeded|mailbox (?:is )?full)\b|容量を超え/i],
  ['sender', /\b(?:553|5\.7\.60|sender (?:address )?rejected|not owned by user|send ?as)\b/i],
  ['recipient', /\b(?:550 5\.1\.1|user unknown|no such user|recipient (?:address )?rejected|recipients? refused)\b/i],
  [
    'tls',
    /\b(?:certificate|CERTIFICATE_VERIFY_FAILED|ssl3?_|wrong version number|tls (?:handshake|negotiation)|handshake fail|starttls (?:extension not supported|failed))/i,
  ],
  [
    'name',
    /\b(?:name or service not known|getaddrinfo|ENOTFOUND|nodename nor servname|no such host|could not resolve|unknown host)\b/i,
  ],
  ['refused', /\b(?:connection refused|ECONNREFUSED|actively refused)\b|接続が拒否/i],
  ['silent', /\b(?:timed? ?out|ETIMEDOUT|network is unreachable|no route to host|EHOSTUNREACH)\b|タイムアウト/i],
];

export const topicOf = (says: string): ErrorTopic | undefined =>
  topics.find(([, pattern]) => pattern.test(says.slice(0, 1000)))?.[0];
