/** A small Salesforce flow for the examples of rules; what its start asks for stands from line 12 on. */
const exampleFlow = (asks: string): Readonly<Record<string, string>> => ({
  'Tell_owner.flow-meta.xml': `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>62.0</apiVersion>
    <description>Tells the owner.</description>
    <environments>Default</environments>
    <label>Tell the owner</label>
    <processType>AutoLaunchedFlow</processType>
    <start>
        <connector>
            <targetReference>Post</targetReference>
        </connector>
${asks}        <object>Case</object>
        <recordTriggerType>Create</recordTriggerType>
        <triggerType>RecordAfterSave</triggerType>
    </start>
    <status>Active</status>
    <actionCalls>
        <name>Post</name>
        <label>Post</label>
        <actionName>chatterPost</actionName>
        <actionType>chatterPost</actionType>
        <inputParameters>
            <name>subjectNameOrId</name>
            <value>
                <elementReference>$Record.Id</elementReference>
            </value>
        </inputParameters>
        <inputParameters>
            <name>text</name>
            <value>
                <stringValue>Please look</stringValue>
            </value>
        </inputParameters>
    </actionCalls>
</Flow>
`,
});

/** With entry conditions written as a formula, in line 12. */
export const exampleFormula = (formula: string): Readonly<Record<string, string>> =>
  exampleFlow(`        <filterFormula>${formula.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</filterFormula>\n`);

/** With entry conditions of `field EqualTo value`; the logic is in line 12, the first field in line 14, its value in line 17. */
export const exampleFilters = (logic: string, ...equal: readonly (readonly [field: string, value: string])[]) =>
  exampleFlow(
    `        <filterLogic>${logic}</filterLogic>\n${equal
      .map(
        ([field, value]) => `        <filters>
            <field>${field}</field>
            <operator>EqualTo</operator>
            <value>
                <stringValue>${value}</stringValue>
            </value>
        </filters>
`,
      )
      .join('')}`,
  );
