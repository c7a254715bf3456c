import type { Term } from './term.ts';

/** How a domain shows that a message is really from there. */
export const domainTerms: readonly Term[] = [
  {
    id: 'sender-authentication',
    en: {
      name: 'sender authentication',
      gloss:
        'How a receiver finds out whether a message really comes from the domain that it names: SPF, DKIM and DMARC.',
      match: ['sender authentication', 'email authentication', 'Authentication-Results'],
    },
    ja: {
      name: '送信ドメイン認証',
      gloss: 'メールが本当にそのドメインから送られたかを受信側が確かめる仕組みで、SPF、DKIM、DMARC の総称です。',
      match: ['送信ドメイン認証', 'Authentication-Results'],
    },
  },
  {
    id: 'spf',
    en: { name: 'SPF', gloss: 'The list of servers that may send mail for a domain.', match: ['SPF', 'SPF record'] },
    ja: { name: 'SPF', gloss: 'そのドメインのメールを送ってよいサーバーの一覧です。', match: ['SPF', 'SPF レコード'] },
  },
  {
    id: 'dkim',
    en: {
      name: 'DKIM',
      gloss: 'A signature in each message that shows who sent it and that nothing was changed.',
      match: ['DKIM', 'DKIM signature', 'DKIM record'],
    },
    ja: {
      name: 'DKIM',
      gloss: '送り主と、途中で書き換えられていないことを示す、メールの電子署名です。',
      match: ['DKIM', 'DKIM 署名', 'DKIM レコード'],
    },
  },
  {
    id: 'dkim-key',
    en: {
      name: 'DKIM key',
      gloss: 'The published number with which a receiver checks the signature of a message.',
      match: ['DKIM key', 'selector', 'DKIM selector'],
    },
    ja: {
      name: 'DKIM 鍵',
      gloss: '受信側がメールの署名を確かめるために公開しておく情報で、名前をセレクターと呼びます。',
      match: ['DKIM 鍵', 'DKIM の鍵', 'DKIM の公開鍵', 'セレクター'],
      avoid: ['セレクタ'],
    },
  },
  {
    id: 'dmarc',
    en: {
      name: 'DMARC',
      gloss: 'What a domain asks receivers to do with mail whose sender cannot be confirmed.',
      match: ['DMARC', 'DMARC record'],
    },
    ja: {
      name: 'DMARC',
      gloss: '差出人を確認できないメールの扱いを、ドメインの持ち主が受信側に伝える宣言です。',
      match: ['DMARC', 'DMARC レコード'],
    },
  },
  {
    id: 'dmarc-policy',
    en: {
      name: 'DMARC policy',
      gloss:
        'The wish of a domain for mail that cannot be confirmed: let it pass (none), put it aside (quarantine), refuse it (reject).',
      match: ['DMARC policy', 'DMARC policies', 'quarantine'],
    },
    ja: {
      name: 'DMARC のポリシー',
      gloss:
        '確認できないメールを、そのまま通す (none)、隔離する (quarantine)、拒否する (reject) のどれにするかの指定です。',
      match: ['DMARC のポリシー', 'DMARC ポリシー', 'quarantine'],
    },
  },
  {
    id: 'alignment',
    en: {
      name: 'alignment',
      gloss: 'The domain that was confirmed is the one that the reader sees as the sender.',
      match: ['alignment', 'aligned', 'aligns'],
    },
    ja: {
      name: 'アライメント',
      gloss: '確認されたドメインと、読む人に見える差出人のドメインが一致していることです。',
      match: ['アライメント'],
    },
  },
  {
    id: 'arc',
    en: {
      name: 'ARC',
      gloss: 'A note by which a forwarding server vouches for what it had seen of the sender.',
      match: ['ARC'],
    },
    ja: { name: 'ARC', gloss: '転送するサーバーが、受け取ったときの確認結果を引き継ぐ仕組みです。', match: ['ARC'] },
  },
  {
    id: 'tls-rpt',
    en: {
      name: 'TLS-RPT',
      gloss: 'An address to which other servers report failed encryption.',
      match: ['TLS-RPT', 'TLSRPT'],
    },
    ja: {
      name: 'TLS-RPT',
      gloss: '暗号化に失敗したことを、ほかのサーバーから報告してもらう宛先です。',
      match: ['TLS-RPT', 'TLSRPT'],
    },
  },
  {
    id: 'bimi',
    en: {
      name: 'BIMI',
      gloss: 'The company logo that some mail programs show beside confirmed mail.',
      match: ['BIMI'],
    },
    ja: { name: 'BIMI', gloss: '確認できたメールの横に、会社のロゴを表示する仕組みです。', match: ['BIMI'] },
  },
  {
    id: 'list-unsubscribe',
    en: {
      name: 'List-Unsubscribe',
      gloss: 'The line in a message behind the button with which readers leave a mailing.',
      match: ['List-Unsubscribe', 'one-click unsubscribe'],
    },
    ja: {
      name: 'List-Unsubscribe',
      gloss: '配信停止のボタンを表示するための、メールヘッダーの 1 行です。',
      match: ['List-Unsubscribe', 'ワンクリック登録解除', 'ワンクリックの登録解除'],
    },
  },
  {
    id: 'caa',
    en: {
      name: 'CAA',
      gloss: 'A directory entry that says who may issue certificates for a domain.',
      match: ['CAA', 'CAA record'],
    },
    ja: {
      name: 'CAA',
      gloss: 'そのドメインの証明書を発行してよい認証局を指定する情報です。',
      match: ['CAA', 'CAA レコード'],
    },
  },
];
