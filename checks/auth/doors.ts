import type { Change, Security } from '../../src/model/config.ts';
import type { Service } from '../../src/model/mailbox.ts';
import { doors } from '../../src/model/mailbox.ts';

/** The change that leads a service through another door; security is always said where it changes. */
const through = (service: Service, port: number, security: Security): readonly Change[] => [
  ...(port === service.port ? [] : [{ path: `${service.path}.port`, from: service.port, to: port }]),
  ...(security === service.security && port === service.port
    ? []
    : [{ path: `${service.path}.security`, from: service.security, to: security }]),
];

/** From clear text to TLS: on the same port where STARTTLS is there, or on the door that starts with TLS (RFC 8314). */
export const encryptedDoors = (service: Service, startTlsOffered: boolean): readonly (readonly Change[])[] => {
  if (service.security !== 'none') return [];
  const implicit = doors[service.protocol].filter(({ security }) => security === 'tls');
  return [
    ...(startTlsOffered ? [through(service, service.port, 'starttls')] : []),
    ...implicit.map(({ port, security }) => through(service, port, security)),
  ];
};

/** The doors that are made for sending with a login (RFC 6409, RFC 8314); port 25 is for servers among themselves. */
export const submissionDoors = (service: Service): readonly (readonly Change[])[] => {
  if (service.protocol !== 'smtp') return [];
  return doors.smtp
    .filter(({ port }) => port !== 25 && port !== service.port)
    .map(({ port, security }) => through(service, port, security));
};
