import { UsageError } from '../command.ts';

/** A machine that ssh reaches. */
export interface Place {
  readonly user?: string;
  readonly host: string;
  readonly port?: number;
  /** As it was written. */
  readonly url: string;
}

const form =
  /^ssh:\/\/(?:([A-Za-z0-9_][A-Za-z0-9_.+-]*)@)?(\[[0-9A-Fa-f:.%a-z]+\]|[A-Za-z0-9_][A-Za-z0-9_.-]*)(?::(\d{1,5}))?\/?$/;

/** `ssh://USER@HOST[:PORT]`. Nothing of it can be taken for an option of ssh: neither part starts with a hyphen. */
export const placeOf = (url: string): Place => {
  const [, user, host, digits] = form.exec(url) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (host === undefined || (port !== undefined && (port < 1 || port > 65_535))) {
    throw new UsageError({
      en: `--vantage ${JSON.stringify(url)} names no machine; write it as ssh://USER@HOST or ssh://USER@HOST:PORT`,
      ja: `--vantage ${JSON.stringify(url)} は接続先として読めません。ssh://ユーザー@ホスト または ssh://ユーザー@ホスト:ポート の形で指定してください`,
    });
  }
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    url,
  };
};

/** The words of ssh's command line in front of the remote command. */
export const sshWords = ({ user, host, port }: Place, { ask }: { readonly ask: boolean }): readonly string[] => [
  // No terminal, no agent, no X11, no forwarding of the user's configuration: the machine gets nothing of this one.
  '-T',
  '-a',
  '-x',
  '-o',
  'ClearAllForwardings=yes',
  ...(ask ? [] : ['-o', 'BatchMode=yes']),
  ...(port === undefined ? [] : ['-p', String(port)]),
  ...(user === undefined ? [] : ['-l', user]),
  '--',
  host,
];
