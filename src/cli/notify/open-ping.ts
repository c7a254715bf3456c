import type { ChannelConfig } from '../../model/notify.ts';
import type { Text } from '../../model/text.ts';
import { type PingPhase, pingBody, pingUrl } from '../../notify/ping.channel.ts';
import { createPoster, receiverUrl } from '../../world/notify-http.ts';
import type { Opening } from './opening.ts';

type PingConfig = Extract<ChannelConfig, { readonly type: 'ping' }>;

export interface Ping {
  readonly name: string;
  readonly host: string;
  /** Says how far a round is; what went wrong with that, or nothing. */
  readonly tell: (phase: PingPhase, lines: readonly string[], signal: AbortSignal) => Promise<Text | undefined>;
}

/** A service in the manner of healthchecks.io: it is told of each round, and speaks up when nothing comes any more. */
export const openPing = (config: PingConfig, { kit, redact }: Opening): Ping => {
  const url = receiverUrl(kit.secrets, config.url);
  const post = createPoster(kit);
  return {
    name: config.name,
    host: url.hostname,
    tell: async (phase, lines, signal) => {
      const posted = await post(
        {
          url: new URL(pingUrl(url.href, phase)),
          contentType: 'text/plain; charset=utf-8',
          body: pingBody(lines.map(redact)),
          ...(config.ca === undefined ? {} : { ca: config.ca }),
        },
        signal,
      );
      if (posted.kind !== 'answered') return posted.says;
      const { status } = posted.answer;
      if (status >= 200 && status < 300) return undefined;
      return { en: `${url.hostname} answers ${status}`, ja: `${url.hostname} の応答は ${status} でした` };
    },
  };
};
