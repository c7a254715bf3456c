import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the connection is closed at EHLO, each time',
  postfix: false,
  scripted: [{ protocol: 'smtp', port: 587, tls: 'starttls', answers: { EHLO: { end: 'close' } } }],
  causes: ['net.dropped-mid-session'],
});
