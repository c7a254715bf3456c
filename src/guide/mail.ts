import type { Protocol, Security } from '../model/config.ts';
import type { Text } from '../model/text.ts';
import type { Aim, Area } from './area.ts';
import type { Engine, FoundServers, GuideMailbox, GuideService } from './engine.ts';
import { mailStages } from './mail-stages.ts';
import { shellWord } from './shell-word.ts';
import type { Walk } from './walk.ts';

const passwordVariable = 'MAIL_PASSWORD';
const crmVariable = 'CRM_SECRET';

const protocolWords: Readonly<Record<Protocol, Text>> = {
  smtp: { en: 'Sending (SMTP)', ja: '送信 (SMTP)' },
  imap: { en: 'Receiving (IMAP)', ja: '受信 (IMAP)' },
  pop3: { en: 'Receiving (POP3)', ja: '受信 (POP3)' },
};

const securityWords: Readonly<Record<Security, Text>> = {
  starttls: { en: 'STARTTLS', ja: 'STARTTLS' },
  tls: { en: 'SSL/TLS', ja: 'SSL/TLS' },
  none: { en: 'no encryption', ja: '暗号化なし' },
};

/** The checks that show a symptom; what they need is run with them. */
const firstFor: Readonly<Record<string, readonly string[]>> = {
  send: ['mail.smtp-auth'],
  receive: ['mail.imap-auth', 'mail.pop3-auth', 'mail.quota'],
  junk: ['mail.sender-policy'],
};

const wrongAddress = (answer: string): Text | undefined =>
  /^[^\s@]+@[^\s@]+$/u.test(answer.trim())
    ? undefined
    : {
        en: 'This does not look like a mail address: it needs one "@" and no blanks (sales@example.co.jp).',
        ja: 'メールアドレスの形になっていません。「@」が 1 つあり、空白がないことを確認してください（例: sales@example.co.jp）。',
      };

const wrongHost = (answer: string): Text | undefined =>
  answer.trim() === '' || /^[^\s/:@]+$/u.test(answer.trim())
    ? undefined
    : {
        en: 'Only the name of the server, without http:// and without a port (smtp.example.co.jp).',
        ja: 'サーバーの名前だけを入力してください。http:// やポート番号は不要です（例: smtp.example.co.jp）。',
      };

const wrongPort = (answer: string): Text | undefined =>
  /^\d{1,5}$/.test(answer.trim()) && Number(answer) > 0 && Number(answer) < 65536
    ? undefined
    : { en: 'A number from 1 to 65535.', ja: '1 から 65535 までの数字を入力してください。' };

const ports: Readonly<Record<Protocol, readonly (readonly [port: string, security: Security])[]>> = {
  smtp: [
    ['587', 'starttls'],
    ['465', 'tls'],
    ['25', 'starttls'],
  ],
  imap: [
    ['993', 'tls'],
    ['143', 'starttls'],
  ],
  pop3: [
    ['995', 'tls'],
    ['110', 'starttls'],
  ],
};

