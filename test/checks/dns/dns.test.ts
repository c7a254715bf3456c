import type { Case } from '../area.ts';
import { testCases, testComplete } from '../area.ts';
import {
  address,
  answered,
  contact,
  domain,
  done,
  fails,
  found,
  greeted,
  ipv4,
  mailbox,
  onlyImap,
  open,
  port,
  record,
  resolves,
  silent,
  unanswered,
} from '../evidence.ts';

const host = `mail.${domain}`;
const imap = onlyImap();
const targets = [`imap ${host}:993`, host];
const nxdomain = answered('NXDOMAIN');
const servfail = answered('SERVFAIL');
const nodata = answered('NOERROR');
const only = (fact: ReturnType<typeof fails>) => ({ dns: { imap: fact } });

const mx = (kind: 'ok' | 'no-such-host' | 'cname' | 'literal' | 'null', name = `mx.${domain}`) => ({
  host: name,
  priority: 10,
  kind,
  addresses: [],
});
const smtpOnly = (() => {
  const { imap: _imap, ...config } = mailbox().config;
  return config;
})();

const oldServer = '203.0.113.99';
const shadowed = {
  ...resolves(host),
  system: found(ipv4(oldServer)),
  hosts: [{ file: '/etc/hosts', line: 7, address: oldServer }],
};
const atZone = (connect: typeof open) => ({
  published: [ipv4(oldServer)],
  authority: { server: `ns.${domain}`, addresses: [ipv4()] },
  knocks: [{ address, connect }],
});

const trip = mailbox({ roundTrip: { enabled: true, timeoutMs: 60_000 } });
const at = (server: string, target: string, serial: string) => ({ server, hosts: [target], serial });
const arrived = {
  folder: 'INBOX',
  role: 'inbox' as const,
  afterMs: 900,
  hops: [],
  subjectIntact: true,
  bodyIntact: true,
  messageIdKept: true,
};

