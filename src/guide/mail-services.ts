import type { Protocol, Security } from '../model/config.ts';
import type { Text } from '../model/text.ts';
import type { Engine, FoundServers, GuideService } from './engine.ts';
import type { Walk } from './walk.ts';

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
export const servicesFor = async (
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