/** One service as the CRM's screen has it; undefined where the person does not know it. */
const typedService = async (walk: Walk, protocol: Protocol): Promise<GuideService | undefined> => {
  const name = protocolWords[protocol];
  const host = await walk.text({
    id: `${protocol}.host`,
    message: { en: `${name.en}: name of the server`, ja: `${name.ja}のサーバー名（ホスト名）` },
    more: {
      en: 'On the mail settings of your CRM it is called "server", "host" or "SMTP/IMAP server", and looks like smtp.example.co.jp. Copy it from there exactly.',
      ja: 'CRM のメール設定画面で「サーバー」「ホスト」「SMTP サーバー」「受信サーバー」などと表示されている値です（例: smtp.example.co.jp）。画面の値をそのまま入力してください。',
    },
    empty: { en: 'I do not know it', ja: 'わからない' },
    wrong: wrongHost,
  });
  if (host.trim() === '') return undefined;
  const usual = ports[protocol];
  const chosen = await walk.choose({
    id: `${protocol}.port`,
    message: { en: `${name.en}: port`, ja: `${name.ja}のポート番号` },
    more: {
      en: 'The port is the number of the door of the server. It stands beside the name of the server on the settings of your CRM.',
      ja: 'ポート番号は、サーバーの入口の番号です。CRM のメール設定画面で、サーバー名の近くに表示されています。',
    },
    choices: [
      ...usual.map(([port]) => ({ value: port, name: port })),
      { value: 'other', name: { en: 'another one', ja: 'ほかの番号' } },
      { value: 'unknown', name: { en: 'I do not know', ja: 'わからない' } },
    ],
  });
  const port =
    chosen === 'other'
      ? (
          await walk.text({
            id: `${protocol}.port-number`,
            message: { en: 'The number of the port', ja: 'ポート番号' },
            wrong: wrongPort,
          })
        ).trim()
      : chosen === 'unknown'
        ? (usual[0]?.[0] ?? '')
        : chosen;
  const security = await walk.choose({
    id: `${protocol}.security`,
    message: { en: `${name.en}: encryption`, ja: `${name.ja}の暗号化` },
    more: {
      en: 'SSL/TLS is encrypted from the beginning, STARTTLS turns encryption on after the greeting. The settings of your CRM name one of them, or "none".',
      ja: 'SSL/TLS は最初から暗号化する方式、STARTTLS は途中から暗号化する方式です。CRM の設定画面では「SSL」「TLS」「STARTTLS」「なし」などから選ぶようになっています。',
    },
    choices: [
      {
        value: 'unknown',
        name: { en: 'I do not know (what is usual for the port)', ja: 'わからない（ポートに合わせる）' },
      },
      { value: 'tls', name: securityWords.tls },
      { value: 'starttls', name: securityWords.starttls },
      { value: 'none', name: securityWords.none },
    ],
  });
  const byPort = usual.find(([one]) => one === port)?.[1] ?? (protocol === 'smtp' ? 'starttls' : 'tls');
  // The choices are the three of Security.
  return {
    protocol,
    host: host.trim(),
    port: Number(port),
    security: security === 'unknown' ? byPort : (security as Security),
  };
};

const row = ({ protocol, host, port, security, from, says }: GuideService): Text => {
  const after = (language: 'en' | 'ja'): string =>
    [...(from ? [from[language]] : []), ...(says ? [says[language]] : [])].join(language === 'ja' ? '。' : '; ');
  const line = (language: 'en' | 'ja'): string => {
    const more = after(language);
    return `${protocolWords[protocol][language]}: ${host}:${port} ${securityWords[security][language]}${more === '' ? '' : language === 'ja' ? `（${more}）` : ` (${more})`}`;
  };
  return { en: line('en'), ja: line('ja') };
};

/** Looks for the servers, shows them, and lets the person take them or name others. */
const foundFor = async (walk: Walk, engine: Engine, address: string): Promise<FoundServers> => {
  walk.say({
    kind: 'words',
    text: {
      en: `Looking for the mail servers of ${address}: in the DNS, in the provider's files, under usual names. Nothing is logged in to.`,
      ja: `${address} のメールサーバーを探します。DNS、メール事業者の自動設定ファイル、よくある名前を順に調べます。ログインはしません。`,
    },
  });
  const found = await walk.once('detect', () => engine.detect(address));
  const { provider, services } = found;
  if (provider) {
    walk.say({ kind: 'words', text: { en: `Provider: ${provider.name.en}`, ja: `メール事業者: ${provider.name.ja}` } });
    if (provider.note) walk.say({ kind: 'note', text: provider.note });
  }
  for (const service of services) walk.say({ kind: 'result', status: 'pass', title: row(service) });
  if (services.length === 0) {
    walk.say({
      kind: 'result',
      status: 'fail',
      title: { en: `No mail server of ${address} was found`, ja: `${address} のメールサーバーが見つかりませんでした` },
    });
  }
  return found;
};

