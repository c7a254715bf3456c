import type { Text } from '../model/text.ts';
import type { Aim, Area } from './area.ts';
import type { Engine, GuideMailbox } from './engine.ts';
import { fromCrm } from './mail-crm.ts';
import { servicesFor } from './mail-services.ts';
import { mailStages } from './mail-stages.ts';
import { shellWord } from './shell-word.ts';
import type { Walk } from './walk.ts';

const passwordVariable = 'MAIL_PASSWORD';

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
