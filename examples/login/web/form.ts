import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { html, type Html } from './html.js';

const SUBMISSION = 'submission';

/** What was typed into a field; empty where the field is missing, or there more than once. */
export function field(request: Request, name: string): string {
  const form = request.body as Record<string, unknown> | undefined;
  const value = form?.[name];
  return typeof value === 'string' ? value : '';
}

/** Gives a form that is shown a name of its own, by which `submissionOf` recognises a second click on its button. */
export function submissionField(name: string = randomUUID()): Html {
  return html`<input type="hidden" id="${SUBMISSION}" data-part name="${SUBMISSION}" value="${name}" />`;
}

/**
 * The name of the form that was sent. A form that is sent twice has the same, so that calls which take it into their
 * `Idempotency-Key` are answered twice and done once.
 */
export function submissionOf(request: Request): string {
  const said = field(request, SUBMISSION);
  return /^[0-9a-f-]{36}$/.test(said) ? said : randomUUID();
}
