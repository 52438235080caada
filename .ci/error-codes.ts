import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-6";

/** An error code at its declaration. */
export interface DeclaredCode {
  readonly code: string;
  /** `@oauth1/signer` */
  readonly package: string;
  readonly class: string;
  /** The text of its comment before `Remedy:`. */
  readonly cause: string;
  /** The text of its comment after `Remedy:`. */
  readonly remedy: string;
}

/** A code that is passed to an error. */
export interface ThrownCode {
  readonly code: string;
  readonly class: string;
}

const root = fileURLToPath(new URL("..", import.meta.url));

/** The error codes that the published packages declare, and those that they throw. */
export function errorCodes(): { declared: DeclaredCode[]; thrown: ThrownCode[] } {
  const declared: DeclaredCode[] = [];
  const thrown: ThrownCode[] = [];
  for (const folder of publishedFolders()) {
    const { name } = manifestOf(folder);
    for (const file of sources(join(folder, "src"))) {
      const source = ts.createSourceFile(
        file,
        readFileSync(file, "utf8"),
        ts.ScriptTarget.Latest,
        true,
      );
      for (const found of codesDeclaredIn(source)) declared.push({ package: name, ...found });
      thrown.push(...codesThrownIn(source));
    }
  }
  return { declared, thrown };
}

function publishedFolders(): string[] {
  return ["packages", "conformance"]
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
    .filter((folder) => manifestOf(folder).private === false);
}

function manifestOf(folder: string): { name: string; private: boolean } {
  try {
    const { name, private: isPrivate = false } = JSON.parse(
      readFileSync(join(folder, "package.json"), "utf8"),
    );
    return { name, private: isPrivate };
  } catch {
    return { name: "", private: true };
  }
}

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file));
  } catch {
    return []; // These files contain only data.
  }
}

/** Members of the unions `…ErrorCode`, and the fixed `code` of a class. */
function codesDeclaredIn(source: ts.SourceFile): Omit<DeclaredCode, "package">[] {
  const codes: Omit<DeclaredCode, "package">[] = [];
  for (const statement of source.statements) {
    if (ts.isTypeAliasDeclaration(statement) && /ErrorCode$/.test(statement.name.text)) {
      for (const member of membersOf(statement.type)) {
        const code = textOf(member);
        if (code === undefined) continue;
        const itsClass = classWithCode(source, statement.name.text);
        codes.push({ code, class: itsClass, ...descriptionBefore(source, member) });
      }
    }
    if (!ts.isClassDeclaration(statement)) continue;
    for (const member of statement.members) {
      if (!ts.isPropertyDeclaration(member) || member.name.getText() !== "code") continue;
      const { initializer } = member;
      if (initializer === undefined || !ts.isStringLiteral(initializer)) continue;
      const description = descriptionBefore(source, statement);
      codes.push({ code: initializer.text, class: statement.name?.text ?? "", ...description });
    }
  }
  return codes;
}

function membersOf(type: ts.TypeNode): readonly ts.TypeNode[] {
  return ts.isUnionTypeNode(type) ? type.types : [type];
}

function textOf(type: ts.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)
    ? type.literal.text
    : undefined;
}

/** The class of a file whose `code` has this type. */
function classWithCode(source: ts.SourceFile, type: string): string {
  const found = source.statements
    .filter(ts.isClassDeclaration)
    .find((one) =>
      one.members.some(
        (member) =>
          ts.isPropertyDeclaration(member) &&
          member.name.getText() === "code" &&
          member.type?.getText() === type,
      ),
    );
  return found?.name?.text ?? "";
}

/** The comment before a node. Before a member of a union it precedes the `|`. */
function descriptionBefore(source: ts.SourceFile, node: ts.Node) {
  const before = source.text.slice(0, node.getStart());
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export\s+)?\|?\s*$/.exec(before)?.[1] ?? "";
  const text = comment
    .replace(/^\s*\*/gm, "")
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
  const [cause = "", remedy = ""] = text.split(" Remedy: ");
  return { cause, remedy };
}

/** The codes that are passed to the constructor of an error. */
function codesThrownIn(source: ts.SourceFile): ThrownCode[] {
  const codes: ThrownCode[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) {
      for (const given of node.arguments ?? []) {
        if (!ts.isStringLiteral(given) || !/^ERR_/.test(given.text)) continue;
        codes.push({ code: given.text, class: node.expression.getText() });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return codes;
}
