/** What tokens are signed with: Ed25519 (RFC 8037) or ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4). No other is ever taken. */
export const TOKEN_ALGORITHMS = ['EdDSA', 'ES256'] as const;

export type TokenAlgorithm = (typeof TOKEN_ALGORITHMS)[number];
