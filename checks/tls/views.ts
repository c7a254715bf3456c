import type { Finding, RuledOut, Severity } from '../../src/model/cause.ts';
import type { Check, Evidence } from '../../src/model/check.ts';
import type { Security } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { Certificate, Handshake, TlsFact } from '../../src/model/tls-facts.ts';
import type { RuntimeOf } from '../../src/reason/runtimes.ts';
import type { Place } from '../auth/words.ts';
import { both } from '../auth/words.ts';
import { mailTls } from '../mail/tls.check.ts';
import type { TlsProblem, TlsProblemKind } from '../mail/tls-problem.ts';
import { tlsProblems } from '../mail/tls-problems.ts';

export type Done = Extract<Handshake, { kind: 'done' }>;

/** One service's way into TLS, with everything that is wrong with it. */
export interface TlsView {
  readonly service: Service;
  readonly check: Check<TlsFact>;
  readonly fact: TlsFact;
  readonly problems: readonly TlsProblem[];
  readonly done?: Done;
  /** The server's own certificate. */
  readonly leaf?: Certificate;
}

export const tlsViews = (evidence: Evidence, subject: Subject): readonly TlsView[] =>
  servicesOf(subject).flatMap((service) => {
    const check = mailTls[service.protocol];
    const fact = evidence.fact(check);
    if (!fact) return [];
    const done = fact.handshake?.kind === 'done' ? fact.handshake : undefined;
    const leaf = done?.chain[0];
    return [
      {
        service,
        check,
        fact,
        problems: tlsProblems(fact, service),
        ...(done ? { done } : {}),
        ...(leaf ? { leaf } : {}),
      },
    ];
  });

export const severityOf = ({ grade }: TlsProblem): Severity => (grade === 'fail' ? 'critical' : 'warning');

export const problemIn = ({ problems }: TlsView, ...kinds: readonly TlsProblemKind[]): TlsProblem | undefined =>
  problems.find(({ kind, grade }) => kinds.includes(kind) && grade === 'fail') ??
  problems.find(({ kind }) => kinds.includes(kind));

/** A service as the texts of TLS name it. */
export interface TlsPlace extends Place {
  readonly security: Security;
}

export const tlsPlaces = (views: readonly TlsView[]): readonly TlsPlace[] =>
  views.map(({ service: { protocol, host, port, security } }) => ({ protocol, host, port, security }));

const worst = (severities: readonly Severity[]): Severity => {
  if (severities.includes('critical')) return 'critical';
  return severities.includes('warning') ? 'warning' : 'info';
};

/** One finding for all services that show one root. */
export const findingOf = <Detail>(
  views: readonly TlsView[],
  detail: Detail,
  {
    severity,
    confidence,
    says,
    ruledOut = [],
  }: {
    readonly severity: (view: TlsView) => Severity;
    readonly confidence: number;
    readonly says: (view: TlsView) => Text;
    readonly ruledOut?: readonly RuledOut[];
  },
): Finding<Detail> => ({
  detail,
  severity: worst(views.map(severity)),
  confidence,
  affects: views.map(({ service }) => targetOf(service)),
  evidence: views.map((view) => ({ check: view.check, says: says(view) })),
  ruledOut,
});

/** The command that shows what the server sends, and an expression to read it with. */
export const inspect = ({ protocol, host, port, security }: TlsPlace, read = ''): string => {
  const start = security === 'starttls' ? ` -starttls ${protocol}` : '';
  return `openssl s_client -connect ${host}:${port} -servername ${host}${start} </dev/null${read === '' ? '' : ` 2>/dev/null | ${read}`}`;
};

export const firstOf = (places: readonly TlsPlace[]): TlsPlace =>
  places[0] ?? { protocol: 'imap', host: '', port: 0, security: 'tls' };

/** `2026-10-01` */
export const dayOf = (time: string): string => time.slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** A name as a person reads it: the common name, else the whole. */
export const shortName = (name: string): string => /(?:^|, ?)CN=([^,]+)/.exec(name)?.[1]?.trim() ?? name;

/** How a mail server takes up a new certificate. */
export const reload: Text = both(
  'Reload the mail services so that they show it: systemctl reload postfix dovecot (a renewed file alone changes nothing).',
  'メールサービスに新しい証明書を読み込ませます: systemctl reload postfix dovecot（ファイルを更新しただけでは反映されません）。',
);

/** The runtime of the CRM, for the texts that name it. */
export const runtimeOf = ({ service: { as, asVersion } }: TlsView): RuntimeOf => ({
  as,
  ...(asVersion === undefined ? {} : { asVersion }),
});
