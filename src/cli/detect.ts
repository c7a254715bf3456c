import { askDomain } from '../../checks/mail/dns-questions.ts';
import { contactWorks } from '../../checks/mail/port.check.ts';
import type { MailConfig, Protocol, ServiceConfig } from '../model/config.ts';
import type { HostCandidate } from '../model/dns-facts.ts';
import { doors, subjectOf } from '../model/mailbox.ts';
import type { World } from '../model/world.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';

const limitMs = 20_000;

/** A host that names no port is tried at its protocol's standard doors. */
const doorsOf = (protocol: Protocol, candidate: HostCandidate): readonly ServiceConfig[] => {
  const { host, port, security } = candidate;
  if (port !== undefined) return [{ host, port, ...(security ? { security } : {}) }];
  return doors[protocol].filter((door) => door.port !== 25).map((door) => ({ host, ...door }));
};

/** The first candidate, in the order of the ground that speaks for it, whose port greets as the protocol does. */
const firstThatAnswers = async (
  protocol: Protocol,
  candidates: readonly HostCandidate[],
  mail: MailConfig,
  world: World,
  signal: AbortSignal,
): Promise<ServiceConfig | undefined> => {
  const tried = candidates.slice(0, 4).flatMap((candidate) => doorsOf(protocol, candidate));
  const answers = await Promise.all(
    tried.map(async (door) => {
      const subject = subjectOf({ ...mail, [protocol]: door }, false);
      const service = subject.services[protocol];
      if (!service) return false;
      const fact = await world.mail.port(service, subject, signal).catch(() => undefined);
      return fact?.contacts.some((contact) => contactWorks(protocol, contact)) ?? false;
    }),
  );
  return tried.find((_, index) => answers[index]);
};

/**
 * Finds the servers of an address without any settings: SRV (RFC 6186, RFC 8314), the usual names, the MX. Says on
 * stderr what it found; nothing is logged in to.
 */
export const detectServices = async (mail: MailConfig, { io, language }: Context): Promise<MailConfig> => {
  const { openWorld } = await import('./open-world.ts');
  const { world } = await openWorld(new Map());
  const signal = AbortSignal.timeout(limitMs);
  // The questions are asked for the protocols that a subject has, so it gets placeholders for all of them.
  const domain = mail.address.slice(mail.address.lastIndexOf('@') + 1);
  const probe = subjectOf({ ...mail, smtp: { host: domain }, imap: { host: domain }, pop3: { host: domain } }, false);
  const { candidates } = await askDomain(probe, world, signal);
  const [smtp, imap, pop3] = await Promise.all(
    (['smtp', 'imap', 'pop3'] as const).map((protocol) =>
      firstThatAnswers(protocol, candidates[protocol], mail, world, signal),
    ),
  );
  if (!smtp && !imap && !pop3) {
    throw new UsageError({
      en: `no mail server of ${domain} was found (SRV records, usual names and MX were asked); name them with --smtp, --imap or --pop3`,
      ja: `${domain} のメールサーバーが見つかりませんでした（SRV レコード、よくある名前、MX を調べました）。--smtp、--imap、--pop3 で指定してください`,
    });
  }
  const found: MailConfig = {
    ...mail,
    ...(smtp ? { smtp } : {}),
    ...(imap ? { imap } : {}),
    // POP3 takes messages away; where IMAP answers it is not what a CRM should use.
    ...(pop3 && !imap ? { pop3 } : {}),
  };
  for (const protocol of ['smtp', 'imap', 'pop3'] as const) {
    const service = found[protocol];
    if (service) {
      const words = { en: 'found', ja: '検出' }[language];
      io.err.write(
        `crm-doctor: ${words}: ${protocol} ${service.host}:${service.port ?? ''} ${service.security ?? ''}\n`,
      );
    }
  }
  return found;
};
