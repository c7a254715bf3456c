import type { Seen } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Step } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { answerText, both, saidBy } from '../auth/words.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';

interface Detail {
  readonly sender: string;
  readonly username: string;
  readonly host: string;
  readonly says: string;
}

const refusedForGood = (step: Step | undefined): step is Extract<Step, { kind: 'refused' }> =>
  step?.kind === 'refused' && step.reply.code.startsWith('5');

/**
 * Postfix and others judge the sender only at RCPT TO (smtpd_delay_reject), so a refused recipient may be a refused sender;
 * the trial with the account's own sender tells.
 */
const refusal = (evidence: Evidence): { readonly says: string; readonly seen: Seen } | undefined => {
  const fact = evidence.bad(smtpAuth);
  if (!fact || (fact.login && fact.login.kind !== 'accepted')) return undefined;
  if (refusedForGood(fact.mail)) {
    const says = saidBy(fact.mail.reply);
    return { says, seen: { check: smtpAuth, says: answerText('mail', says) } };
  }
  if (!refusedForGood(fact.rcpt)) return undefined;
  const says = saidBy(fact.rcpt.reply);
  return { says, seen: { check: smtpAuth, says: answerText('rcpt', says) } };
};

/** Senders that belong to the account beyond doubt: the login name where it is an address, and the mailbox's address. */
const own = (subject: Subject): readonly string[] => {
  const username = subject.services.smtp?.username ?? '';
  const senders = username.includes('@') ? [username, subject.address] : [subject.address];
  return [...new Set(senders)].filter((sender) => sender.toLowerCase() !== subject.from.toLowerCase());
};

export const senderMismatch = defineCause<Detail>({
  id: 'config.sender-mismatch',
  title: both(
    "The CRM writes as a sender that is not the account's own",
    'CRM の差出人アドレスが、ログインするアカウントのものではありません',
  ),
  about: both(
    "Many mail servers let an account send only under its own address, so that nobody can write in the name of others. The CRM logs in with one account and uses another address as sender (From), which the server refuses. With the account's own address the same server accepts the mail.",
    '多くのメールサーバーは、なりすましを防ぐため、アカウント自身のアドレスを差出人とするメールだけを受け付けます。CRM がログインに使うアカウントと、差出人 (From) のアドレスが異なるため、サーバーに拒否されています。アカウント自身のアドレスを差出人にすると、同じサーバーで受け付けられることを確認しました。',
  ),
  owner: 'user',
  claim: 'on-proof',
  unless: ['config.malformed-value', 'config.sender-malformed'],
  explain: (evidence, subject) => {
    const { smtp } = subject.services;
    const refused = refusal(evidence);
    if (!smtp || !refused || own(subject).length === 0) return [];
    return [
      {
        detail: { sender: subject.from, username: smtp.username, host: smtp.host, says: refused.says },
        severity: 'critical',
        confidence: 0.85,
        affects: [targetOf(smtp)],
        evidence: [refused.seen],
        ruledOut: smtp.password
          ? [
              {
                cause: 'auth.wrong-credentials',
                check: smtpAuth,
                says: both(
                  `the login as ${smtp.username} was accepted`,
                  `${smtp.username} でのログインは成功しています`,
                ),
              },
            ]
          : [],
      },
    ];
  },
  candidates: ({ sender }, subject) =>
    own(subject).map((to) => [{ path: `${subject.path}.from`, from: subject.config.from ?? sender, to }]),
  works: (trial) => {
    const fact = trial.fact(smtpAuth);
    return fact?.mail?.kind === 'accepted' && fact.rcpt?.kind === 'accepted';
  },
  because: ({ sender, username, host, says }, change) => {
    const to = String(change[0]?.to ?? '');
    return both(
      `${host} takes the login as ${username}, but not ${sender} as sender: "${says}". With ${to} as sender it accepts the mail.`,
      `${host} は ${username} でのログインを受け付けますが、差出人 ${sender} を拒否します:「${says}」。差出人を ${to} にすると受け付けることを確認しました。`,
    );
  },
  steps: ({ sender, username, host }, change) => {
    const to = String(change[0]?.to ?? '');
    return [
      both(
        `Set ${change[0]?.path ?? 'mail.from'} to ${to}.`,
        `${change[0]?.path ?? 'mail.from'} を ${to} に変更します。`,
      ),
      both(
        `Set ${to} as the sender address in the CRM; put ${sender} into Reply-To if answers shall go there.`,
        `CRM の差出人アドレスを ${to} に変更します。返信を ${sender} で受けたい場合は、返信先 (Reply-To) に設定します。`,
      ),
      both(
        `If the CRM must write as ${sender}: ask the administrator of ${host} to allow ${username} to send as ${sender} (alias or "send as" permission).`,
        `差出人を ${sender} のままにする必要がある場合は、${username} が ${sender} として送信できるように（エイリアスまたは「差出人として送信」の権限）、${host} の管理者に依頼します。`,
      ),
    ];
  },
});
