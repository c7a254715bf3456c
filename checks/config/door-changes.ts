import type { Change, Security } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { doorOf, doors } from '../../src/model/mailbox.ts';

/** A port and how the connection on it starts. */
export interface Door {
  readonly port: number;
  readonly security: Security;
}

/** What has to be written for a service to use this door; port and security imply each other, so both are said if need be. */
export const toDoor = (service: Service, subject: Subject, door: Door): readonly Change[] => {
  const { protocol, path } = service;
  let { port, security } = { ...subject.config[protocol] };
  const effective = (): Door =>
    doorOf(protocol, { ...(port === undefined ? {} : { port }), ...(security === undefined ? {} : { security }) });
  if (effective().port !== door.port) port = door.port;
  if (effective().security !== door.security) security = door.security;
  // A security that was written anew may have moved the default port.
  if (effective().port !== door.port) port = door.port;
  return [
    ...(port === subject.config[protocol]?.port ? [] : [{ path: `${path}.port`, from: service.port, to: door.port }]),
    ...(security === subject.config[protocol]?.security
      ? []
      : [{ path: `${path}.security`, from: service.security, to: door.security }]),
  ];
};

/** Another host, through a door of its own. */
export const toHost = (service: Service, subject: Subject, host: string, door: Door): readonly Change[] => [
  ...(host === service.host ? [] : [{ path: `${service.path}.host`, from: service.host, to: host }]),
  ...toDoor(service, subject, door),
];

/** The protocol's standard doors on other ports, best first; each of them is encrypted. */
export const otherDoors = ({ protocol, port }: Pick<Service, 'protocol' | 'port'>): readonly Door[] =>
  doors[protocol].filter((door) => door.port !== port);

/** Changes to each of the other standard doors. */
export const throughOtherDoors = (service: Service, subject: Subject): readonly (readonly Change[])[] =>
  otherDoors(service).map((door) => toDoor(service, subject, door));

/** The changed values in words: `mail.imap.port: 993`. */
export const changeWords = (change: readonly Change[]): string =>
  change.map(({ path, to }) => `${path}: ${String(to)}`).join(', ');
