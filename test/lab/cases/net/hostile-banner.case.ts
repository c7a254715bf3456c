import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'control characters, terminal escapes and HTML in what the server says',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        greeting: { raw: '220 mail \x1b[2J\x1b]0;owned\x07\x9b31m<script>alert(1)</script>\b\b\r\n' },
        AUTH: { raw: '535 5.7.8 \x1b[31mError:\x1b[0m authentication failed: \x07<img src=x>\r\n' },
      },
    },
  ],
  causes: ['auth.wrong-credentials'],
  mustNotShow: ['\x1b', '\x07', '\x9b'],
});
