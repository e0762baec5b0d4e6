/** A request as it goes out, made before the clock runs. */
export function post(path: string, body: unknown, key = ''): Buffer {
  const text = JSON.stringify(body);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: bench\r\n${authorization(key)}Content-Type: application/json\r\n` +
      `Content-Length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`,
  );
}

export function get(path: string, key = ''): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: bench\r\n${authorization(key)}\r\n`);
}

const authorization = (key: string) => (key === '' ? '' : `Authorization: Bearer ${key}\r\n`);
