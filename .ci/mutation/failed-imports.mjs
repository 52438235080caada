/**
 * A reporter of Vitest. Stryker looks at tests only, so it would miss a mutant that makes a test
 * file fail before its first test, such as one that throws while its module is loaded. This
 * reporter turns such a failure into an error of the run, which Stryker sees.
 */
export class FailedImports {
  #vitest;

  onInit(vitest) {
    this.#vitest = vitest;
  }

  onTestModuleEnd(module) {
    for (const error of module.errors()) this.#vitest.state.catchError(error, "Failed Import");
  }
}
