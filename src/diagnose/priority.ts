/**
 * The order in which causes that wait for a proof are tried: the smallest change of what was typed first. Once one is
 * proven for a target, the others have nothing left to explain there.
 */
export const trialOrder: readonly string[] = [
  // Settings that are known to work come before everything that is guessed.
  'crm.settings-differ',
  'config.malformed-value',
  'config.placeholder',
  'config.security-mismatch',
  'config.protocol-mismatch',
  'net.submission-blocked',
  'config.wrong-port',
  'config.wrong-host',
  'config.username-form',
  'config.sender-mismatch',
];

export const trialRank = (id: string): number => {
  const index = trialOrder.indexOf(id);
  return index < 0 ? trialOrder.length : index;
};
