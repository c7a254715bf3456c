import { defineCheck } from '../../src/model/check.ts';
import type { DnsReply, DomainDnsFact, HostDnsFact } from '../../src/model/dns-facts.ts';
import { servicesOf } from '../../src/model/mailbox.ts';
import { fail, notApplicable, ok, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import { advertisedDoors, zoneMxOf } from './advertised.ts';
import { mailConfig, serviceConfig } from './config.check.ts';
import { askDomain, askHost, domainOf } from './dns-questions.ts';
import { perProtocol, protocolName, serviceIn } from './service.ts';

const failure = (reply: DnsReply | undefined): boolean =>
  reply?.kind === 'silent' || reply?.kind === 'failed' || (reply?.kind === 'answered' && reply.rcode !== 'NOERROR');

const hostSymptom = ({ host, a, brokenCname }: HostDnsFact): Text => {
  if (brokenCname) {
    return {
      en: `${host} is an alias of ${brokenCname.target}, which leads nowhere`,
      ja: `${host} は ${brokenCname.target} の別名ですが、その先が見つかりません`,
    };
  }
  if (a?.kind === 'silent' || a?.kind === 'failed') {
    return { en: `no name server answers about ${host}`, ja: `${host} について、どのネームサーバーも応答しません` };
  }
  if (a?.kind === 'answered' && a.rcode === 'NXDOMAIN') {
    return { en: `${host} does not exist in the DNS`, ja: `${host} という名前は DNS に存在しません` };
  }
  if (a?.kind === 'answered' && a.rcode !== 'NOERROR') {
    return {
      en: `the name server answers ${a.rcode} for ${host}`,
      ja: `ネームサーバーが ${host} に ${a.rcode} を返します`,
    };
  }
  return { en: `${host} has no address`, ja: `${host} に IP アドレスがありません` };
};

/** The configured host of one service: does it have addresses, and do system and resolver agree? */
export const hostDns = perProtocol((protocol) =>
  defineCheck<HostDnsFact>({
    id: 'mail.dns',
    title: {
      en: `The ${protocolName[protocol]} host name resolves`,
      ja: `${protocolName[protocol]} サーバーの名前解決ができる`,
    },
    needs: [serviceConfig[protocol]],
    protocols: [protocol],
    present: (subject) => subject.services[protocol] !== undefined,
    target: (subject) => serviceIn(subject, protocol).host,
    probe: (subject, world, signal) => askHost(serviceIn(subject, protocol).host, world, signal),
    judge: (fact) => {
      if (fact.system.kind === 'failed') return fail(hostSymptom(fact));
      if (fact.literal) return ok;
      const addresses = fact.system.addresses.map(({ address }) => address).join(', ');
      if (failure(fact.a) && failure(fact.aaaa)) {
        return okWith({
          en: `${addresses} (from the hosts file, not from the DNS)`,
          ja: `${addresses}（DNS ではなく hosts ファイルの値）`,
        });
      }
      return okWith({ en: addresses, ja: addresses });
    },
  }),
);

/** The domain of the address: can it receive mail, and which hosts does it name for its users? */
export const domainDns = defineCheck<DomainDnsFact>({
  id: 'mail.dns',
  title: { en: "The domain's mail records are right", ja: 'ドメインのメール用レコードが正しい' },
  needs: [mailConfig],
  // A host of the mailbox may bear the domain's own name, and id and target together are unique.
  target: (subject) => {
    const domain = domainOf(subject.address);
    return servicesOf(subject).some(({ host }) => host.toLowerCase() === domain) ? `${domain} MX` : domain;
  },
  probe: async (subject, world, signal) => {
    const fact = await askDomain(subject, world, signal);
    if (!fact.relevant) return fact;
    const [advertised, zoneMx] = await Promise.all([
      advertisedDoors(subject, fact.candidates, world, signal),
      subject.roundTrip.enabled ? zoneMxOf(fact.domain, world, signal) : [],
    ]);
    return {
      ...fact,
      ...(advertised.length > 0 ? { advertised } : {}),
      ...(zoneMx.length > 0 ? { zoneMx } : {}),
    };
  },
  judge: ({ domain, relevant, mx, address, targets, advertised }) => {
    if (!relevant) {
      return notApplicable({
        en: 'no host of this mailbox comes from the DNS, so its mail records say nothing here',
        ja: 'このメールボックスのホストは DNS から得たものではないため、メール用レコードは判断の材料になりません',
      });
    }
    if (mx.kind !== 'answered' || !['NOERROR', 'NXDOMAIN'].includes(mx.rcode)) {
      return unknown({
        en: `the MX records of ${domain} could not be read`,
        ja: `${domain} の MX レコードを読み取れませんでした`,
      });
    }
    if (targets.some(({ kind }) => kind === 'null')) {
      return fail({
        en: `${domain} says that it takes no mail`,
        ja: `${domain} は「メールを受け取らない」と宣言しています`,
      });
    }
    if (targets.length === 0) {
      const implicit = address?.kind === 'answered' && address.records.length > 0;
      if (implicit)
        return okWith({
          en: 'no MX; the domain itself has an address',
          ja: 'MX はなく、ドメイン自身に IP アドレスがあります',
        });
      return fail({ en: `${domain} has neither MX nor address`, ja: `${domain} には MX も IP アドレスもありません` });
    }
    const bad = targets.filter(({ kind }) => kind !== 'ok');
    const [first] = bad;
    const misleading = advertised?.find(({ trouble }) => trouble !== undefined);
    if (!first && misleading) {
      const door = `${misleading.host}:${misleading.port}`;
      return warn({
        en: `the SRV records of ${domain} name ${door}, which does not do what they say`,
        ja: `${domain} の SRV レコードが示す ${door} は、そのとおりに使えません`,
      });
    }
    if (!first) return okWith({ en: `MX ${targets[0]?.host}`, ja: `MX ${targets[0]?.host}` });
    const symptom: Text = {
      en: `the MX ${first.host} of ${domain} is not usable`,
      ja: `${domain} の MX ${first.host} は使えません`,
    };
    return bad.length === targets.length ? fail(symptom) : warn(symptom);
  },
});
