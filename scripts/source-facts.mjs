import ts from "typescript";

/**
 * What the fences need to know of a source file.
 *
 * @typedef {object} SourceFacts
 * @property {{ specifier: string, line: number }[]} imports static, dynamic and in types
 * @property {{ name: string, line: number }[]} references free names: used, declared nowhere here
 * @property {{ text: string, line: number }[]} directives `/// <reference ... />`
 * @property {{ what: string, line: number }[]} codeFromText `eval`, `Function`, `new Function`
 */

/**
 * Reads a TypeScript or JavaScript file by its syntax tree, so that comments and strings do not
 * count.
 *
 * @param {string} fileName decides the language
 * @param {string} text
 * @returns {SourceFacts}
 */
export function factsOf(fileName, text) {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const lineOf = (/** @type {number} */ position) => file.getLineAndCharacterOfPosition(position).line + 1;
  /** @type {SourceFacts} */
  const facts = { imports: [], references: [], directives: [], codeFromText: [] };
  /** @type {SourceFacts["references"]} */
  const names = [];
  /** @type {Set<string>} */
  const declared = new Set();

  for (const list of [file.typeReferenceDirectives, file.libReferenceDirectives]) {
    for (const { fileName: text, pos } of list) facts.directives.push({ text, line: lineOf(pos) });
  }

  const visit = (/** @type {ts.Node} */ node) => {
    const line = lineOf(node.getStart(file));
    const specifier = importedBy(node);
    if (specifier !== undefined) facts.imports.push({ specifier, line });
    if (ts.isIdentifier(node)) {
      if (declares(node)) declared.add(node.text);
      else if (isReference(node)) names.push({ name: node.text, line });
    }
    if (ts.isPropertyAccessExpression(node) && node.getText(file) === "Math.random") {
      names.push({ name: "Math.random", line });
    }
    const what = codeFromText(node);
    if (what !== undefined) facts.codeFromText.push({ what, line });
    ts.forEachChild(node, visit);
  };
  visit(file);
  // A name that is declared anywhere in the file is taken for the file's own.
  facts.references = names.filter(({ name }) => !declared.has(name));
  return facts;
}

/** @param {ts.Node} node */
function importedBy(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literalText(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) ? literalText(node.argument.literal) : undefined;
  }
  if (ts.isExternalModuleReference(node)) return literalText(node.expression);
  if (ts.isCallExpression(node)) {
    const called = node.expression;
    const imports =
      called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === "require");
    return imports ? literalText(node.arguments[0]) : undefined;
  }
  return undefined;
}

/** @param {ts.Node | undefined} node */
function literalText(node) {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** @param {ts.Identifier} node */
function declares(node) {
  const { parent } = node;
  return "name" in parent && parent.name === node && !ts.isPropertyAccessExpression(parent) ? !isMember(parent) : false;
}

/** Members have names that are no variables. @param {ts.Node} node */
function isMember(node) {
  return (
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isObjectLiteralElement(node) ||
    ts.isMetaProperty(node) ||
    ts.isNamedTupleMember(node) ||
    ts.isExportSpecifier(node)
  );
}

/** @param {ts.Identifier} node */
function isReference(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isBindingElement(parent) || ts.isImportSpecifier(parent)) {
    if (parent.propertyName === node) return false;
  }
  return !("name" in parent && parent.name === node);
}

/** @param {ts.Node} node */
function codeFromText(node) {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const called = node.expression;
  if (!ts.isIdentifier(called)) return undefined;
  if (called.text === "Function") return ts.isNewExpression(node) ? "new Function" : "Function";
  return called.text === "eval" ? "eval" : undefined;
}
