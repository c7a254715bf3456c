import { defineCase } from '../../case.ts';

export default defineCase({
  title: "the CRM's own host has no Node.js: nothing is said of it, exit code 3",
  crmHost: { node: 'none' },
  causes: [],
  exitCode: 3,
  vantage: { status: 'unavailable', reason: 'no-node' },
});
