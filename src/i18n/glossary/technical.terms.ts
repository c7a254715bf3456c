import type { Term } from './term.ts';

const term = (
  id: string,
  en: readonly [string, string, ...string[]],
  ja: readonly [string, string, ...string[]],
): Term => {
  const named = ([name, gloss, ...match]: readonly [string, string, ...string[]]) => ({
    name,
    gloss,
    match: match.length > 0 ? match : [name],
  });
  return { id, en: named(en), ja: named(ja) };
};

/** What stands behind the words of servers, files and operating systems: name, explanation, and where it differs, what is found. */
export const technicalTerms: readonly Term[] = [
  term(
    'json',
    ['JSON', 'A way to write data as text that programs read.', 'JSON'],
    ['JSON', 'プログラムが読み取れるようにデータを文字で書く形式です。', 'JSON'],
  ),
  term(
    'rfc',
    ['RFC', 'One of the public documents in which the rules of the internet are written down.', 'RFC'],
    ['RFC', 'インターネットの決まりを定めた公開文書です。', 'RFC'],
  ),
  term(
    'openssl',
    ['OpenSSL', 'The program library with which most systems encrypt connections.', 'OpenSSL'],
    ['OpenSSL', '多くのシステムが通信の暗号化に使っているプログラム部品です。', 'OpenSSL'],
  ),
  term(
    'eku',
    ['EKU', 'The note in a certificate that says what it may be used for.', 'EKU'],
    ['EKU', '証明書に書かれた「何に使ってよいか」の情報です。', 'EKU'],
  ),
  term(
    'gssapi',
    ['GSSAPI', 'A login by the ticket of a company network in place of a password.', 'GSSAPI'],
    ['GSSAPI', 'パスワードの代わりに、社内ネットワークの認証でログインする方式です。', 'GSSAPI'],
  ),
  term(
    'waf',
    ['WAF', 'A guard before a web server that stops requests which look like attacks.', 'WAF'],
    ['WAF', '攻撃に見える通信を止める、Web サーバーの前の関所です。', 'WAF'],
  ),
  term(
    'acl',
    ['ACL', 'The list of who may do what with a folder or a file.', 'ACL'],
    ['ACL', 'フォルダーやファイルを誰がどう使えるかを示す一覧です。', 'ACL'],
  ),
  term(
    'selinux',
    [
      'SELinux and AppArmor',
      'Parts of Linux that forbid a program what it was not expected to do.',
      'SELinux',
      'AppArmor',
    ],
    ['SELinux・AppArmor', 'プログラムに想定外の動作をさせない、Linux の保護機能です。', 'SELinux', 'AppArmor'],
  ),
  term(
    'pppoe',
    ['PPPoE', 'A way in which a connection to the internet is dialled, with smaller packets than usual.', 'PPPoE'],
    ['PPPoE', 'インターネット回線に接続する方式の 1 つで、1 回に送れる量が少し小さくなります。', 'PPPoE'],
  ),
  term(
    'smtputf8',
    ['SMTPUTF8', 'What a server must know to take mail addresses with letters beyond the English ones.', 'SMTPUTF8'],
    ['SMTPUTF8', '日本語などの文字を含むメールアドレスを扱うための、サーバーの機能です。', 'SMTPUTF8'],
  ),
  term(
    'imap-idle',
    ['IDLE', 'The mail server reports new mail at once, without being asked.', 'IDLE'],
    ['IDLE', '新着メールを、問い合わせを待たずにサーバーから知らせる機能です。', 'IDLE'],
  ),
  term(
    'uidvalidity',
    ['UIDVALIDITY', 'A number that changes when the mail of a folder was numbered anew.', 'UIDVALIDITY', 'UID'],
    ['UIDVALIDITY', 'フォルダーのメールに番号が付け直されたことを示す値です。', 'UIDVALIDITY', 'UID'],
  ),
  term(
    'pipelining',
    ['PIPELINING', 'Several commands are sent at once, without waiting for each reply.', 'PIPELINING'],
    ['PIPELINING', '応答を待たずに、複数の命令をまとめて送る方法です。', 'PIPELINING'],
  ),
  term(
    'checksum',
    ['checksum', 'A short number made of a file by which a changed copy is recognised.', 'checksum'],
    ['チェックサム', 'ファイルの内容から計算した短い値で、内容が変わっていないかを確かめられます。', 'チェックサム'],
  ),
  term(
    'split-horizon',
    ['split DNS', 'A name has another address inside the company than outside.', 'split DNS', 'split horizon'],
    ['スプリットホライズン', '社内と社外で、同じ名前に違うアドレスを返す設定です。', 'スプリットホライズン'],
  ),
  term(
    'smuggling',
    ['smuggling', 'A forged mail is hidden within another one by unusual line ends.', 'smuggling'],
    ['スマグリング', '特殊な改行を使って、別の偽のメールを紛れ込ませる攻撃です。', 'スマグリング'],
  ),
  term(
    'catch-all',
    ['catch-all', 'A mailbox that takes mail to every address of a domain that is not there.', 'catch-all'],
    ['キャッチオール', '存在しない宛先のメールもまとめて受け取る設定です。', 'キャッチオール'],
  ),
  term(
    'non-breaking-space',
    [
      'non-breaking space',
      'A blank that looks like any other and is another character.',
      'non-breaking space',
      'no-break space',
    ],
    ['ノーブレークスペース', '普通の空白と同じに見えて、別の文字として扱われる空白です。', 'ノーブレークスペース'],
  ),
  term(
    'mount',
    ['mounting', 'Joining a disk or a network folder to the folders of a computer.', 'mounted', 'mounting'],
    ['マウント', 'ディスクやネットワーク上のフォルダーを、使えるようにつなぐことです。', 'マウント'],
  ),
  term(
    'transaction',
    ['transaction', 'Several changes that are made all together or not at all.', 'transaction'],
    ['トランザクション', '全部を行うか、まったく行わないかのどちらかにまとめた変更です。', 'トランザクション'],
  ),
  term(
    'hop',
    ['hop', 'One of the servers that a mail or a packet passes on its way.', 'hop'],
    ['ホップ', 'メールや通信が相手に届くまでに通る、途中の 1 台です。', 'ホップ'],
  ),
  term(
    'database-dump',
    ['dump', 'A copy of a whole database in a file.', 'dump'],
    ['ダンプ', 'データベースの中身を丸ごとファイルに書き出したものです。', 'ダンプ'],
  ),
  term(
    'rich-text',
    ['rich text', 'Text with its looks: bold, colours, links.', 'rich text'],
    ['リッチテキスト', '太字、色、リンクなどの見た目を含む文章です。', 'リッチテキスト'],
  ),
  term(
    'private-address',
    ['private address', 'An address that is valid within one network only.', 'private address', 'private addresses'],
    ['プライベートアドレス', '社内など、1 つのネットワークの中だけで通じるアドレスです。', 'プライベートアドレス'],
  ),
  term(
    'backup',
    ['backup', 'A copy that is kept for the case that the original is lost.', 'backup'],
    ['バックアップ', '元のデータが失われたときのために取っておく控えです。', 'バックアップ'],
  ),
];
