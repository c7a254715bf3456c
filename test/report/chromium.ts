import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where a Chromium is, or undefined; `CHROME` names another one. */
export const chromiumPath = (): string | undefined => {
  const { CHROME, PATH = '' } = process.env;
  const all = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(CHROME ? [CHROME] : []), ...all].find(isThere);
};

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export interface Screen {
  readonly width: number;
  readonly dark?: boolean;
  readonly print?: boolean;
}

/** A page that is open. */
export interface Tab {
  /** The value of an expression, as JSON. */
  evaluate(expression: string): Promise<unknown>;
  screen(screen: Screen): Promise<void>;
  /** The whole page. */
  png(): Promise<Buffer>;
  pdf(): Promise<Buffer>;
  close(): Promise<void>;
  /** What it asked the network or the disk for, itself included, and what its policy refused. */
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** A Chromium without a screen, driven over a pipe (no port is opened). */
export interface Chromium {
  open(html: string): Promise<Tab>;
  close(): Promise<void>;
}

export const startChromium = async (path: string): Promise<Chromium> => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-doctor-page-'));
  const child = spawn(
    path,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--hide-scrollbars',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--remote-debugging-pipe',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  // The types know the first three only; four and five are the pipes that were asked for.
  const [, , , input, output] = child.stdio as unknown as readonly [null, null, null, Writable, Readable];
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  const listeners = new Set<(answer: Answer) => void>();
  let rest = '';
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const answer = JSON.parse(part) as Answer;
      const call = answer.id === undefined ? undefined : waiting.get(answer.id);
      if (!call) {
        for (const listen of listeners) listen(answer);
        continue;
      }
      waiting.delete(answer.id ?? 0);
      if (answer.error) call.reject(new Error(answer.error.message));
      else call.resolve(answer.result);
    }
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void gone.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium has ended'));
    waiting.clear();
  });
  let last = 0;
  const send = (method: string, params: object = {}, sessionId?: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      input.write(`${JSON.stringify({ id: last, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  let pages = 0;

  return {
    open: async (html) => {
      pages += 1;
      const file = join(folder, `page-${pages}.html`);
      writeFileSync(file, html);
      const { targetId } = (await send('Target.createTarget', { url: 'about:blank' })) as { targetId: string };
      const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string };
      const requests: string[] = [];
      const complaints: string[] = [];
      let loaded: () => void = () => undefined;
      const load = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      listeners.add((answer) => {
        if (answer.sessionId !== sessionId) return;
        const params = (answer.params ?? {}) as {
          readonly request?: { readonly url: string };
          readonly entry?: { readonly text: string };
        };
        if (answer.method === 'Network.requestWillBeSent') requests.push(params.request?.url ?? '');
        if (answer.method === 'Log.entryAdded') complaints.push(params.entry?.text ?? '');
        if (answer.method === 'Page.loadEventFired') loaded();
        if (answer.method === 'Page.javascriptDialogOpening') {
          complaints.push('a dialog');
          void send('Page.handleJavaScriptDialog', { accept: false }, sessionId);
        }
      });
      const call = (method: string, params: object = {}): Promise<unknown> => send(method, params, sessionId);
      await call('Page.enable');
      await call('Network.enable');
      await call('Log.enable');
      await call('Page.navigate', { url: pathToFileURL(file).href });
      await load;
      return {
        requests,
        complaints,
        evaluate: async (expression) => {
          const { result, exceptionDetails } = (await call('Runtime.evaluate', {
            expression,
            returnByValue: true,
            awaitPromise: true,
          })) as { result: { value?: unknown }; exceptionDetails?: { text: string } };
          if (exceptionDetails) throw new Error(`${exceptionDetails.text}: ${expression}`);
          return result.value;
        },
        screen: async ({ width, dark = false, print = false }) => {
          await call('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: false });
          await call('Emulation.setEmulatedMedia', {
            media: print ? 'print' : '',
            features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
          });
        },
        png: async () => {
          const { data } = (await call('Page.captureScreenshot', { captureBeyondViewport: true })) as { data: string };
          return Buffer.from(data, 'base64');
        },
        pdf: async () => {
          const { data } = (await call('Page.printToPDF', { printBackground: true, preferCSSPageSize: true })) as {
            data: string;
          };
          return Buffer.from(data, 'base64');
        },
        close: async () => {
          await send('Target.closeTarget', { targetId });
        },
      };
    },
    close: async () => {
      await send('Browser.close').catch(() => undefined);
      await gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
