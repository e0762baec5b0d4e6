/** The payment that an approval is for (PSD2 dynamic linking), as texts: `'42.00 EUR'` is not `'42 EUR'`. */
export interface Binding {
  amount: string;
  payee: string;
}

/**
 * What an approval token says of a payment as `binding_hash`: base64url of SHA-256 over amount, U+0000 and payee in UTF-8.
 * For services that verify tokens themselves.
 */
export async function bindingHash({ amount, payee }: Binding): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${amount}\u0000${payee}`));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
