import type { Format } from '../../model/workflow/workflow.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * Whether the last three signs of an 18-character Salesforce id are the checksum of the others: for each five of them, which are capital
 * letters, as five bits from the right (Salesforce help, "Converting 15 character Ids to 18 character IDs").
 */
const hasChecksum = (id: string): boolean => {
  let sum = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at += 1) if (/[A-Z]/.test(id.charAt(start + at))) bits |= 1 << at;
    sum += alphabet.charAt(bits);
  }
  return id.slice(15) === sum;
};

/** The first three signs say of which object: standard ones, and `a…` for the customer's own. */
const prefixes: Readonly<Record<string, string>> = {
  '001': 'Account',
  '003': 'Contact',
  '005': 'User',
  '006': 'Opportunity',
  '00D': 'Organization',
  '00e': 'Profile',
  '00E': 'UserRole',
  '00G': 'Queue',
  '00O': 'Report',
  '00Q': 'Lead',
  '00X': 'EmailTemplate',
  '00l': 'Folder',
  '01p': 'ApexClass',
  '012': 'RecordType',
  '015': 'Document',
  '01t': 'Product2',
  '0D2': 'OrgWideEmailAddress',
  '0PS': 'PermissionSet',
  '00T': 'Task',
  '00U': 'Event',
  '500': 'Case',
  '701': 'Campaign',
  '800': 'Contract',
  '801': 'Order',
};

export interface PlatformId {
  /** What kind of record it names, where the id itself says it. */
  readonly of?: string;
}

const kindOf = (text: string): PlatformId => {
  const known = prefixes[text.slice(0, 3)];
  return known === undefined ? {} : { of: known };
};

const salesforceId = (text: string): PlatformId | undefined => {
  if (/^[A-Za-z0-9]{18}$/.test(text)) return hasChecksum(text) && /\d/.test(text) ? kindOf(text) : undefined;
  // Fifteen signs have no checksum: only a known beginning, and the zero that is reserved in the middle, tell it from a word.
  if (!/^[A-Za-z0-9]{15}$/.test(text) || text.charAt(6) !== '0') return undefined;
  return Object.hasOwn(prefixes, text.slice(0, 3)) || /^a[0-9A-Z][0-9A-Za-z]/.test(text) ? kindOf(text) : undefined;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text has the shape of an id that the platform itself gave to a record. */
export const platformId = (text: string, format: Format): PlatformId | undefined => {
  switch (format) {
    case 'SF':
    case 'WR':
    case 'AP':
      return salesforceId(text);
    case 'NY':
      return (text.length === 18 ? salesforceId(text) : undefined) ?? (uuid.test(text) ? {} : undefined);
    case 'ES':
      // Seventeen hexadecimal signs; one that is all digits may be a number.
      return (/^[0-9a-f]{17}$/.test(text) && /[a-f]/.test(text)) || uuid.test(text) ? {} : undefined;
    case 'VT':
      return /^\d{1,3}x\d{1,10}$/.test(text) ? {} : undefined;
    case 'ZO':
      // Zoho's are 15 to 19 digits.
      return /^\d{15,19}$/.test(text) ? {} : undefined;
    case 'SU':
    case 'PA':
      return uuid.test(text) ? {} : undefined;
    case 'HS':
    case 'OD':
    case 'KI':
    case 'BP':
    case 'TR':
    case 'RT':
      return undefined;
  }
};
