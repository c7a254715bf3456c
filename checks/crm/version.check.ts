import { defineCrmCheck } from '../../src/model/check.ts';
import type { CrmIdentity } from '../../src/model/crm/answers.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { notApplicable, okWith, unknown, warn } from '../../src/model/outcome.ts';
import type { VersionRow, VersionsFact } from '../../src/model/version-facts.ts';
import { isOfCycle } from '../../src/reason/software.ts';
import { sameProduct } from '../../src/reason/web-products.ts';
import { crmVersionTable } from '../version/crm-table.ts';
import { standingOf } from '../version/standing.ts';
import { crmConnect } from './connect.check.ts';
import { failureWords } from './failure-words.ts';

/** What the CRM runs, as it says itself, and what the table knows of it. */
export interface CrmVersionFact extends VersionsFact {
  readonly name: string;
  /** As the CRM writes it. */
  readonly says?: string;
  readonly api?: CrmIdentity['api'] & { readonly until?: string; readonly source?: string };
  /** Modules of which a newer version waits on disk. */
  readonly pending: readonly { readonly name: string; readonly version?: string; readonly pending: string }[];
  /** Why there is no answer. */
  readonly failed?: VersionsFailure;
}

type VersionsFailure = Parameters<typeof failureWords>[0];

/** `16.0+e`, `saas~17.4`, `5.0.3+dfsg-3~deb12u6`: the number, and whose package it is. */
export const plainVersion = (says: string): { readonly version?: string; readonly distribution?: string } => {
  const version = /^(?:saas~|v)?(\d+(?:\.\d+){0,3})/.exec(says)?.[1];
  const distribution = /~deb\d|\+dfsg|\+deb\d/.test(says) ? 'debian' : /ubuntu\d/.test(says) ? 'ubuntu' : undefined;
  return {
    ...(version === undefined ? {} : { version }),
    ...(distribution === undefined ? {} : { distribution }),
  };
};

/** An end that is announced as a day; `Odoo 22` is none. */
export const dayIn = (ends: string | undefined): string | undefined => /^\d{4}-\d\d-\d\d/.exec(ends ?? '')?.[0];

const apiOf = ({ api, product }: CrmIdentity, rows: readonly VersionRow[]): Pick<CrmVersionFact, 'api'> => {
  if (!api) return {};
  const used = /\d+(?:\.\d+)*/.exec(api.used)?.[0] ?? '';
  const row = rows.find((one) => one.product === `${product}-api` && used !== '' && isOfCycle(used, one.cycle));
  const until = dayIn(api.ends) ?? row?.endOfSupport;
  return {
    api: {
      ...api,
      ...(until === undefined ? {} : { until }),
      ...(row && dayIn(api.ends) === undefined ? { source: row.source } : {}),
    },
  };
};

const factOf = (
  identity: CrmIdentity,
  { at, table }: Pick<CrmVersionFact, 'at' | 'table'>,
  rows: readonly VersionRow[],
): CrmVersionFact => {
  const { product, name, version: says, modules = [] } = identity;
  return {
    at,
    table,
    name,
    ...(says === undefined ? {} : { says, software: { product, name, says, ...plainVersion(says) } }),
    rows: rows.filter((row) => sameProduct(row.product, product)),
    ...apiOf(identity, rows),
    pending: modules
      .flatMap(({ pending, ...module }) => (pending === undefined ? [] : [{ ...module, pending }]))
      .slice(0, 50),
  };
};

/** Within this time an end of the API is more than a note. */
const soonDays = 365;

/** Days until the used version of the API ends; nothing where no day is known, or it is far. */
export const apiEndsIn = ({ at, api }: CrmVersionFact): number | undefined => {
  if (api?.until === undefined) return undefined;
  const days = Math.floor((Date.parse(api.until) - Date.parse(at)) / 86_400_000);
  return days <= soonDays ? days : undefined;
};

const judge = (fact: CrmVersionFact): Verdict => {
  const { name, says, pending, api } = fact;
  if (fact.failed) return unknown(failureWords(fact.failed));
  const who = [name, says].filter(Boolean).join(' ');
  const standing = standingOf(fact);
  if (standing.kind === 'ended') {
    return warn({
      en: `${who}: no security fixes since ${standing.end}`,
      ja: `${who}: ${standing.end} でセキュリティ更新が終了しています`,
    });
  }
  const days = apiEndsIn(fact);
  if (days !== undefined) {
    return warn({
      en: `${who}: the version ${api?.used ?? ''} of its API ${days < 0 ? 'ended' : 'ends'} on ${api?.until ?? ''}`,
      ja: `${who}: API のバージョン ${api?.used ?? ''} は ${api?.until ?? ''} に${days < 0 ? '終了しました' : '終了します'}`,
    });
  }
  if (standing.kind === 'outdated') {
    return warn({ en: `${who}: ${standing.latest} is newer`, ja: `${who}: より新しい ${standing.latest} があります` });
  }
  if (pending.length > 0) {
    return warn({
      en: `${who}: ${pending.length} module(s) wait for their upgrade`,
      ja: `${who}: ${pending.length} 個のモジュールが更新待ちです`,
    });
  }
  if (says === undefined && api === undefined) {
    return notApplicable({
      en: `${name} tells no version; its vendor keeps it up to date`,
      ja: `${name} はバージョンを公開していません（ベンダー側で更新されます）`,
    });
  }
  const used = api === undefined ? both(who) : { en: `${who}, API ${api.used}`, ja: `${who}（API ${api.used}）` };
  return okWith(used);
};

const both = (text: string) => ({ en: text, ja: text });

/** The CRM and the API that is used get security fixes, and nothing waits half upgraded. */
export const crmVersion = defineCrmCheck<CrmVersionFact>({
  id: 'crm.version',
  title: { en: 'The CRM gets security fixes', ja: 'CRM にセキュリティ更新がある' },
  needs: [crmConnect],
  probe: async (subject, { crm, clock, versions }, signal) => {
    const { versionsFile, type } = subject.config;
    const [reply, table] = await Promise.all([
      crm.ask(subject, 'identity', signal),
      versionsFile === undefined ? crmVersionTable : versions.table(versionsFile),
    ]);
    const at = clock.now().toISOString();
    const known = { date: table.date, ...(versionsFile === undefined ? {} : { file: versionsFile }) };
    if (reply.kind === 'answered') return factOf(reply.value, { at, table: known }, table.rows);
    return {
      at,
      table: known,
      name: type,
      rows: [],
      pending: [],
      ...(reply.kind === 'failed' ? { failed: reply.failure } : {}),
    };
  },
  judge,
});
