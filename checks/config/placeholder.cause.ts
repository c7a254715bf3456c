import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Protocol } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { both } from '../auth/words.ts';
import { affectedBy, replyText, unresolved } from '../dns/host-facts.ts';
import { mailConfig, serviceConfig } from '../mail/config.check.ts';
import { closedService, contactsText } from '../net/contacts.ts';
import { serves } from '../net/reach.ts';
import { changeWords } from './door-changes.ts';
import type { Hosts } from './host-candidates.ts';
import { hostsFor, sharedHostChanges } from './host-candidates.ts';
import { plainlyRefused } from './refused-logins.ts';

/** `value` is absent for a password. */
interface Detail {
  readonly what: 'host' | 'username' | 'password';
  readonly paths: readonly string[];
  readonly value?: string;
  /** Hosts to try in its place. */
  readonly hosts?: Readonly<Partial<Record<Protocol, Hosts>>>;
}

/** Every configured host that looks like an example and is of no use. */
const hosts = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] => {
  const examples = servicesOf(subject).filter(({ protocol, path }) =>
    evidence.fact(serviceConfig[protocol])?.placeholders.some((one) => one.path === `${path}.host`),
  );
  const unknown = unresolved(evidence, subject);
  const found = new Map<
    string,
    { readonly services: Service[]; readonly finding: (services: readonly Service[]) => Finding<Detail> }
  >();
  for (const service of examples) {
    const { host, protocol } = service;
    const known = found.get(host);
    const view = unknown.find((one) => one.services.includes(service));
    const closed = closedService(evidence, subject, service);
    if (known) {
      if (view || closed) known.services.push(service);
      continue;
    }
    const seen = view
      ? { check: view.check, says: replyText(host, 'A', view.fact.a) }
      : closed && { check: closed.check, says: contactsText(closed) };
    if (!seen) continue;
    found.set(host, {
      services: [service],
      finding: (services) => ({
        detail: {
          what: 'host',
          paths: services.map(({ path }) => `${path}.host`),
          value: host,
          hosts: Object.fromEntries(services.map((one) => [one.protocol, hostsFor(evidence, subject, one)])),
        },
        severity: 'critical',
        confidence: view ? 0.95 : 0.8,
        affects: view ? affectedBy({ host, services }) : services.map(targetOf),
        evidence: [
          {
            check: serviceConfig[protocol],
            says: both(`${host} is the kind of name that examples use`, `${host} は説明用の例によく使われる名前です`),
          },
          seen,
        ],
      }),
    });
  }
  return [...found.values()].map(({ services, finding }) => finding(services));
};

/** Passwords and login names that look like examples and were refused. */
const logins = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] => {
  const refused = plainlyRefused(evidence, subject);
  const account = evidence.fact(mailConfig);
  const accountPath = (key: string) => account?.placeholders.find(({ path }) => path === `${subject.path}.${key}`);
  return refused.flatMap(({ service, check, says }): Finding<Detail>[] => {
    const { protocol, path } = service;
    const own = evidence.fact(serviceConfig[protocol]);
    const password = subject.config[protocol]?.password ? own?.password : account?.password;
    const ownPassword = subject.config[protocol]?.password !== undefined;
    const seen = [{ check, says }];
    const rest = { severity: 'critical', affects: [targetOf(service)] } as const;
    if (password?.shape.placeholder) {
      const source = ownPassword ? serviceConfig[protocol] : mailConfig;
      const looks = both(
        `${password.path} holds an example, not a password`,
        `${password.path} に、説明用の例がそのまま入っています`,
      );
      return [
        {
          ...rest,
          detail: { what: 'password', paths: [password.path] },
          confidence: 0.95,
          evidence: [{ check: source, says: looks }, ...seen],
        },
      ];
    }
    const config = subject.config;
    const name =
      config[protocol]?.username !== undefined
        ? own?.placeholders.find((one) => one.path === `${path}.username`)
        : config.username !== undefined
          ? accountPath('username')
          : accountPath('address');
    if (!name) return [];
    const source = config[protocol]?.username === undefined ? mailConfig : serviceConfig[protocol];
    const looks = both(
      `${name.path} is "${name.value}", as in an example`,
      `${name.path} が「${name.value}」で、説明用の例のままです`,
    );
    return [
      {
        ...rest,
        detail: { what: 'username', paths: [name.path], value: name.value },
        confidence: 0.85,
        evidence: [{ check: source, says: looks }, ...seen],
      },
    ];
  });
};

const names = {
  host: both('host name', 'ホスト名'),
  username: both('user name', 'ユーザー名'),
  password: both('password', 'パスワード'),
} as const;

export const placeholder = defineCause<Detail>({
  id: 'config.placeholder',
  title: both('An example value was left in the settings', '設定に、説明用の例の値が残っています'),
  about: both(
    'Manuals and sample files contain example values such as smtp.example.com or "your-password", which are meant to be replaced. One of them is still in the configuration, and the connection or the login fails because of it. Names under example.com, example.net and example.org are reserved for documentation and never lead to a mail server.',
    'マニュアルやサンプルファイルには、smtp.example.com や「your-password」のような、置き換えることを前提とした例の値が書かれています。その値が設定に残ったままのため、接続またはログインに失敗しています。example.com、example.net、example.org は説明用に予約された名前で、メールサーバーにはつながりません。',
  ),
  owner: 'user',
  // A host that answers on another port, or in another mode, is a real one, whatever it looks like.
  unless: ['config.wrong-port', 'config.security-mismatch'],
  explain: (evidence, subject) => [...hosts(evidence, subject), ...logins(evidence, subject)],
  candidates: ({ hosts: others }, subject) => (others ? sharedHostChanges(others, subject) : []),
  works: (trial, subject, { hosts: others }) =>
    servicesOf(subject).every(({ protocol }) => !others?.[protocol] || serves(trial, subject, protocol)),
  because: ({ what, paths, value }, change) => {
    const where = paths.join(', ');
    const proven =
      change.length > 0
        ? both(
            ` With ${changeWords(change)} it works.`,
            `${changeWords(change)} に変更すると動作することを確認しました。`,
          )
        : both('', '');
    if (what === 'host') {
      return both(
        `${where} is "${value}", an example that was never replaced: no mail server answers under this name.${proven.en}`,
        `${where} が「${value}」になっています。これは説明用の例で、この名前で応答するメールサーバーはありません。${proven.ja}`,
      );
    }
    const shown = value === undefined ? both('', '') : both(` ("${value}")`, `（「${value}」）`);
    return both(
      `${where}${shown.en} still holds the example from a manual or sample file, and the server refuses the login with it.`,
      `${where}${shown.ja} に、マニュアルやサンプルの例の値が残っています。この値でのログインはサーバーに拒否されました。`,
    );
  },
  steps: ({ what, paths }, change) => {
    const where = paths.join(', ');
    const replace =
      change.length > 0
        ? both(`Set ${changeWords(change)}.`, `${changeWords(change)} に変更します。`)
        : both(
            `Look up your own ${names[what].en} in your provider's instructions and set it at ${where}.`,
            `プロバイダーの案内で自社の${names[what].ja}を確認し、${where} に設定します。`,
          );
    return [
      replace,
      both('Enter the same value in the mail settings of the CRM.', 'CRM のメール設定にも同じ値を入力します。'),
      both('Look for further examples in the same file.', '同じファイルに、ほかにも例の値が残っていないか確認します。'),
    ];
  },
});
