import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

/** What a scripted server does instead of the usual answer. */
export interface Act {
  /** Lines to say, without their line ends; in IMAP a line without `*` or `+` in front gets the command's tag. */
  readonly say?: string | readonly string[];
  /** Bytes to send as they are, in place of lines. */
  readonly raw?: string;
  readonly afterMs?: number;
  /** Sends one byte each so many milliseconds. */
  readonly dripMs?: number;
  /** Sends so many bytes: `unit` again and again, by default without a line end. */
  readonly flood?: number;
  readonly unit?: string;
  readonly end?: 'close' | 'reset';
}

export type Answer = string | readonly string[] | Act;

/** A line server that says what no real server can be made to say. It is data, because it runs in another process. */
export interface ScriptedServer {
  readonly protocol: 'smtp' | 'imap' | 'pop3';
  readonly port: number;
  readonly tls?: 'none' | 'starttls' | 'tls';
  /** Name of one of the case's certificates; default `server`. */
  readonly certificate?: string;
  readonly tlsOptions?: {
    readonly maxVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2';
    readonly minVersion?: 'TLSv1' | 'TLSv1.1';
    readonly ciphers?: string;
    readonly clientCertificate?: boolean;
    /** A server name for which the handshake ends with the alert unrecognized_name (RFC 6066 3). */
    readonly refusesName?: string;
  };
  /** What happens to a TLS handshake: it is answered (default), or the connection ends at the ClientHello. */
  readonly handshake?: 'close' | 'reset';
  /**
   * By step: `greeting`, the verb (EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA; LOGIN, SELECT …; STLS, USER, PASS …), or
   * `message` for the end of DATA. LOGIN stands for AUTHENTICATE, PASS for AUTH as well.
   */
  readonly answers?: Readonly<Record<string, Answer>>;
  /** JSON that comes before the refusal of a token; its refusal is the answer of AUTH, LOGIN or PASS. */
  readonly bearerChallenge?: Readonly<Record<string, string>>;
  /** EHLO keywords, IMAP or POP3 capabilities, in place of the usual ones. */
  readonly capabilities?: readonly string[];
  /** The same, inside TLS. */
  readonly insideTls?: readonly string[];
}

/** A scripted server with everything that only the lab knows at run time. */
export interface ScriptedServerAt extends ScriptedServer {
  readonly addresses: readonly string[];
  readonly chainFile: string;
  readonly keyFile: string;
  readonly caFile: string;
  readonly users: Readonly<Record<string, string>>;
}

/** What a scripted server has counted. */
export interface ScriptedCount {
  readonly protocol: string;
  readonly port: number;
  connections: number;
  logins: number;
  messages: number;
  /** By login name. */
  readonly refused: Record<string, number>;
}

const defaults: Readonly<Record<string, readonly string[]>> = {
  smtp: ['PIPELINING', 'SIZE 35882577', 'AUTH PLAIN LOGIN', 'ENHANCEDSTATUSCODES', '8BITMIME'],
  imap: ['IMAP4rev1', 'SASL-IR', 'LITERAL+', 'ID', 'NAMESPACE', 'UIDPLUS', 'AUTH=PLAIN'],
  pop3: ['TOP', 'UIDL', 'RESP-CODES', 'PIPELINING', 'USER', 'SASL PLAIN'],
};

const greetings: Readonly<Record<string, string>> = {
  smtp: '220 mail.aozora.test ESMTP',
  imap: '* OK [CAPABILITY IMAP4rev1 SASL-IR ID] IMAP4rev1 Service Ready',
  pop3: '+OK POP3 ready',
};

const isBearer = (mechanism: string): boolean => /^(?:XOAUTH2|OAUTHBEARER)$/i.test(mechanism);

type Wire = net.Socket | tls.TLSSocket;

/** One connection to a scripted server: reads lines, answers them, switches to TLS when asked. */
class Session {
  readonly #server: ScriptedServerAt;
  readonly #count: ScriptedCount;
  readonly #raw: net.Socket;
  #wire: Wire;
  #inTls: boolean;
  #buffer = '';
  /** Takes the next line in place of the command reader: SASL exchanges, literals, message text. */
  #expect: ((line: string) => void) | undefined;
  #user = '';
  #tag = '';

  constructor(server: ScriptedServerAt, count: ScriptedCount, raw: net.Socket) {
    this.#server = server;
    this.#count = count;
    this.#raw = raw;
    this.#wire = raw;
    this.#inTls = false;
    raw.on('error', () => undefined);
  }

