import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { answered } from '../cloud/answering.ts';
import type { Told } from '../cloud/ask.ts';
import { clockOf } from '../http-failure.ts';
import { booleanIn, isObject, numberIn, objectIn, objectsIn, textIn } from '../reading.ts';
import { type Org, query } from './query.ts';

/** So little of an allowance is left that the day may end without. */
const nearlyUsed = 0.1;

/** Of `/limits`, those by which mail and integrations stop. */
const limits = [
  'DailyApiRequests',
  'SingleEmail',
  'MassEmail',
  'DailyWorkflowEmails',
  'DailyAsyncApexExecutions',
  'DataStorageMB',
  'HourlyTimeBasedWorkflow',
];

/** The versions that an org offers, oldest first; empty where this is none. */
export const versionsIn = (json: unknown): readonly string[] =>
  objectsIn(json)
    .flatMap(({ version, url }) => {
      const text = textIn(version);
      return text !== undefined && /^\d{2,3}\.\d$/.test(text) && textIn(url) !== undefined ? [text] : [];
    })
    .toSorted((one, other) => Number(one) - Number(other));

/** The newest one whose answers are known here (Winter '27), so that the next release changes nothing unseen. */
export const known = 68;
export const versionOf = (versions: readonly string[]): string | undefined =>
  versions.findLast((version) => Number(version) <= known) ?? versions[0];

const noLimits: Text = {
  en: 'how much of the daily limits is used was not told',
  ja: '1 日あたりの上限の使用状況は取得できませんでした',
};
const noUser: Text = { en: 'as which user was not told', ja: 'ログイン中のユーザーは取得できませんでした' };

const complaintsIn = (json: unknown): readonly string[] => {
  const told = isObject(json) ? json : {};
  return limits.flatMap((name) => {
    const limit = objectIn(told[name]);
    const [max, left] = [numberIn(limit.Max), numberIn(limit.Remaining)];
    return max === undefined || left === undefined || max <= 0 || left > max * nearlyUsed
      ? []
      : [`${name}: ${left} of ${max} left`];
  });
};

/** Who answers behind the login: the resources of the API name the user, whose record says the rest. */
export const identify = async (
  org: Org,
  {
    resources,
    versions,
    used,
    now,
  }: {
    readonly resources: Extract<Told, { kind: 'told' }>;
    readonly versions: readonly string[];
    readonly used: string;
    readonly now: Date;
  },
  signal: AbortSignal,
): Promise<CrmReply<CrmIdentity>> => {
  const { printable } = org;
  const id = /\/id\/\w{15,18}\/(\w{15,18})$/.exec(textIn(resources.object.identity) ?? '')?.[1];
  const [people, organizations, allowance] = await Promise.all([
    id === undefined
      ? undefined
      : query(
          org,
          `SELECT Username, TimeZoneSidKey, Profile.Name, Profile.PermissionsModifyAllData FROM User WHERE Id = '${id}'`,
          {},
          signal,
        ),
    query(
      org,
      'SELECT Name, OrganizationType, IsSandbox, InstanceName, TrialExpirationDate FROM Organization LIMIT 1',
      {},
      signal,
    ),
    org.api({ path: `${org.data}/limits` }, signal),
  ]);
  const [person] = people?.kind === 'rows' ? people.rows : [];
  const [organization] = organizations.kind === 'rows' ? organizations.rows : [];
  const login = textIn(person?.Username);
  const admin = booleanIn(objectIn(person?.Profile).PermissionsModifyAllData);
  const zone = textIn(person?.TimeZoneSidKey);
  const edition = textIn(organization?.OrganizationType);
  const trial = textIn(organization?.TrialExpirationDate);
  const complaints = [
    ...(allowance.kind === 'told' ? complaintsIn(allowance.json) : []),
    ...(trial === undefined ? [] : [`TrialExpirationDate: ${trial}`]),
  ];
  const newest = versions.at(-1);
  return answered<CrmIdentity>(
    {
      product: 'salesforce',
      name: 'Salesforce',
      ...(edition === undefined
        ? {}
        : { edition: printable(`${edition}${booleanIn(organization?.IsSandbox) === true ? ' (sandbox)' : ''}`, 100) }),
      api: { used, ...(newest === undefined ? {} : { newest }) },
      ...(login === undefined ? {} : { user: { login: printable(login), ...(admin === undefined ? {} : { admin }) } }),
      ...clockOf(resources.response, now),
      ...(zone === undefined ? {} : { timeZone: printable(zone, 60) }),
      ...(complaints.length > 0 ? { complaints: complaints.map((one) => printable(one, 120)) } : {}),
    },
    [...(login === undefined ? [noUser] : []), ...(allowance.kind === 'told' ? [] : [noLimits])],
  );
};
