import { columnReader } from './csv-line.ts';
import type { Dialect } from './dialect.ts';
import { tableTime } from './time.ts';

const logHeader =
  /^\ufeff?"?(?:Date\/?Time|Email Log|Mail ?Event|Email Log Record ID).*(?:Mail ?Event|Message ID Header|Remote Host|SMTP)/i;

/** The email log that Salesforce sends as CSV; its events are R (received), D (delivered or tried), T (deferred), P (failed). */
export const salesforce: Dialect = {
  name: 'salesforce',
  cut: (line, { header }) => {
    if (!logHeader.test(header) || line === header) return undefined;
    const cell = columnReader(header, line);
    const at = tableTime(cell(['Date/Time', 'Date', 'DateTime']));
    const event = cell(['Mail Event', 'Event']);
    const said = cell([
      'Delivery Status Notification',
      'Remote MTA Message',
      'SMTP Response',
      'DSN',
      'Error Message',
      'Details',
    ]);
    const recipient = cell(['Recipient']);
    const messageId = cell(['Message ID Header', 'Message ID']);
    return {
      dialect: 'salesforce',
      program: 'salesforce',
      side: 'client-reply',
      text: [said, recipient === '' ? '' : `to=<${recipient}>`].filter((part) => part !== '').join(' '),
      decoded: true,
      ...(at === undefined ? {} : { at }),
      ...(/^[PT]/i.test(event) ? { level: 'error' as const } : {}),
      ...(messageId.includes('@') ? { messageId } : {}),
    };
  },
};
