import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse } from '@nestjs/swagger';
import { ApiProblem } from '../platform/http/api-problem.js';
import { Access } from '../platform/http/access.js';
import type { Scope } from './principal.js';

/** Documents which keys may call. For routes that tell other 403s than usual, which stand instead of their controller's. */
export const ApiTakes = (...anyOf: Scope[]) =>
  ApiResponse({ status: 403, description: `It takes ${anyOf.map((scope) => `\`${scope}\``).join(' or ')}.` });

/** Callable with a key that has at least one of these scopes. An operator's key passes only where `operator` is named. */
export const Needs = (...anyOf: Scope[]) =>
  applyDecorators(Access(anyOf), ApiBearerAuth('apiKey'), ApiProblem(401, 403), ApiTakes(...anyOf));
