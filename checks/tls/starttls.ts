import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import { mailPort } from '../mail/port.check.ts';
import type { TlsView } from './views.ts';

/** The word by which a server offers STARTTLS, and the answer in which it stands. */
export const startTlsWord: Readonly<Record<Protocol, { readonly word: string; readonly list: string }>> = {
  smtp: { word: 'STARTTLS', list: 'EHLO' },
  imap: { word: 'STARTTLS', list: 'CAPABILITY' },
  pop3: { word: 'STLS', list: 'CAPA' },
};

/** Devices that meddle with SMTP write stars over the greeting (Cisco's fixup smtp: `220 ****`). */
export const maskedGreeting = (line: string | undefined): boolean => /^220[ -][^A-Za-z]*\*{4,}/.test(line ?? '');

/** What stands in place of STARTTLS, or of the greeting, where a device on the way has altered it. */
export const alteredWord = ({ fact }: TlsView, greeting: string | undefined): string | undefined => {
  if (fact.startTls?.kind !== 'not-offered') return undefined;
  return fact.startTls.altered ?? (maskedGreeting(greeting) ? greeting : undefined);
};

/** The first line of the service's greeting. */
export const greetingLine = (evidence: Evidence, { service }: TlsView): string | undefined =>
  (evidence.fact(mailPort[service.protocol])?.contacts ?? []).flatMap(({ greeting }) =>
    greeting?.kind === 'greeted' ? greeting.lines.slice(0, 1) : [],
  )[0];
