/** The common names, first as ERPNext has them, then as Frappe CRM and Helpdesk do. */
export const doctypes: Readonly<Record<string, readonly string[]>> = {
  contacts: ['Contact'],
  companies: ['Customer', 'CRM Organization'],
  leads: ['Lead', 'CRM Lead'],
  opportunities: ['Opportunity', 'CRM Deal'],
  tickets: ['Issue', 'HD Ticket'],
};

/** Fields that hold nothing: breaks of the form, buttons, and tables, which are documents of their own. */
export const layout: readonly string[] = [
  'Section Break',
  'Column Break',
  'Tab Break',
  'Button',
  'HTML',
  'Heading',
  'Fold',
  'Image',
  'Table',
  'Table MultiSelect',
];

/** Names of fields that may hold a secret; those of type Password are left out by their type. */
export const holdsSecret = (name: string): boolean =>
  /pass(?:$|_|w)|pwd|secret|token|api_?key|private_?key/i.test(name);
