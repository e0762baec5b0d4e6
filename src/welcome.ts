interface Ready {
  /** On this machine, where it listens. */
  local: string;
  /** What providers and people are told. */
  publicUrl: string;
  key: string;
  /** Whether the sandbox serves a channel of the configuration file, so that messages can be looked at. */
  sandbox: boolean;
}

/** What an embedded process says when it is ready: the key, and a first call that works when pasted, where it costs nothing. */
export function welcome({ local, publicUrl, key, sandbox }: Ready): string {
  const elsewhere =
    publicUrl === local ? '' : `\n  To providers and people it is ${publicUrl} (PUBLIC_URL), if that leads here.`;
  const page = sandbox ? `\n  Try a login in the browser:  ${local}/` : '';
  const inbox = sandbox ? `\n  curl -s ${local}/sandbox/messages\n` : '';
  return `
Einmal is ready at ${local} (embedded: own Postgres, hot state in memory; for trying out and for development)
${elsewhere}${page}
  API reference:               ${local}/docs
  Your first key:              ${key}

  curl -s ${local}/v1/verifications -H 'Authorization: Bearer ${key}' \\
    -H 'Content-Type: application/json' -d '{"to":{"phone":"${sandbox ? '+4915112345678' : '+<your number>'}"}}'
${inbox}`;
}