const typedServices = async (walk: Walk, engine: Engine, address: string): Promise<readonly GuideService[]> => {
  const smtp = await typedService(walk, 'smtp');
  const incoming = await walk.choose({
    id: 'incoming',
    message: { en: 'How does the CRM receive mail?', ja: 'CRM はどの方式で受信していますか？' },
    more: {
      en: 'IMAP reads mail and leaves it on the server, POP3 takes it away. The settings of your CRM name one of them.',
      ja: 'IMAP はメールをサーバーに残したまま読む方式、POP3 は手元に取り込む方式です。CRM のメール設定画面に書かれています。',
    },
    choices: [
      { value: 'imap', name: 'IMAP' },
      { value: 'pop3', name: 'POP3' },
      { value: 'none', name: { en: 'it receives no mail', ja: '受信は使っていない' } },
      { value: 'unknown', name: { en: 'I do not know', ja: 'わからない' } },
    ],
  });
  const receiving = incoming === 'imap' || incoming === 'pop3' ? await typedService(walk, incoming) : undefined;
  const missing = !smtp || (incoming !== 'none' && !receiving);
  const found = missing ? (await foundFor(walk, engine, address)).services : [];
  const instead = (wanted: readonly Protocol[]) => found.find(({ protocol }) => wanted.includes(protocol));
  const out = smtp ?? instead(['smtp']);
  const back =
    incoming === 'none' ? undefined : (receiving ?? instead(incoming === 'pop3' ? ['pop3'] : ['imap', 'pop3']));
  return [...(out ? [out] : []), ...(back ? [back] : [])];
};

/** Which servers, by one of the two ways; the person may change his mind until there are some. */
const servicesFor = async (
  walk: Walk,
  engine: Engine,
  address: string,
  source: string,
): Promise<{ readonly services: readonly GuideService[]; readonly found: boolean }> => {
  if (source === 'typed') {
    const services = await typedServices(walk, engine, address);
    if (services.length > 0) return { services, found: false };
  } else {
    const { services, strangers } = await foundFor(walk, engine, address);
    if (services.length > 0) {
      const hosts = strangers.join(', ');
      const take = await walk.choose({
        id: 'servers',
        message:
          strangers.length > 0
            ? {
                en: `Use these servers? Only the DNS vouches for ${hosts}.`,
                ja: `このサーバーで検査しますか？ ${hosts} は、DNS のほかに裏付けがありません。`,
              }
            : { en: 'Check with these servers?', ja: 'このサーバーで検査しますか？' },
        more: {
          en: 'If the settings of your CRM look different, enter those: then the check shows what is wrong with them.',
          ja: 'CRM の設定がこれと違う場合は、CRM の設定を入力してください。どこが違っているかを検査で確かめられます。',
        },
        choices: [
          { value: 'take', name: { en: 'Yes', ja: 'はい' } },
          { value: 'typed', name: { en: 'No, I enter the settings of my CRM', ja: 'いいえ、CRM の設定を入力する' } },
        ],
      });
      if (take === 'take') return { services, found: true };
      const typed = await typedServices(walk, engine, address);
      if (typed.length > 0) return { services: typed, found: false };
    }
  }
  walk.say({
    kind: 'words',
    text: {
      en: 'Without the name of a server nothing can be checked. It is on the mail settings of the CRM, or in the letter of the mail provider.',
      ja: 'サーバー名がわからないと検査できません。CRM のメール設定画面か、メール事業者からの案内に書かれています。',
    },
  });
  const services = await typedServices(walk, engine, address);
  return { services, found: false };
};

const flagsFor = ({ address, username, password, services }: GuideMailbox): string => {
  const words = [
    address,
    ...services.flatMap(({ protocol, host, port, security }) => [`--${protocol}`, `${host}:${port}/${security}`]),
    ...(username === undefined ? [] : ['--username', username]),
    ...(password ? ['--password-env', passwordVariable] : []),
  ];
  return `crm-doctor mail ${words.map(shellWord).join(' ')}`;
};

