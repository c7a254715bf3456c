import { defineCause } from '../../src/model/cause.ts';
import { both, saidBy } from '../auth/words.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';

interface OtherMailbox {
  readonly address: string;
  readonly smtpHost: string;
  readonly fetchHost: string;
  readonly fetchUser: string;
  readonly seconds: number;
}

export const otherMailbox = defineCause<OtherMailbox>({
  id: 'deliver.other-mailbox',
  title: both('Sent to one mailbox, fetched from another', '送信先と受信元が別のメールボックスです'),
  about: both(
    'A CRM has two settings: where it sends and where it fetches. When the address of the one does not belong to the mailbox of the other, mail is accepted and delivered, only to a place where the CRM does not look. After a move of the mail or with a shared account this happens easily.',
    'CRM のメール設定には、送信と受信の 2 つがあります。差出人・宛先のアドレスと、受信するメールボックスが別のものだと、メールは正しく届いても、CRM が見ていない場所に入ります。メールの移転後や、共有アカウントの利用時に起こりがちです。',
  ),
  explain: (evidence, subject) => {
    const fact = evidence.fact(mailRoundTrip);
    const { smtp, imap, pop3 } = subject.services;
    const fetch = fact?.through === 'pop3' ? pop3 : imap;
    if (!fact || !smtp || !fetch || fact.through === 'none' || fact.sameMailbox) return [];
    if (fact.sent.kind !== 'accepted' || fact.found || fact.lookupFailed) return [];
    if (fact.reports?.some(({ kind }) => kind !== 'other')) return [];
    const seconds = Math.round(fact.waitedMs / 1000);
    return [
      {
        detail: {
          address: subject.address,
          smtpHost: smtp.host,
          fetchHost: fetch.host,
          fetchUser: fetch.username,
          seconds,
        },
        severity: 'critical',
        confidence: 0.75,
        affects: [subject.address],
        evidence: [
          {
            check: mailRoundTrip,
            says: both(
              `sent to ${subject.address}: "${saidBy(fact.sent.reply)}"`,
              `${subject.address} 宛ての送信時の応答:「${saidBy(fact.sent.reply)}」`,
            ),
          },
          {
            check: mailRoundTrip,
            says: both(
              `looked for in the mailbox of ${fetch.username} on ${fetch.host}: not there after ${seconds} s`,
              `${fetch.host} の ${fetch.username} のメールボックスを ${seconds} 秒間探しましたが、ありません`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'deliver.not-received',
            check: mailRoundTrip,
            says: both(
              'the configuration names two different mailboxes',
              '設定上、2 つの異なるメールボックスになっています',
            ),
          },
        ],
      },
    ];
  },
  owner: 'user',
  because: ({ address, smtpHost, fetchHost, fetchUser, seconds }) =>
    both(
      `${smtpHost} took a test message for ${address}, but the mailbox of ${fetchUser} on ${fetchHost} did not receive it within ${seconds} s. By the configuration these are two mailboxes, so that it was delivered where the CRM does not look.`,
      `${smtpHost} は ${address} 宛てのテストメールを受け付けましたが、${fetchHost} の ${fetchUser} のメールボックスには ${seconds} 秒以内に届きませんでした。設定上この 2 つは別のメールボックスのため、CRM が見ていない場所に届いています。`,
    ),
  steps: ({ address, fetchHost, fetchUser }) => [
    both(
      `Find out in which mailbox mail for ${address} arrives: log in to the webmail of both.`,
      `両方の Web メールにログインし、${address} 宛てのメールがどちらに届いているかを確認します。`,
    ),
    both(
      `Set the incoming server and login of the CRM to that mailbox, in place of ${fetchUser} on ${fetchHost}.`,
      `CRM の受信サーバーとユーザー名を、${fetchHost} の ${fetchUser} から、そのメールボックスに変更します。`,
    ),
    both(
      `Or forward ${address} to the mailbox that the CRM fetches.`,
      `または、${address} 宛てのメールを、CRM が受信するメールボックスに転送します。`,
    ),
  ],
});
