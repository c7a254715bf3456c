import { expect, test } from '@jest/globals';
import { salesforceImporter } from '../../../src/workflow/salesforce.importer.ts';
import { readBy, strayPlaces } from '../imported.ts';
import { metadata } from './read.ts';

const field = (name: string, inner: string): string =>
  metadata('CustomField', `<fullName>${name}</fullName>\n<label>項目</label>${inner}`);
const folder = 'objects/Invoice__c';
const files = {
  [`${folder}/Invoice__c.object-meta.xml`]: metadata(
    'CustomObject',
    '<label>Invoice</label><nameField><label>No</label><type>AutoNumber</type></nameField>',
  ),
  [`${folder}/fields/Amount__c.field-meta.xml`]: field(
    'Amount__c',
    '<precision>12</precision><required>true</required><scale>2</scale><type>Currency</type>',
  ),
  [`${folder}/fields/Account__c.field-meta.xml`]: field(
    'Account__c',
    '<referenceTo>Account</referenceTo><type>MasterDetail</type>',
  ),
  [`${folder}/fields/Sum__c.field-meta.xml`]: field(
    'Sum__c',
    '<formula>Amount__c * 2</formula><precision>18</precision><type>Number</type>',
  ),
  [`${folder}/fields/Code__c.field-meta.xml`]: field(
    'Code__c',
    '<length>10</length><type>Text</type><unique>true</unique>',
  ),
  [`${folder}/fields/Status__c.field-meta.xml`]: field(
    'Status__c',
    '<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><value><fullName>Open</fullName><default>true</default><label>開始</label></value><value><fullName>A/B</fullName><default>false</default></value><value><fullName>Old</fullName><isActive>false</isActive></value></valueSetDefinition></valueSet>',
  ),
  [`${folder}/fields/Region__c.field-meta.xml`]: field(
    'Region__c',
    '<type>MultiselectPicklist</type><valueSet><valueSetName>Regions</valueSetName></valueSet>',
  ),
  [`${folder}/fields/Latest__c.field-meta.xml`]: field(
    'Latest__c',
    '<summarizedField>Line__c.Day__c</summarizedField><summaryOperation>max</summaryOperation><type>Summary</type>',
  ),
  'objects/Line__c/fields/Day__c.field-meta.xml': field('Day__c', '<type>Date</type>'),
  [`${folder}/recordTypes/Direct.recordType-meta.xml`]: metadata(
    'RecordType',
    '<fullName>Direct</fullName><active>true</active><picklistValues><picklist>Status__c</picklist><values><fullName>Open</fullName></values><values><fullName>A%2FB</fullName></values></picklistValues>',
  ),
  [`${folder}/recordTypes/Reseller.recordType-meta.xml`]: metadata(
    'RecordType',
    '<fullName>Reseller</fullName><picklistValues><picklist>Status__c</picklist><values><fullName>Open</fullName></values></picklistValues>',
  ),
  [`${folder}/validationRules/Positive.validationRule-meta.xml`]: metadata(
    'ValidationRule',
    '<fullName>Positive</fullName><active>true</active><errorConditionFormula>Amount__c &lt; 0</errorConditionFormula><errorMessage>Must be positive</errorMessage>',
  ),
  'globalValueSets/Regions.globalValueSet-meta.xml': metadata(
    'GlobalValueSet',
    '<customValue><fullName>East</fullName></customValue><customValue><fullName>West</fullName></customValue>',
  ),
  'objects/Account.object': metadata(
    'CustomObject',
    '<fields><fullName>Size__c</fullName><type>Text</type></fields><fields><fullName>Industry</fullName></fields>',
  ),
  'objects/Activity/fields/Mood__c.field-meta.xml': field('Mood__c', '<type>Text</type>'),
  'permissionsets/Sales.permissionset-meta.xml': metadata(
    'PermissionSet',
    '<fieldPermissions><editable>false</editable><field>Invoice__c.Amount__c</field><readable>true</readable></fieldPermissions><objectPermissions><allowCreate>true</allowCreate><allowEdit>false</allowEdit><allowRead>true</allowRead><object>Invoice__c</object></objectPermissions>',
  ),
  'profiles/System%2BAdmin.profile-meta.xml': metadata(
    'Profile',
    '<userPermissions><enabled>true</enabled><name>ModifyAllData</name></userPermissions>',
  ),
  'email/Sales/Won.email-meta.xml': metadata(
    'EmailTemplate',
    '<available>false</available><name>Won</name><subject>Won!</subject><type>text</type>',
  ),
  'queues/Support.queue-meta.xml': metadata(
    'Queue',
    '<fullName>Support</fullName><queueMembers><users><user>a@example.com</user></users><roles><role>CEO</role></roles></queueMembers>',
  ),
  'queues/Exported.queue-meta.xml': metadata('Queue', '<fullName>Exported</fullName>'),
};

