import { defineRule } from '../../src/model/workflow/rule.ts';
import { mailsOf, recipientsOf } from '../../src/reason/workflow/mails.ts';

export const mailNoRecipient = defineRule({
  id: 'workflow.mail-no-recipient',
  severity: 'error',
  sourceKind: 'action',
  title: {
    en: 'A mail to nobody',
    ja: '宛先のないメール',
  },
  about: {
    en: 'A mail step without any recipient is refused by most systems; others skip it without a word. Either way nobody gets the mail.',
    ja: '宛先が 1 つもないメール送信は、多くのシステムでエラーになり、何も言わずに送らないシステムもあります。いずれにしても、誰にも届きません。',
  },
  advice: {
    en: 'Add a recipient.',
    ja: '宛先を追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: [], subject: Won, body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
      lines: [6],
    },
    good: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: queue:finance, subject: Won, body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
    },
    lookAlike: {
      files: `workflow: deal-won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - id: tell
    mail: { to: [], cc: queue:finance, subject: Won, body: 'Please look at it.' }
    onError: [{ log: the mail was not sent }]
`,
      says: {
        en: 'It goes to somebody by cc.',
        ja: 'Cc に宛先があります。',
      },
    },
  },
  *workflow(workflow) {
    for (const mail of mailsOf(workflow)) {
      if (recipientsOf(mail).length > 0) continue;
      // Elsewhere the template or the list names them.
      if (mail.template && (workflow.format === 'OD' || workflow.format === 'HS')) continue;
      // The parameter that is missing is its own finding.
      if (workflow.defects.some(({ step }) => step === mail.id)) continue;
      const name = mail.label ?? mail.id;
      yield {
        place: mail.place,
        element: mail.id,
        message: {
          en: `The mail "${name}" has no recipient at all, so nobody gets it.`,
          ja: `メール「${name}」には宛先が 1 つもないため、誰にも届きません。`,
        },
      };
    }
  },
});
