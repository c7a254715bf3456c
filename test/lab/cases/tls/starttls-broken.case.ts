import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server agrees to STARTTLS and then closes at the ClientHello',
  postfix: false,
  scripted: [{ protocol: 'smtp', port: 587, tls: 'starttls', handshake: 'close' }],
  causes: ['tls.starttls-failed'],
});
