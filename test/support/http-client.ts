export interface CallOptions {
  /** An API key, sent as a bearer token. */
  key?: string;
  /** Sent as JSON; a string goes out as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Reply<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** One HTTP call, of which every status is an answer. The body is parsed where it is JSON, otherwise it is the text. */
export async function call<Body>(method: string, url: string, options: CallOptions = {}): Promise<Reply<Body>> {
  const { key, body, headers } = options;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson && text !== '' ? JSON.parse(text) : text) as Body,
  };
}
