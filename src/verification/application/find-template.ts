import { unknownTemplate } from '../domain/refusals.js';
import { DEFAULT_TEMPLATE, templateOf, type Template, type Templates } from '../domain/templates.js';

/** The template that somebody names. @throws 422 `unknown-template`, with the names that there are */
export function findTemplate(templates: Templates, name: string): Template {
  const template = templateOf(templates, name);
  if (!template) throw unknownTemplate(name, [...new Set([DEFAULT_TEMPLATE, ...Object.keys(templates)])]);
  return template;
}
