// The entries of CHANGELOG.md: the texts of the changesets alone. Because all packages have one version, a
// list of the dependencies that changed says nothing.

module.exports = {
  getReleaseLine: async ({ summary }) => `\n${summary.trim()}\n`,
  getDependencyReleaseLine: async () => "",
};
