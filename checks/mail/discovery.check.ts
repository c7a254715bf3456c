import { defineCheck } from '../../src/model/check.ts';
import type { DiscoveryAnswer } from '../../src/model/discovery-facts.ts';
import type { HostCandidate } from '../../src/model/dns-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import { notApplicable, okWith } from '../../src/model/outcome.ts';
import type { World } from '../../src/model/world.ts';
import { mailConfig } from './config.check.ts';
import type { Candidates } from './discovery-questions.ts';
import { discover } from './discovery-questions.ts';
import { askDomain, domainOf, isLiteral } from './dns-questions.ts';
import { contactWorks } from './port.check.ts';
import { welcomed } from './service.ts';

/** What the domain publishes for mail programs; asked only when a configured server does not answer as it should. */
export interface DiscoveryFact {
  readonly domain: string;
  /** False: every configured server answers, so nobody was asked. */
  readonly asked: boolean;
  readonly answers: readonly DiscoveryAnswer[];
  /** The known provider that the mailbox lives at, by its id. */
  readonly provider?: string;
  readonly candidates: Candidates;
}

const limitMs = 6_000;
const none: Candidates = { smtp: [], imap: [], pop3: [] };

/** Reached, and the right protocol answers; the run looks at the same connections anyway. */
const answers = async (service: Service, subject: Subject, { mail }: World, signal: AbortSignal): Promise<boolean> => {
  const { contacts } = await mail.port(service, subject, signal);
  if (!contacts.some((contact) => contactWorks(service.protocol, contact))) return false;
  if (service.security !== 'tls') return true;
  const { handshake, greeting } = await mail.tls(service, subject, signal);
  return handshake?.kind !== 'plain' && (greeting?.kind !== 'greeted' || welcomed(service.protocol, greeting));
};

const endsIn = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** What was read in clear counts where it names the domain's own hosts or those of a known provider, and else not. */
const trustworthy = async (candidates: Candidates, domain: string): Promise<Candidates> => {
  const { providerOfServer } = await import('../../src/reason/provider.ts');
  const may = ({ host, unverified }: HostCandidate): boolean =>
    !unverified || endsIn(host.toLowerCase(), domain) || providerOfServer(host) !== undefined;
  const { smtp, imap, pop3 } = candidates;
  return { smtp: smtp.filter(may), imap: imap.filter(may), pop3: pop3.filter(may) };
};

export const mailDiscovery = defineCheck<DiscoveryFact>({
  // Like the hosts and the MX it is a question about names; the word sets its target apart from theirs.
  id: 'mail.dns',
  title: {
    en: 'What the domain publishes for mail programs is known',
    ja: 'ドメインが公開しているメール設定を調べる',
  },
  needs: [mailConfig],
  target: ({ address }) => `${domainOf(address)} autoconfig`,
  probe: async (subject, world, signal) => {
    const domain = domainOf(subject.address);
    const services = servicesOf(subject).filter(({ host }) => !isLiteral(host));
    const reached = await Promise.all(services.map((service) => answers(service, subject, world, signal)));
    if (reached.every((one) => one)) return { domain, asked: false, answers: [], candidates: none };
    const { targets } = await askDomain(subject, world, signal);
    const { ca } = subject.config;
    const found = await discover(
      { address: subject.address, domain, targets, limitMs, ...(ca === undefined ? {} : { ca }) },
      world,
      signal,
    );
    return {
      domain,
      asked: true,
      answers: found.answers,
      ...(found.provider ? { provider: found.provider.provider.id } : {}),
      candidates: await trustworthy(found.candidates, domain),
    };
  },
  judge: ({ domain, asked, answers: told, candidates, provider }) => {
    if (!asked) {
      return notApplicable({
        en: 'the configured servers answer, so nobody else was asked for theirs',
        ja: '設定されているサーバーが応答しているため、ほかの設定は調べていません',
      });
    }
    const hosts = [...new Set(Object.values(candidates).flatMap((list) => list.map(({ host }) => host)))];
    if (hosts.length === 0) {
      return notApplicable({
        en: `${domain} publishes no settings for mail programs (${told.length} places were asked)`,
        ja: `${domain} はメールソフト用の設定を公開していません（${told.length} か所を調べました）`,
      });
    }
    const who = provider === undefined ? '' : ` (${provider})`;
    const ja = provider === undefined ? '' : `（${provider}）`;
    return okWith({
      en: `servers of ${domain}${who}: ${hosts.join(', ')}`,
      ja: `${domain} のサーバー${ja}: ${hosts.join('、')}`,
    });
  },
});
