import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'everything answers, but the PHP of the CRM has no imap extension any more',
  config: mail({ logs: ['./crm-*.log'] }),
  files: {
    'crm-1.log':
      '{hours:1}Z PHP Fatal error:  Uncaught Error: Call to undefined function imap_open() in /var/www/html/InboundEmail.php:42\n',
  },
  causes: ['version.php-imap-removed'],
});
