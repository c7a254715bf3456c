import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { AnyCheck, Check, Evidence } from '../../src/model/check.ts';
import type { Change, Protocol } from '../../src/model/config.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { doorOf, doors, servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type { Text } from '../../src/model/text.ts';
import type { SecretShape } from '../../src/model/world.ts';
import { both } from '../auth/words.ts';
import { hostFact } from '../dns/host-facts.ts';
import type { ConfigFact } from '../mail/config.check.ts';
import { mailConfig, serviceConfig } from '../mail/config.check.ts';
import type { ValueProblem } from '../mail/values.ts';
import { greets } from '../net/reach.ts';
import { changeWords, toDoor } from './door-changes.ts';
import { plainlyRefused, unsent } from './refused-logins.ts';

type SecretFault = 'secret-empty' | 'secret-blank' | 'secret-control' | 'secret-non-ascii';

/** `value` is absent for a password: it is seen nowhere. */
interface Detail {
  readonly path: string;
  readonly fault: ValueProblem['kind'] | SecretFault;
  readonly value?: string | number;
  readonly suggestion?: string | number;
  /** The service whose value it is; absent for the account's own. */
  readonly protocol?: Protocol;
}

const faults: Readonly<Record<Detail['fault'], Text>> = {
  empty: both('it is empty', '値が空です'),
  blank: both('it contains a space or an invisible character', '空白または目に見えない文字が含まれています'),
  'full-width': both('it contains full-width characters', '全角文字が含まれています'),
  url: both('it is a URL, where only the host name belongs', 'URL が入力されています。ホスト名だけが必要です'),
  path: both('it contains a path ("/…"), where only the host name belongs', '「/」以降のパスが含まれています'),
  'port-inside': both(
    'it contains the port, which has a setting of its own',
    'ポート番号が含まれています（別の設定項目です）',
  ),
  characters: both('it contains characters that cannot occur there', '使えない文字が含まれています'),
  range: both('a port is a whole number from 1 to 65535', 'ポート番号は 1～65535 の整数です'),
  'no-at': both(
    'an e-mail address has exactly one @ between two parts',
    'メールアドレスには「@」がちょうど 1 つ必要です',
  ),
  'secret-empty': both('it is empty', '値が空です'),
  'secret-blank': both('it begins or ends with a space', '先頭または末尾に空白があります'),
  'secret-control': both('it contains a line end or another control character', '改行などの制御文字が含まれています'),
  'secret-non-ascii': both(
    'it contains full-width or other non-ASCII characters',
    '全角文字など、ASCII 以外の文字が含まれています',
  ),
};

const secretFault = ({ empty, outerBlanks, controlCharacters, nonAscii }: SecretShape): SecretFault | undefined => {
  if (empty) return 'secret-empty';
  if (controlCharacters) return 'secret-control';
  if (outerBlanks) return 'secret-blank';
  return nonAscii ? 'secret-non-ascii' : undefined;
};

const shown = ({ path, value }: Pick<Detail, 'path' | 'value'>): string =>
  value === undefined ? path : `${path} ${JSON.stringify(value)}`;

/** Who suffers from one of the account's own values. */
const users = (subject: Subject, path: string): readonly Service[] =>
  servicesOf(subject).filter(({ protocol, usernamePath }) => {
    if (path === `${subject.path}.from` || path === `${subject.path}.ehlo`) return protocol === 'smtp';
    if (path === `${subject.path}.username`) return usernamePath === path;
    return true;
  });

const ofValues = (
  check: Check<ConfigFact>,
  fact: ConfigFact | undefined,
  affects: (path: string) => readonly string[],
  protocol?: Protocol,
): readonly Finding<Detail>[] =>
  (fact?.problems ?? []).map(({ path, value, kind, suggestion }) => {
    const words = faults[kind];
    return {
      detail: {
        path,
        fault: kind,
        value,
        ...(suggestion === undefined ? {} : { suggestion }),
        ...(protocol ? { protocol } : {}),
      },
      severity: 'critical',
      confidence: 0.98,
      affects: affects(path),
      evidence: [
        { check, says: both(`${shown({ path, value })}: ${words.en}`, `${shown({ path, value })}: ${words.ja}`) },
      ],
    };
  });

const ofPasswords = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] => {
  const refused = [...plainlyRefused(evidence, subject), ...unsent(evidence, subject)];
  const sources: readonly {
    readonly check: AnyCheck;
    readonly fact: ConfigFact | undefined;
    readonly protocol?: Protocol;
  }[] = [
    { check: mailConfig, fact: evidence.fact(mailConfig) },
    ...servicesOf(subject).map(({ protocol }) => ({
      check: serviceConfig[protocol],
      fact: evidence.fact(serviceConfig[protocol]),
      protocol,
    })),
  ];
  return sources.flatMap(({ check, fact, protocol }) => {
    const fault = fact?.password && secretFault(fact.password.shape);
    if (!fact?.password || !fault) return [];
    const suffering = refused.filter(({ service }) =>
      protocol ? service.protocol === protocol : !subject.config[service.protocol]?.password,
    );
    if (suffering.length === 0) return [];
    const { path } = fact.password;
    const words = faults[fault];
    // Passwords may hold such characters (RFC 8265); only that the login fails as well speaks against it.
    const unusual = fault === 'secret-non-ascii';
    return [
      {
        detail: { path, fault },
        severity: unusual ? 'warning' : 'critical',
        confidence: unusual ? 0.5 : fault === 'secret-blank' ? 0.85 : 0.95,
        affects: suffering.map(({ service }) => targetOf(service)),
        evidence: [
          { check, says: both(`${path}: ${words.en}`, `${path}: ${words.ja}`) },
          ...suffering.map((login) => ({ check: login.check, says: login.says })),
        ],
      },
    ];
  });
};

