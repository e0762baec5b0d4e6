/** argon2's associated data: a digest is worth nothing under another verification, application or purpose (R5). */
export function codeContext(of: { applicationId: string; id: string; contextDigest: string }): string {
  return `${of.applicationId}|${of.id}|${of.contextDigest}`;
}
