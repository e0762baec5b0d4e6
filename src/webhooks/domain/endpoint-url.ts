/** @returns what speaks against telling events at an address and what to do, in words; null when nothing does. */
export function endpointUrlProblem(text: string): string | null {
  const url = URL.parse(text);
  if (!url) return 'is no URL. Write it like https://shop.example/hooks/einmal.';
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a name or a password.';
  return null;
}
