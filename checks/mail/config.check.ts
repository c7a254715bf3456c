import { defineCheck } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Subject, Twin } from '../../src/model/mailbox.ts';
import { fail, ok, warn } from '../../src/model/outcome.ts';
import type { Text } from '../../src/model/text.ts';
import type { SecretShape, World } from '../../src/model/world.ts';
import type { FromHeader } from '../../src/reason/from-header.ts';
import { readFrom } from '../../src/reason/from-header.ts';
import { onService, perProtocol, protocolName, serviceIn } from './service.ts';
import type { ValueProblem } from './values.ts';
import {
  addressProblem,
  ehloProblem,
  hostProblem,
  nameProblem,
  placeholderIn,
  portProblem,
  runtimeVersionProblem,
} from './values.ts';

/** One value of the configuration, and what can be said of it without any network. */
export interface ConfigFact {
  readonly values: readonly { readonly path: string; readonly value: string | number }[];
  /** Values of the right type that cannot be right. */
  readonly problems: readonly ValueProblem[];
  /** Values that look like an example left in; only a cause when what follows from it fails. */
  readonly placeholders: readonly { readonly path: string; readonly value: string }[];
  readonly password?: { readonly path: string; readonly shape: SecretShape };
  /** Another entry of the configuration that fetches from the same folder. */
  readonly twin?: Twin;
  /** A row of a list that could not be read. */
  readonly row?: { readonly file: string; readonly row: number; readonly faults: readonly Text[] };
  /** A From header that is not valid (RFC 5322 3.6.2). */
  readonly sender?: Extract<FromHeader, { kind: 'malformed' }> & { readonly path: string; readonly value: string };
}

const judge = ({ problems, sender, twin, row }: ConfigFact) => {
  const [fault] = row?.faults ?? [];
  if (row && fault) {
    return fail({ en: `row ${row.row} of the list: ${fault.en}`, ja: `一覧の ${row.row} 行目: ${fault.ja}` });
  }
  const [first] = sender ? [sender] : problems;
  if (!first && twin) {
    return warn({
      en: `the same mailbox as ${twin.path}`,
      ja: `${twin.path} と同じメールボックスです`,
    });
  }
  if (!first) return ok;
  return fail({
    en: `${first.path} is ${JSON.stringify(first.value)}, which cannot be right`,
    ja: `${first.path} の値 ${JSON.stringify(first.value)} は、そのままでは使えません`,
  });
};

const defined = <Item>(item: Item | undefined): readonly Item[] => (item === undefined ? [] : [item]);

const passwordOf = (world: World, subject: Subject, protocol?: Protocol): Pick<ConfigFact, 'password'> => {
  // The account's password is not used beside its OAuth.
  const { oauth } = subject.config;
  if (!protocol && oauth?.accessToken) {
    const path = `${subject.path}.oauth.accessToken`;
    return { password: { path, shape: world.secrets.shape(oauth.accessToken) } };
  }
  const account = oauth ? undefined : subject.config.password;
  const own = protocol ? subject.config[protocol]?.password : account;
  if (!own) return {};
  const path = protocol ? `${subject.path}.${protocol}.password` : `${subject.path}.password`;
  return { password: { path, shape: world.secrets.shape(own) } };
};

const senderOf = (path: string, from: string | undefined): Pick<ConfigFact, 'sender'> => {
  const header = from === undefined ? undefined : readFrom(from);
  return from !== undefined && header?.kind === 'malformed' ? { sender: { ...header, path, value: from } } : {};
};

/** What is wrong with the address of a sender; of a From header that cannot be read, that is told apart. */
const senderProblem = (path: string, from: string): ValueProblem | undefined => {
  const header = readFrom(from);
  if (header.kind === 'malformed') return undefined;
  return addressProblem(path, header.kind === 'named' ? header.address : from);
};

/** The account's own values: address, login name, sender, password. */
export const mailConfig = defineCheck<ConfigFact>({
  id: 'mail.config',
  title: { en: 'The account settings are well-formed', ja: 'アカウントの設定値が正しい形をしている' },
  offline: true,
  target: (subject) => subject.address,
  probe: async (subject, world) => {
    const { address, username, from, ehlo, asVersion } = subject.config;
    const { row } = subject.config;
    // What could not be read is not looked at by halves.
    if (row?.faults) {
      const { file, faults } = row;
      return { values: [], problems: [], placeholders: [], row: { file, row: row.row, faults } };
    }
    const at = (key: string) => `${subject.path}.${key}`;
    return {
      values: [
        { path: at('address'), value: address },
        ...(username === undefined ? [] : [{ path: at('username'), value: username }]),
        ...(from === undefined ? [] : [{ path: at('from'), value: from }]),
        ...(ehlo === undefined ? [] : [{ path: at('ehlo'), value: ehlo }]),
        ...(asVersion === undefined ? [] : [{ path: at('as.version'), value: asVersion }]),
      ],
      problems: [
        ...defined(addressProblem(at('address'), address)),
        ...defined(username === undefined ? undefined : nameProblem(at('username'), username)),
        ...defined(from === undefined ? undefined : senderProblem(at('from'), from)),
        ...defined(ehlo === undefined ? undefined : ehloProblem(at('ehlo'), ehlo)),
        ...defined(asVersion === undefined ? undefined : runtimeVersionProblem(at('as.version'), asVersion)),
      ],
      placeholders: [
        ...defined(placeholderIn(at('address'), address)),
        ...defined(username === undefined ? undefined : placeholderIn(at('username'), username)),
      ],
      ...passwordOf(world, subject),
      ...senderOf(at('from'), from),
    };
  },
  judge,
});

const twinOf = ({ twins }: Subject, protocol: Protocol): Pick<ConfigFact, 'twin'> => {
  const twin = twins?.find((one) => one.protocol === protocol);
  return twin ? { twin } : {};
};

/** Host, port and login name of one service. */
export const serviceConfig = perProtocol((protocol) =>
  defineCheck<ConfigFact>({
    id: 'mail.config',
    title: {
      en: `The ${protocolName[protocol]} settings are well-formed`,
      ja: `${protocolName[protocol]} の設定値が正しい形をしている`,
    },
    offline: true,
    ...onService(protocol),
    probe: async (subject, world) => {
      const { host, port, path } = serviceIn(subject, protocol);
      const username = subject.config[protocol]?.username;
      return {
        values: [
          { path: `${path}.host`, value: host },
          { path: `${path}.port`, value: port },
          ...(username === undefined ? [] : [{ path: `${path}.username`, value: username }]),
        ],
        problems: [
          ...defined(hostProblem(`${path}.host`, host)),
          ...defined(portProblem(`${path}.port`, port)),
          ...defined(username === undefined ? undefined : nameProblem(`${path}.username`, username)),
        ],
        placeholders: [
          ...defined(placeholderIn(`${path}.host`, host)),
          ...defined(username === undefined ? undefined : placeholderIn(`${path}.username`, username)),
        ],
        ...passwordOf(world, subject, protocol),
        ...twinOf(subject, protocol),
      };
    },
    judge,
  }),
);
