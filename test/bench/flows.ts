/** Salesforce flows as orgs have them: mostly small, a few large, every kind of start and of step. Invented, and the same every time. */

const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Random = () => number;
const pick = <Item>(random: Random, list: readonly [Item, ...Item[]]): Item =>
  list[Math.floor(random() * list.length)] ?? list[0];

const objects = [
  'Account',
  'Contact',
  'Opportunity',
  'Case',
  'Lead',
  'Invoice__c',
  'Shipment__c',
  'Project__c',
] as const;
const fields = [
  'Status',
  'Amount__c',
  'Region__c',
  'Priority',
  'Due_Date__c',
  'Is_Key__c',
  'Note__c',
  'Score__c',
] as const;
const words = ['Open', 'Closed', 'Waiting', 'Approved', 'Rejected', 'East', 'West', 'High', 'Low'] as const;

const indented = (depth: number, lines: readonly string[]): string =>
  lines.map((line) => `${'    '.repeat(depth)}${line}\n`).join('');
const connector = (to: string | undefined, tag = 'connector'): readonly string[] =>
  to === undefined ? [] : [`<${tag}>`, `    <targetReference>${to}</targetReference>`, `</${tag}>`];

const literal = (random: Random): string =>
  random() < 0.6
    ? `<stringValue>${pick(random, words)}</stringValue>`
    : random() < 0.5
      ? `<elementReference>$Record.${pick(random, fields)}</elementReference>`
      : `<numberValue>${Math.floor(random() * 1000)}.0</numberValue>`;

const given = (tag: string, random: Random): readonly string[] => [`<${tag}>`, `    ${literal(random)}`, `</${tag}>`];

const filters = (random: Random, count: number): readonly string[] =>
  Array.from({ length: count }).flatMap(() => [
    '<filters>',
    `    <field>${pick(random, fields)}</field>`,
    `    <operator>${pick(random, ['EqualTo', 'NotEqualTo', 'EqualTo', 'Contains'])}</operator>`,
    ...given('value', random).map((line) => `    ${line}`),
    '</filters>',
  ]);

const assignments = (random: Random, count: number): readonly string[] =>
  Array.from({ length: count }).flatMap(() => [
    '<inputAssignments>',
    `    <field>${pick(random, fields)}</field>`,
    ...given('value', random).map((line) => `    ${line}`),
    '</inputAssignments>',
  ]);

const conditions = (random: Random, count: number): readonly string[] =>
  Array.from({ length: count }).flatMap(() => [
    '<conditions>',
    `    <leftValueReference>$Record.${pick(random, fields)}</leftValueReference>`,
    `    <operator>${pick(random, ['EqualTo', 'NotEqualTo', 'GreaterThan', 'EqualTo'])}</operator>`,
    ...given('rightValue', random).map((line) => `    ${line}`),
    '</conditions>',
  ]);

interface Made {
  readonly tag: string;
  readonly lines: readonly string[];
}

const head = (name: string, at: number): readonly string[] => [
  `<name>${name}</name>`,
  `<label>${name.replaceAll('_', ' ')}</label>`,
  `<locationX>${176 + (at % 5) * 132}</locationX>`,
  `<locationY>${134 + at * 108}</locationY>`,
];

/** One step, leading to the next one; a decision also leads further on. */
const step = (random: Random, at: number, name: (at: number) => string | undefined): Made => {
  const own = name(at) ?? '';
  const next = connector(name(at + 1));
  const kind = random();
  if (kind < 0.25) {
    const rules = Array.from({ length: 1 + Math.floor(random() * 3) }).flatMap((_, rule) => [
      '<rules>',
      `    <name>${own}_${rule}</name>`,
      '    <conditionLogic>and</conditionLogic>',
      ...conditions(random, 1 + Math.floor(random() * 3)).map((line) => `    ${line}`),
      ...connector(name(at + 1 + Math.floor(random() * 3)) ?? name(at + 1)).map((line) => `    ${line}`),
      `    <label>Way ${rule}</label>`,
      '</rules>',
    ]);
    return {
      tag: 'decisions',
      lines: [
        ...head(own, at),
        ...connector(name(at + 1), 'defaultConnector'),
        '<defaultConnectorLabel>Otherwise</defaultConnectorLabel>',
        ...rules,
      ],
    };
  }
  if (kind < 0.5) {
    const items = Array.from({ length: 1 + Math.floor(random() * 5) }).flatMap(() => [
      '<assignmentItems>',
      `    <assignToReference>${pick(random, ['total', 'text', 'flag'])}</assignToReference>`,
      '    <operator>Assign</operator>',
      ...given('value', random).map((line) => `    ${line}`),
      '</assignmentItems>',
    ]);
    return { tag: 'assignments', lines: [...head(own, at), ...items, ...next] };
  }
  if (kind < 0.68) {
    return {
      tag: 'recordLookups',
      lines: [
        ...head(own, at),
        '<assignNullValuesIfNoRecordsFound>false</assignNullValuesIfNoRecordsFound>',
        ...next,
        '<filterLogic>and</filterLogic>',
        ...filters(random, 1 + Math.floor(random() * 3)),
        '<getFirstRecordOnly>true</getFirstRecordOnly>',
        `<object>${pick(random, objects)}</object>`,
        '<storeOutputAutomatically>true</storeOutputAutomatically>',
      ],
    };
  }
  if (kind < 0.82) {
    return {
      tag: 'recordUpdates',
      lines: [
        ...head(own, at),
        ...next,
        ...assignments(random, 1 + Math.floor(random() * 5)),
        '<inputReference>$Record</inputReference>',
      ],
    };
  }
  if (kind < 0.9) {
    return {
      tag: 'recordCreates',
      lines: [
        ...head(own, at),
        ...next,
        ...assignments(random, 2 + Math.floor(random() * 6)),
        `<object>${pick(random, objects)}</object>`,
      ],
    };
  }
  const parameters = ['emailAddresses', 'emailSubject', 'emailBody'].flatMap((parameter) => [
    '<inputParameters>',
    `    <name>${parameter}</name>`,
    '    <value>',
    `        <stringValue>${parameter === 'emailAddresses' ? 'team@example.com' : 'About {!$Record.Name}: &quot;please look&quot;'}</stringValue>`,
    '    </value>',
    '</inputParameters>',
  ]);
  return {
    tag: 'actionCalls',
    lines: [
      ...head(own, at),
      '<actionName>emailSimple</actionName>',
      '<actionType>emailSimple</actionType>',
      ...next,
      ...parameters,
    ],
  };
};

