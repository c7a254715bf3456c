import type { SecretSource } from '../../model/config.ts';
import type { Login, Waiting } from '../../model/login.ts';
import type { Subject } from '../../model/mailbox.ts';
import type { ChannelConfig } from '../../model/notify.ts';
import type { Language } from '../../model/text.ts';
import type { Channel } from '../../notify/channel.ts';
import { unfitFor } from '../../notify/email.channel.ts';
import { narrowed } from '../../notify/narrow.ts';
import { messageOf } from '../../notify/tell.ts';
import { createRedactor } from '../../reason/redact.ts';
import { openWorld } from '../open-world.ts';
import type { Redact } from '../redact-report.ts';
import { neededSources } from './needed.ts';
import type { Endpoints } from './open-http.ts';
import type { Ping } from './open-ping.ts';
import type { Opening, Sender } from './opening.ts';
import { redactNotice } from './redact-notice.ts';
import { withTitles } from './titles.ts';

/** The channels of a configuration, ready to be used. */
export interface OpenChannels {
  readonly channels: readonly (Channel & { readonly host: string; readonly language: Language })[];
  readonly pings: readonly Ping[];
  readonly redact: Redact;
}

const endpoints: Endpoints = {
  chatwork: 'https://api.chatwork.com/v2',
  lineWorks: { token: 'https://auth.worksmobile.com/oauth2/v2.0/token', api: 'https://www.worksapis.com/v1.0' },
};

export interface ChannelsOf {
  readonly notify: readonly ChannelConfig[];
  /** The configured mailboxes, of which mails may be sent through one. */
  readonly mailboxes: readonly Subject[];
  readonly sources: ReadonlyMap<string, SecretSource>;
  readonly language: Language;
  /** IANA; times are told in it. */
  readonly timeZone: string;
  readonly env: NodeJS.ProcessEnv;
  /** Logins that wait because they were refused: no mail is sent through them. */
  readonly waiting?: Waiting;
  /** Such a login was refused. */
  readonly refused?: (login: Login) => void;
  /** Only for tests, which have no Chatwork. */
  readonly endpoints?: Endpoints;
  /** How long an answer may take; default: as everywhere. */
  readonly stepMs?: number;
}

const openSender = async (
  config: Exclude<ChannelConfig, { readonly type: 'ping' }>,
  mailboxes: readonly Subject[],
  opening: Opening,
): Promise<Sender & Pick<Channel, 'unfit'>> => {
  switch (config.type) {
    case 'email': {
      const { openEmail } = await import('./open-email.ts');
      const { way, ...sender } = openEmail(config, mailboxes, opening);
      return { ...sender, unfit: unfitFor(way) };
    }
    case 'command': {
      const { openCommand } = await import('./open-command.ts');
      return openCommand(config, opening);
    }
    default: {
      const { openHttp } = await import('./open-http.ts');
      return openHttp(config, opening);
    }
  }
};

/** Made anew only when there are more secrets: a token may have been fetched. */
const redactorOver = (values: () => readonly string[]): Redact => {
  let known = -1;
  let redact: Redact = (text) => text;
  return (text) => {
    const all = values();
    if (all.length !== known) redact = createRedactor(all);
    known = all.length;
    return redact(text);
  };
};

/**
 * Opens every channel. What is wrong with a secret, an address or a key is an error of the configuration, told before
 * anything is sent.
 */
export const openChannels = async (given: ChannelsOf): Promise<OpenChannels> => {
  const { notify, mailboxes, sources, timeZone, env, stepMs } = given;
  const emails = notify.filter((config) => config.type === 'email');
  const { senderOf } = emails.length > 0 ? await import('./open-email.ts') : { senderOf: undefined };
  const senders = senderOf ? emails.map((config) => senderOf(config, mailboxes)) : [];
  const { kit, tokens, secrets } = await openWorld(neededSources(sources, notify, senders), { subjects: senders });
  const redact = redactorOver(secrets.values);
  const opening: Opening = {
    kit: { ...kit, env, tokens, limits: { ...kit.limits, ...(stepMs === undefined ? {} : { stepMs }) } },
    redact,
    endpoints: given.endpoints ?? endpoints,
    env,
    ...(given.waiting ? { waiting: given.waiting } : {}),
    ...(given.refused ? { refused: given.refused } : {}),
  };
  const tenants = new Map(mailboxes.map(({ label, config }) => [label, config.row?.tenant]));
  const tenantOf = (mailbox: string): string | undefined => tenants.get(mailbox);
  const channels: OpenChannels['channels'][number][] = [];
  const pings: Ping[] = [];
  for (const config of notify) {
    if (config.type === 'ping') {
      const { openPing } = await import('./open-ping.ts');
      pings.push(openPing(config, opening));
      continue;
    }
    const { name, type, instead, language = given.language } = config;
    const { send, repeatable, host, unfit } = await openSender(config, mailboxes, opening);
    channels.push({
      name,
      type,
      repeatable,
      host,
      language,
      ...(instead === undefined ? {} : { instead }),
      ...(unfit === undefined ? {} : { unfit }),
      narrowed: (notice) => narrowed(notice, config, tenantOf),
      send: async ({ notice, id, uncertain }, signal) => {
        // Where the run spoke the other language.
        const told = language === given.language ? notice : await withTitles(notice);
        // Before any text is cut: half of a secret is recognised by nobody.
        const clean = redactNotice(told, redact);
        return send({ message: messageOf(clean, { language, timeZone, uncertain }), notice: clean, id }, signal);
      },
    });
  }
  return { channels, pings, redact };
};
