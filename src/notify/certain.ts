/**
 * Causes that a second look would only find again: what a certificate, a setting, a file or a refusal in so many words says.
 * A look more at a refused login would be a refused login more, and after a lock-out there is none for a day. Not here: what goes
 * away by itself, such as a network that is silent, a server that is busy, a name server without an answer.
 */
const certain =
  /^(tls\.(certificate-|hostname-|self-signed|incomplete-chain|unknown-issuer|weak-key|wrong-eku|client-certificate-)|config\.|auth\.(?!temporary-failure)|quota\.|policy\.|version\.|mailbox\.|crm\.(backup-|key-expired|locked-out|sign-in-expired|auth-failed|api-disabled|permission|wrong-database|accounts-|mail-disabled|settings-differ)|workflow\.|sync\.)/;

export const isCertain = (cause: string, proof: 'proven' | 'failed' | 'not-tried'): boolean =>
  proof === 'proven' || certain.test(cause);
