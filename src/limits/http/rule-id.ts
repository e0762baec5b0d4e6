import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { notFound } from '../../shared/refusals.js';

/** An id that can not be one of ours is as unknown as any other: 404, before anything is asked. */
class RuleIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!/^[\w-]{1,64}$/.test(id)) throw notFound('rule');
    return id;
  }
}

/** Gives the handler the id of the rule. */
export const RuleId = (param = 'id') => Param(param, new RuleIdPipe());

/** How it is documented. */
export const ApiRuleId = (name = 'id') =>
  ApiParam({ name, description: 'Id of the rule; of a rail, its name', example: 'rule_W1Yp8vXyS0mUu3d2Zb6qkw' });
