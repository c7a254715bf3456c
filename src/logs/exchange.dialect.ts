import { columnReader } from './csv-line.ts';
import type { Dialect } from './dialect.ts';
import { tableTime } from './time.ts';

const traceHeader =
  /^\ufeff?"?(?:origin_timestamp_utc|date_time_utc|Received|Date|StartDate|date-time|PSComputerName)\b.*(?:recipient|Detail|event)/i;

const failed = /fail|expanded.*fail|quarantin|defer|spam/i;

/** Message trace of Exchange Online (summary, extended and detail exports) and tracking logs, as CSV. */
export const exchange: Dialect = {
  name: 'exchange',
  cut: (line, { header }) => {
    if (!traceHeader.test(header) || line === header) return undefined;
    const cell = columnReader(header, line);
    const at = tableTime(cell(['origin_timestamp_utc', 'date_time_utc', 'Received', 'Date', 'date-time']));
    const event = cell(['event-id', 'Event', 'Status']);
    const outcome = cell(['recipient-status']);
    const status = event || outcome;
    // A tracking log keeps the reply in the column that a message trace has for the outcome.
    const more = cell(['Detail', 'Data', 'custom_data', 'source-context', 'Error']);
    const detail = event === '' ? more : `${outcome} ${more}`.trim();
    const recipient = cell(['Recipient Address', 'RecipientAddress', 'recipient-address', 'recipient_address']);
    const messageId = cell(['message_id', 'Message ID', 'MessageId', 'message-id']);
    return {
      dialect: 'exchange',
      program: 'exchange',
      side: 'server-log',
      text: [status, detail, recipient === '' ? '' : `to=<${recipient}>`].filter((part) => part !== '').join(' '),
      decoded: true,
      ...(at === undefined ? {} : { at }),
      ...(failed.test(status) ? { level: 'error' as const } : {}),
      ...(messageId.includes('@') ? { messageId } : {}),
    };
  },
};
