import { defineCheck } from '../../src/model/check.ts';
import type { Pop3LoginFact } from '../../src/model/login-facts.ts';
import { okWith, warn } from '../../src/model/outcome.ts';
import { mailConfig } from './config.check.ts';
import { failedStep, loginApplies, loginVerdict } from './login.ts';
import { onService, serviceIn } from './service.ts';
import { mailTls } from './tls.check.ts';

/** Login, STAT and whether messages can be told apart (UIDL). */
export const pop3Auth = defineCheck<Pop3LoginFact>({
  id: 'mail.pop3-auth',
  title: {
    en: 'The POP3 server takes the login and opens the mailbox',
    ja: 'POP3 にログインでき、メールボックスを開ける',
  },
  needs: [mailConfig, mailTls.pop3],
  costly: true,
  ...onService('pop3'),
  appliesTo: (subject) => loginApplies(subject, 'pop3'),
  probe: (subject, { mail }, signal) => mail.pop3Login(serviceIn(subject, 'pop3'), subject, signal),
  judge: (fact) => {
    const bad = loginVerdict(fact);
    if (bad) return bad;
    if (fact.stat && fact.stat.kind !== 'accepted') {
      return failedStep('the mailbox cannot be opened', 'メールボックスを開けません', fact.stat);
    }
    if (fact.uidl === 'no') {
      return warn({ en: 'the server has no UIDL', ja: 'サーバーが UIDL に対応していません' });
    }
    return okWith({ en: `${fact.messages ?? 0} messages`, ja: `${fact.messages ?? 0} 通` });
  },
});
