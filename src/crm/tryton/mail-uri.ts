import type { CrmMailService } from '../../model/crm/answers.ts';

/** How trytond understands `[email] uri`. */
export type MailUri =
  | {
      readonly kind: 'service';
      readonly service: CrmMailService & { readonly port: number };
      /** Parameters that Python's smtplib does not know: it then refuses every connection. */
      readonly unknown: readonly string[];
    }
  | {
      /** Python cannot read the port: nothing is ever sent. A `#`, `/` or `?` in the password ends the host early. */
      readonly kind: 'wrong';
    };

/** Arguments of smtplib.SMTP and SMTP_SSL that a text can be. */
const known: readonly string[] = ['timeout', 'local_hostname', 'source_address', 'keyfile', 'certfile'];

const unquoted = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** `smtp://USER:PASSWORD@HOST:PORT?timeout=5` as urllib.parse and trytond.sendmail take it apart; the password is handed to `hush` and dropped. */
export const readMailUri = (uri: string, hush: (secret: string) => void): MailUri => {
  const [, scheme = '', rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]{0,30}):\/\/([^\n]*)$/.exec(uri.trim()) ?? [];
  const end = rest.search(/[/?#]/);
  const netloc = end < 0 ? rest : rest.slice(0, end);
  const at = netloc.lastIndexOf('@');
  const [login = '', ...passwords] = (at < 0 ? '' : netloc.slice(0, at)).split(':');
  const password = passwords.join(':');
  for (const secret of [password, unquoted(password)]) if (secret !== '') hush(secret);
  const place = netloc.slice(at + 1);
  const [, bracketed, plain, port] = /^(?:\[([^\]]{1,100})\]|([^:[\]]*))(?::([^:]*))?$/.exec(place) ?? [];
  const host = (bracketed ?? plain ?? '').toLowerCase();
  const number = port === undefined || port === '' ? undefined : Number(port);
  if (place !== '' && bracketed === undefined && plain === undefined) return { kind: 'wrong' };
  if (number !== undefined && !(/^\d{1,5}$/.test(port ?? '') && number < 65_536)) return { kind: 'wrong' };
  const lower = scheme.toLowerCase();
  const implicit = lower.startsWith('smtps');
  const starttls = lower.includes('tls');
  const query = end >= 0 && rest[end] !== '#' ? (/\?([^#]*)/.exec(rest.slice(end))?.[1] ?? '') : '';
  return {
    kind: 'service',
    service: {
      // Without a host smtplib does not connect at all; `localhost` is what a person means by it.
      host: host === '' ? 'localhost' : host,
      // smtplib's own: 465 for SMTP_SSL, else 25, whatever the scheme says of STARTTLS.
      port: number || (implicit ? 465 : 25),
      security: implicit ? 'tls' : starttls ? 'starttls' : 'none',
      // trytond signs in only where both are there.
      ...(login !== '' && password !== '' ? { username: unquoted(login), login: 'password' } : { login: 'none' }),
    },
    unknown: [...new URLSearchParams(query).keys()].filter((name) => !known.includes(name)),
  };
};
