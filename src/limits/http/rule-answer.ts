import type { FastifyReply } from 'fastify';
import { withEntityTag } from '../../platform/http/entity-tag.js';
import { tellWeakening } from '../../platform/http/security-events.js';
import type { ChangedRule } from '../application/manage-rules.js';
import type { ShownRule } from '../application/shown-rule.js';
import { rateText } from '../../shared/rate.js';
import type { RuleBody } from './rule.schema.js';

/** In the order in which people read it. */
export function ruleBody(rule: ShownRule): RuleBody {
  const { id, owner, name, on, by, scope, ...rest } = rule;
  return { id, owner, name, on, by, scope, rate: rateText(rule), ...rest };
}

/** A rule with the ETag that a change of it names. */
export const taggedRule = (rule: ShownRule, reply: FastifyReply): RuleBody => withEntityTag(reply, ruleBody(rule));

/** The same of a rule that was saved just now; the log is told where that opened something. */
export function savedRule({ rule, weakens }: ChangedRule, reply: FastifyReply): RuleBody {
  tellWeakening(reply.request, weakens);
  return taggedRule(rule, reply);
}