const project = readBy(salesforceImporter, files);
const { schema } = project;
const invoice = schema.objects?.get('Invoice__c');

test('an object is put together from its files, with what the platform adds by itself', () => {
  expect(invoice).toMatchObject({ label: { en: 'Invoice' }, complete: true, recordTypes: ['Direct', 'Reseller'] });
  expect([invoice?.fields.get('CreatedDate')?.readOnly, invoice?.fields.get('Name')?.readOnly]).toEqual([true, true]);
  expect(invoice?.rules).toMatchObject([{ name: 'Positive', active: true, refuse: { kind: 'test', op: 'lt' } }]);
  expect(project.files.every(({ role }) => role === 'side')).toBe(true);
  expect(project.problems).toEqual([]);
});

test.each([
  ['Amount__c', { type: 'currency', precision: 12, scale: 2, required: true, readOnly: false, label: { ja: '項目' } }],
  ['Account__c', { type: 'reference', to: ['Account'], required: true }],
  ['Sum__c', { type: 'number', readOnly: true, required: false }],
  ['Latest__c', { type: 'date', readOnly: true }],
  ['Code__c', { type: 'text', length: 10, unique: true, hasDefault: false }],
  [
    'Status__c',
    {
      type: 'picklist',
      restricted: true,
      hasDefault: true,
      choices: [
        { value: 'Open', label: '開始', active: true },
        { value: 'A/B', active: true, recordTypes: ['Direct'] },
        { value: 'Old', active: false },
      ],
    },
  ],
  ['Region__c', { type: 'multipicklist', choices: [{ value: 'East' }, { value: 'West' }], restricted: false }],
])('the field %s is read', (name, expected) => {
  expect(invoice?.fields.get(name)).toMatchObject(expected);
});

test('of a standard object only the own fields are known', () => {
  const account = schema.objects?.get('Account');
  expect([
    account?.complete,
    account?.ownFieldsOnly,
    account?.fields.has('Size__c'),
    account?.fields.has('Industry'),
  ]).toEqual([false, true, true, false]);
  expect(schema.objects?.get('Task')?.fields.has('Mood__c')).toBe(true);
});

test('profiles and permission sets are roles; a permission set only adds', () => {
  const sales = schema.roles?.get('Sales');
  expect(sales?.objects.get('Invoice__c')).toEqual(['create', 'read']);
  expect([sales?.fields.get('Invoice__c.Amount__c'), sales?.additional]).toEqual(['read', true]);
  expect(schema.roles?.get('System+Admin')).toMatchObject({ everything: true });
});

test('templates and queues are known by the names that definitions write', () => {
  expect(schema.templates?.get('Sales/Won')).toMatchObject({ state: 'draft', subject: 'Won!' });
  expect(schema.queues?.get('Support')?.members).toEqual(['a@example.com', 'role:CEO']);
  // Who is in it is not in the file: unknown, not nobody.
  expect(schema.queues?.get('Exported')?.members).toBeUndefined();
});

test('no place is outside its file', () => {
  expect(strayPlaces(project, files)).toEqual([]);
});
