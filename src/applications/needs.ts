import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblem } from '../platform/http/api-problem.js';
import { Access } from '../platform/http/access.js';
import type { Scope } from './principal.js';

/** Callable with a key that has at least one of these scopes. An operator's key passes only where `operator` is named. */
export const Needs = (...anyOf: Scope[]) => applyDecorators(Access(anyOf), ApiBearerAuth(), ApiProblem(401, 403));
