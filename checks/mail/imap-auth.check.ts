import { defineCheck } from '../../src/model/check.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { okWith, warn } from '../../src/model/outcome.ts';
import type { ImapLoginFact } from '../../src/model/wire-facts.ts';
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
  judge: (fact) => {
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
    return okWith({
      en: `${fact.folder}: ${fact.messages ?? 0} messages`,
      ja: `${fact.folder}: ${fact.messages ?? 0} 通`,
    });
  },
});