const cases: readonly Case[] = [
  { name: 'a healthy mailbox', ill: {}, finds: [] },
  {
    name: 'NXDOMAIN, for both services: one root',
    ill: { dns: { smtp: fails(host, nxdomain), imap: fails(host, nxdomain) } },
    finds: ['dns.no-such-host', 'config.wrong-host?'],
    affects: [`smtp ${host}:587`, `imap ${host}:993`, host],
    severity: 'critical',
    en: /NXDOMAIN/,
    ja: /存在しません/,
    ruledOut: 'dns.server-failure',
  },
  {
    name: 'the domain itself is gone: the host is named, the missing MX is not',
    subject: imap,
    ill: { ...only(fails(host, nxdomain)), domain: { mx: nxdomain, address: nxdomain, targets: [] } },
    finds: ['dns.no-such-host', 'config.wrong-host?'],
    en: /whole domain/,
  },
  {
    name: 'the configured host is the MX, and has no address: one root',
    subject: imap,
    ill: { ...only(fails(host, nxdomain)), domain: { targets: [mx('no-such-host', host)] } },
    finds: ['dns.no-such-host', 'config.wrong-host?'],
  },
  {
    name: 'a name without address',
    subject: imap,
    ill: only(fails(host, nodata)),
    finds: ['dns.no-address', 'config.wrong-host?'],
    affects: targets,
  },
  {
    name: 'the mail domain in place of a host',
    subject: imap,
    ill: only(fails(host, nodata, { mx: answered('NOERROR', [record('MX', host, 'mx.example.net')]) })),
    finds: ['dns.no-address', 'config.wrong-host?'],
    en: /mx\.example\.net/,
  },
  {
    name: 'SERVFAIL with and without checking',
    subject: imap,
    ill: only(fails(host, servfail, { unchecked: servfail, root: nodata })),
    finds: ['dns.server-failure'],
    affects: targets,
    ruledOut: 'dns.resolver-unreachable',
  },
  {
    name: 'one zone fails for two hosts: one root',
    subject: mailbox({ imap: { host: `imap.${domain}`, port: 993 } }),
    ill: {
      dns: {
        smtp: fails(host, servfail, { unchecked: servfail, root: nodata }),
        imap: fails(`imap.${domain}`, servfail, { unchecked: servfail, root: nodata }),
      },
    },
    finds: ['dns.server-failure'],
    affects: [`smtp ${host}:587`, host, `imap imap.${domain}:993`, `imap.${domain}`],
  },
  {
    name: 'REFUSED even for the root',
    subject: imap,
    ill: only(fails(host, answered('REFUSED'), { root: answered('REFUSED') })),
    finds: ['dns.server-failure'],
    en: /root of the DNS/,
  },
  {
    name: 'SERVFAIL that goes away with checking disabled',
    subject: imap,
    ill: only(
      fails(host, servfail, { unchecked: answered('NOERROR', [record('A', host, '198.51.100.10')]), root: nodata }),
    ),
    finds: ['dns.dnssec-bogus'],
    affects: targets,
    ruledOut: 'dns.server-failure',
    en: /DNSSEC/,
  },
  {
    name: 'no resolver answers, for two hosts: one root',
    subject: mailbox({ imap: { host: `imap.${domain}`, port: 993 } }),
    ill: {
      dns: {
        smtp: fails(host, unanswered, { root: unanswered }),
        imap: fails(`imap.${domain}`, unanswered, { root: unanswered }),
      },
      domain: { mx: unanswered, targets: [] },
    },
    finds: ['dns.resolver-unreachable'],
    affects: [`smtp ${host}:587`, host, `imap imap.${domain}:993`, `imap.${domain}`],
    en: /192\.0\.2\.53/,
  },
  {
    name: 'only this zone is not answered',
    subject: imap,
    ill: only(fails(host, unanswered, { root: answered('NOERROR', [record('NS', '.', 'a.root-servers.net')]) })),
    finds: ['dns.server-failure'],
  },
  {
    name: 'the alias leads nowhere',
    subject: imap,
    ill: only(
      fails(host, answered('NXDOMAIN', [], ['old.example.net']), {
        brokenCname: { target: 'old.example.net', why: 'no-such-host' },
      }),
    ),
    finds: ['dns.cname-broken', 'config.wrong-host?'],
    affects: targets,
    en: /old\.example\.net/,
  },
  {
    name: 'a loop of aliases, which a resolver may answer with SERVFAIL',
    subject: imap,
    ill: only(
      fails(host, answered('SERVFAIL', [], [host, `x.${domain}`, host]), {
        brokenCname: { target: host, why: 'loop' },
      }),
    ),
    finds: ['dns.cname-broken', 'config.wrong-host?'],
  },
  {
    name: 'a private address that leads nowhere',
    subject: imap,
    ill: {
      dns: { imap: resolves(host, ipv4('10.20.30.40')) },
      port: { imap: port([contact(silent, undefined, ipv4('10.20.30.40'))]) },
    },
    finds: ['dns.private-address', 'config.wrong-host?', 'config.wrong-port?'],
    severity: 'critical',
    affects: [`imap ${host}:993`],
    en: /10\.20\.30\.40/,
  },
  {
    name: 'a private address that works',
    subject: imap,
    ill: {
      dns: { imap: resolves(host, ipv4('192.168.1.5')) },
      port: { imap: port([contact(open, undefined, ipv4('192.168.1.5'))]) },
    },
    finds: ['dns.private-address'],
    severity: 'info',
  },
  {
    name: 'a private address from the hosts file is the own decision',
    subject: imap,
    ill: {
      dns: { imap: { ...resolves(host), system: found(ipv4('192.168.1.5')) } },
      port: { imap: port([contact(open, undefined, ipv4('192.168.1.5'))]) },
    },
    finds: [],
  },
  {
    name: 'an address in place of a name',
    subject: onlyImap({ host: '127.0.0.1' }),
    ill: { dns: { imap: { host: '127.0.0.1', literal: true, system: found(ipv4('127.0.0.1')), published: [] } } },
    finds: [],
  },
  {
    name: 'neither MX nor address',
    ill: { domain: { mx: nodata, address: nodata, targets: [] } },
    finds: ['dns.no-mx'],
    severity: 'critical',
    affects: [domain],
    evidence: [`mail.dns ${domain}`],
  },
  {
    name: 'neither MX nor address, of a mailbox that only sends',
    subject: mailbox({ ...smtpOnly }),
    ill: { domain: { mx: nodata, address: nodata, targets: [] } },
    finds: ['dns.no-mx'],
  },
  {
    name: 'no MX, but the domain has an address (RFC 5321 5.1)',
    ill: { domain: { mx: nodata, address: answered('NOERROR', [record('A', domain, '198.51.100.1')]), targets: [] } },
    finds: [],
  },
  {
    name: 'mail records that say nothing here',
    ill: { domain: { relevant: false, mx: nodata, address: nodata, targets: [] } },
    finds: [],
  },
  {
    name: 'the domain takes no mail',
    ill: { domain: { targets: [mx('null', '.')] } },
    finds: ['dns.null-mx'],
    severity: 'critical',
  },
  {
    name: 'the only MX does not resolve',
    ill: { domain: { targets: [mx('no-such-host')] } },
    finds: ['dns.mx-unresolvable'],
    severity: 'critical',
    en: /mx\.aozora\.test/,
  },
  {
    name: 'one of two MX does not resolve',
    ill: { domain: { targets: [mx('no-such-host'), mx('ok', host)] } },
    finds: ['dns.mx-unresolvable'],
    severity: 'warning',
  },
  {
    name: 'the MX is an alias',
    ill: { domain: { targets: [mx('cname')] } },
    finds: ['dns.mx-is-cname'],
    severity: 'warning',
  },
  {
    name: 'the MX is an address',
    ill: { domain: { targets: [mx('literal', '203.0.113.9')] } },
    finds: ['dns.mx-is-address'],
    severity: 'critical',
    en: /203\.0\.113\.9/,
  },
  {
    name: 'host and domain are one name: one of the two questions is there',
    subject: onlyImap({ host: domain }),
    ill: { dns: { imap: fails(domain, nodata, { mx: answered('NOERROR', [record('MX', domain, host)]) }) } },
    finds: ['dns.no-address', 'config.wrong-host?'],
  },
  {
    name: 'a stranger of another area: HTTP says nothing of the DNS',
    ill: { port: { smtp: port([contact(open, greeted('http'))]) } },
    finds: ['config.protocol-mismatch', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'a line of the hosts file leads to a machine that does not answer, the DNS to one that does',
    subject: imap,
    ill: {
      dns: { imap: shadowed },
      port: {
        imap: port([contact(silent, undefined, ipv4(oldServer))], {
          elsewhere: { published: [ipv4()], knocks: [{ address, connect: open }] },
        }),
      },
    },
    finds: ['dns.hosts-override', 'config.wrong-host?', 'config.wrong-port?'],
    affects: [`imap ${host}:993`],
    severity: 'critical',
    ruledOut: 'dns.split-horizon',
    en: /Line 7 of \/etc\/hosts/,
    ja: /\/etc\/hosts の 7 行目/,
  },
  {
    name: 'the same, and the address of the DNS does not answer either: the hosts file is not what closes it',
    subject: imap,
    ill: {
      dns: { imap: shadowed },
      port: {
        imap: port([contact(silent, undefined, ipv4(oldServer))], {
          elsewhere: { published: [ipv4()], knocks: [{ address, connect: silent }] },
        }),
      },
    },
    finds: ['net.filtered', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'a line of the hosts file leads to a machine with another certificate',
    subject: imap,
    ill: { dns: { imap: shadowed }, tls: { imap: { handshake: done({ nameMatches: false }) } } },
    finds: ['dns.hosts-override'],
    severity: 'critical',
    evidence: [`mail.dns ${host}`, `mail.tls imap ${host}:993`],
  },
  {
    name: 'a line of the hosts file that works',
    subject: imap,
    ill: { dns: { imap: shadowed } },
    finds: ['dns.hosts-override'],
    severity: 'info',
  },
  {
    name: "the resolver gives one address, the zone's own server another that answers",
    subject: imap,
    ill: {
      dns: { imap: resolves(host, ipv4(oldServer)) },
      port: { imap: port([contact(silent, undefined, ipv4(oldServer))], { elsewhere: atZone(open) }) },
    },
    finds: ['dns.split-horizon', 'config.wrong-host?', 'config.wrong-port?'],
    affects: [`imap ${host}:993`],
    severity: 'critical',
    ruledOut: 'dns.hosts-override',
    en: /ns\.aozora\.test gives 198\.51\.100\.10/,
  },
  {
    name: "the zone's own server gives another address that does not answer either",
    subject: imap,
    ill: {
      dns: { imap: resolves(host, ipv4(oldServer)) },
      port: { imap: port([contact(silent, undefined, ipv4(oldServer))], { elsewhere: atZone(silent) }) },
    },
    finds: ['net.filtered', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'an SRV record names a port that does not start with TLS, the configured one works',
    subject: imap,
    ill: { domain: { advertised: [{ protocol: 'imap', host, port: 143, security: 'tls', trouble: 'no-tls' }] } },
    finds: ['dns.srv-autoconfig-wrong'],
    affects: [domain],
    severity: 'warning',
    en: /_imaps\._tcp\.aozora\.test sends IMAP users to mail\.aozora\.test:143/,
    ja: /_imaps\._tcp\.aozora\.test/,
  },
  {
    name: 'an SRV record names another door that works as well',
    subject: imap,
    ill: { domain: { advertised: [{ protocol: 'imap', host, port: 143, security: 'starttls' }] } },
    finds: [],
  },
  {
    name: 'an SRV record leads nowhere, and the configured door does not work either: that is the fault',
    subject: imap,
    ill: {
      domain: { advertised: [{ protocol: 'imap', host, port: 143, security: 'tls', trouble: 'closed' }] },
      port: { imap: port([contact(silent)]) },
    },
    finds: ['net.filtered', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: "sent and lost, and the zone's servers do not agree on the MX",
    subject: trip,
    ill: { trip: {}, domain: { zoneMx: [at('ns1', 'mx.new.test', '7'), at('ns2', 'mx.old.test', '6')] } },
    finds: ['dns.mx-stale'],
    affects: [`sales@${domain}`, domain],
    severity: 'critical',
    ruledOut: 'dns.no-mx',
    en: /ns1 \(7\): mx\.new\.test/,
  },
  {
    name: "sent and lost, and the resolver's MX is not the one of the zone's servers",
    subject: trip,
    ill: { trip: {}, domain: { zoneMx: [at('ns1', 'mx.new.test', '7')] } },
    finds: ['dns.mx-stale'],
  },
  {
    name: 'sent and lost, and the MX has nothing in common with the server that is polled',
    subject: trip,
    ill: { trip: {}, domain: { targets: [{ ...mx('ok', 'mx1.former.example'), addresses: ['192.0.2.9'] }] } },
    finds: ['dns.mx-stale'],
    en: /mx1\.former\.example/,
  },
  { name: 'sent and lost, with an MX of the same house', subject: trip, ill: { trip: {} }, finds: [] },
  {
    name: 'another MX house, but the message came',
    subject: trip,
    ill: {
      trip: { found: arrived },
      domain: { targets: [{ ...mx('ok', 'mx1.former.example'), addresses: ['192.0.2.9'] }] },
    },
    finds: [],
  },
];

testCases(cases);
// The cases of these stand with those of the sender's domain, in test/checks/policy.
testComplete('dns', cases, ['dns.caa-blocks-renewal', 'dns.ptr-missing', 'dns.fcrdns-mismatch']);
