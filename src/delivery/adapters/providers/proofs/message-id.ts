/** Ids that may be kept and asked for again: printable, short, and never a step in a path. */
const MESSAGE_ID = /^(?=.*[A-Za-z0-9])[\x21-\x7e]{1,128}$/;

/**
 * The vendor's own id of a message, of what stands where it says one. What may not be kept (the ledger's text holds no NUL, and an
 * index no long one) is none: there the attempt, or nothing, names the message.
 */
export const messageIdIn = (id: string | null | undefined): { providerMessageId?: string } =>
  typeof id === 'string' && MESSAGE_ID.test(id) ? { providerMessageId: id } : {};