/** The port that was typed into the host: `imaps://mail.example.jp:993`, `mail.example.jp:993`. */
const portInside = (value: string): number | undefined => {
  const digits = /[^:]:(\d{1,5})(?:[/?#]|$)/.exec(value.normalize('NFKC').trim())?.[1];
  const port = Number(digits);
  return digits !== undefined && port >= 1 && port <= 65_535 ? port : undefined;
};

const candidates = (
  { path, value, suggestion, protocol }: Detail,
  subject: Subject,
): readonly (readonly Change[])[] => {
  const service = protocol && subject.services[protocol];
  if (service && path === `${service.path}.port`) return doors[protocol].map((door) => toDoor(service, subject, door));
  if (suggestion === undefined || value === undefined) return [];
  const cleaned: Change = { path, from: value, to: suggestion };
  const port = service && path === `${service.path}.host` ? portInside(String(value)) : undefined;
  if (!service || port === undefined) return [[cleaned]];
  const { security } = doorOf(service.protocol, { port });
  const withPort = [cleaned, ...toDoor(service, subject, { port, security })];
  // A port that stands nowhere else was meant; one that differs from the setting is the second guess.
  return subject.config[service.protocol]?.port === undefined ? [withPort, [cleaned]] : [[cleaned], withPort];
};

export const malformedValue = defineCause<Detail>({
  id: 'config.malformed-value',
  title: both('A setting holds a value that cannot be right', '設定値の形式に誤りがあります'),
  about: both(
    'A value in the configuration cannot work as it stands: a space, a line end or full-width characters slipped in, a URL was entered where a host name (the name of the server) belongs, or a port (the number of the door on the server) is outside 1 to 65535. This happens when values are copied from web pages, PDFs or spreadsheets. Such a value fails before any server is asked, or makes a right password wrong.',
    '設定値が、そのままでは使えない形になっています。空白・改行・全角文字が紛れ込んでいる、ホスト名（サーバーの名前）の欄に URL が入っている、ポート番号（サーバーの入口の番号）が 1～65535 の範囲にない、などの場合です。Web ページや PDF、表計算ソフトから値をコピーしたときによく起こります。この状態では、サーバーに接続する前に失敗したり、正しいパスワードでも拒否されたりします。',
  ),
  owner: 'user',
  explain: (evidence, subject) => [
    ...ofValues(mailConfig, evidence.bad(mailConfig), (path) => [
      subject.address,
      ...users(subject, path).map(targetOf),
    ]),
    ...servicesOf(subject).flatMap((service) =>
      ofValues(
        serviceConfig[service.protocol],
        evidence.bad(serviceConfig[service.protocol]),
        () => [targetOf(service)],
        service.protocol,
      ),
    ),
    ...ofPasswords(evidence, subject),
  ],
  candidates,
  works: (trial, subject, { path, protocol }) => {
    const fact = protocol ? trial.fact(serviceConfig[protocol]) : trial.fact(mailConfig);
    if (!fact || fact.problems.some((problem) => problem.path === path)) return false;
    const service = protocol && subject.services[protocol];
    // With a further malformed value nothing behind it was asked.
    if (!service || fact.problems.length > 0) return true;
    if (path === `${service.path}.host`) return hostFact(trial, protocol)?.system.kind === 'found';
    return path === `${service.path}.port` ? greets(trial, protocol) : true;
  },
  because: (detail, change) => {
    const words = faults[detail.fault];
    const tried =
      change.length > 0
        ? both(` With ${changeWords(change)} it works.`, `${changeWords(change)} に直すと動作します。`)
        : both('', '');
    const refusedToo = detail.fault.startsWith('secret')
      ? both(' The login with it fails.', 'この値でのログインは失敗しました。')
      : both('', '');
    return both(
      `The value of ${shown(detail)} cannot be right: ${words.en}.${refusedToo.en}${tried.en}`,
      `${shown(detail)} の値は、このままでは使えません。${words.ja}。${refusedToo.ja}${tried.ja}`,
    );
  },
  steps: ({ path, fault, suggestion }, change) => {
    const [first] = change;
    const secret = fault.startsWith('secret');
    const to = first?.to ?? suggestion;
    const steps: Text[] = [];
    if (change.length > 0) {
      steps.push(both(`Set ${changeWords(change)}.`, `${changeWords(change)} に変更します。`));
    } else if (to !== undefined && to !== null) {
      steps.push(both(`Set ${path} to ${JSON.stringify(to)}.`, `${path} を ${JSON.stringify(to)} に変更します。`));
    } else if (secret) {
      steps.push(
        both(
          `Type the password of ${path} anew by hand, without copying it, and without a space or line end.`,
          `${path} のパスワードを、コピーせずに手で入力し直します。前後に空白や改行を入れないでください。`,
        ),
        both(
          "If it comes from a file or an environment variable, write it with printf, so that no line end is added: printf %s 'PASSWORD' > file.",
          "ファイルや環境変数から読み込んでいる場合は、改行が付かないように printf %s 'PASSWORD' > file で書き込みます。",
        ),
      );
    } else {
      steps.push(
        both(
          `Look up the right value for ${path} in your provider's instructions and type it in half-width characters.`,
          `${path} の正しい値をプロバイダーの案内で確認し、半角で入力します。`,
        ),
      );
    }
    steps.push(
      both('Enter the same value in the mail settings of the CRM.', 'CRM のメール設定にも同じ値を入力します。'),
    );
    return steps;
  },
});
