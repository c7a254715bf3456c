import type { Finding } from '../../src/model/cause.ts';
import { defineCause } from '../../src/model/cause.ts';
import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import { both, placesText } from '../auth/words.ts';
import { placesIn } from '../dns/host-facts.ts';
import type { LogDetail } from '../logs/log-says.ts';
import { fromLogs, logSentence } from '../logs/log-says.ts';
import { mailPort } from '../mail/port.check.ts';
import type { ClosedDetail } from './closed-finding.ts';
import { closedFinding, portsIn, unlessDeeper } from './closed-finding.ts';
import { closedServices } from './contacts.ts';
import { greets } from './reach.ts';

interface Detail extends ClosedDetail {
  /** Where crm-doctor itself may connect, and the CRM's log says that the CRM may not. */
  readonly log?: LogDetail;
}

const inLogs = (evidence: Evidence, subject: Subject): readonly Finding<Detail>[] =>
  fromLogs('net.local-policy-denied', evidence, subject).map((finding) => {
    const services = servicesOf(subject).filter((service) => finding.affects.includes(targetOf(service)));
    const host = services[0]?.host ?? finding.detail.hosts[0] ?? '';
    const opens = services.filter(({ protocol }) => greets(evidence, protocol));
    return {
      ...finding,
      detail: { host, places: placesIn(services), addresses: [], code: '', log: finding.detail },
      ruledOut: opens.map(({ protocol }) => ({
        cause: 'net.filtered',
        check: mailPort[protocol],
        says: both('crm-doctor itself connects from here', 'crm-doctor 自身は、ここから接続できています'),
      })),
    };
  });

export const localPolicyDenied = defineCause<Detail>({
  id: 'net.local-policy-denied',
  title: both(
    "This machine's own policy forbids the connection",
    'このマシン自身のセキュリティ設定により、接続が禁止されています',
  ),
  about: both(
    'The operating system of the CRM\'s host refuses to open the connection, with "permission denied" or "operation not permitted", before a packet leaves the machine. A security policy does so (SELinux, AppArmor, a container\'s or a systemd unit\'s limits), or a routing rule of the kind "prohibit". Often it holds for the web server\'s user only: the same command in a terminal then works.',
    'CRM のマシンの OS が、「許可がありません」(permission denied) または「操作は許可されていません」(operation not permitted) として、通信を送り出す前に接続を拒否しています。SELinux や AppArmor、コンテナーや systemd の制限、または prohibit という種類の経路規則によるものです。Web サーバーのユーザーだけが対象のことも多く、その場合、同じ操作を端末から実行すると成功します。',
  ),
  owner: 'crm-admin',
  unless: unlessDeeper.filter((id) => id !== 'net.submission-blocked'),
  explain: (evidence, subject) => {
    const closed = closedServices(evidence, subject).filter(({ how }) => how === 'denied-here');
    if (closed.length === 0) return inLogs(evidence, subject);
    return closedFinding(closed, 0.93).map((finding) => ({
      ...finding,
      ruledOut: finding.evidence.slice(0, 1).flatMap(({ check }) => [
        {
          cause: 'net.rejected',
          check,
          says: both(
            `${finding.detail.code} comes from this machine: a firewall on the way is told as EHOSTUNREACH over IPv4`,
            `${finding.detail.code} はこのマシン自身の応答です。途中のファイアウォールによる拒否は、IPv4 では EHOSTUNREACH になります`,
          ),
        },
        {
          cause: 'net.filtered',
          check,
          says: both('the answer came at once', '応答はすぐに返っています'),
        },
      ]),
    }));
  },
  because: ({ host, places, addresses, code, log }) => {
    if (log) {
      const says = logSentence(log);
      return both(
        `The policy of the CRM's host forbids the CRM to connect, while other programs may. ${says.en}`,
        `CRM のマシンのセキュリティ設定により、CRM からの接続だけが禁止されています。${says.ja}`,
      );
    }
    const where = placesText(places);
    return both(
      `This machine itself refuses to connect to ${host} (${addresses.join(', ')}) port ${portsIn(places)}: the operating system answers ${code}, and nothing is sent. This concerns ${where.en}.`,
      `このマシン自身が、${host} (${addresses.join('、')}) のポート ${portsIn(places)} への接続を拒否しています。OS が ${code} を返し、通信は送り出されていません。影響: ${where.ja}。`,
    );
  },
  steps: ({ host, places, addresses }) => {
    const port = places[0]?.port ?? 587;
    const address = addresses[0] ?? host;
    return [
      both(
        'Look for the refusal in the audit log: ausearch -m avc -ts recent (SELinux), journalctl -k | grep DENIED (AppArmor).',
        '監査ログで拒否の記録を探します: SELinux は ausearch -m avc -ts recent、AppArmor は journalctl -k | grep DENIED。',
      ),
      both(
        'With SELinux, allow it to the web server: setsebool -P httpd_can_sendmail 1 and setsebool -P httpd_can_network_connect 1.',
        'SELinux の場合は、Web サーバーに許可します: setsebool -P httpd_can_sendmail 1 と setsebool -P httpd_can_network_connect 1。',
      ),
      both(
        `Look for routing rules as well: ip rule and ip route get ${address} must not say "prohibit".`,
        `経路の規則も確認します: ip rule と ip route get ${address} に prohibit が表示されないこと。`,
      ),
      both(
        'In a container or a systemd service, look at its limits (seccomp profile, RestrictAddressFamilies, IPAddressDeny, network policy).',
        'コンテナーや systemd のサービスの場合は、その制限（seccomp プロファイル、RestrictAddressFamilies、IPAddressDeny、ネットワークポリシー）を確認します。',
      ),
      both(
        `Verify as the CRM's own user: sudo -u www-data nc -vz ${host} ${port}.`,
        `CRM を動かしているユーザーで確認します: sudo -u www-data nc -vz ${host} ${port}。`,
      ),
    ];
  },
});
