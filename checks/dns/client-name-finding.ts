import type { Finding, RuledOut } from '../../src/model/cause.ts';
import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { ClientName } from '../../src/model/login-facts.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import { answerText, both, saidBy } from '../auth/words.ts';
import { clientNameCauses } from '../mail/client-name.ts';
import { mailRoundTrip } from '../mail/round-trip.check.ts';
import { smtpAuth } from '../mail/smtp-auth.check.ts';
import { refusalsOf } from '../policy/policy-finding.ts';

/** A server that sees mail come from an address whose name in the DNS is not right. */
export interface ClientNameDetail {
  readonly host: string;
  /** Absent where a server on the way of the test message saw the address. */
  readonly port?: number;
  /** How it refuses; absent where it takes the mail. */
  readonly says?: string;
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

const nameText = ({ address, names, confirmed }: ClientName): Text => {
  const elsewhere = names.length > 0 && confirmed === false;
  const list = names.join(', ');
  return both(
    `reverse name of ${address}: ${names.length > 0 ? list : 'none'}${elsewhere ? ', which has another address' : ''}`,
    `${address} の逆引き: ${names.length > 0 ? list : 'なし'}${elsewhere ? '（正引きは別のアドレス）' : ''}`,
  );
};

const namedAnyhow = (cause: string, names: readonly string[], check: AnyCheck): readonly RuledOut[] =>
  names.length === 0 || cause !== 'dns.fcrdns-mismatch'
    ? []
    : [
        {
          cause: 'dns.ptr-missing',
          check,
          says: both(
            `the address has the reverse name ${names.join(', ')}`,
            `逆引き名 ${names.join(', ')} が登録されています`,
          ),
        },
      ];

/** While mail is taken, what it may come to. */
export const stillAccepted: Text = both(
  'The mail is accepted here all the same; other servers refuse it or take it for junk.',
  'ここではまだ受け付けられていますが、相手によっては拒否されたり、迷惑メールに分類されたりします。',
);

/** For a CRM that delivers directly; a server in between needs its name itself. */
export const directStep = (host: string, port: number | undefined): readonly Text[] =>
  port === undefined
    ? []
    : [
        both(
          `Or send through a mail server that takes a login (port 587), instead of delivering to ${host} directly.`,
          `または、${host} へ直接送らず、ログインの必要なメールサーバー（ポート 587）を経由して送信します。`,
        ),
      ];

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
  if (!first) return acceptedFindings(cause, evidence, subject);
  const { host, port } = first.service;
  return [
    {
      detail: { host, port, says: saidBy(first.reply), ...(seen ? { seen } : {}) },
      severity: 'critical',
      // Seen from here the name is right: the server may still hold an older answer.
      confidence: seen?.confirmed ? 0.6 : seen ? 0.96 : (first.reading?.confidence ?? 0.8),
      affects: [...new Set(refusals.map(({ service }) => targetOf(service)))],
      evidence: [
        ...refusals.map(({ check, step, reply }) => ({ check, says: answerText(step, saidBy(reply)) })),
        ...(seen ? [{ check: smtpAuth, says: nameText(seen) }] : []),
      ],
      ruledOut: namedAnyhow(cause, seen?.names ?? [], smtpAuth),
    },
  ];
};

/** The mail is taken, and the name is wrong all the same, of the server that handed the test message over. */
const acceptedFindings = (
  cause: string,
  evidence: Evidence,
  { services: { smtp } }: Subject,
): readonly Finding<ClientNameDetail>[] => {
  const { sentFrom } = evidence.fact(mailRoundTrip)?.found ?? {};
  if (!smtp || !sentFrom || rootOf(sentFrom, '') !== cause) return [];
  const { by: host, address, names, confirmed } = sentFrom;
  const seen: ClientName = { address, names, ...(confirmed === undefined ? {} : { confirmed }) };
  return [
    {
      detail: { host, seen },
      severity: 'warning',
      confidence: 0.9,
      affects: [targetOf(smtp)],
      evidence: [
        { check: mailRoundTrip, says: both(`${host} sees ${address}`, `${host} から見た送信元: ${address}`) },
        { check: mailRoundTrip, says: nameText(seen) },
      ],
      ruledOut: namedAnyhow(cause, names, mailRoundTrip),
    },
  ];
};
