import type { Term } from './term.ts';

/** Encryption, and how a server shows who it is. */
export const encryptionTerms: readonly Term[] = [
  {
    id: 'encryption',
    en: {
      name: 'encryption',
      gloss: 'Changing what is sent so that nobody on the way can read it.',
      match: ['encryption', 'encrypted', 'encrypts', 'encrypt'],
    },
    ja: { name: '暗号化', gloss: '通信の中身を、途中で誰にも読まれないようにすることです。', match: ['暗号化'] },
  },
  {
    id: 'tls',
    en: {
      name: 'TLS',
      gloss: 'The usual encryption of connections, once called SSL.',
      match: ['TLS', 'SSL', 'SSL/TLS', 'TLS/SSL'],
    },
    ja: {
      name: 'TLS',
      gloss: '通信を暗号化する標準の仕組みで、以前は SSL と呼ばれました。',
      match: ['TLS', 'SSL', 'SSL/TLS', 'TLS/SSL'],
    },
  },
  {
    id: 'implicit-tls',
    en: {
      name: 'TLS from the start',
      gloss: 'The connection is encrypted from its first byte (ports 465, 993 and 995).',
      match: ['TLS from the start', 'implicit TLS', 'encrypted from the start'],
    },
    ja: {
      name: '最初から暗号化 (SSL/TLS)',
      gloss: '接続の最初から暗号化する方式です（465、993、995 番ポート）。',
      match: ['最初から暗号化', '最初から TLS', '暗黙の TLS', '接続の最初から'],
    },
  },
  {
    id: 'starttls',
    en: {
      name: 'STARTTLS',
      gloss: 'The connection begins without encryption and is switched to it (ports 587 and 143).',
      match: ['STARTTLS', 'STLS'],
    },
    ja: {
      name: 'STARTTLS',
      gloss: '暗号化せずに接続し、途中から暗号化に切り替える方式です（587、143 番ポート）。',
      match: ['STARTTLS', 'STLS'],
    },
  },
  {
    id: 'plain-text',
    en: {
      name: 'plain text',
      gloss: 'Without encryption: everybody on the way can read it, the password too.',
      match: ['plain text', 'cleartext', 'clear text', 'unencrypted', 'in the clear'],
    },
    ja: {
      name: '平文（暗号化なし）',
      gloss: '暗号化していない状態で、途中で誰でもパスワードまで読めます。',
      match: ['平文', '暗号化なし', '暗号化されない', '暗号化されていない'],
    },
  },
  {
    id: 'certificate',
    en: {
      name: 'certificate',
      gloss: 'The identity card of a server: it says for which name it stands, and until when.',
      match: ['certificate', 'server certificate'],
    },
    ja: {
      name: 'サーバー証明書',
      gloss: 'サーバーの身分証で、どの名前のサーバーか、いつまで有効かが書かれています。',
      match: ['証明書', 'サーバー証明書'],
    },
  },
  {
    id: 'certificate-authority',
    en: {
      name: 'certificate authority',
      gloss: 'The organisation that issues and signs certificates.',
      match: ['certificate authority', 'certificate authorities', 'issuing authority', 'CA', 'issuer'],
    },
    ja: {
      name: '認証局',
      gloss: '証明書を発行し、本物であることを保証する機関です。',
      match: ['認証局', '発行元', '発行者'],
    },
  },
  {
    id: 'intermediate-certificate',
    en: {
      name: 'intermediate certificate',
      gloss:
        'The link between the certificate of a server and the authority that everybody trusts; the server has to send it along.',
      match: ['intermediate certificate', 'intermediate', 'certificate chain', 'chain'],
    },
    ja: {
      name: '中間証明書',
      gloss: 'サーバーの証明書と、信頼されている認証局とをつなぐ証明書で、サーバーが一緒に送る必要があります。',
      match: ['中間証明書', '中間 CA', '証明書チェーン', 'チェーン'],
    },
  },
  {
    id: 'root-certificate',
    en: {
      name: 'root certificate',
      gloss: 'The certificate of an authority that a computer trusts from the outset.',
      match: ['root certificate', 'trust store', 'trusted root'],
    },
    ja: {
      name: 'ルート証明書',
      gloss: 'コンピューターが最初から信頼している認証局の証明書です。',
      match: ['ルート証明書', '信頼ストア', 'トラストストア', '証明書ストア'],
    },
  },
  {
    id: 'self-signed',
    en: {
      name: 'self-signed certificate',
      gloss: 'A certificate that a server has issued to itself; nobody vouches for it.',
      match: ['self-signed certificate', 'self-signed'],
    },
    ja: {
      name: '自己署名証明書',
      gloss: 'サーバーが自分で発行した証明書で、保証する機関がありません。',
      match: ['自己署名証明書', '自己署名', 'オレオレ証明書'],
    },
  },
  {
    id: 'revoked',
    en: {
      name: 'revoked',
      gloss: 'A certificate or permission that was withdrawn before its end.',
      match: ['revoked', 'revocation'],
    },
    ja: { name: '失効', gloss: '期限の前に、証明書や許可が取り消されたことです。', match: ['失効'] },
  },
  {
    id: 'cipher',
    en: {
      name: 'cipher',
      gloss: 'The method by which a connection is encrypted; both sides have to know a common one.',
      match: ['cipher', 'cipher suite'],
    },
    ja: {
      name: '暗号方式（暗号スイート）',
      gloss: '通信を暗号化する方法で、両方に共通のものが必要です。',
      match: ['暗号スイート', '暗号方式'],
    },
  },
  {
    id: 'handshake',
    en: {
      name: 'handshake',
      gloss: 'The talk at the start of an encrypted connection in which both sides agree on how.',
      match: ['handshake', 'TLS handshake'],
    },
    ja: {
      name: 'ハンドシェイク',
      gloss: '暗号化の方法を両者で決める、接続の最初のやり取りです。',
      match: ['ハンドシェイク', 'TLS ハンドシェイク'],
    },
  },
  {
    id: 'sni',
    en: {
      name: 'SNI',
      gloss: 'The name that a program tells at the start, so that a server of many names shows the right certificate.',
      match: ['SNI'],
    },
    ja: {
      name: 'SNI',
      gloss: '複数の名前を持つサーバーに正しい証明書を出してもらうため、接続の最初に伝える名前です。',
      match: ['SNI'],
    },
  },
  {
    id: 'weak-key',
    en: {
      name: 'key length',
      gloss: 'How long the secret number of an encryption is; short ones can be broken.',
      match: [
        'key length',
        'weak key',
        'public key',
        'private key',
        'RSA key',
        'RSA',
        'Diffie-Hellman',
        'DH parameters',
      ],
    },
    ja: {
      name: '鍵の長さ',
      gloss: '暗号に使う秘密の数の長さで、短いと破られるおそれがあります。',
      match: ['鍵の長さ', '鍵長', '公開鍵', '秘密鍵', 'RSA 鍵', 'RSA', 'DH パラメーター'],
    },
  },
  {
    id: 'dane',
    en: {
      name: 'DANE (TLSA)',
      gloss: 'A directory entry that says which certificate a mail server must show.',
      match: ['DANE', 'TLSA'],
    },
    ja: {
      name: 'DANE (TLSA)',
      gloss: 'メールサーバーが出すべき証明書を、DNS で公開する仕組みです。',
      match: ['DANE', 'TLSA'],
    },
  },
  {
    id: 'mta-sts',
    en: {
      name: 'MTA-STS',
      gloss: 'A page with which a domain asks that mail to it is only sent encrypted.',
      match: ['MTA-STS'],
    },
    ja: {
      name: 'MTA-STS',
      gloss: '自分のドメイン宛てのメールを必ず暗号化して送るよう、相手に求める仕組みです。',
      match: ['MTA-STS'],
    },
  },
];
