import type { ChannelConfig } from '../../model/notify.ts';
import { commandInput } from '../../notify/command.channel.ts';
import type { Outcome } from '../../notify/outbox.ts';
import { runCommand } from '../../world/notify-command.ts';
import type { Opening, Sender } from './opening.ts';

type CommandConfig = Extract<ChannelConfig, { readonly type: 'command' }>;

/** Of sysexits.h: another time. */
const temporary = 75;

/** A channel by a program of the user's own. */
export const openCommand = (config: CommandConfig, { redact, env }: Opening): Sender => ({
  repeatable: false,
  host: config.argv[0] ?? '',
  send: async (content, signal): Promise<Outcome> => {
    const { input, env: own } = commandInput(content);
    const { argv, timeoutMs } = config;
    const ran = await runCommand({ argv, timeoutMs, input, env: { ...env, ...own } }, signal);
    switch (ran.kind) {
      case 'not-started':
        return { kind: 'refused', says: ran.says };
      case 'stopped':
        return { kind: 'uncertain', says: ran.says };
      case 'done': {
        if (ran.code === 0) return { kind: 'delivered' };
        // Its end: where a long line was cut at its beginning, half of a secret may stand there.
        const said = redact(ran.says).slice(-300);
        const rest = said === '' ? '' : `: ${said}`;
        const says = {
          en: `the program ended with ${ran.code}${rest}`,
          ja: `プログラムが終了コード ${ran.code} で終わりました${rest}`,
        };
        return ran.code === temporary ? { kind: 'later', says } : { kind: 'refused', says };
      }
    }
  },
});
