import { Param } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { IdPipe } from '../../platform/http/id-pipe.js';

/** Gives the handler the id of the rule. */
export const RuleId = (param = 'id') => Param(param, new IdPipe('rule'));

/** How it is documented. */
export const ApiRuleId = (name = 'id') =>
  ApiParam({ name, description: 'Id of the rule; of a rail, its name', example: 'rule_W1Yp8vXyS0mUu3d2Zb6qkw' });
