// A TypeDoc plugin: the main module of a package has a name, the heading of a module is its import specifier,
// and links to types have anchors that exist.
import { ReflectionKind } from "typedoc";

const MAIN = "main";

export function load(app) {
  // TypeDoc names the module of the export "." by nothing, or by its file.
  app.on("reviveProject", (project) => {
    for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
      if (packageOf(module) !== undefined && /^(index)?$/.test(module.name)) module.name = MAIN;
    }
  });
  app.renderer.on("endPage", (page) => {
    const heading = headingOf(page.model);
    if (heading !== undefined)
      page.contents = page.contents.replace(/^# .*$/m, () => `# ${heading}`);
    page.contents = withAnchorsOfTypes(page.contents);
  });
}

function headingOf(module) {
  if (module.kind !== ReflectionKind.Module) return undefined;
  const name = packageOf(module);
  if (name !== undefined) return module.name === MAIN ? name : `${name}/${module.name}`;
  const hasModules = module.children?.some(({ kind }) => kind === ReflectionKind.Module);
  return hasModules ? `Modules of ${module.name}` : undefined;
}

/**
 * The router gives `SomeErrorCode` the anchor of a second heading if there is also `SomeError.code`, whose
 * heading is only `code`. The name of a type is the text of one heading on a page.
 */
function withAnchorsOfTypes(text) {
  return text.replace(/(\[`?([A-Z]\w*)`?\]\([^()\s]*#)(\w+)-1\)/g, (link, start, name, anchor) =>
    name.toLowerCase() === anchor ? `${start}${anchor})` : link,
  );
}

/** The package of a module, unless the module is the whole package. */
function packageOf({ kind, parent }) {
  return kind === ReflectionKind.Module && parent?.kind === ReflectionKind.Module
    ? parent.name
    : undefined;
}
