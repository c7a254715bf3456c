import type { Software } from '../model/version-facts.ts';

interface Maker {
  readonly product: string;
  readonly name: string;
  /** Group 1: the version, where it is told. */
  readonly match: RegExp;
  /** What a build number stands for. */
  readonly cycle?: Readonly<Record<string, string>>;
}

/** The SMTP service of Windows carries the build of Windows (Microsoft: Windows release information). */
const windows: Readonly<Record<string, string>> = {
  '5.0.2195': '2000',
  '6.0.3790': '2003',
  '7.0.6002': '2008',
  '7.5.7600': '2008 R2',
  '7.5.7601': '2008 R2',
  '8.0.9200': '2012',
  '8.5.9600': '2012 R2',
  '10.0.14393': '2016',
  '10.0.17763': '2019',
};

/** What servers write into greetings, capabilities and IDs. A product that stands on another comes before it. */
const makers: readonly Maker[] = [
  { product: 'zimbra', name: 'Zimbra', match: /\bZimbra\b(?:.*?\b(\d+\.\d+\.\d+)(?:_GA|\b))?/i },
  {
    product: 'exchange',
    name: 'Microsoft Exchange Server',
    match: /Microsoft Exchange(?: Server)? (2000|2003|2007|2010|2013|2016|2019)\b/i,
  },
  { product: 'exchange', name: 'Microsoft Exchange', match: /Microsoft Exchange (?:IMAP4|POP3) service is ready/i },
  {
    product: 'windows-smtp',
    name: 'Windows Server SMTP',
    match: /Microsoft ESMTP MAIL Service, Version: (\d+\.\d+\.\d+)/i,
    cycle: windows,
  },
  { product: 'exchange', name: 'Microsoft Exchange', match: /Microsoft ESMTP MAIL Service ready/i },
  { product: 'exim', name: 'Exim', match: /\bExim (\d\.\d+(?:\.\d+)*)/ },
  { product: 'exim', name: 'Exim', match: /\bESMTP Exim\b/ },
  { product: 'sendmail', name: 'Sendmail', match: /\bSendmail (\d+\.\d+\.\d+)/ },
  { product: 'sendmail', name: 'Sendmail', match: /\bSendmail\b/ },
  { product: 'opensmtpd', name: 'OpenSMTPD', match: /\bOpenSMTPD\b(?:[ /](\d[\d.p]*))?/ },
  { product: 'cyrus', name: 'Cyrus IMAP', match: /\bCyrus (?:IMAP4?|POP3|LMTP)(?: Murder)? v?(\d+\.\d+(?:\.\d+)?)/ },
  { product: 'cyrus', name: 'Cyrus IMAP', match: /\bCyrus (?:IMAP|POP3)\b/ },
  {
    product: 'courier',
    name: 'Courier',
    match: /\bCourier(?:-IMAP|-MTA)?\b(?:[ "/]+(?:version["\s]+)?(\d+\.\d+(?:\.\d+)?))?/i,
  },
  { product: 'mdaemon', name: 'MDaemon', match: /\bMDaemon (?:PRO )?(\d+\.\d+\.\d+)/i },
  { product: 'kerio', name: 'Kerio Connect', match: /\bKerio (?:Connect|MailServer) (\d+\.\d+(?:\.\d+)?)/i },
  { product: 'domino', name: 'Domino', match: /\b(?:Lotus|IBM|HCL) Domino Release (\d+\.\d+(?:\.\d+)?)/i },
  { product: 'icewarp', name: 'IceWarp', match: /\bIceWarp (\d+\.\d+\.\d+(?:\.\d+)?)/i },
  {
    product: 'communigate',
    name: 'CommuniGate Pro',
    match: /\bCommuniGate Pro (?:SMTP |IMAP Server |POP3 Server )?(\d+\.\d+(?:\.\d+)?)/i,
  },
  { product: 'mailenable', name: 'MailEnable', match: /\bMailEnable Service, Version: (\d+\.\d+)/i },
  { product: 'james', name: 'Apache James', match: /\bJAMES (?:SMTP|POP3|IMAP) Server (\d+\.\d+(?:\.\d+)?)/i },
  { product: 'hmailserver', name: 'hMailServer', match: /\bhMailServer\b(?: (\d+\.\d+(?:\.\d+)?))?/i },
  { product: 'haraka', name: 'Haraka', match: /\bHaraka\b(?:[ /](\d+\.\d+\.\d+))?/ },
  { product: 'stalwart', name: 'Stalwart', match: /\bStalwart\b(?: v?(\d+\.\d+\.\d+))?/ },
  { product: 'uw-imap', name: 'UW IMAP', match: /\b(?:IMAP4rev1|POP3 \S+ v?) ?(20\d\d[a-z]?)\.\d+ at\b/ },
  { product: 'qmail', name: 'qmail', match: /\bqmail\b/i },
  { product: 'dovecot', name: 'Dovecot', match: /\bDovecot\b(?:["\s]+(?:version["\s]+)?v?(\d+\.\d+(?:\.\d+)*))?/ },
  { product: 'postfix', name: 'Postfix', match: /\bPostfix\b(?:[ -]\(?v?(\d+\.\d+(?:\.\d+)*))?/ },
];

const distributions: readonly (readonly [string, RegExp])[] = [
  ['ubuntu', /\bUbuntu\b/i],
  ['debian', /\bDebian\b|\+deb\d/i],
  ['rhel', /\bRed ?Hat\b|\bCentOS\b|\bAlmaLinux\b|\bRocky\b|\.el\d/i],
  ['suse', /\bSUSE\b/i],
];

const longest = 200;

/** The product that these words name; the more telling ones first. */
export const softwareIn = (lines: readonly string[]): Software | undefined => {
  let best: Software | undefined;
  for (const line of lines) {
    const words = line.slice(0, 1000);
    for (const { product, name, match, cycle } of makers) {
      const found = match.exec(words);
      if (!found) continue;
      const told = found[1];
      const version = told !== undefined && cycle ? cycle[told] : told;
      const distribution = distributions.find(([, form]) => form.test(words))?.[0];
      const one: Software = {
        product,
        name,
        ...(version === undefined ? {} : { version }),
        ...(distribution === undefined ? {} : { distribution }),
        says: words.slice(0, longest),
      };
      if (!best || (best.version === undefined && version !== undefined && best.product === product)) {
        best = { ...best, ...one };
      }
      break;
    }
  }
  return best;
};

const parts = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);

/** Below zero where the left one is older. */
export const compareVersions = (left: string, right: string): number => {
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const apart = (a[index] ?? 0) - (b[index] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
};

/** Whether a version is of this series: 3.7.11 is of 3.7, 3.10 is not of 3.1. */
export const isOfCycle = (version: string, cycle: string): boolean =>
  version === cycle || (version.startsWith(cycle) && /^[._p-]/.test(version.slice(cycle.length)));
