import { defineCheck } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { PortFact } from '../../src/model/contact-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { targetOf } from '../../src/model/mailbox.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { notApplicable, okWith, warn } from '../../src/model/outcome.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import type { Software, VersionsFact } from '../../src/model/version-facts.ts';
import type { Remembered, World } from '../../src/model/world.ts';
import { softwareIn } from '../../src/reason/software.ts';
import { standingOf } from '../version/standing.ts';
import { versionTable } from '../version/table.ts';
import { imapAuth } from './imap-auth.check.ts';
import { loginApplies } from './login.ts';
import { mailPort } from './port.check.ts';
import { onService, perProtocol, protocolName, serviceIn } from './service.ts';
import { mailTls } from './tls.check.ts';

/** `Exim 4.96`, `Postfix (debian)`. */
export const softwareName = ({ name, version, distribution }: Software): string =>
  [name, version, distribution === undefined ? undefined : `(${distribution})`].filter(Boolean).join(' ');

const greetings = (port: PortFact, tls: TlsFact): readonly string[] =>
  [tls.greeting, ...port.contacts.map(({ greeting }) => greeting)].flatMap((greeting) =>
    greeting?.kind === 'greeted' ? greeting.lines : [],
  );

const idLine = (id: Readonly<Record<string, string>> | undefined): readonly string[] => {
  if (!id) return [];
  const { name = '', vendor = '', version = '' } = id;
  return [[name || vendor, version].filter(Boolean).join(' ')];
};

/** What the server said to the questions of this run; nothing is asked for this alone. */
const wordsOf = async (
  { mail }: World,
  service: Service,
  { subject, signal }: { readonly subject: Subject; readonly signal: AbortSignal },
): Promise<readonly string[]> => {
  const { protocol } = service;
  const [port, tls] = await Promise.all([mail.port(service, subject, signal), mail.tls(service, subject, signal)]);
  // The ID comes with the login of mail.imap-auth. Where that one is not made, it is not made for this.
  const logsIn =
    protocol === 'imap' &&
    loginApplies(subject, protocol) === true &&
    mailTls.imap.judge(tls, subject).grade !== 'fail';
  const login = logsIn ? await mail.imapLogin(service, subject, signal) : undefined;
  const implementation = [...tls.inside, ...tls.before].filter((line) => /^IMPLEMENTATION /i.test(line));
  return [...idLine(login?.serverId), ...greetings(port, tls), ...implementation];
};

/** A change stays in memory as long as the version that came with it. */
const changeSince = (version: string | undefined, last: Remembered | undefined): VersionsFact['changed'] => {
  const fact = last?.fact as Partial<VersionsFact> | undefined; // its members are looked at before they are used
  const before = fact?.software?.version;
  if (version === undefined || typeof before !== 'string' || last === undefined) return undefined;
  if (before !== version) return { from: before, to: version, since: last.at };
  const kept = fact?.changed;
  return kept && typeof kept.from === 'string' && kept.to === version && typeof kept.since === 'string'
    ? kept
    : undefined;
};

const judge = (fact: VersionsFact): Verdict => {
  const { software } = fact;
  if (!software) {
    return notApplicable({
      en: 'the server does not tell what software it runs',
      ja: 'サーバーがソフトウェアの名前を公開していません',
    });
  }
  const name = softwareName(software);
  const standing = standingOf(fact);
  switch (standing.kind) {
    case 'ended':
      return warn({
        en: `${name}: no security fixes since ${standing.end}`,
        ja: `${name}: ${standing.end} でセキュリティ更新が終了しています`,
      });
    case 'outdated':
      return warn({
        en: `${name}: ${standing.latest} is newer`,
        ja: `${name}: より新しい ${standing.latest} があります`,
      });
    case 'packaged': {
      const by = standing.by.map((row) => row.by).join(', ');
      return okWith({
        en: `${name}; mended only in packages of a distribution (${by})`,
        ja: `${name}。更新はディストリビューションのパッケージ（${by}）でのみ提供されています`,
      });
    }
    case 'supported':
    case 'unknown':
      return okWith({ en: name, ja: name });
  }
};

/** What software the server runs, as far as it tells, and whether somebody still mends it. */
export const mailVersions = perProtocol((protocol: Protocol) =>
  defineCheck<VersionsFact>({
    id: 'mail.versions',
    title: {
      en: `The ${protocolName[protocol]} server's software gets security fixes`,
      ja: `${protocolName[protocol]} サーバーのソフトウェアにセキュリティ更新がある`,
    },
    // It shares the login of mail.imap-auth. That TLS is bad does not keep a server from telling its name.
    needs:
      protocol === 'imap'
        ? [...new Set([mailPort.imap, ...imapAuth.needs.filter((need) => need !== mailTls.imap)])]
        : [mailPort[protocol]],
    costly: true,
    ...onService(protocol),
    probe: async (subject, world, signal) => {
      const service = serviceIn(subject, protocol);
      const { versionsFile } = subject.config;
      const [words, table] = await Promise.all([
        wordsOf(world, service, { subject, signal }),
        versionsFile === undefined ? versionTable : world.versions.table(versionsFile),
      ]);
      const software = softwareIn(words);
      // A server that tells no version never did: its whole memory would be read in vain.
      const last =
        software?.version === undefined
          ? undefined
          : await world.history.lastGood('mail.versions', subject.label, targetOf(service));
      const changed = changeSince(software?.version, last);
      return {
        at: world.clock.now().toISOString(),
        ...(software ? { software } : {}),
        rows: table.rows.filter(({ product }) => product === software?.product),
        table: { date: table.date, ...(versionsFile === undefined ? {} : { file: versionsFile }) },
        ...(changed ? { changed } : {}),
      };
    },
    judge,
  }),
);