/** A mailbox that is described here and now; it becomes a configuration that only this session sees. */
const described = async (walk: Walk, engine: Engine, symptom: string, source: string): Promise<Aim> => {
  const address = (
    await walk.text({
      id: 'address',
      message: { en: 'The mail address that the CRM uses', ja: 'CRM が使うメールアドレス' },
      more: {
        en: 'The address from which the CRM sends, or with which it receives: sales@example.co.jp.',
        ja: 'CRM が送信または受信に使っているメールアドレスです（例: sales@example.co.jp）。',
      },
      wrong: wrongAddress,
    })
  ).trim();
  const { services, found } = await servicesFor(walk, engine, address, source);
  const username = (
    await walk.text({
      id: 'username',
      message: { en: 'User name for the login', ja: 'ログインに使うユーザー名' },
      more: {
        en: 'Mostly the whole mail address. Enter what the settings of your CRM have.',
        ja: '多くの場合、メールアドレス全体です。CRM の設定画面にある値を入力してください。',
      },
      initial: address,
    })
  ).trim();
  const password = await walk.secret({
    id: 'password',
    message: { en: 'Password (not shown, not saved)', ja: 'パスワード（表示も保存もしません）' },
    more: {
      en: 'It is used for one login a service and forgotten at the end. Without it everything up to the login is checked.',
      ja: '送信と受信のログインに 1 回ずつ使い、終了時に破棄します。入力しない場合は、ログインの手前までを検査します。',
    },
    empty: { en: 'check without a login', ja: 'ログインせずに検査する' },
  });
  if (password !== '') engine.give(passwordVariable, password);
  const mailbox: GuideMailbox = {
    address,
    ...(username === address || username === '' ? {} : { username }),
    password: password !== '',
    services,
  };
  const file = await walk.once('draft', () => engine.draft({ mailbox }));
  return {
    area: 'mail',
    command: ['mail', '--config', file],
    first: password === '' ? [] : (firstFor[symptom] ?? []),
    file,
    draft: true,
    ...(found ? { found: true as const } : {}),
    ...(password === '' ? {} : { sends: true as const }),
    repeat: flagsFor(mailbox),
    needs: password === '' ? [] : [passwordVariable],
  };
};

/** The CRM is asked itself; its own mail accounts are checked. */
const fromCrm = async (walk: Walk, engine: Engine): Promise<Aim> => {
  const types = await walk.once('crm types', () => engine.crmTypes());
  const type = await walk.choose({
    id: 'crm.type',
    message: { en: 'Which CRM is it?', ja: 'どの CRM ですか？' },
    choices: types.map((value) => ({ value, name: value })),
  });
  const url = (
    await walk.text({
      id: 'crm.url',
      message: { en: 'The address of the CRM, as in the browser', ja: 'CRM の URL（ブラウザーで開くときのアドレス）' },
      wrong: (answer) =>
        /^https?:\/\/[^\s@]+$/u.test(answer.trim())
          ? undefined
          : {
              en: 'It begins with https:// and holds no login.',
              ja: 'https:// で始まるアドレスを入力してください（ログイン情報は含めません）。',
            },
    })
  ).trim();
  const username = await walk.text({
    id: 'crm.username',
    message: { en: 'Login name in the CRM', ja: 'CRM のログイン名' },
    empty: { en: 'none, or I do not know', ja: '不要、またはわからない' },
  });
  const database = await walk.text({
    id: 'crm.database',
    message: { en: 'Database or organisation', ja: 'データベース名（組織名）' },
    empty: { en: 'none, or I do not know', ja: '不要、またはわからない' },
  });
  const is = await walk.once('crm secret', () => engine.secretOf(type));
  const secret = await walk.secret({
    id: 'crm.secret',
    message: { en: `The ${is.en} (not shown, not saved)`, ja: `${is.ja}（表示も保存もしません）` },
    empty: { en: 'only what needs no login', ja: 'ログインなしで調べる' },
  });
  engine.give(crmVariable, secret);
  const file = await walk.once('draft', () =>
    engine.draft({
      crm: {
        type,
        url,
        ...(username.trim() === '' ? {} : { username: username.trim() }),
        ...(database.trim() === '' ? {} : { database: database.trim() }),
      },
    }),
  );
  return {
    area: 'mail',
    command: ['check', '--config', file],
    first: [],
    file,
    draft: true,
    repeat: 'crm-doctor check',
    needs: [crmVariable],
  };
};

