import type { MailConfig } from '../model/config.ts';
import { subjectOf } from '../model/mailbox.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';
import type { Door } from './detection.ts';
import { chosenDoor, detectServers, isVouchedFor, serviceAt } from './detection.ts';
import { groundWords } from './grounds.ts';

const limitMs = 30_000;

/** A password does not go to a server that only the DNS names and that nobody vouches for. */
const refuseStrangers = async (found: readonly Door[], domain: string): Promise<void> => {
  for (const door of found) {
    if (await isVouchedFor(door, domain)) continue;
    throw new UsageError({
      en: `${door.host} was found for ${domain}, but neither by a trustworthy source nor under that domain, so no password is sent there unasked. If it is right, name it with --smtp, --imap or --pop3, or let \`crm-doctor init\` ask you`,
      ja: `${domain} のサーバーとして ${door.host} が見つかりましたが、このドメインのサーバーではなく、信頼できる情報源によるものでもないため、確認なしにパスワードは送りません。正しければ --smtp、--imap、--pop3 で指定するか、\`crm-doctor init\` で確認しながら設定してください`,
    });
  }
};

/** Finds the servers of an address without any settings, and says on stderr what it found and by what. */
export const detectServices = async (mail: MailConfig, { io, language }: Context): Promise<MailConfig> => {
  const { openWorld } = await import('./open-world.ts');
  const { world } = await openWorld(new Map(), { subjects: [subjectOf(mail, false)] });
  const { password, ...account } = mail;
  const { domain, tried } = await detectServers({ mail: account }, world, AbortSignal.timeout(limitMs));
  const [smtp, imap, pop3] = [chosenDoor(tried.smtp), chosenDoor(tried.imap), chosenDoor(tried.pop3)];
  if (!smtp && !imap && !pop3) {
    throw new UsageError({
      en: `no mail server of ${domain} was found (SRV records, autoconfig, Autodiscover, known providers, usual names and MX were tried); name them with --smtp, --imap or --pop3`,
      ja: `${domain} のメールサーバーが見つかりませんでした（SRV レコード、autoconfig、Autodiscover、既知のプロバイダー、よくある名前、MX を調べました）。--smtp、--imap、--pop3 で指定してください`,
    });
  }
  const found = {
    ...(smtp ? { smtp: smtp.door } : {}),
    ...(imap ? { imap: imap.door } : {}),
    // POP3 takes messages away; where IMAP answers it is not what a CRM should use.
    ...(pop3 && !imap ? { pop3: pop3.door } : {}),
  };
  if (password) await refuseStrangers(Object.values(found), domain);
  for (const [protocol, { host, port, security, from }] of Object.entries(found)) {
    const words = { en: 'found', ja: '検出' }[language];
    io.err.write(`crm-doctor: ${words}: ${protocol} ${host}:${port} ${security} (${groundWords[from][language]})\n`);
  }
  const named = (door: Door) => ({
    ...serviceAt(door),
    ...(mail.username === undefined && door.username !== undefined && door.username !== mail.address
      ? { username: door.username }
      : {}),
  });
  return { ...mail, ...Object.fromEntries(Object.entries(found).map(([protocol, door]) => [protocol, named(door)])) };
};
