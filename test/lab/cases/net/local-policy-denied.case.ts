import { defineCase } from '../../case.ts';

export default defineCase({
  title: "a rule of the CRM's own host forbids the way to the mail server",
  routes: ['prohibit 203.0.113.10/32'],
  causes: ['net.local-policy-denied'],
});
