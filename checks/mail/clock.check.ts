import { defineDerived } from '../../src/model/check.ts';
import type { ClockBound, ClockFact, ClockReading } from '../../src/model/clock-facts.ts';
import { protocols } from '../../src/model/config.ts';
import type { PortFact } from '../../src/model/contact-facts.ts';
import type { Service } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { notApplicable, okWith, warn } from '../../src/model/outcome.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import type { RoundTripFact } from '../../src/model/trip-facts.ts';
import { mailDate } from '../../src/reason/mail-date.ts';
import { apartText } from '../clock/words.ts';
import { mailPort } from './port.check.ts';
import { mailRoundTrip } from './round-trip.check.ts';
import { mailTls } from './tls.check.ts';

/** Further apart than this, tokens and signatures begin to fail. */
export const skewMs = 120_000;

/** What a run measures no finer: a greeting has a second, and a slow server some more. */
const fuzzMs = 5_000;

/** A date with an offset: without one it is no time. `<pid.seconds@host>` is the form of RFC 1939 section 7. */
const timeIn = (line: string): number | undefined => {
  const dated =
    /\b(?:0?[1-9]|[12]\d|3[01]) [A-Z][a-z]{2} \d{4} (?:[01]?\d|2[0-3]):[0-5]\d:[0-6]\d (?:[+-]\d{4}|GMT|UTC|JST)/.exec(
      line,
    )?.[0];
  if (dated !== undefined) return mailDate(dated)?.getTime();
  const seconds = /^\+OK .*<\d{1,10}\.(1\d{9}|2\d{9})@/.exec(line)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
};

const reading = (told: number, from: number, to: number): Pick<ClockReading, 'told' | 'here' | 'offsetMs'> => {
  const offset = told < from - fuzzMs ? told - from : told > to + fuzzMs ? told - to : 0;
  return { told: new Date(told).toISOString(), here: new Date(from).toISOString(), offsetMs: offset };
};

const greetingOf = (port: PortFact | undefined, tls: TlsFact | undefined) => {
  const all = [tls?.greeting, ...(port?.contacts ?? []).map(({ greeting }) => greeting)];
  return all.find((greeting) => greeting?.kind === 'greeted');
};

/** The greeting comes a moment after the look at TLS begins, on the same connection. */
const greetingReading = (
  service: Service,
  port: PortFact | undefined,
  tls: TlsFact | undefined,
): readonly ClockReading[] => {
  const greeting = greetingOf(port, tls);
  if (!tls || greeting?.kind !== 'greeted') return [];
  const told = greeting.lines.map(timeIn).find((time) => time !== undefined);
  if (told === undefined) return [];
  const start = Date.parse(tls.at);
  return [
    {
      from: 'greeting',
      host: service.host,
      machine: tls.address,
      ...reading(told, start, start + greeting.ms + 15_000),
    },
  ];
};

const domainOf = (name: string): string => name.toLowerCase().split('.').slice(-2).join('.');

const tripReadings = (trip: RoundTripFact | undefined): readonly ClockReading[] => {
  if (!trip?.found || trip.sentAt === undefined) return [];
  const handedOver = Date.parse(trip.sentAt);
  const { hops, afterMs } = trip.found;
  return hops
    .filter(({ by }) => by !== '')
    .map(({ by, at }) => ({
      from: 'received',
      host: by,
      machine: domainOf(by),
      ...reading(Date.parse(at), handedOver - 10_000, handedOver + afterMs),
    }));
};

const boundOf = (service: Service, tls: TlsFact | undefined, at: number): readonly ClockBound[] => {
  const leaf = tls?.handshake?.kind === 'done' ? tls.handshake.chain[0] : undefined;
  // One that signed itself was made by the clock of the server.
  if (!leaf || leaf.selfSigned) return [];
  const kind =
    Date.parse(leaf.notBefore) > at ? 'not-yet-valid' : Date.parse(leaf.notAfter) < at ? 'expired' : undefined;
  if (!kind) return [];
  const date = kind === 'expired' ? leaf.notAfter : leaf.notBefore;
  return [{ target: targetOf(service), host: service.host, issuer: leaf.issuer, kind, date }];
};

/** This machine's clock beside the times that this run has heard; nothing is asked for it. */
export const mailClock = defineDerived<ClockFact>({
  id: 'mail.clock',
  title: { en: "This machine's clock agrees with the servers'", ja: 'このマシンの時計がサーバーと合っている' },
  needs: [...protocols.flatMap((protocol) => [mailPort[protocol], mailTls[protocol]]), mailRoundTrip],
  past: true,
  target: (subject) => subject.address,
  derive: (seen, subject, now) => {
    const services = servicesOf(subject);
    const trip = seen.fact(mailRoundTrip);
    const future = trip?.found?.dkim?.find(({ why }) => why === 'from-the-future');
    return {
      at: now.toISOString(),
      readings: [
        ...services.flatMap((service) =>
          greetingReading(service, seen.fact(mailPort[service.protocol]), seen.fact(mailTls[service.protocol])),
        ),
        ...tripReadings(trip),
      ],
      bounds: services.flatMap((service) => boundOf(service, seen.fact(mailTls[service.protocol]), now.getTime())),
      ...(future ? { signedInFuture: { domain: future.domain } } : {}),
    };
  },
  judge: ({ readings, signedInFuture }) => {
    if (readings.length === 0) {
      return notApplicable({
        en: 'no server of this run told its time',
        ja: '時刻を示したサーバーがありませんでした',
      });
    }
    const far = readings.find(({ offsetMs }) => Math.abs(offsetMs) > skewMs);
    if (far) {
      const apart = apartText(far.offsetMs);
      return warn({
        en: `the clock of ${far.host} is ${apart.en} this machine's`,
        ja: `${far.host} の時計は、このマシンより${apart.ja}`,
      });
    }
    if (signedInFuture) {
      return warn({
        en: `the message is signed by ${signedInFuture.domain} with a time to come`,
        ja: `${signedInFuture.domain} の署名の時刻が未来になっています`,
      });
    }
    const hosts = new Set(readings.map(({ host }) => host)).size;
    return okWith({
      en: `agrees with ${hosts} server${hosts === 1 ? '' : 's'}`,
      ja: `サーバー ${hosts} 台の時刻と合っています`,
    });
  },
});
