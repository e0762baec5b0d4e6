import ts from 'typescript';

/**
 * The tests in the text of a source file, each as the titles of the `describe`s around it and its own, outermost first. Where a
 * title is filled in at run time it has a `…`. Skipped tests are no tests, and neither are those without a body.
 */
export function testsIn(text) {
  return testsBelow(ts.createSourceFile('', text, ts.ScriptTarget.Latest), []);
}

function testsBelow(node, around) {
  const { word, chained = [], title } = declarationOf(node);
  if (chained.includes('skip')) return [];
  const titles = word === undefined ? around : [...around, textOf(title)];
  const tests = word === 'it' || word === 'test' ? [titles] : [];
  ts.forEachChild(node, (child) => void tests.push(...testsBelow(child, titles)));
  return tests;
}

/** Of `test.each(rows)('title', …)`: its word `test`, what is chained to it, and the node of its title. */
function declarationOf(node) {
  if (!ts.isCallExpression(node) || node.arguments.length < 2) return {};
  const chained = [];
  let callee = node.expression;
  while (ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee)) {
    if (ts.isPropertyAccessExpression(callee)) chained.push(callee.name.text);
    callee = callee.expression;
  }
  const isTest = ts.isIdentifier(callee) && ['describe', 'it', 'test'].includes(callee.text);
  return isTest ? { word: callee.text, chained, title: node.arguments[0] } : {};
}

function textOf(title) {
  if (ts.isStringLiteralLike(title)) return title.text.replace(/%[sdifjoO]|\$[a-z][\w.]*/g, '…');
  if (!ts.isTemplateExpression(title)) return '…';
  return [title.head, ...title.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('…');
}
