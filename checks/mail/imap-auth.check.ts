import { defineCheck } from '../../src/model/check.ts';
import { okWith, warn } from '../../src/model/outcome.ts';
import type { ImapLoginFact } from '../../src/model/wire-facts.ts';
import { mailConfig } from './config.check.ts';
import { failedStep, loginApplies, loginVerdict } from './login.ts';
import { onService, serviceIn } from './service.ts';
import { mailTls } from './tls.check.ts';

/** Login and the folder that the CRM fetches from. */
export const imapAuth = defineCheck<ImapLoginFact>({
  id: 'mail.imap-auth',
  title: { en: 'The IMAP server takes the login and opens the folder', ja: 'IMAP にログインでき、フォルダーを開ける' },
  needs: [mailConfig, mailTls.imap],
  costly: true,
  ...onService('imap'),
  appliesTo: (subject) => loginApplies(subject, 'imap'),
  probe: (subject, { mail }, signal) => mail.imapLogin(serviceIn(subject, 'imap'), subject, signal),
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
    return okWith({
      en: `${fact.folder}: ${fact.messages ?? 0} messages`,
      ja: `${fact.folder}: ${fact.messages ?? 0} 通`,
    });
  },
});
