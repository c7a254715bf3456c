import { defineCase } from '../../case.ts';

export default defineCase({
  title: "everything works, from the CRM's own host as well",
  crmHost: {},
  causes: [],
  healthy: true,
  vantage: { status: 'checked' },
});
