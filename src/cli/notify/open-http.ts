import type { ChannelConfig } from '../../model/notify.ts';
import type { HttpAnswer, HttpBuilder } from '../../notify/builder.ts';
import type { Outcome } from '../../notify/outbox.ts';
import { createPoster, type Posted, receiverUrl, signed } from '../../world/notify-http.ts';
import type { Opening, Sender } from './opening.ts';

/** Where services are that have one address for everybody. */
export interface Endpoints {
  readonly chatwork: string;
  readonly lineWorks: { readonly token: string; readonly api: string };
}

/** What the answer says is cut, and has nothing secret in it, before anybody reads it. */
const answerOf = ({ answer }: Extract<Posted, { kind: 'answered' }>, { redact, kit }: Opening): HttpAnswer => ({
  status: answer.status,
  body: answer.body,
  said: redact(answer.body).slice(0, 500),
  headers: {
    ...(answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter }),
    ...(answer.date === undefined ? {} : { date: answer.date }),
    ...(answer.limitReset === undefined ? {} : { reset: answer.limitReset }),
  },
  now: kit.clock.now(),
});

const outcomeOf = (posted: Posted, builder: HttpBuilder, opening: Opening): Outcome => {
  switch (posted.kind) {
    case 'unsent':
      return { kind: 'later', says: posted.says };
    case 'uncertain':
      return builder.repeatable ? { kind: 'later', says: posted.says } : { kind: 'uncertain', says: posted.says };
    case 'answered':
      return builder.judge(answerOf(posted, opening));
  }
};

interface Where {
  readonly url: URL;
  readonly ca?: string;
  /** Made for each attempt: tokens have an end. */
  readonly headers: (body: string, signal: AbortSignal) => Promise<Readonly<Record<string, string>> | Outcome>;
  /** The server did not take what it was opened with. */
  readonly refused?: (status: number) => void;
}

const isOutcome = (value: Readonly<Record<string, string>> | Outcome): value is Outcome =>
  'kind' in value && typeof value.kind === 'string' && ['later', 'refused', 'uncertain'].includes(value.kind);

const sender = (builder: HttpBuilder, { url, ca, headers, refused }: Where, opening: Opening): Sender => {
  const post = createPoster(opening.kit);
  return {
    repeatable: builder.repeatable,
    host: url.hostname,
    send: async (content, signal) => {
      const { contentType, body, headers: own } = builder.request(content);
      const opens = await headers(body, signal);
      if (isOutcome(opens)) return opens;
      const posted = await post(
        { url, contentType, body, headers: { ...own, ...opens }, ...(ca === undefined ? {} : { ca }) },
        signal,
      );
      if (posted.kind === 'answered') refused?.(posted.answer.status);
      return outcomeOf(posted, builder, opening);
    },
  };
};

type HttpConfig = Exclude<ChannelConfig, { readonly type: 'email' | 'command' | 'ping' }>;

/** Services that are known by nothing but an address. */
const incomingOf = {
  slack: () => import('../../notify/slack.channel.ts'),
  teams: () => import('../../notify/teams.channel.ts'),
  'google-chat': () => import('../../notify/google-chat.channel.ts'),
};

/** Opens a channel of the web; what its secrets say wrong is an error of the configuration. */
export const openHttp = async (config: HttpConfig, opening: Opening): Promise<Sender> => {
  const { kit, endpoints } = opening;
  const ca = config.ca === undefined ? {} : { ca: config.ca };
  const plain = async () => ({});
  switch (config.type) {
    case 'slack':
    case 'teams':
    case 'google-chat': {
      const { channel } = await incomingOf[config.type]();
      return sender(channel, { url: receiverUrl(kit.secrets, config.url), headers: plain, ...ca }, opening);
    }
    case 'chatwork': {
      const { channel } = await import('../../notify/chatwork.channel.ts');
      const url = new URL(`${endpoints.chatwork}/rooms/${config.room}/messages`);
      const headers = async () => ({ 'x-chatworktoken': kit.secrets.reveal(config.token) });
      return sender(channel, { url, headers, ...ca }, opening);
    }
    case 'webhook': {
      const { channel } = await import('../../notify/webhook.channel.ts');
      const { secret } = config;
      const headers = async (body: string) =>
        secret === undefined ? {} : signed(body, kit.secrets.reveal(secret), kit.clock.now());
      return sender(channel, { url: receiverUrl(kit.secrets, config.url), headers, ...ca }, opening);
    }
    case 'line-works': {
      const { channel, incoming } = await import('../../notify/line-works.channel.ts');
      if (config.form === 'webhook') {
        return sender(incoming, { url: receiverUrl(kit.secrets, config.url), headers: plain, ...ca }, opening);
      }
      const { createLineWorksTokens, readKey } = await import('../../world/notify-line-works.ts');
      const { clientId, clientSecret, serviceAccount, bot, to } = config;
      const key = await readKey(`${config.path}.privateKeyFile`, config.privateKeyFile);
      const account = { clientId, clientSecret: kit.secrets.reveal(clientSecret), serviceAccount, key };
      const way = { url: endpoints.lineWorks.token, ...ca };
      const tokens = createLineWorksTokens(kit, createPoster(kit), account, way);
      const path = [bot, to.kind, to.id].map(encodeURIComponent).join('/');
      return sender(
        channel,
        {
          url: new URL(`${endpoints.lineWorks.api}/bots/${path}/messages`),
          headers: async (_body, signal) => {
            const got = await tokens.get(signal);
            return got.kind === 'token' ? { authorization: `Bearer ${got.token}` } : got;
          },
          refused: (status) => {
            if (status === 401) tokens.forget();
          },
          ...ca,
        },
        opening,
      );
    }
  }
};
