import { type IncomingHttpHeaders, type IncomingMessage, request as sendHttp } from "node:http";
import { request as sendHttps } from "node:https";
import type { ProbeLimits, WireRequest } from "./probe.js";

/** The answer of the server. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** The reason why an answer is incomplete: no connection, a timeout, or another reason. */
export type NoAnswerCause = "connection" | "deadline" | "other";

/** Thrown if a server does not give a complete answer within the limits. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly reason: NoAnswerCause;
  /** The remedy. */
  readonly remedy: string;

  constructor(reason: NoAnswerCause, message: string, remedy: string) {
    super(message);
    this.reason = reason;
    this.remedy = remedy;
  }
}

const MIB = 1_048_576;

/**
 * Sends a request with its target unchanged, over a separate connection, and waits for the
 * complete answer.
 *
 * @throws {@link NoAnswer}
 */
export function sendProbe(
  { method, url, authorization, form }: WireRequest,
  { connectTimeout = 5000, timeout = 10_000, maximumBody = MIB }: ProbeLimits,
): Promise<ProbeAnswer> {
  const [, origin = "", target = ""] = /^(https?:\/\/[^/?#]+)([^#]*)/i.exec(url) ?? [];
  const { protocol, hostname, port } = new URL(origin);
  const isSecure = protocol === "https:";
  const send = isSecure ? sendHttps : sendHttp;
  return new Promise((resolve, reject) => {
    let status: number | undefined;
    const request = send({
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port,
      method,
      path: target.startsWith("/") ? target : `/${target}`,
      headers: {
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(form === undefined
          ? {}
          : {
              "Content-Type": "application/x-www-form-urlencoded",
              "Content-Length": Buffer.byteLength(form),
            }),
      },
      // Without it, a request would wait for the connection of another one.
      agent: false,
    });
    // A timer of the socket would restart with each byte.
    const connecting = setTimeout(
      () =>
        fail(
          new NoAnswer(
            "connection",
            `no connection in ${connectTimeout} ms`,
            "check the host and the port, or raise the connect timeout",
          ),
        ),
      connectTimeout,
    );
    const answering = setTimeout(
      () =>
        fail(
          new NoAnswer(
            "deadline",
            status === undefined
              ? `no answer in ${timeout} ms`
              : `status ${status}, but the answer did not end in ${timeout} ms`,
            "probe a resource that answers sooner, or raise the timeout",
          ),
        ),
      timeout,
    );
    const settle = () => {
      clearTimeout(connecting);
      clearTimeout(answering);
    };
    const fail = (error: Error) => {
      settle();
      reject(error instanceof NoAnswer ? error : noAnswer(error));
      request.destroy();
    };
    const read = (response: IncomingMessage) => {
      status = response.statusCode ?? 0;
      if (status === 101) return fail(otherProtocol());
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length <= maximumBody) return;
        fail(
          new NoAnswer(
            "other",
            `status ${status}, but a body of more than ${maximumBody} bytes`,
            "probe a resource with a smaller body, or raise the maximum",
          ),
        );
      });
      response.on("error", fail);
      response.on("end", () => {
        settle();
        resolve({ status: response.statusCode ?? 0, headers: response.headers });
      });
    };
    request.on("socket", (socket) =>
      socket.once(isSecure ? "secureConnect" : "connect", () => clearTimeout(connecting)),
    );
    request.on("response", read);
    request.on("error", fail);
    // A switch to another protocol is not an answer, and the connection would stay open.
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      fail(otherProtocol());
    });
    request.end(form);
  });
}

function otherProtocol(): NoAnswer {
  return new NoAnswer("other", "status 101, another protocol", "probe a resource of HTTP");
}

/** The meaning of the platform's errors. */
const CAUSES: Readonly<Record<string, readonly [NoAnswerCause, string]>> = {
  ECONNREFUSED: ["connection", "the connection was refused"],
  ENOTFOUND: ["connection", "the host does not exist"],
  EAI_AGAIN: ["connection", "the host's name cannot be looked up"],
  EHOSTUNREACH: ["connection", "the host cannot be reached"],
  ENETUNREACH: ["connection", "the network cannot be reached"],
  ETIMEDOUT: ["connection", "the connection was not made in time"],
  ECONNRESET: ["other", "the connection was closed without a whole answer"],
  EPIPE: ["other", "the connection was closed without a whole answer"],
  HPE_HEADER_OVERFLOW: ["other", "the header section of the answer is too large"],
};

function noAnswer(error: NodeJS.ErrnoException): NoAnswer {
  const { code = "" } = error;
  const known = Object.hasOwn(CAUSES, code) ? CAUSES[code] : undefined;
  const [reason, what] = known ?? ["other", error.message || "the connection failed"];
  return new NoAnswer(
    reason,
    code === "" ? what : `${what} (${code})`,
    reason === "connection"
      ? "start the server, or correct the host and the port"
      : "see what the server logs",
  );
}
