// Who may import whom (see CONTRIBUTING.md). Each rule names what a folder may reach besides itself.
const may = (from, folders, packages = []) => {
  const inside = [from, ...folders].map((folder) => `^${folder}/`);
  return [
    {
      name: `${from} stays in its place`,
      severity: 'error',
      from: { path: `^${from}/` },
      to: {
        pathNot: [...inside, '^node_modules/', '^node:', '^[a-z_/]+$'],
        dependencyTypesNot: ['core', 'npm', 'npm-dev'],
      },
    },
    {
      name: `${from} uses only its packages`,
      severity: 'error',
      from: { path: `^${from}/` },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: packages.map((name) => `node_modules/${name}/`),
      },
    },
  ];
};

const noCore = (from) => ({
  name: `${from} touches nothing outside`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { dependencyTypes: ['core'] },
});

module.exports = {
  forbidden: [
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'everything resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...may('src/model', []),
    ...may('src/reason', ['src/model']),
    ...may('src/plan', ['src/model']),
    ...may('src/diagnose', ['src/model']),
    ...may('src/config', ['src/model', 'src/reason'], ['yaml']),
    ...may('src/i18n', ['src/model'], ['string-width']),
    ...may('checks', ['src/model', 'src/reason']),
    ...may(
      'src/world',
      ['src/model', 'src/reason'],
      ['nodemailer', 'imapflow', 'node-pop3', 'dns-packet', 'tldts', 'saxes', 'oauth4webapi'],
    ),
    ...may('src/crm', ['src/model', 'src/reason']),
    ...may('src/logs', ['src/model', 'src/reason']),
    ...may('src/workflow', ['src/model', 'src/reason'], ['yaml', 'saxes']),
    ...may(
      'src/sync',
      ['src/model', 'src/reason'],
      ['saxes', 'hyparquet', 'pg', 'better-sqlite3', 'mysql2', '@clickhouse/client'],
    ),
    ...may('src/run', ['src/model', 'src/plan']),
    ...may('src/prove', ['src/model', 'src/plan', 'src/run', 'src/diagnose']),
    ...may('src/report', ['src/model', 'src/i18n'], ['chalk', 'cli-table3']),
    ...may('src/bundle', ['src/model', 'src/reason', 'src/i18n', 'src/report'], ['yazl', 'tldts']),
    ...may('src/runbook', ['src/model', 'src/i18n']),
    ...may('src/watch', ['src/model', 'src/reason', 'src/runbook', 'src/notify'], ['croner']),
    ...may('src/guide', ['src/model', 'src/i18n', 'src/report', 'src/runbook'], ['@inquirer/prompts', 'cli-table3']),
    ...may('src/notify', ['src/model', 'src/i18n', 'src/reason', 'src/runbook']),
    ...may('fixtures', ['src/model'], ['smtp-server', 'dns-packet', '@peculiar/x509']),
    noCore('src/model'),
    noCore('src/reason'),
    noCore('src/plan'),
    noCore('src/diagnose'),
    noCore('src/run'),
    noCore('src/prove'),
    noCore('src/crm'),
    noCore('src/report'),
    noCore('src/notify'),
    noCore('checks'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
