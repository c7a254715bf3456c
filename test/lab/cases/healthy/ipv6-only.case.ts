import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'no IPv4 anywhere',
  selection: true,
  families: 'v6',
  causes: [],
  healthy: true,
});
