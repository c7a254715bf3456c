import { defineCheck } from '../../src/model/check.ts';
import type { ImapLoginFact } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { okWith, warn } from '../../src/model/outcome.ts';
import type { Remembered } from '../../src/model/world.ts';
import { mailConfig } from './config.check.ts';
import { failedStep, loginApplies, loginVerdict } from './login.ts';
import { onService, serviceIn } from './service.ts';
import { mailTls } from './tls.check.ts';

/** What the last good run saw of the same folder; an older version of crm-doctor wrote it. */
const earlierIn = (remembered: Remembered | undefined, folder: string): Pick<ImapLoginFact, 'earlier'> => {
  const { uidValidity, messages } = remembered?.fact ?? {};
  if (!remembered || remembered.fact.folder !== folder || typeof uidValidity !== 'string') return {};
  return {
    earlier: { at: remembered.at, uidValidity, ...(typeof messages === 'number' ? { messages } : {}) },
  };
};

/** The stored numbers of messages hold as long as this value stays (RFC 3501 section 2.3.1.1). */
export const renumbered = ({ uidValidity, earlier }: ImapLoginFact): boolean =>
  uidValidity !== undefined && earlier !== undefined && earlier.uidValidity !== uidValidity;

/** Only a CRM that waits by IDLE needs it; IMAP4rev2 holds it (RFC 9051 appendix E). */
export const lacksIdle = ({ capabilities }: ImapLoginFact, { config }: Subject): boolean =>
  config.imap?.idle === true &&
  capabilities !== undefined &&
  !capabilities.includes('IDLE') &&
  !capabilities.includes('IMAP4REV2');

/** Messages with an attachment reach this, and no provider lets one store less on purpose. */
const usualBytes = 10 * 1024 * 1024;

/** Only a CRM that stores copies by itself meets the limit; 0 forbids storing at all (RFC 7889 section 4). */
export const appendLimited = ({ appendLimit }: ImapLoginFact, { config }: Subject): boolean =>
  config.sentCopy === 'crm' && appendLimit !== undefined && appendLimit < usualBytes;

/** Login and the folder that the CRM fetches from. */
export const imapAuth = defineCheck<ImapLoginFact>({
  id: 'mail.imap-auth',
  title: { en: 'The IMAP server takes the login and opens the folder', ja: 'IMAP にログインでき、フォルダーを開ける' },
  needs: [mailConfig, mailTls.imap],
  costly: true,
  ...onService('imap'),
  appliesTo: (subject) => loginApplies(subject, 'imap'),
  probe: async (subject, { mail, history }, signal) => {
    const service = serviceIn(subject, 'imap');
    const [fact, remembered] = await Promise.all([
      mail.imapLogin(service, subject, signal),
      history.lastGood('mail.imap-auth', subject.label, targetOf(service)),
    ]);
    return { ...fact, ...earlierIn(remembered, fact.folder) };
  },
  judge: (fact, subject) => {
    const bad = loginVerdict(fact);
    if (bad) return bad;
    if (fact.select && fact.select.kind !== 'accepted') {
      return failedStep(
        `the folder ${fact.folder} cannot be opened`,
        `フォルダー ${fact.folder} を開けません`,
        fact.select,
      );
    }
    if (fact.readOnly) {
      return warn({ en: `the folder ${fact.folder} is read-only`, ja: `フォルダー ${fact.folder} は読み取り専用です` });
    }
    if (renumbered(fact)) {
      return warn({
        en: `the messages of ${fact.folder} were numbered anew (UIDVALIDITY)`,
        ja: `${fact.folder} のメールの番号が振り直されています (UIDVALIDITY)`,
      });
    }
    if (lacksIdle(fact, subject)) {
      return warn({ en: 'IDLE, which the CRM waits with, is not offered', ja: 'CRM が使う IDLE に対応していません' });
    }
    if (appendLimited(fact, subject)) {
      return warn({ en: 'copies of large messages cannot be stored', ja: '大きなメールの控えを保存できません' });
    }
    return okWith({
      en: `${fact.folder}: ${fact.messages ?? 0} messages`,
      ja: `${fact.folder}: ${fact.messages ?? 0} 通`,
    });
  },
});
