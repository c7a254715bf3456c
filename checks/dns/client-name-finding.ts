import type { Finding } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { ClientName } from '../../src/model/wire-facts.ts';
import { answerText, both, saidBy } from '../auth/words.ts';
import { clientNameCauses } from '../mail/client-name.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { refusalsOf } from '../policy/policy-finding.ts';

/** A server turned us away over the name of the address that it sees. */
export interface ClientNameDetail {
  readonly host: string;
  readonly port: number;
  readonly says: string;
  /** What the DNS shows of that address from here. */
  readonly seen?: ClientName;
}

/**
 * Servers say "cannot find your hostname" for a name that is missing and for one that does not lead back (Postfix:
 * reject_unknown_client_hostname), so the DNS decides where it was asked; without it the server's words do.
 */
const rootOf = (seen: ClientName | undefined, said: string): string => {
  if (!seen) return said;
  if (seen.names.length === 0) return 'dns.ptr-missing';
  return seen.confirmed === false ? 'dns.fcrdns-mismatch' : said;
};

export const clientNameFindings = (
  cause: string,
  evidence: Evidence,
  subject: Subject,
): readonly Finding<ClientNameDetail>[] => {
  const seen = evidence.fact(smtpAuth)?.clientName;
  const refusals = refusalsOf(evidence, subject, clientNameCauses).filter(
    ({ reading }) => rootOf(seen, reading?.cause ?? '') === cause,
  );
  const [first] = refusals;
  if (!first) return [];
  const { host, port } = first.service;
  const names = seen && seen.names.length > 0 ? seen.names.join(', ') : undefined;
  return [
    {
      detail: { host, port, says: saidBy(first.reply), ...(seen ? { seen } : {}) },
      severity: 'critical',
      // Seen from here the name is right: the server may still hold an older answer.
      confidence: seen?.confirmed ? 0.6 : seen ? 0.96 : (first.reading?.confidence ?? 0.8),
      affects: [...new Set(refusals.map(({ service }) => targetOf(service)))],
      evidence: [
        ...refusals.map(({ check, step, reply }) => ({ check, says: answerText(step, saidBy(reply)) })),
        ...(seen
          ? [
              {
                check: smtpAuth,
                says: both(
                  `reverse name of ${seen.address}: ${names ?? 'none'}${names && seen.confirmed === false ? ', which has another address' : ''}`,
                  `${seen.address} の逆引き: ${names ?? 'なし'}${names && seen.confirmed === false ? '（正引きは別のアドレス）' : ''}`,
                ),
              },
            ]
          : []),
      ],
      ruledOut:
        names === undefined || cause !== 'dns.fcrdns-mismatch'
          ? []
          : [
              {
                cause: 'dns.ptr-missing',
                check: smtpAuth,
                says: both(`the address has the reverse name ${names}`, `逆引き名 ${names} が登録されています`),
              },
            ],
    },
  ];
};
