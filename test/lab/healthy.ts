import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { imap, mail, pop3, smtp } from './case.ts';
import type { Family } from './network.ts';
import { startLab, startSite } from './site.ts';

/** A healthy mail server for whoever measures against one. */
export interface Healthy {
  /** The name of the client namespace: `ip netns exec NAME …`. */
  readonly namespace: string;
  /** The command line that runs something in the client's namespace. */
  readonly command: (...args: readonly string[]) => readonly [string, ...string[]];
  /** The client's directory: configuration, CA and a home of its own. */
  readonly dir: string;
  readonly config: string;
  readonly ca: string;
  readonly host: string;
  readonly login: string;
  readonly password: string;
  /** For the client's processes: the password under MAIL_PASSWORD, HOME and XDG directories below `dir`. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => void;
}

/**
 * Healthy Dovecot, Postfix and BIND in a namespace of their own, SMTP 25, 465 and 587, IMAP 143 and 993, POP3 110 and
 * 995. With `roundTripMs` every TCP connection to the mail server takes so long there and back, as does DNS.
 */
export const startHealthy = async (
  root: string,
  options: { readonly roundTripMs?: number; readonly families?: Family } = {},
): Promise<Healthy> => {
  const lab = await startLab(root);
  const { families = 'v4', roundTripMs } = options;
  const site = await startSite(lab, { families }, roundTripMs ? { roundTripMs } : {});
  const at = (name: string): string => path.join(site.clientDir, name);
  mkdirSync(at('home'), { recursive: true });
  copyFileSync(site.ca, at('ca.pem'));
  writeFileSync(at('crm-doctor.yaml'), JSON.stringify(mail({ smtp: smtp(), imap: imap(), pop3: pop3() }), null, 2));
  return {
    namespace: site.network.client,
    command: (...args) => site.network.on('client', args),
    dir: site.clientDir,
    config: at('crm-doctor.yaml'),
    ca: at('ca.pem'),
    host: 'mail.aozora.test',
    login: 'sales@aozora.test',
    password: site.password,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: at('home'),
      XDG_CONFIG_HOME: at('home/config'),
      XDG_STATE_HOME: at('home/state'),
      XDG_CACHE_HOME: at('home/cache'),
      LANG: 'C.UTF-8',
      MAIL_PASSWORD: site.password,
    },
    stop: () => {
      site.stop();
      lab.stop();
    },
  };
};
