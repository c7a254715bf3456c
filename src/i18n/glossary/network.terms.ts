import type { Term } from './term.ts';

/** How computers find and reach each other. */
export const networkTerms: readonly Term[] = [
  {
    id: 'server',
    en: { name: 'server', gloss: 'A computer that does something for others over the network.', match: ['server'] },
    ja: {
      name: 'サーバー',
      gloss: 'ネットワーク越しに、ほかのコンピューターのために働くコンピューターです。',
      match: ['サーバー'],
      avoid: ['サーバ'],
    },
  },
  {
    id: 'domain',
    en: {
      name: 'domain',
      gloss: 'The part of a mail address after the @, or of a web address after the www.',
      match: ['domain'],
    },
    ja: {
      name: 'ドメイン',
      gloss: 'メールアドレスの @ より後ろの部分で、組織のインターネット上の名前です。',
      match: ['ドメイン', 'ドメイン名'],
    },
  },
  {
    id: 'host-name',
    en: {
      name: 'host name',
      gloss: 'The name of a server, such as mail.example.com.',
      match: ['host name', 'hostname'],
    },
    ja: {
      name: 'ホスト名',
      gloss: 'mail.example.co.jp のような、サーバーの名前です。',
      match: ['ホスト名', 'サーバー名'],
    },
  },
  {
    id: 'ip-address',
    en: {
      name: 'IP address',
      gloss: 'The number under which a computer is reached, such as 192.0.2.25.',
      match: ['IP address', 'IP addresses', 'IP'],
    },
    ja: {
      name: 'IP アドレス',
      gloss: '192.0.2.25 のような、通信相手を指定するための番号です。',
      match: ['IP アドレス', 'IP'],
    },
  },
  {
    id: 'ipv4',
    en: { name: 'IPv4', gloss: 'The older and commoner kind of network address, such as 192.0.2.25.', match: ['IPv4'] },
    ja: {
      name: 'IPv4',
      gloss: '従来から広く使われている方式のネットワークのアドレスで、192.0.2.25 のように書きます。',
      match: ['IPv4'],
    },
  },
  {
    id: 'ipv6',
    en: {
      name: 'IPv6',
      gloss: 'The newer kind of network address, such as 2001:db8::25; not every network can use it.',
      match: ['IPv6'],
    },
    ja: {
      name: 'IPv6',
      gloss: '新しい方式のネットワークのアドレスで、2001:db8::25 のように書き、使えないネットワークもあります。',
      match: ['IPv6'],
    },
  },
  {
    id: 'port',
    en: {
      name: 'port',
      gloss: 'The numbered door of a server; each service listens at its own.',
      match: ['port', 'port number'],
    },
    ja: {
      name: 'ポート',
      gloss: 'サーバーの入口に付いた番号で、サービスごとに使う番号が違います。',
      match: ['ポート', 'ポート番号'],
    },
  },
  {
    id: 'firewall',
    en: {
      name: 'firewall',
      gloss: 'The guard of a network that lets some connections through and stops others.',
      match: ['firewall'],
    },
    ja: {
      name: 'ファイアウォール',
      gloss: '通してよい通信だけを通す、ネットワークの関所です。',
      match: ['ファイアウォール'],
      avoid: ['ファイヤーウォール', 'ファイアーウォール'],
    },
  },
  {
    id: 'proxy',
    en: {
      name: 'proxy',
      gloss: 'A computer through which a network sends its connections to the outside.',
      match: ['proxy', 'proxies'],
    },
    ja: {
      name: 'プロキシ',
      gloss: '社内から外部への通信を代わりに行うコンピューターです。',
      match: ['プロキシ', 'プロキシサーバー'],
      avoid: ['プロキシー'],
    },
  },
  {
    id: 'vpn',
    en: { name: 'VPN', gloss: 'A protected connection into a company network over the internet.', match: ['VPN'] },
    ja: { name: 'VPN', gloss: 'インターネット越しに社内ネットワークへ安全につなぐ仕組みです。', match: ['VPN'] },
  },
  {
    id: 'connection-refused',
    en: {
      name: 'connection refused',
      gloss: 'The computer was reached, but nothing listens at that door.',
      match: ['connection refused', 'connection is refused', 'connection was refused'],
    },
    ja: {
      name: '接続拒否',
      gloss: '相手のコンピューターには届いたものの、その番号の入口では何も動いていない状態です。',
      match: ['接続拒否', '接続が拒否', '接続を拒否'],
    },
  },
  {
    id: 'timeout',
    en: {
      name: 'timeout',
      gloss: 'No answer came within the time that was allowed.',
      match: ['timeout', 'timed out', 'time limit'],
    },
    ja: { name: 'タイムアウト', gloss: '待ち時間のうちに返事がなかったことです。', match: ['タイムアウト'] },
  },
  {
    id: 'dns',
    en: {
      name: 'DNS',
      gloss: 'The directory of the internet, which tells the address that belongs to a name.',
      match: ['DNS'],
    },
    ja: { name: 'DNS', gloss: '名前からアドレスを調べる、インターネットの電話帳のような仕組みです。', match: ['DNS'] },
  },
  {
    id: 'name-resolution',
    en: {
      name: 'name resolution',
      gloss: 'Finding the address that belongs to a name.',
      match: ['name resolution', 'resolver', 'resolves', 'resolve', 'resolved'],
    },
    ja: {
      name: '名前解決',
      gloss: '名前に対応するアドレスを調べることです。',
      match: ['名前解決', 'リゾルバー', '名前を解決'],
      avoid: ['リゾルバ'],
    },
  },
  {
    id: 'dns-record',
    en: {
      name: 'DNS record',
      gloss: 'One entry of the directory of the internet about a name.',
      match: ['DNS record', 'TXT record', 'A record', 'AAAA record', 'CNAME', 'SRV record', 'SRV', 'TXT', 'AAAA'],
    },
    ja: {
      name: 'DNS レコード',
      gloss: 'ある名前について DNS に登録された 1 件の情報です。',
      match: [
        'DNS レコード',
        'TXT レコード',
        'A レコード',
        'AAAA レコード',
        'CNAME',
        'SRV レコード',
        'SRV',
        'TXT',
        'AAAA',
      ],
    },
  },
  {
    id: 'mx',
    en: {
      name: 'MX',
      gloss: 'The entry of a domain that says which server takes its mail.',
      match: ['MX', 'MX record'],
    },
    ja: {
      name: 'MX レコード',
      gloss: 'そのドメイン宛てのメールをどのサーバーが受け取るかを示す情報です。',
      match: ['MX', 'MX レコード'],
    },
  },
  {
    id: 'name-server',
    en: {
      name: 'name server',
      gloss: 'The server that keeps the directory entries of a domain.',
      match: ['name server', 'nameserver', 'authoritative server'],
    },
    ja: {
      name: 'ネームサーバー',
      gloss: 'ドメインの情報を登録しておくサーバーです。',
      match: ['ネームサーバー', 'DNS サーバー', '権威サーバー'],
      avoid: ['ネームサーバ', 'DNS サーバ'],
    },
  },
  {
    id: 'ttl',
    en: { name: 'TTL', gloss: 'How long others may remember a directory entry before they ask again.', match: ['TTL'] },
    ja: {
      name: '有効時間 (TTL)',
      gloss: '登録された情報を、ほかのサーバーが覚えておいてよい時間です。',
      match: ['TTL', '有効時間'],
    },
  },
  {
    id: 'reverse-lookup',
    en: {
      name: 'reverse lookup',
      gloss: 'Finding the name that belongs to an address.',
      match: ['reverse lookup', 'reverse name', 'reverse DNS', 'PTR', 'PTR record'],
    },
    ja: { name: '逆引き', gloss: 'アドレスから名前を調べることです。', match: ['逆引き', 'PTR', 'PTR レコード'] },
  },
  {
    id: 'dnssec',
    en: {
      name: 'DNSSEC',
      gloss: 'Signatures by which a directory entry proves that nobody has changed it.',
      match: ['DNSSEC'],
    },
    ja: {
      name: 'DNSSEC',
      gloss: '登録された情報が書き換えられていないことを、電子署名で確かめる仕組みです。',
      match: ['DNSSEC'],
    },
  },
  {
    id: 'loopback',
    en: { name: 'localhost', gloss: 'The name by which a computer means itself.', match: ['localhost', 'loopback'] },
    ja: {
      name: 'localhost',
      gloss: 'コンピューターが自分自身を指すときの名前です。',
      match: ['localhost', 'ループバック'],
    },
  },
  {
    id: 'url',
    en: {
      name: 'URL',
      gloss: 'The full address of a page or service, such as https://crm.example.com/.',
      match: ['URL'],
    },
    ja: {
      name: 'URL',
      gloss: 'https://crm.example.co.jp/ のような、ページやサービスの完全なアドレスです。',
      match: ['URL'],
    },
  },
  {
    id: 'clock-skew',
    en: {
      name: 'clock skew',
      gloss: 'The clock of a computer is not right, so that certificates and logins seem to be too early or too late.',
      match: ['clock skew', 'clock is wrong', 'clock is off'],
    },
    ja: {
      name: '時刻のずれ',
      gloss: 'コンピューターの時計が合っておらず、証明書やログインの期限を正しく判断できない状態です。',
      match: ['時刻のずれ', '時計のずれ', '時計がずれ'],
    },
  },
  {
    id: 'http',
    en: {
      name: 'HTTP',
      gloss: 'The way in which web pages and programs on the web are asked; HTTPS is the encrypted form.',
      match: ['HTTP', 'HTTPS'],
    },
    ja: {
      name: 'HTTP',
      gloss: 'Web のページやプログラムに問い合わせるときの通信の決まりで、HTTPS はそれを暗号化したものです。',
      match: ['HTTP', 'HTTPS'],
    },
  },
  {
    id: 'redirect',
    en: {
      name: 'redirect',
      gloss: 'A server answers with another address, to which one has to go instead.',
      match: ['redirect', 'redirect URI', 'URI'],
    },
    ja: {
      name: 'リダイレクト',
      gloss: 'サーバーが「こちらへ」と別のアドレスを返すことです。',
      match: ['リダイレクト', 'リダイレクト URI', 'URI'],
    },
  },
  {
    id: 'protocol',
    en: { name: 'protocol', gloss: 'The rules by which two programs talk to each other.', match: ['protocol', 'TCP'] },
    ja: { name: 'プロトコル', gloss: 'プログラムどうしが通信するときの決まりです。', match: ['プロトコル', 'TCP'] },
  },
  {
    id: 'greeting',
    en: {
      name: 'greeting',
      gloss: 'The first line that a mail server sends to whoever connects.',
      match: ['greeting', 'banner'],
    },
    ja: {
      name: 'グリーティング',
      gloss: '接続した相手に、メールサーバーが最初に送る 1 行です。',
      match: ['グリーティング'],
    },
  },
  {
    id: 'packet',
    en: {
      name: 'packet',
      gloss: 'One of the pieces in which data travels; MTU is how large one may be, and ICMP tells what became of it.',
      match: ['packet', 'MTU', 'ICMP'],
    },
    ja: {
      name: 'パケット',
      gloss: '通信するデータを小さく分けたもので、その大きさの上限を MTU、行方を知らせる仕組みを ICMP と呼びます。',
      match: ['パケット', 'MTU', 'ICMP'],
    },
  },
  {
    id: 'router',
    en: {
      name: 'router',
      gloss: 'The device between two networks; with NAT many computers share its one address.',
      match: ['router', 'NAT', 'gateway'],
    },
    ja: {
      name: 'ルーター',
      gloss: 'ネットワークとネットワークをつなぐ機器で、NAT により複数のコンピューターが 1 つのアドレスを共有します。',
      match: ['ルーター', 'NAT', 'ゲートウェイ'],
      avoid: ['ルータ'],
    },
  },
  {
    id: 'no-such-name',
    en: {
      name: 'NXDOMAIN',
      gloss: 'The answer that a name does not exist; SERVFAIL is the answer that it could not be found out.',
      match: ['NXDOMAIN', 'SERVFAIL'],
    },
    ja: {
      name: 'NXDOMAIN',
      gloss: 'その名前は存在しないという応答で、調べられなかったときの応答は SERVFAIL です。',
      match: ['NXDOMAIN', 'SERVFAIL'],
    },
  },
  {
    id: 'container',
    en: {
      name: 'container',
      gloss: 'A program that runs shut off from the rest of its machine, with files of its own.',
      match: ['container'],
    },
    ja: {
      name: 'コンテナー',
      gloss: 'マシンのほかの部分から切り離して、専用のファイルとともに動かすプログラムです。',
      match: ['コンテナー'],
      avoid: ['コンテナ'],
    },
  },
];
