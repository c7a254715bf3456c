import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { pop3Auth } from '../mail/pop3-auth.check.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { submissionDoors } from './doors.ts';
import type { Refused } from './refusals.ts';
import { findingsFrom, firstPlace, refusalsIn, saysSo } from './refusals.ts';
import { both } from './words.ts';

/** qmail's words of such hosts, where no login is offered for sending and the one for fetching works. */
const byHabit = (evidence: Evidence, subject: Subject): readonly Finding<Refused>[] => {
  const smtp = evidence.fact(smtpAuth);
  if (!smtp || smtp.offered.length > 0 || evidence.fact(pop3Auth)?.login?.kind !== 'accepted') return [];
  const refusals = refusalsIn(evidence, subject).filter(
    ({ service, reply }) => service.protocol === 'smtp' && /allowed rcpthosts/i.test(reply.text),
  );
  return findingsFrom('auth.pop-before-smtp', refusals, evidence, { subject }).map((finding) => ({
    ...finding,
    confidence: 0.6,
    evidence: [
      ...finding.evidence,
      { check: pop3Auth, says: both('the POP3 login works', 'POP3 のログインは成功しています') },
    ],
  }));
};

export const popBeforeSmtp = defineCause<Refused>({
  id: 'auth.pop-before-smtp',
  title: both('Sending needs a POP3 login first', '送信の前に POP3 のログインが必要です（POP before SMTP）'),
  about: both(
    "POP before SMTP is an old way to know one's customers: whoever has fetched mail by POP3 may send from the same address for some minutes. CRMs send without fetching first and from other addresses, so it fails or works by chance. SMTP AUTH (a login for sending, port 587 or 465) has replaced it nearly everywhere.",
    'POP before SMTP とは、POP3 で受信した利用者に、同じ IP アドレスからの送信を数十分だけ許可する古い方式です。CRM は受信せずに送信したり、別の IP アドレスから接続したりするため、失敗するか、ときどきしか成功しません。現在はほとんどの提供元で、SMTP 認証（送信時のログイン。587 または 465 番ポート）に置き換えられています。',
  ),
  explain: (evidence, subject) => [...saysSo('auth.pop-before-smtp', evidence, subject), ...byHabit(evidence, subject)],
  candidates: (detail, subject) => {
    const { smtp } = subject.services;
    return smtp && firstPlace(detail).port === 25 ? submissionDoors(smtp) : [];
  },
  owner: 'user',
  because: (detail) => {
    const { host, port } = firstPlace(detail);
    return both(
      `${host}:${port} sends only after a POP3 login from the same address. The server says "${detail.says}".`,
      `${host}:${port} は、同じ IP アドレスからの POP3 ログインのあとでないと送信できません。サーバーの応答は「${detail.says}」です。`,
    );
  },
  steps: (detail, change) => {
    const door = change.find(({ path }) => path.endsWith('.port'))?.to ?? 587;
    return [
      both(
        `In the CRM, set the outgoing server ${firstPlace(detail).host} to port ${door} with ${door === 465 ? 'SSL/TLS' : 'STARTTLS'}.`,
        `CRM の送信サーバー ${firstPlace(detail).host} を、ポート ${door}（${door === 465 ? 'SSL/TLS' : 'STARTTLS'}）に変更します。`,
      ),
      both(
        `Switch on SMTP authentication there with the user name ${detail.username} and its password.`,
        `SMTP 認証を有効にし、ユーザー名 ${detail.username} とパスワードを設定します。`,
      ),
      both(
        'If the provider has no SMTP AUTH, ask for another outgoing server; do not rely on POP before SMTP.',
        '提供元が SMTP 認証に対応していない場合は、別の送信サーバーの利用を相談します。POP before SMTP には頼らないでください。',
      ),
    ];
  },
});
