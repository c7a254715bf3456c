import { defineCheck } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { fail, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import type { RoundTripFact } from '../../src/model/trip-facts.ts';
import { imapAuth } from './imap-auth.check.ts';
import { failedStep, loginApplies } from './login.ts';
import { pop3Auth } from './pop3-auth.check.ts';
import { sendingDoubt, withSendingAddress } from './sending-address.ts';
import { smtpAuth } from './smtp-auth.check.ts';
import { authenticityDoubt } from './trip-authenticity.ts';

/** A message that takes longer is delayed (CONTRACT: limits by default). */
export const delayedMs = 20_000;

/** One or two visits more than that are lists, alias servers and filters. */
const roundsOfACircle = 4;

/** The message came to the same servers again and again. */
export const wentInACircle = (fact: RoundTripFact): boolean => {
  const { most = 0, delivered = 0 } = fact.found?.rounds ?? {};
  return most >= roundsOfACircle || (delivered > 1 && most > 1);
};

/** A Reply-To that leads away from the mailbox; the test message has none of its own. */
export const foreignReplyTo = ({ found }: RoundTripFact, { address, from }: Subject): string | undefined => {
  const replyTo = found?.replyTo ?? '';
  const own = [address, from].some((one) => replyTo.toLowerCase().includes(one.toLowerCase()));
  return replyTo.includes('@') && !own ? replyTo : undefined;
};

/** Two copies of one message are wrong whoever stores; one or none is wrong only where the configuration says who stores. */
export const wrongCopies = ({ found, sentCopies }: RoundTripFact, { config }: Subject): number | undefined => {
  if (!found || sentCopies === undefined) return undefined;
  const wrong =
    sentCopies > 1 ||
    (config.sentCopy === 'crm' && sentCopies === 1) ||
    (config.sentCopy === 'server' && sentCopies === 0);
  return wrong ? sentCopies : undefined;
};

/** Only a CRM that stores copies by itself needs the mark of the folder for them. */
export const lacksSentMark = ({ specialUses }: RoundTripFact, { config, services }: Subject): boolean =>
  services.imap !== undefined && config.sentCopy === 'crm' && specialUses?.includes('\\Sent') === false;

/** What is not as it should be although the message arrived where it should. */
const besides = (fact: RoundTripFact, subject: Subject): Text | undefined => {
  if (wentInACircle(fact)) {
    return { en: 'the message went in a circle before it arrived', ja: 'メールが循環してから届きました' };
  }
  if (fact.found?.newMessageId) {
    return { en: 'the Message-ID was replaced on the way', ja: 'メッセージ ID が途中で書き換えられました' };
  }
  const replyTo = foreignReplyTo(fact, subject);
  if (replyTo) return { en: `replies are sent to ${replyTo}`, ja: `返信先が ${replyTo} になっています` };
  const copies = wrongCopies(fact, subject);
  if (copies !== undefined) {
    return {
      en: `${copies} copies lie among the sent messages`,
      ja: `送信済みフォルダーに残った控えは ${copies} 通です`,
    };
  }
  if (lacksSentMark(fact, subject)) {
    return {
      en: 'no folder is marked as the one for sent messages',
      ja: '送信済み用の印が付いたフォルダーがありません',
    };
  }
  return undefined;
};

/** One marked message from the mailbox to itself, found again, measured and removed. */
export const mailRoundTrip = defineCheck<RoundTripFact>({
  id: 'mail.round-trip',
  title: { en: 'A message sent to oneself arrives', ja: '自分宛てに送ったメールが届く' },
  needs: [smtpAuth, imapAuth, pop3Auth],
  costly: true,
  sends: true,
  protocols: ['smtp', 'imap', 'pop3'],
  // The account of a CRM is tried without a message: the test is about the configured mailbox.
  present: ({ services, crm }) => services.smtp !== undefined && !crm,
  target: (subject) => subject.address,
  appliesTo: (subject) => {
    const { roundTrip, services } = subject;
    if (!roundTrip.enabled) {
      return {
        en: 'nothing is sent unasked; `--send` or roundTrip.enabled: true sends one test message to the mailbox itself',
        ja: '許可なく送信することはありません。`--send` か roundTrip.enabled: true で、自分宛てにテストメールを 1 通送ります',
      };
    }
    const receiver = services.imap ? 'imap' : services.pop3 ? 'pop3' : undefined;
    if (receiver) return loginApplies(subject, receiver);
    return {
      en: 'neither IMAP nor POP3 is configured, so the message could not be found again',
      ja: 'IMAP も POP3 も設定されていないため、届いたメールを確認できません',
    };
  },
  probe: async (subject, world, signal) =>
    withSendingAddress(await world.mail.roundTrip(subject, signal), subject, world, signal),
  judge: (fact, subject) => {
    if (fact.sent.kind !== 'accepted')
      return failedStep('the message is not accepted', 'メールが受け付けられません', fact.sent);
    if (fact.lookupFailed) {
      return unknown({ en: 'the mailbox could not be searched', ja: 'メールボックスの中を確認できませんでした' });
    }
    const { found } = fact;
    const bounced = fact.reports?.find(({ kind }) => kind === 'failed');
    if (!found && bounced) {
      return fail({
        en: `the message was returned: ${bounced.says}`,
        ja: `メールが不達で戻されました: ${bounced.says}`,
      });
    }
    const waited = Math.round(fact.waitedMs / 1000);
    if (!found) {
      return fail({
        en: `the message did not arrive within ${waited} s`,
        ja: `${waited} 秒以内にメールが届きませんでした`,
      });
    }
    const took = (found.afterMs / 1000).toFixed(1);
    if (found.role === 'junk') {
      return warn({ en: `the message landed in ${found.folder}`, ja: `メールが ${found.folder} に入りました` });
    }
    if (found.role === 'other') {
      return warn({
        en: `the message landed in ${found.folder}, which is not fetched`,
        ja: `メールが、取得対象ではない ${found.folder} に入りました`,
      });
    }
    const twice = fact.copies?.filter(({ folder }) => folder === found.folder).length ?? 0;
    if (twice > 0) {
      return warn({ en: `the message arrived ${twice + 1} times`, ja: `同じメールが ${twice + 1} 通届きました` });
    }
    if (!found.subjectIntact || !found.bodyIntact) {
      return warn({ en: 'the message was changed on the way', ja: 'メールの内容が途中で変化しています' });
    }
    const beside = besides(fact, subject);
    if (beside) return warn(beside);
    if (found.afterMs > delayedMs) {
      return warn({ en: `the message took ${took} s`, ja: `メールが届くまでに ${took} 秒かかりました` });
    }
    const doubt = authenticityDoubt(found) ?? sendingDoubt(found);
    if (doubt) return warn(doubt);
    return okWith({
      en: `arrived in ${found.folder} after ${took} s`,
      ja: `${took} 秒で ${found.folder} に届きました`,
    });
  },
});
