import type { Term } from './term.ts';

/** Sending, receiving, and what becomes of a message. */
export const mailTerms: readonly Term[] = [
  {
    id: 'smtp',
    en: { name: 'SMTP', gloss: 'The way in which mail is handed to a server to be sent.', match: ['SMTP'] },
    ja: { name: 'SMTP', gloss: 'メールを送るときに使う通信の決まりです。', match: ['SMTP'] },
  },
  {
    id: 'imap',
    en: {
      name: 'IMAP',
      gloss: 'The way in which mail is read while it stays on the server, so that several devices see the same.',
      match: ['IMAP'],
    },
    ja: {
      name: 'IMAP',
      gloss: 'メールをサーバーに残したまま読む方式で、どの端末からも同じメールが見えます。',
      match: ['IMAP'],
    },
  },
  {
    id: 'pop3',
    en: {
      name: 'POP3',
      gloss: 'The older way in which mail is fetched from the server, and often removed from it.',
      match: ['POP3', 'POP'],
    },
    ja: {
      name: 'POP3',
      gloss: 'サーバーのメールを手元に取り込む方式で、取り込んだメールはサーバーから消すのが一般的です。',
      match: ['POP3', 'POP'],
    },
  },
  {
    id: 'mail-server',
    en: {
      name: 'mail server',
      gloss: 'The computer that accepts, keeps and passes on mail.',
      match: ['mail server', 'outgoing server', 'incoming server', 'receiving server', 'sending server'],
    },
    ja: {
      name: 'メールサーバー',
      gloss: 'メールを預かり、保管し、相手に届けるコンピューターです。',
      match: ['メールサーバー', '送信サーバー', '受信サーバー', '受信側のサーバー'],
      avoid: ['メールサーバ'],
    },
  },
  {
    id: 'mailbox',
    en: {
      name: 'mailbox',
      gloss: 'The place on the server where the mail of one address is kept.',
      match: ['mailbox', 'mailboxes'],
    },
    ja: {
      name: 'メールボックス',
      gloss: '1 つのメールアドレスに届いたメールを保管する、サーバー上の場所です。',
      match: ['メールボックス'],
    },
  },
  {
    id: 'shared-mailbox',
    en: {
      name: 'shared mailbox',
      gloss: 'A mailbox that several people use together, such as info@ or sales@.',
      match: ['shared mailbox', 'shared mailboxes'],
    },
    ja: {
      name: '共有メールボックス',
      gloss: 'info@ や sales@ のように、複数の人が一緒に使うメールボックスです。',
      match: ['共有メールボックス'],
    },
  },
  {
    id: 'inbox',
    en: { name: 'INBOX', gloss: 'The folder into which new mail comes.', match: ['INBOX', 'inbox', 'inboxes'] },
    ja: {
      name: '受信トレイ (INBOX)',
      gloss: '新しいメールが最初に入るフォルダーです。',
      match: ['受信トレイ', 'INBOX'],
    },
  },
  {
    id: 'namespace',
    en: {
      name: 'namespace',
      gloss: 'The part that a server wants in front of every folder name, such as "INBOX.".',
      match: ['namespace', 'folder prefix', 'folder prefixes'],
    },
    ja: {
      name: '名前空間',
      gloss: 'サーバーがフォルダー名の先頭に付ける決まった文字で、「INBOX.」などがあります。',
      match: ['名前空間', 'ネームスペース'],
    },
  },
  {
    id: 'alias',
    en: {
      name: 'alias',
      gloss: 'A second address whose mail lands in the same mailbox; one usually cannot log in with it.',
      match: ['alias', 'aliases'],
    },
    ja: {
      name: 'エイリアス（別名）',
      gloss: '同じメールボックスに届く別のアドレスで、ふつうはログインには使えません。',
      match: ['エイリアス'],
    },
  },
  {
    id: 'distribution-list',
    en: {
      name: 'distribution list',
      gloss: 'An address that passes each message on to several people and has no mailbox of its own.',
      match: ['distribution list', 'mailing list', 'distribution group'],
    },
    ja: {
      name: '配布リスト（メーリングリスト）',
      gloss: '届いたメールを複数の人に配るアドレスで、自分のメールボックスは持ちません。',
      match: ['配布リスト', '配布グループ', 'メーリングリスト'],
    },
  },
  {
    id: 'sender',
    en: {
      name: 'sender',
      gloss: 'The address that the reader of a message sees as the one it comes from.',
      match: ['sender', 'sender address', 'sender addresses', 'From address', 'From addresses'],
    },
    ja: {
      name: '差出人',
      gloss: 'メールを受け取った人に、送り主として見えるアドレスです。',
      match: ['差出人', '差出人アドレス', '送信元アドレス'],
      avoid: ['送信者アドレス'],
    },
  },
  {
    id: 'recipient',
    en: { name: 'recipient', gloss: 'The address that a message is to reach.', match: ['recipient'] },
    ja: { name: '宛先', gloss: 'メールを届けたい相手のアドレスです。', match: ['宛先'] },
  },
  {
    id: 'envelope-sender',
    en: {
      name: 'envelope sender',
      gloss: 'The address to which a message that cannot be delivered is sent back; readers do not see it.',
      match: ['envelope sender', 'Return-Path', 'return path', 'MAIL FROM', 'bounce address', 'bounce addresses'],
    },
    ja: {
      name: 'エンベロープ From（返送先）',
      gloss: '届かなかったメールが返ってくるアドレスで、メールを読む人には見えません。',
      match: ['エンベロープ From', '返送先', 'Return-Path', 'MAIL FROM'],
    },
  },
  {
    id: 'reply-to',
    en: {
      name: 'reply-to',
      gloss: 'The address to which an answer goes, where it is not the sender.',
      match: ['Reply-To', 'reply-to'],
    },
    ja: {
      name: '返信先',
      gloss: '返信したときに宛先になるアドレスで、差出人と別にできます。',
      match: ['返信先', 'Reply-To'],
    },
  },
  {
    id: 'header',
    en: {
      name: 'header',
      gloss: 'The lines at the top of a message that say from whom, to whom, when and by which way it came.',
      match: ['mail header', 'message header', 'header line'],
    },
    ja: {
      name: 'メールヘッダー',
      gloss: '差出人、宛先、日時、通ってきた経路などを書いた、メールの先頭部分です。',
      match: ['メールヘッダー', 'メールのヘッダー'],
      avoid: ['メールヘッダ'],
    },
  },
  {
    id: 'submission-port',
    en: {
      name: 'submission port',
      gloss: 'Door 587 of a mail server, meant for programs that send mail with a login.',
      match: ['submission port', 'submission'],
    },
    ja: {
      name: 'サブミッションポート',
      gloss: 'ログインしてメールを送るための専用の入口で、番号は 587 です。',
      match: ['サブミッションポート', 'サブミッション'],
    },
  },
  {
    id: 'op25b',
    en: {
      name: 'port 25 block (OP25B)',
      gloss: 'Internet providers close door 25 of foreign mail servers to hold back spam; 587 or 465 stay open.',
      match: ['OP25B', 'port 25 block', 'port 25 blocking', 'outbound port 25 blocking'],
    },
    ja: {
      name: '25 番ポートブロック (OP25B)',
      gloss:
        '迷惑メール対策として、外部のメールサーバーの 25 番ポートへの接続をプロバイダーが止める仕組みで、587 番や 465 番は使えます。',
      match: ['OP25B', '25 番ポートブロック'],
    },
  },
  {
    id: 'relay',
    en: {
      name: 'relay',
      gloss: 'Passing mail on to another server; a server does so only for those whom it knows.',
      match: ['relay', 'relaying', 'relayed', 'relays'],
    },
    ja: {
      name: '中継（リレー）',
      gloss: 'メールを別のサーバーへ渡すことで、サーバーは知っている相手の分だけ引き受けます。',
      match: ['中継', 'リレー'],
    },
  },
  {
    id: 'smart-host',
    en: {
      name: 'smart host',
      gloss: 'A server that takes all outgoing mail of another system and delivers it.',
      match: ['smart host', 'smarthost', 'relay host'],
    },
    ja: {
      name: '中継サーバー（スマートホスト）',
      gloss: '別のシステムが送るメールをまとめて預かり、相手に届けるサーバーです。',
      match: ['中継サーバー', 'スマートホスト'],
      avoid: ['中継サーバ'],
    },
  },
  {
    id: 'bounce',
    en: {
      name: 'bounce',
      gloss: 'The message that tells the sender that a mail could not be delivered.',
      match: ['bounce', 'bounced', 'bounces', 'NDR', 'non-delivery report', 'delivery report', 'DSN'],
    },
    ja: {
      name: '不達通知',
      gloss: 'メールを届けられなかったことを送り主に知らせるメールです。',
      match: ['不達通知', 'エラーメール', '配信不能レポート', 'NDR', 'DSN', 'バウンス'],
    },
  },
  {
    id: 'permanent-error',
    en: {
      name: 'permanent error',
      gloss: 'A refusal that will be the same at the next try (its number begins with 5).',
      match: ['permanent error', 'permanent refusal', 'hard bounce', 'permanently refused'],
    },
    ja: {
      name: '永久エラー',
      gloss: '何度試しても同じ結果になる拒否で、番号が 5 で始まります。',
      match: ['永久エラー', '恒久的なエラー', 'ハードバウンス'],
    },
  },
  {
    id: 'temporary-error',
    en: {
      name: 'temporary error',
      gloss: 'A refusal that may be gone at a later try (its number begins with 4).',
      match: ['temporary error', 'temporary refusal', 'soft bounce', 'temporarily refused'],
    },
    ja: {
      name: '一時的なエラー',
      gloss: '時間をおけば成功することがある拒否で、番号が 4 で始まります。',
      match: ['一時的なエラー', '一時エラー', '一時拒否', 'ソフトバウンス'],
    },
  },
  {
    id: 'queue',
    en: { name: 'queue', gloss: 'Mail or tasks that wait for their turn.', match: ['queue', 'queued'] },
    ja: { name: '送信待ち（キュー）', gloss: '順番を待っているメールや処理の列です。', match: ['キュー', '送信待ち'] },
  },
  {
    id: 'rate-limit',
    en: {
      name: 'rate limit',
      gloss: 'How many messages or requests a server accepts within a time; what is beyond waits or is refused.',
      match: ['rate limit', 'rate limiting', 'throttling', 'throttled', 'sending limit', 'throttle'],
    },
    ja: {
      name: '送信数の制限（レート制限）',
      gloss: '一定の時間に受け付ける通数や回数の上限で、超えた分は待たされるか拒否されます。',
      match: ['レート制限', '送信数の制限', '送信数の上限', '流量制限', 'スロットリング'],
    },
  },
  {
    id: 'greylisting',
    en: {
      name: 'greylisting',
      gloss: 'A defence against spam: an unknown sender is refused once and accepted some minutes later.',
      match: ['greylisting', 'greylisted', 'greylist'],
    },
    ja: {
      name: 'グレーリスト（一時拒否）',
      gloss: '初めての送り主を一度だけ断り、数分後の再送で受け取る迷惑メール対策です。',
      match: ['グレーリスト', 'グレイリスト', 'グレーリスティング'],
    },
  },
  {
    id: 'block-list',
    en: {
      name: 'block list',
      gloss: 'A published list of addresses that have sent spam; many servers refuse mail from them.',
      match: ['block list', 'blocklist', 'RBL', 'DNSBL'],
    },
    ja: {
      name: 'ブロックリスト (RBL)',
      gloss: '迷惑メールを送ったアドレスの公開リストで、多くのサーバーがそこからのメールを拒否します。',
      match: ['ブロックリスト', 'RBL', 'DNSBL'],
      avoid: ['ブラックリスト'],
    },
  },
  {
    id: 'reputation',
    en: {
      name: 'reputation',
      gloss: 'What other mail servers think of a sender after the mail that came from there before.',
      match: ['reputation'],
    },
    ja: {
      name: '送信元の評価',
      gloss: 'これまでに届いたメールをもとに、相手のサーバーが送信元に付けている評価です。',
      match: ['送信元の評価', 'IP アドレスの評価', 'レピュテーション'],
    },
  },
  {
    id: 'spam',
    en: { name: 'spam', gloss: 'Mail that nobody asked for.', match: ['spam', 'junk mail', 'junk folder', 'junk'] },
    ja: {
      name: '迷惑メール',
      gloss: '頼んでいないのに送られてくるメールです。',
      match: ['迷惑メール'],
      avoid: ['スパムメール'],
    },
  },
  {
    id: 'spoofing',
    en: {
      name: 'spoofing',
      gloss: "Sending mail under somebody else's address.",
      match: ['spoofing', 'spoofed', 'phishing'],
    },
    ja: {
      name: 'なりすまし',
      gloss: '他人のアドレスを騙ってメールを送ることです。',
      match: ['なりすまし', 'フィッシング'],
    },
  },
  {
    id: 'quota',
    en: {
      name: 'quota',
      gloss: 'How much a mailbox may hold; when it is full, new mail is refused.',
      match: ['quota', 'storage limit', 'mailbox is full', 'mailbox full'],
    },
    ja: {
      name: '容量上限',
      gloss: 'メールボックスに保存できる量の上限で、いっぱいになると新しいメールを受け取れません。',
      match: ['容量上限', '容量の上限', '容量超過', 'クォータ'],
    },
  },
  {
    id: 'round-trip',
    en: {
      name: 'round trip',
      gloss: 'The test in which a message is sent from a mailbox to itself and found again.',
      match: ['round trip'],
    },
    ja: {
      name: '往復テスト',
      gloss: 'メールボックスから自分自身にメールを送り、届いたことを確かめる試験です。',
      match: ['往復テスト', '往復確認', '送受信テスト'],
    },
  },
  {
    id: 'forwarding',
    en: {
      name: 'forwarding',
      gloss: 'Passing incoming mail on to another address by itself.',
      match: ['forwarding', 'forwarded'],
    },
    ja: { name: '転送', gloss: '届いたメールを自動で別のアドレスへ送ることです。', match: ['転送'] },
  },
  {
    id: 'auto-reply',
    en: {
      name: 'auto reply',
      gloss: 'An answer that a mailbox sends by itself, such as an absence note.',
      match: ['auto reply', 'automatic reply', 'auto-reply'],
    },
    ja: {
      name: '自動応答',
      gloss: '不在通知のように、メールボックスが自動で返すメールです。',
      match: ['自動応答', '自動返信', '不在通知'],
    },
  },
  {
    id: 'settings-detection',
    en: {
      name: 'automatic settings',
      gloss: 'What a domain publishes so that programs find its mail servers by themselves.',
      match: ['autoconfig', 'Autodiscover', 'automatic settings'],
    },
    ja: {
      name: '自動設定',
      gloss: 'ソフトがメールサーバーの設定を自動で見つけられるように、ドメインが公開している情報です。',
      match: ['自動設定', 'autoconfig', 'Autodiscover'],
    },
  },
  {
    id: 'uidl',
    en: {
      name: 'UIDL',
      gloss: 'The list of names by which a POP3 program knows which mail it has fetched already.',
      match: ['UIDL'],
    },
    ja: { name: 'UIDL', gloss: 'どのメールを取り込み済みかを見分けるための、POP3 の通し名です。', match: ['UIDL'] },
  },
  {
    id: 'ehlo',
    en: {
      name: 'EHLO',
      gloss: 'The greeting with which a sending program names itself to a server.',
      match: ['EHLO', 'HELO'],
    },
    ja: {
      name: 'EHLO',
      gloss: '送信する側が、接続の最初にサーバーへ自分の名前を名乗る挨拶です。',
      match: ['EHLO', 'HELO'],
    },
  },
];
