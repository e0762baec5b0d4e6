import { StandardSchemaValidationPipe, type StandardSchemaValidationPipeOptions } from '@nestjs/common';
import { invalidRequest } from '../../shared/refusals.js';

/**
 * Validates every `@Body({ schema })`, `@Param` and `@Query` strictly: no coercion, no unknown keys (the schemas are strict),
 * and nothing stripped silently before it is looked at.
 */
export class StrictValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) => {
        const errors = issues
          .flatMap(told)
          .slice(0, 10)
          .map(({ path, message }) => ({ path: cut(path), message: cut(message) }));
        const first = errors[0];
        return invalidRequest(first?.path ? `${first.path}: ${first.message}` : (first?.message ?? 'Invalid.'), errors);
      },
    });
  }

  /** Fastify has refused `__proto__` and `constructor.prototype` already; a silent removal would hide an attack. */
  protected override stripProtoKeys(): void {
    return;
  }
}

type Issue = Parameters<NonNullable<StandardSchemaValidationPipeOptions['exceptionFactory']>>[0][number];

/** In the words of the configuration file: what is too much is named one by one. */
function told(issue: Issue): { path: string; message: string }[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  if (issue.message.startsWith('Invalid input: expected object'))
    return [{ path, message: 'must be an object: { … }' }];
  const keys = 'code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue ? issue.keys : null;
  if (!Array.isArray(keys)) return [{ path, message: issue.message }];
  return keys.map((key) => ({
    path: [path, String(key)].filter(Boolean).join('.'),
    message: 'there is no such option',
  }));
}

const LONGEST = 120;

/** Both may hold names that the request chose. */
const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
