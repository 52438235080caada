import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Asked } from "./failure.js";
import { type Awaitable, type Implementation, type Step, Unsupported } from "./implementation.js";
import { ProtocolError } from "./protocol-error.js";
import { stepOf } from "./step.js";
import type { Level, Topic } from "./topics.js";

/** A statement that holds for every input, by the specification or by an independent computation. */
export interface Property {
  /** Unique and stable: the topic, a slash, a name. */
  readonly id: string;
  readonly topic: Topic;
  readonly level: Level;
  readonly section: string;
  /** The statement, in one sentence. */
  readonly statement: string;
  /** The steps that the property requires of an implementation. */
  readonly needs: readonly Step[];
  /** The share of the random cases with which it is tried: less than 1 if each case is slow. */
  readonly share: number;
  /** The property of one implementation, for fast-check. */
  over(implementation: Implementation): fc.IAsyncProperty<unknown>;
}

/** The steps of an implementation that a property may use. */
export type Steps<S extends Step> = { readonly [K in S]: NonNullable<Implementation[K]> };

/** Thrown if a property does not hold. */
export class PropertyViolation extends Error {
  override readonly name = "PropertyViolation";
  readonly expected: unknown;
  readonly received: unknown;
  /** The question, if `expected` is the right answer to it. */
  readonly asked: Asked | undefined;

  constructor(received: unknown, expected: unknown, asked: Asked | undefined) {
    super("the property does not hold");
    this.received = received;
    this.expected = expected;
    this.asked = asked;
  }
}

/**
 * @param asked - The question that both answer.
 * @throws {@link PropertyViolation} if the two differ.
 */
export function expectEqual(received: unknown, expected: unknown, asked?: Asked): void {
  if (!isDeepStrictEqual(received, expected))
    throw new PropertyViolation(received, expected, asked);
}

/**
 * @throws {@link PropertyViolation} if it does not hold. `expected` describes the required
 * value.
 */
export function expectThat(holds: boolean, received: unknown, expected: string): void {
  if (!holds) throw new PropertyViolation(received, expected, undefined);
}

/** The number of times that a process may break the protocol while a counterexample is shrunk. */
const MAXIMUM_BREAKS = 5;

/**
 * After this many unsupported cases, and no supported one, the rest are skipped. Some libraries
 * support only one case in fifty. With a lower limit, the seed would determine whether a
 * property is tried.
 */
const ENOUGH_UNSUPPORTED = 500;

/**
 * Creates a property from its random inputs and the check of one input. A case that the
 * implementation does not support is skipped.
 */
export function property<Input, S extends Step>(definition: {
  readonly id: `${Topic}/${string}`;
  readonly section: string;
  readonly statement: string;
  /** Default: `required`. */
  readonly level?: Level;
  readonly needs: readonly S[];
  /** The random inputs, if they depend on what the implementation supports. */
  readonly inputs: fc.Arbitrary<Input> | ((implementation: Implementation) => fc.Arbitrary<Input>);
  /** Default: 1. */
  readonly share?: number;
  check(steps: Steps<S>, input: Input, implementation: Implementation): Awaitable<void>;
}): Property {
  const {
    id,
    level = "required",
    section,
    statement,
    needs,
    inputs,
    share = 1,
    check,
  } = definition;
  return {
    id,
    topic: id.slice(0, id.indexOf("/")) as Topic,
    level,
    section,
    statement,
    needs,
    share,
    over(implementation) {
      const steps = Object.fromEntries(
        needs.map((step) => [step, stepOf(implementation, step)]),
      ) as unknown as Steps<S>;
      let breaks = 0;
      let answers = 0;
      let unsupported = 0;
      const its = typeof inputs === "function" ? inputs(implementation) : inputs;
      return fc.asyncProperty(its, async (input) => {
        // Each break needs a new process, so the last counterexample is reported without
        // shrinking further.
        if (breaks >= MAXIMUM_BREAKS) return;
        fc.pre(answers > 0 || unsupported < ENOUGH_UNSUPPORTED);
        try {
          await check(steps, input, implementation);
          answers++;
        } catch (error) {
          if (error instanceof Unsupported) unsupported++;
          else if (!fc.PreconditionFailure.isFailure(error)) answers++;
          if (error instanceof ProtocolError) {
            if (error.code === "ERR_GIVEN_UP" && breaks > 0) return;
            breaks += error.code === "ERR_TIMEOUT" ? MAXIMUM_BREAKS : 1;
          }
          fc.pre(!(error instanceof Unsupported));
          throw error;
        }
      }) as fc.IAsyncProperty<unknown>;
    },
  };
}