const sources = [
  {
    value: 'address',
    name: { en: 'I do not know: find them by the mail address', ja: 'わからない（メールアドレスから探す）' },
    about: {
      en: 'Finds the right settings, and shows whether they work.',
      ja: '正しい設定を探し、実際に動くかどうかを確かめます。',
    },
  },
  {
    value: 'typed',
    name: { en: 'I can see them in the CRM and enter them', ja: 'CRM の設定画面を見て入力する' },
    about: {
      en: 'Best where something is wrong with them: the check says what.',
      ja: '設定に誤りがある場合に向いています。どこが違うかまでわかります。',
    },
  },
  {
    value: 'crm',
    name: { en: 'Connect to the CRM and read them there', ja: 'CRM に接続して読み取る' },
    about: {
      en: 'Needs a login for the CRM. Its version and its jobs are checked too.',
      ja: 'CRM のログイン情報が必要です。CRM のバージョンや定期処理も調べます。',
    },
  },
] as const;

const another = 'another';

const prepare = async (walk: Walk, engine: Engine, symptom: string): Promise<Aim> => {
  const configured = await walk.once('configured', () => engine.configured());
  const names = configured?.mailboxes ?? [];
  if (configured && names.length + configured.crms.length > 0) {
    const chosen = await walk.choose({
      id: 'mailbox',
      message: { en: 'Which mailbox is it about?', ja: 'どのメールボックスについて調べますか？' },
      choices: [
        ...names.map((name) => ({ value: `mail ${name}`, name, about: configured.file })),
        ...configured.crms.map((name) => ({
          value: `crm ${name}`,
          name: { en: `all that the CRM ${name} uses`, ja: `CRM（${name}）が使うすべて` },
          about: configured.file,
        })),
        { value: another, name: { en: 'another one, or I do not know', ja: 'ほかのメールアドレス、またはわからない' } },
      ],
    });
    const [kind, name = ''] = [chosen.split(' ', 1)[0], chosen.slice(chosen.indexOf(' ') + 1)];
    if (chosen !== another) {
      const words = kind === 'mail' ? ['mail', name] : ['check'];
      return {
        area: 'mail',
        command: [...words, '--config', configured.file],
        first: firstFor[symptom] ?? [],
        file: configured.file,
        ...(kind === 'mail' ? { sends: true as const } : {}),
        repeat: `crm-doctor ${words.map(shellWord).join(' ')}`,
        needs: [],
      };
    }
  }
  const source = await walk.choose({
    id: 'source',
    message: { en: 'Do you know the mail settings of the CRM?', ja: 'CRM のメール設定はわかりますか？' },
    more: {
      en: 'The settings are the names of the servers, the ports and the user name. The CRM shows them on a page called "mail", "e-mail" or "outgoing server".',
      ja: 'メール設定とは、サーバー名、ポート番号、ユーザー名などのことです。CRM の「メール設定」「メールサーバー」「送信サーバー」といった画面にあります。',
    },
    choices: sources,
  });
  return source === 'crm' ? fromCrm(walk, engine) : described(walk, engine, symptom, source);
};

export const mailArea: Area = {
  id: 'mail',
  name: { en: 'Mail of the CRM', ja: 'CRM のメール' },
  about: {
    en: 'Mail cannot be sent or received, is late, or lands in the junk folder.',
    ja: 'メールを送れない、受け取れない、遅れる、迷惑メールになる。',
  },
  symptoms: [
    { value: 'send', name: { en: 'Mail cannot be sent', ja: 'メールを送れない' } },
    { value: 'receive', name: { en: 'Mail is not received', ja: 'メールを受信できない' } },
    { value: 'both', name: { en: 'Neither works', ja: '送信も受信もできない' } },
    { value: 'slow', name: { en: 'Mail is late', ja: 'メールが遅れて届く' } },
    { value: 'junk', name: { en: 'Our mail lands in the junk folder', ja: '迷惑メールと判定される' } },
    { value: 'message', name: { en: 'I have an error message', ja: 'エラーメッセージがある' } },
    { value: 'all', name: { en: 'I do not know: look at everything', ja: 'わからない（すべて調べる）' } },
  ],
  stages: mailStages,
  prepare,
  watch: [
    {
      en: 'Send one mail from the CRM itself and look whether it arrives.',
      ja: 'CRM から実際にメールを 1 通送り、届くことを確認してください。',
    },
    {
      en: 'Look at the log of the CRM for warnings for a few days.',
      ja: '数日間は CRM のログに警告が出ていないか確認してください。',
    },
  ],
};
