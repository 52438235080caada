// Starting a worker of Vitest takes ten times as long as running the test that kills a usual
// mutant. This worker stays for the next runs.
import { once } from "node:events";
import { ThreadsPoolWorker } from "vitest/node";

/** After this number of runs a new thread starts, because each run leaves a listener behind. */
const MOST_RUNS = 10;

/** The thread that the next run uses, and the number of its runs so far. */
let kept;

class KeptWorker extends ThreadsPoolWorker {
  name = "kept";
  #listeners = [];
  #runs = 0;
  #isRunning = false;
  #isKept = false;

  async start() {
    this._thread = kept?.thread;
    this.#runs = (kept?.runs ?? 0) + 1;
    kept = undefined;
    await super.start();
    this.on("message", ({ type }) => {
      if (type === "testfileFinished") this.#isRunning = false;
    });
  }

  on(event, callback) {
    this.#listeners.push([event, callback]);
    super.on(event, callback);
  }

  send(message) {
    if (message.type === "stop" && this.#runs < MOST_RUNS) this.#keep();
    else super.send(message);
    if (message.type === "run") this.#isRunning = true;
  }

  /** Answers for the thread, which would end if it received the message to stop. */
  async #keep() {
    while (this.#isRunning) await once(this.thread, "message");
    this.#isKept = true;
    const stopped = { type: "stopped", __vitest_worker_response__: true };
    for (const [event, callback] of this.#listeners) if (event === "message") callback(stopped);
  }

  async stop() {
    if (!this.#isKept) {
      await super.stop();
      return;
    }
    const { thread } = this;
    for (const [event, callback] of this.#listeners) thread.off(event, callback);
    thread.stdout.unpipe(this.stdout);
    thread.stderr.unpipe(this.stderr);
    kept = { thread, runs: this.#runs };
    this._thread = undefined;
  }
}

/** A plugin of Vite, because Stryker's settings replace the `pool` of the configuration. */
export function keptWorker() {
  return {
    name: "kept-worker",
    configureVitest({ project, vitest }) {
      project.config.pool = "kept";
      project.config.poolRunner = {
        name: "kept",
        createPoolWorker: (options) => new KeptWorker(options),
      };
      vitest.onClose(() => kept?.thread.terminate());
    },
  };
}
