import { StandardSchemaValidationPipe } from '@nestjs/common';
import { invalidRequest } from '../../shared/refusals.js';

/**
 * Validates every `@Body({ schema })`, `@Param` and `@Query` strictly: no coercion, no unknown keys (the schemas are strict),
 * and nothing stripped silently before it is looked at.
 */
export class StrictValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) => {
        const errors = issues.slice(0, 10).map(({ path = [], message }) => ({
          path: cut(path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')),
          message: cut(message),
        }));
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

const LONGEST = 120;

/** Both may hold names that the request chose. */
const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
