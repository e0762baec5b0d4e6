import type { Socket } from 'node:net';
import { problem, PROBLEM_TYPE, type Problem } from './problem.js';

/** After this long a client that still sends is cut without having read why. */
const GRACE_MS = 1_000;

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/**
 * Answers what is refused before it is a request, and closes: broken framing (both lengths, a space before the colon, a bare
 * CR: request smuggling, CVE-2024-27982 and the like), headers too large, or a request that was not complete in time.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(refusalFor(error.code)));
  setTimeout(() => socket.destroy(), GRACE_MS).unref();
}

function refusalFor(code: string | undefined): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, 'invalid-request', 'The request was not complete in time.');
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, 'invalid-request', 'The headers are larger than 8 KiB.');
    default:
      return problem(400, 'invalid-request', 'This is not a valid HTTP request.');
  }
}

function rawAnswer(refusal: Problem): string {
  const body = JSON.stringify(refusal);
  return [
    `HTTP/1.1 ${String(refusal.status)} ${REASONS[refusal.status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
