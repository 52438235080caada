// The settings of every test project. Import this into each `vitest.config.ts`:
//
//     export default defineConfig({ test: { ...patience } });

/**
 * The time limits of a test, a hook and `expect.poll`, in milliseconds. They end a test that hangs. A
 * slow machine under load must never reach them.
 *
 * V8 compiles WebAssembly, which is the embedded database, once and not for speed: the optimizing
 * compiler takes longer than it saves in a test.
 *
 * Node loads the builds of packages, as it does for users. Vite would transform each of their files,
 * for every test file again.
 */
export const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
  execArgv: ["--liftoff-only"],
  server: { deps: { external: [/\/dist\/.*\.js$/] } },
};
