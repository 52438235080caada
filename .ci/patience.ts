// The limits of time of every test project. They end a test that hangs; a slow machine beside another load
// must never reach them. Import this into each `vitest.config.ts`:
//
//     export default defineConfig({ test: { ...patience } });

/** The settings of vitest for a test, a hook and `expect.poll`, in milliseconds. */
export const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000 } },
};