const start = (random: Random, first: string): readonly string[] => {
  const kind = random();
  if (kind < 0.35) return ['<locationX>50</locationX>', '<locationY>0</locationY>', ...connector(first)];
  const scheduled =
    kind > 0.9
      ? [
          '<scheduledPaths>',
          '    <name>Later</name>',
          ...connector(first).map((line) => `    ${line}`),
          '    <offsetNumber>2</offsetNumber>',
          '    <offsetUnit>Days</offsetUnit>',
          '    <timeSource>RecordTriggerEvent</timeSource>',
          '</scheduledPaths>',
        ]
      : [];
  return [
    '<locationX>50</locationX>',
    '<locationY>0</locationY>',
    ...connector(first),
    ...(random() < 0.7 ? ['<filterLogic>and</filterLogic>', ...filters(random, 1 + Math.floor(random() * 3))] : []),
    `<object>${pick(random, objects)}</object>`,
    `<recordTriggerType>${pick(random, ['Create', 'Update', 'CreateAndUpdate'])}</recordTriggerType>`,
    ...scheduled,
    `<triggerType>${random() < 0.2 ? 'RecordBeforeSave' : 'RecordAfterSave'}</triggerType>`,
  ];
};

const flow = (random: Random): string => {
  // A few have hundreds of steps.
  const count = 2 + Math.floor(random() ** 3 * 60);
  const name = (at: number): string | undefined => (at < count ? `Step_${at}` : undefined);
  const steps = Array.from({ length: count }, (_, at) => step(random, at, name)).toSorted((one, other) =>
    one.tag < other.tag ? -1 : one.tag > other.tag ? 1 : 0,
  );
  const formulas = Array.from({ length: Math.floor(random() * 4) }, (_, at) => [
    `<name>Formula_${at}</name>`,
    '<dataType>Boolean</dataType>',
    `<expression>AND(ISPICKVAL({!$Record.Status}, &quot;${pick(random, words)}&quot;), {!$Record.Amount__c} &gt; ${Math.floor(random() * 100)})</expression>`,
  ]);
  const variables = (['total', 'text', 'flag'] as const).map((variable) => [
    `<name>${variable}</name>`,
    '<dataType>String</dataType>',
    '<isCollection>false</isCollection>',
    '<isInput>false</isInput>',
    `<isOutput>${random() < 0.2}</isOutput>`,
  ]);
  const part = (tag: string, lines: readonly string[]): string => `    <${tag}>\n${indented(2, lines)}    </${tag}>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Flow xmlns="http://soap.sforce.com/2006/04/metadata">\n${[
    '    <apiVersion>62.0</apiVersion>\n',
    ...steps.map(({ tag, lines }) => part(tag, lines)),
    ...formulas.map((lines) => part('formulas', lines)),
    '    <interviewLabel>Sample {!$Flow.CurrentDateTime}</interviewLabel>\n    <label>Sample</label>\n',
    '    <processType>AutoLaunchedFlow</processType>\n',
    part('start', start(random, 'Step_0')),
    '    <status>Active</status>\n',
    ...variables.map((lines) => part('variables', lines)),
  ].join('')}</Flow>\n`;
};

/** Names and texts of so many flows. */
export const sampleFlows = (count: number): readonly (readonly [name: string, text: string])[] => {
  const random = seeded(20261125);
  return Array.from({ length: count }, (_, at) => [`Sample_${at}.flow-meta.xml`, flow(random)] as const);
};
