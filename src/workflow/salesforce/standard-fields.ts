import type { Field, FieldType } from '../../model/workflow/schema.ts';

const field = (name: string, type: FieldType, more: Partial<Field> = {}): Field => ({
  name,
  type,
  required: false,
  hasDefault: true,
  restricted: false,
  unique: false,
  readOnly: false,
  ...more,
});
const system = (name: string, type: FieldType, more: Partial<Field> = {}): Field =>
  field(name, type, { readOnly: true, ...more });

/** Object Reference, "System Fields": no export lists them. */
const everywhere: readonly Field[] = [
  system('Id', 'id', { required: true }),
  field('Name', 'text'),
  field('OwnerId', 'reference'),
  system('CreatedById', 'reference', { required: true, to: ['User'] }),
  system('CreatedDate', 'datetime', { required: true }),
  system('LastModifiedById', 'reference', { required: true, to: ['User'] }),
  system('LastModifiedDate', 'datetime', { required: true }),
  system('SystemModstamp', 'datetime', { required: true }),
  system('IsDeleted', 'boolean'),
  system('LastActivityDate', 'date'),
  system('LastViewedDate', 'datetime'),
  system('LastReferencedDate', 'datetime'),
  field('RecordTypeId', 'reference', { to: ['RecordType'] }),
  field('CurrencyIsoCode', 'text'),
  system('ConnectionReceivedId', 'id'),
  system('ConnectionSentId', 'id'),
];
const ofMetadata: readonly Field[] = [
  field('DeveloperName', 'text'),
  field('MasterLabel', 'text'),
  field('Label', 'text'),
  field('Language', 'text'),
  system('NamespacePrefix', 'text'),
  system('QualifiedApiName', 'text'),
  field('IsProtected', 'boolean'),
];
const ofEvents: readonly Field[] = [
  system('ReplayId', 'text'),
  field('EventUuid', 'text'),
  system('CreatedById', 'reference', { to: ['User'] }),
  system('CreatedDate', 'datetime'),
];
const ofSettings: readonly Field[] = [field('SetupOwnerId', 'reference')];

/** The fields that the platform adds to an object by itself. */
export const standardFields = (object: string): readonly Field[] => {
  if (/__mdt$/i.test(object)) return [...everywhere, ...ofMetadata];
  return /__e$/i.test(object) ? ofEvents : [...everywhere, ...ofSettings];
};
