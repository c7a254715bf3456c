import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'an inspecting firewall signs in place of the real issuer',
  certificates: { server: { issuer: 'middlebox', sends: 'with-root' } },
  causes: ['tls.intercepted'],
});
