/** What the text of a delivery receipt says (SMPP 3.4, appendix B), in whichever of its spellings. */
export interface ReceiptText {
  id?: string;
  /** `stat:` in capitals. */
  state?: string;
  /** `err:` in capitals, its zeros kept: `001`. */
  error?: string;
}

/** Behind `text:` begins the message itself, which is nobody's business and may look like anything. */
export function readReceiptText(written: string): ReceiptText {
  const [text = ''] = written.split(/\btext:/i);
  const id = /\bid:\s*([^\s,;]+)/i.exec(text)?.[1];
  const state = /\bstat:\s*([A-Za-z_]{1,16})/i.exec(text)?.[1]?.toUpperCase();
  const error = /\berr:\s*([0-9A-Za-z]{1,8})/i.exec(text)?.[1]?.toUpperCase();
  return {
    ...(id !== undefined && { id }),
    ...(state !== undefined && { state }),
    ...(error !== undefined && { error }),
  };
}

/**
 * The error of a receipt: what its text says, or where that says nothing the parameter `network_error_code`.
 *
 * @param network one octet for the kind of network, two for the error (5.3.2.31).
 */
export function receiptError(written: string | undefined, network: Buffer | undefined): string | undefined {
  if (written !== undefined && !/^0+$/.test(written)) return written;
  const code = network && network.length >= 3 ? network.readUInt16BE(1) : 0;
  return code === 0 ? written : String(code).padStart(3, '0');
}

/** A receipt in short: `UNDELIV err:001`. Empty when it says neither. */
export const receiptDetail = (state: string | undefined, error: string | undefined): string =>
  [state, error === undefined ? undefined : `err:${error}`].filter((part) => part !== undefined).join(' ');
