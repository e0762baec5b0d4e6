/** What an embedded process says when it is ready: the key, and a first call that works when pasted. */
export function welcome(url: string, key: string): string {
  return `
Einmal is ready at ${url} (embedded: own Postgres, hot state in memory; for trying out and for development)

  Try a login in the browser:  ${url}/
  API reference:               ${url}/docs
  Your first key:              ${key}

  curl -s ${url}/v1/verifications -H 'Authorization: Bearer ${key}' \\
    -H 'Content-Type: application/json' -d '{"to":{"phone":"+4915112345678"}}'

  curl -s ${url}/sandbox/messages
`;
}
