import type { FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from './words.js';

/** The language of whoever the application asks for: its `locale` where the body has one, else Accept-Language, else English. */
export function languageOf({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>): Language {
  return known(localeIn(body)) ?? preferred(headers['accept-language']) ?? 'en';
}

function localeIn(body: unknown): string {
  const said = typeof body === 'object' && body !== null && 'locale' in body ? body.locale : '';
  return typeof said === 'string' ? said : '';
}

/** The first that we speak, in the order of their weights (RFC 9110 12.5.4). */
function preferred(header = ''): Language | undefined {
  const ranges = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { tag, weight: weight === undefined ? 1 : Number(weight) };
  });
  const wanted = ranges.filter(({ tag, weight }) => weight > 0 && known(tag)).sort((a, b) => b.weight - a.weight);
  return known(wanted[0]?.tag ?? '');
}

/** By its first subtag: `de-AT` is German. */
function known(tag: string): Language | undefined {
  const [primary = ''] = tag.toLowerCase().split('-');
  return LANGUAGES.find((language) => language === primary);
}
