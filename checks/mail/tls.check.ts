import { defineCheck } from '../../src/model/check.ts';
import { fail, okWith, warn } from '../../src/model/outcome.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import { mailPort } from './port.check.ts';
import { onService, perProtocol, protocolName, serviceIn } from './service.ts';
import { tlsProblems } from './tls-problems.ts';

/** The way into TLS as the configuration says, the chain as it is sent, judged as the CRM's runtime would. */
export const mailTls = perProtocol((protocol) =>
  defineCheck<TlsFact>({
    id: 'mail.tls',
    title: {
      en: `The ${protocolName[protocol]} connection is encrypted and the server is the right one`,
      ja: `${protocolName[protocol]} の通信が暗号化され、サーバーが本物である`,
    },
    needs: [mailPort[protocol]],
    ...onService(protocol),
    probe: (subject, { mail }, signal) => mail.tls(serviceIn(subject, protocol), subject, signal),
    judge: (fact, subject) => {
      const service = serviceIn(subject, protocol);
      const problems = tlsProblems(fact, service);
      const worst = problems.find(({ grade }) => grade === 'fail') ?? problems[0];
      if (worst) return worst.grade === 'fail' ? fail(worst.symptom) : warn(worst.symptom);
      if (fact.handshake?.kind !== 'done') {
        return okWith({ en: 'no encryption, as configured', ja: '設定どおり、暗号化なしです' });
      }
      if (subject.config.verify === false) {
        return warn({
          en: 'the certificate is right, but the CRM does not check it (verify: false)',
          ja: '証明書に問題はありませんが、CRM で証明書の確認が無効です (verify: false)',
        });
      }
      const { version, chain } = fact.handshake;
      const until = chain[0]?.notAfter.slice(0, 10) ?? '';
      return okWith({
        en: `${version}, certificate valid until ${until}`,
        ja: `${version}、証明書の有効期限 ${until}`,
      });
    },
  }),
);
