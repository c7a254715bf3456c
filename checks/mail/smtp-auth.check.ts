import { defineCheck } from '../../src/model/check.ts';
import type { SmtpLoginFact } from '../../src/model/login-facts.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import { okWith } from '../../src/model/outcome.ts';
import { withClientName } from './client-name.ts';
import { mailConfig } from './config.check.ts';
import { failedStep, loginApplies, loginVerdict } from './login.ts';
import { onService, serviceIn } from './service.ts';
import { mailTls } from './tls.check.ts';

/** Login, then MAIL FROM with the CRM's sender and RCPT TO the mailbox itself; nothing is sent. */
export const smtpAuth = defineCheck<SmtpLoginFact>({
  id: 'mail.smtp-auth',
  title: {
    en: 'The SMTP server takes the login, the sender and the recipient',
    ja: 'SMTP のログイン、差出人、宛先が受け付けられる',
  },
  needs: [mailConfig, mailTls.smtp],
  costly: true,
  ...onService('smtp'),
  appliesTo: (subject) => loginApplies(subject, 'smtp'),
  probe: async (subject, world, signal) => {
    const service = serviceIn(subject, 'smtp');
    const fact = await withClientName(await world.mail.smtpLogin(service, subject, signal), world, signal);
    if (fact.client === undefined) return fact;
    const before = await world.history.lastGood('mail.smtp-auth', subject.label, targetOf(service));
    const address = before?.fact.client;
    return before && typeof address === 'string' ? { ...fact, clientBefore: { at: before.at, address } } : fact;
  },
  judge: (fact) => {
    const bad = loginVerdict(fact);
    if (bad) return bad;
    if (fact.mail && fact.mail.kind !== 'accepted') {
      return failedStep(`the sender ${fact.sender} is refused`, `差出人 ${fact.sender} が拒否されました`, fact.mail);
    }
    if (fact.rcpt && fact.rcpt.kind !== 'accepted') {
      return failedStep(
        `the recipient ${fact.recipient} is refused`,
        `宛先 ${fact.recipient} が拒否されました`,
        fact.rcpt,
      );
    }
    return fact.login
      ? okWith({ en: `logged in as ${fact.username}`, ja: `${fact.username} でログインできました` })
      : okWith({ en: 'accepted without login', ja: 'ログインなしで受け付けられました' });
  },
});