  start(): void {
    if (this.#server.handshake && this.#server.tls === 'tls') {
      this.#raw.once('data', () => this.#end(this.#server.handshake ?? 'close'));
      return;
    }
    const { refusesName } = this.#server.tlsOptions ?? {};
    if (refusesName !== undefined && this.#server.tls === 'tls') {
      this.#raw.once('data', (hello: Buffer) => {
        // A fatal alert in a record of its own.
        if (hello.includes(refusesName)) this.#raw.end(Buffer.from([21, 3, 3, 0, 2, 2, 112]));
        else {
          this.#raw.pause();
          this.#raw.unshift(hello);
          this.#startTls(() => this.#answer('greeting', greetings[this.#server.protocol] ?? ''));
        }
      });
      return;
    }
    if (this.#server.tls === 'tls') {
      this.#startTls(() => this.#answer('greeting', greetings[this.#server.protocol] ?? ''));
      return;
    }
    this.#listen();
    this.#answer('greeting', greetings[this.#server.protocol] ?? '');
  }

  #listen(): void {
    this.#wire.on('data', (chunk: Buffer) => {
      this.#buffer += chunk.toString('latin1');
      for (let end = this.#buffer.indexOf('\n'); end >= 0; end = this.#buffer.indexOf('\n')) {
        const line = this.#buffer.slice(0, end).replace(/\r$/, '');
        this.#buffer = this.#buffer.slice(end + 1);
        this.#line(line);
      }
    });
    this.#wire.on('end', () => this.#wire.destroy());
  }

  #startTls(then: () => void): void {
    const { chainFile, keyFile, caFile, tlsOptions = {} } = this.#server;
    this.#raw.removeAllListeners('data');
    this.#buffer = '';
    const secure = new tls.TLSSocket(this.#raw, {
      isServer: true,
      secureContext: tls.createSecureContext({
        cert: readFileSync(chainFile),
        key: readFileSync(keyFile),
        ca: readFileSync(caFile),
        minVersion: tlsOptions.minVersion ?? 'TLSv1.2',
        ...(tlsOptions.maxVersion ? { maxVersion: tlsOptions.maxVersion } : {}),
        ciphers: tlsOptions.ciphers ?? 'DEFAULT@SECLEVEL=0',
      }),
      requestCert: tlsOptions.clientCertificate ?? false,
      rejectUnauthorized: tlsOptions.clientCertificate ?? false,
    });
    secure.on('error', () => this.#raw.destroy());
    secure.once('secure', () => {
      this.#inTls = true;
      if (tlsOptions.clientCertificate && !secure.authorized) {
        this.#raw.destroy();
        return;
      }
      then();
    });
    this.#wire = secure;
    this.#listen();
  }

  #end(how: 'close' | 'reset'): void {
    if (how === 'reset') this.#raw.resetAndDestroy();
    else this.#wire.end(() => this.#raw.destroySoon());
  }

  #line(line: string): void {
    const expected = this.#expect;
    if (expected) {
      this.#expect = undefined;
      expected(line);
      return;
    }
    switch (this.#server.protocol) {
      case 'smtp':
        this.#smtp(line);
        return;
      case 'imap':
        this.#imap(line);
        return;
      case 'pop3':
        this.#pop3(line);
    }
  }

  /** Says the scripted answer of a step, or the usual one; `after` follows only the usual one. */
  #answer(step: string, usual: Answer, after?: () => void): void {
    const scripted = this.#server.answers?.[step];
    const answer = scripted ?? usual;
    const act: Act = typeof answer === 'string' || 'length' in answer ? { say: answer } : answer;
    const lines = typeof act.say === 'string' ? [act.say] : (act.say ?? []);
    const tag = this.#tag;
    const text =
      act.raw ??
      lines
        .map((line) => `${this.#server.protocol === 'imap' && !/^[*+]/.test(line) ? `${tag} ` : ''}${line}\r\n`)
        .join('');
    const say = (): void => {
      if (act.flood) this.#flood(act.flood, act.unit ?? 'A');
      else if (act.dripMs) this.#drip(text, act.dripMs);
      else if (text) this.#wire.write(text);
      if (act.end) this.#end(act.end);
      else if (!scripted) after?.();
    };
    if (act.afterMs) setTimeout(say, act.afterMs).unref();
    else say();
  }

  #drip(text: string, everyMs: number): void {
    let sent = 0;
    const timer = setInterval(() => {
      if (sent >= text.length || this.#wire.destroyed) clearInterval(timer);
      else this.#wire.write(text[sent++] ?? '');
    }, everyMs);
    timer.unref();
  }

  #flood(bytes: number, unit: string): void {
    const chunk = Buffer.from(unit.repeat(Math.ceil(65_536 / unit.length)), 'latin1');
    let left = bytes;
    const more = (): void => {
      while (left > 0 && !this.#wire.destroyed) {
        left -= chunk.length;
        if (!this.#wire.write(chunk)) {
          this.#wire.once('drain', more);
          return;
        }
      }
    };
    more();
  }

  #refused(step: string): boolean {
    const answer = this.#server.answers?.[step];
    if (answer === undefined) return false;
    const act: Act = typeof answer === 'string' || 'length' in answer ? { say: answer } : answer;
    const said = [act.say ?? ''].flat().join(' ');
    return /(^|\s)(NO|BAD|-ERR|[45]\d\d)\b/.test(said);
  }

  /** Counts a login and says whether it is right. */
  #login(step: string, user: string, password: string): boolean {
    const right = this.#server.users[user] === password && !this.#refused(step);
    if (right) this.#count.logins++;
    else this.#count.refused[user] = (this.#count.refused[user] ?? 0) + 1;
    return right;
  }

  #plain(payload: string): readonly [string, string] {
    const [, user = '', password = ''] = Buffer.from(payload, 'base64').toString('utf8').split('\0');
    return [user, password];
  }

  #capabilities(): readonly string[] {
    const { protocol, capabilities, insideTls } = this.#server;
    if (this.#inTls && insideTls) return insideTls;
    const words = capabilities ?? defaults[protocol] ?? [];
    const starttls = this.#server.tls === 'starttls' && !this.#inTls && !capabilities;
    return starttls ? [...words, protocol === 'pop3' ? 'STLS' : 'STARTTLS'] : words;
  }

  #smtp(line: string): void {
    const verb = (line.split(' ')[0] ?? '').toUpperCase();
    const step = verb === 'HELO' ? 'EHLO' : verb;
    switch (verb) {
      case 'EHLO': {
        const words = ['mail.aozora.test', ...this.#capabilities()];
        this.#answer(
          step,
          words.map((word, n) => `250${n === words.length - 1 ? ' ' : '-'}${word}`),
        );
        return;
      }
      case 'HELO':
        this.#answer(step, '250 mail.aozora.test');
        return;
      case 'STARTTLS':
        this.#answer(step, '220 2.0.0 Ready to start TLS', () => this.#takeTls());
        return;
      case 'AUTH':
        this.#smtpAuth(line);
        return;
      case 'MAIL':
        this.#answer(step, '250 2.1.0 Ok');
        return;
      case 'RCPT':
        this.#answer(step, '250 2.1.5 Ok');
        return;
      case 'DATA':
        this.#answer(step, '354 End data with <CR><LF>.<CR><LF>', () => this.#message());
        return;
      case 'QUIT':
        this.#answer(step, { say: '221 2.0.0 Bye', end: 'close' });
        return;
      case 'RSET':
      case 'NOOP':
        this.#answer(step, '250 2.0.0 Ok');
        return;
      default:
        this.#answer(step, '502 5.5.2 Error: command not recognized');
    }
  }

  #takeTls(): void {
    if (this.#server.handshake) {
      this.#raw.removeAllListeners('data');
      this.#raw.once('data', () => this.#end(this.#server.handshake ?? 'close'));
      return;
    }
    this.#startTls(() => undefined);
  }

  #message(): void {
    const more = (line: string): void => {
      if (line !== '.') {
        this.#expect = more;
        return;
      }
      if (!this.#refused('message')) this.#count.messages++;
      this.#answer('message', '250 2.0.0 Ok: queued as 4LAB1');
    };
    this.#expect = more;
  }

  #smtpAuth(line: string): void {
    const [, mechanism = '', initial] = line.split(' ');
    const done = (user: string, password: string): void => {
      const right = this.#login('AUTH', user, password);
      this.#answer('AUTH', right ? '235 2.7.0 Authentication successful' : '535 5.7.8 Error: authentication failed:');
    };
    if (mechanism.toUpperCase() === 'PLAIN') {
      if (initial) done(...this.#plain(initial));
      else this.#ask('334 ', (payload) => done(...this.#plain(payload)));
      return;
    }
    if (mechanism.toUpperCase() === 'LOGIN') {
      const text = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
      const askPassword = (user: string): void =>
        this.#ask('334 UGFzc3dvcmQ6', (password) => done(text(user), text(password)));
      if (initial) askPassword(initial);
      else this.#ask('334 VXNlcm5hbWU6', askPassword);
      return;
    }
    if (isBearer(mechanism)) {
      this.#bearer('334 ', initial, 'AUTH', '235 2.7.0 Authentication successful');
      return;
    }
    this.#wire.write('504 5.7.4 Unrecognized authentication type\r\n');
  }

  #ask(prompt: string, then: (line: string) => void): void {
    this.#wire.write(`${prompt}\r\n`);
    this.#expect = then;
  }

  #imap(line: string): void {
    const literal = /\{(\d+)(\+?)\}$/.exec(line);
    if (literal) {
      if (!literal[2]) this.#wire.write('+ OK\r\n');
      // The lab's own literals are names and passwords: short, and followed by the rest of their line.
      this.#expect = (rest) =>
        this.#imap(
          `${line.slice(0, literal.index)}"${rest.slice(0, Number(literal[1]))}"${rest.slice(Number(literal[1]))}`,
        );
      return;
    }
    const [tag = '*', first = '', second = ''] = line.split(' ');
    this.#tag = tag;
    const verb = first.toUpperCase() === 'UID' ? second.toUpperCase() : first.toUpperCase();
    switch (verb) {
      case 'CAPABILITY':
        this.#answer(verb, [`* CAPABILITY ${this.#capabilities().join(' ')}`, 'OK Capability completed.']);
        return;
      case 'STARTTLS':
        this.#answer(verb, 'OK Begin TLS negotiation now.', () => this.#takeTls());
        return;
      case 'LOGIN': {
        const [user = '', password = ''] = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)]
          .slice(2)
          .map(([, quoted, atom]) => quoted?.replaceAll(/\\(.)/g, '$1') ?? atom ?? '');
        this.#imapLogin(user, password);
        return;
      }
      case 'AUTHENTICATE': {
        const [, , mechanism = '', initial] = line.split(' ');
        if (mechanism.toUpperCase() === 'PLAIN') {
          if (initial) this.#imapLogin(...this.#plain(initial));
          else this.#ask('+ ', (payload) => this.#imapLogin(...this.#plain(payload)));
        } else if (mechanism.toUpperCase() === 'LOGIN') {
          const text = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
          this.#ask('+ VXNlcm5hbWU6', (user) =>
            this.#ask('+ UGFzc3dvcmQ6', (password) => this.#imapLogin(text(user), text(password))),
          );
        } else if (isBearer(mechanism)) this.#bearer('+ ', initial, 'LOGIN', 'OK Logged in');
        else this.#wire.write(`${tag} NO [CANNOT] Unsupported authentication mechanism.\r\n`);
        return;
      }
      case 'ID':
        this.#answer(verb, ['* ID ("name" "Lab")', 'OK ID completed.']);
        return;
      case 'NAMESPACE':
        this.#answer(verb, ['* NAMESPACE (("" "/")) NIL NIL', 'OK Namespace completed.']);
        return;
      case 'LIST':
      case 'LSUB':
        this.#answer(verb, [
          `* ${verb} (\\HasNoChildren) "/" INBOX`,
          `* ${verb} (\\HasNoChildren \\Junk) "/" Junk`,
          'OK List completed.',
        ]);
        return;
      case 'SELECT':
      case 'EXAMINE':
        this.#answer('SELECT', [
          '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
          '* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Flags permitted.',
          '* 0 EXISTS',
          '* 0 RECENT',
          '* OK [UIDVALIDITY 1] UIDs valid',
          '* OK [UIDNEXT 1] Predicted next UID',
          `OK [READ-${verb === 'SELECT' ? 'WRITE' : 'ONLY'}] Completed.`,
        ]);
        return;
      case 'STATUS':
        this.#answer(verb, ['* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)', 'OK Status completed.']);
        return;
      case 'SEARCH':
        this.#answer(verb, ['* SEARCH', 'OK Search completed.']);
        return;
      case 'IDLE':
        this.#wire.write('+ idling\r\n');
        this.#expect = () => this.#answer(verb, 'OK Idle completed.');
        return;
      case 'LOGOUT':
        this.#answer(verb, { say: ['* BYE Logging out', 'OK Logout completed.'], end: 'close' });
        return;
      case 'NOOP':
      case 'ENABLE':
      case 'CLOSE':
      case 'UNSELECT':
      case 'FETCH':
        this.#answer(verb, 'OK Completed.');
        return;
      default:
        this.#answer(verb, 'BAD Error in IMAP command: Unknown command.');
    }
  }

  #imapLogin(user: string, password: string): void {
    const right = this.#login('LOGIN', user, password);
    this.#answer('LOGIN', right ? 'OK Logged in' : 'NO [AUTHENTICATIONFAILED] Authentication failed.');
  }

  #pop3(line: string): void {
    const [first = '', second = ''] = line.split(' ');
    const verb = first.toUpperCase();
    switch (verb) {
      case 'CAPA':
        this.#answer(verb, ['+OK', ...this.#capabilities(), '.']);
        return;
      case 'STLS':
        this.#answer(verb, '+OK Begin TLS negotiation now.', () => this.#takeTls());
        return;
      case 'USER':
        this.#user = second;
        this.#answer(verb, '+OK');
        return;
      case 'PASS':
        this.#pop3Login(this.#user, line.slice(5));
        return;
      case 'AUTH':
        if (isBearer(second)) {
          this.#bearer('+ ', undefined, 'PASS', '+OK Logged in.');
          return;
        }
        if (second.toUpperCase() !== 'PLAIN') {
          this.#wire.write('-ERR [AUTH] Unsupported authentication mechanism.\r\n');
          return;
        }
        this.#ask('+ ', (payload) => this.#pop3Login(...this.#plain(payload)));
        return;
      case 'STAT':
        this.#answer(verb, '+OK 1 320');
        return;
      case 'LIST':
        this.#answer(verb, second ? `+OK ${second} 320` : ['+OK 1 messages:', '1 320', '.']);
        return;
      case 'UIDL':
        this.#answer(verb, second ? `+OK ${second} 0001lab` : ['+OK', '1 0001lab', '.']);
        return;
      case 'QUIT':
        this.#answer(verb, { say: '+OK Logging out.', end: 'close' });
        return;
      case 'NOOP':
      case 'RSET':
        this.#answer(verb, '+OK');
        return;
      default:
        this.#answer(verb, '-ERR Unknown command.');
    }
  }

  /** Any token is right unless the case has an answer; the challenge comes first where it has one too. */
  #bearer(ask: string, initial: string | undefined, step: string, right: string): void {
    const judge = (payload: string): void => {
      const said = Buffer.from(payload, 'base64').toString('utf8');
      const user = /^(?:user=|n,a=)([^,\x01]*)/.exec(said)?.[1] ?? '';
      if (this.#refused(step)) this.#count.refused[user] = (this.#count.refused[user] ?? 0) + 1;
      else this.#count.logins++;
      const { bearerChallenge } = this.#server;
      if (!bearerChallenge) {
        this.#answer(step, right);
        return;
      }
      const challenge = Buffer.from(JSON.stringify(bearerChallenge)).toString('base64');
      this.#ask(`${ask}${challenge}`, () => this.#answer(step, right));
    };
    if (initial) judge(initial);
    else this.#ask(ask, judge);
  }

  #pop3Login(user: string, password: string): void {
    const right = this.#login('PASS', user, password);
    this.#answer('PASS', right ? '+OK Logged in.' : '-ERR [AUTH] Authentication failed.');
  }
}

/** Starts listening on all addresses; the count grows while the server lives. */
export const startScripted = async (server: ScriptedServerAt): Promise<ScriptedCount> => {
  const count: ScriptedCount = {
    protocol: server.protocol,
    port: server.port,
    connections: 0,
    logins: 0,
    messages: 0,
    refused: {},
  };
  await Promise.all(
    server.addresses.map(
      (address) =>
        new Promise<void>((resolve, reject) => {
          net
            .createServer({ allowHalfOpen: true }, (socket) => {
              count.connections++;
              new Session(server, count, socket).start();
            })
            .on('error', reject)
            .listen({ host: address, port: server.port, ipv6Only: address.includes(':') }, resolve);
        }),
    ),
  );
  return count;
};
