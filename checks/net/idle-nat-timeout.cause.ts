import { both } from '../auth/words.ts';
import { loggedCause } from '../logs/logged-cause.ts';

export const idleNatTimeout = loggedCause({
  id: 'net.idle-nat-timeout',
  title: both('Connections that wait for mail are cut on the way', '新着待ちの接続が、通信経路の途中で切られています'),
  about: both(
    'To learn of new mail at once, a CRM keeps an IMAP connection open and waits (IDLE). Routers and firewalls that keep a list of connections (NAT) forget one on which nothing is said for some minutes. Neither side is told: the CRM waits on a dead connection, so that new mail arrives late or only after a restart, and the server later finds that nobody is there.',
    'CRM は新着メールをすぐに知るため、IMAP の接続を開いたまま待機します (IDLE)。接続の一覧を管理するルーターやファイアウォール (NAT) は、数分間やり取りのない接続を一覧から消します。どちらの側にも通知されないため、CRM は切れた接続で待ち続け、新着メールの取り込みが遅れるか、再起動するまで届きません。サーバーは、あとになって相手がいないことに気付きます。',
  ),
  owner: 'network-admin',
  severity: 'warning',
  means: () =>
    both(
      'A connection that was waiting for new mail (IDLE) was found dead by the server.',
      '新着を待っていた接続 (IDLE) が、途中で切れていたことをサーバーが記録しています。',
    ),
  steps: () => [
    both(
      'Let the CRM renew its waiting more often than the shortest time-out on the way: every 4 to 9 minutes in place of 29 (RFC 2177 allows it).',
      'CRM が待機をやり直す間隔を、経路上の最も短いタイムアウトより短くします（29 分ではなく 4～9 分ごと。RFC 2177 の範囲内です）。',
    ),
    both(
      "Or switch TCP keepalive on at the CRM's host: sysctl -w net.ipv4.tcp_keepalive_time=240, where the program sets SO_KEEPALIVE.",
      'または、CRM のマシンで TCP キープアライブを有効にします: sysctl -w net.ipv4.tcp_keepalive_time=240（プログラムが SO_KEEPALIVE を設定している場合）。',
    ),
    both(
      'Or raise the time-out for established TCP connections on the NAT router or firewall, or in the cloud (load balancer, NAT gateway).',
      'または、NAT ルーターやファイアウォール、クラウドのロードバランサーや NAT ゲートウェイで、確立済みの TCP 接続のタイムアウトを延ばします。',
    ),
    both(
      'Verify: no such line in the log for a day, and a test message appears within a minute.',
      '確認: 1 日間ログに同じ行が出ないこと、テストメールが 1 分以内に取り込まれること。',
    ),
  ],
});
