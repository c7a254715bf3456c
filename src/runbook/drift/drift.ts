import { formatDate } from '../../i18n/format.ts';
import type { Baseline, DriftReport, Report } from '../../model/report.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Aspect, Difference } from './differences.ts';
import { differencesOf } from './differences.ts';
import { cameAndWent, differenceText } from './words.ts';

/** Something that is not as it was, whether or not anything fails. */
export interface Drift extends Difference {
  /** `info`: as it is expected now and then. */
  readonly severity: 'info' | 'warning';
  readonly says: Text;
}

/** What is no drift: how checks came out, what a person set here, what each run has anew, what a certificate is told by. */
const untold: ReadonlySet<Aspect> = new Set([
  'status',
  'cause',
  'setting',
  'greeting',
  'certificate',
  'key',
  'valid-until',
  'issuer',
  'rows',
  'columns',
  'counts',
]);

const listed = (text: string | undefined): readonly string[] => (text ?? '').split(', ').filter((one) => one !== '');

/** `192.0.2.x` as `192.0`, `2001:db8:…` as `2001:db8`. */
const networkOf = (address: string): string => address.split(/[.:]/).slice(0, 2).join('.');

/** So many addresses are a pool, of which each answer of the DNS shows others. */
const poolSize = 3;

/** Addresses that take turns (round robin), or lie in the same network, are the same server. */
const isRotation = ({ before, after }: Difference): boolean => {
  const [old, now] = [listed(before), listed(after)];
  const isPool = old.length >= poolSize || now.length >= poolSize;
  const networks = new Set(old.map(networkOf));
  return isPool || now.some((address) => old.includes(address)) || now.every((one) => networks.has(networkOf(one)));
};

/** Whose certificate authority it is: intermediates of one authority come and go. */
const authorityOf = (issuer: string | undefined): string | undefined =>
  /(?:^|[,\n])\s*O=([^,\n]+)/.exec(issuer ?? '')?.[1]?.trim() ?? issuer;

const tlsRank = (version: string | undefined): number => Number(/\d+(?:\.\d+)?$/.exec(version ?? '')?.[0] ?? 0);

/** `Dovecot 2` of `Dovecot 2.3.19`; the name alone where no version is told. */
const majorOf = (software: string | undefined): string => /^\D*\d*/.exec(software ?? '')?.[0] ?? '';

const severityOf = (one: Difference): Drift['severity'] => {
  switch (one.aspect) {
    case 'capability':
    case 'fields':
      return cameAndWent(one).gone.length > 0 ? 'warning' : 'info';
    case 'tls-version':
      return tlsRank(one.after) < tlsRank(one.before) ? 'warning' : 'info';
    case 'software':
      return majorOf(one.after) === majorOf(one.before) ? 'info' : 'warning';
    case 'column':
      return one.after === undefined ? 'warning' : 'info';
    default:
      return 'warning';
  }
};

const inBoth = (one: Difference): Text => {
  const { aspect } = one;
  if (aspect === 'status' || aspect === 'cause') return { en: '', ja: '' };
  return { en: differenceText({ ...one, aspect }, 'en'), ja: differenceText({ ...one, aspect }, 'ja') };
};

/** One certificate is one change, however much of it is different. */
const certificatesOf = (differences: readonly Difference[]): readonly Drift[] =>
  differences
    .filter(({ aspect }) => aspect === 'certificate')
    .map((one) => {
      const other = (aspect: Aspect) =>
        differences.find((each) => each.aspect === aspect && each.mailbox === one.mailbox && each.where === one.where);
      const [issuer, key, until] = [other('issuer'), other('key'), other('valid-until')];
      const isOther = issuer !== undefined && authorityOf(issuer.before) !== authorityOf(issuer.after);
      const day = until?.after;
      const valid: Text =
        day === undefined
          ? { en: '', ja: '' }
          : { en: `, valid until ${formatDate(day, 'en')}`, ja: `、有効期限 ${formatDate(day, 'ja')}` };
      const keyed: Text = key ? { en: ', with a new key', ja: '、鍵も新しいもの' } : { en: '', ja: '' };
      if (isOther) {
        const [from, to] = [authorityOf(issuer.before) ?? '', authorityOf(issuer.after) ?? ''];
        return {
          ...issuer,
          severity: 'warning',
          says: {
            en: `the certificate of ${one.where} is from another issuer: ${from} → ${to}${valid.en}${keyed.en}`,
            ja: `${one.where} の証明書の発行者が変わりました: ${from} → ${to}（別の証明書${valid.ja}${keyed.ja}）`,
          },
        };
      }
      return {
        ...one,
        severity: 'info',
        says: {
          en: `the certificate of ${one.where} was renewed by the same issuer${valid.en}${keyed.en}`,
          ja: `${one.where} の証明書が、同じ発行者のものに更新されました（更新済み${valid.ja}${keyed.ja}）`,
        },
      };
    });

/** What is of an account, not of a host that many accounts share. */
const owned: ReadonlySet<Aspect> = new Set(['crm-setting', 'workflow', 'fields', 'column']);

/** Of several services and mailboxes of one host, and of checks that see the same, once. */
const onlyOnce = (all: readonly Drift[]): readonly Drift[] => {
  const seen = new Set<string>();
  return all.filter(({ aspect, mailbox, where, before, after }) => {
    const host = where.replace(/^(?:smtp|imap|pop3) |:\d+$/g, '');
    const key = JSON.stringify([aspect, owned.has(aspect) ? mailbox : '', host, before, after]);
    return seen.size < seen.add(key).size;
  });
};

/** What is other than in the baseline, the grave ones first. A side that did not look at something is not different in it. */
export const driftOf = (report: Report, baseline: Report): readonly Drift[] => {
  const differences = differencesOf({ report: baseline, evidence: undefined }, { report, evidence: undefined });
  const told = differences
    .filter((one) => !untold.has(one.aspect) && !(one.aspect === 'address' && isRotation(one)))
    .map((one): Drift => ({ ...one, severity: severityOf(one), says: inBoth(one) }));
  const all = onlyOnce([...told, ...certificatesOf(differences)]);
  return all.toSorted((left, right) => Number(left.severity === 'info') - Number(right.severity === 'info'));
};

const most = 30;

/** The part of a report that tells it; nothing where all is as it was. */
export const driftReport = (
  all: readonly Drift[],
  { run, at, accepted }: Baseline,
  language: Language,
): Pick<Report, 'drift'> => {
  if (all.length === 0) return {};
  const changes: DriftReport['changes'] = all
    .slice(0, most)
    .map(({ says, ...one }) => ({ ...one, says: says[language] }));
  const more = all.length - changes.length;
  return { drift: { since: { run, at, accepted }, changes, ...(more > 0 ? { more } : {}) } };
};
