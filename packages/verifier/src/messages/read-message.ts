import type {
  NodeRequest,
  RequestContext,
  VerifiableRequest,
  WebRequest,
} from "../received-request.js";
import type { Message } from "./message.js";
import { nodeMessage } from "./node-message.js";
import { plainMessage } from "./plain-message.js";
import { webMessage } from "./web-message.js";

/** Converts a request of any kind to a message. */
export function readMessage(request: VerifiableRequest, context: RequestContext): Message {
  if (isNodeRequest(request)) return nodeMessage(request);
  return isWebRequest(request) ? webMessage(request, context) : plainMessage(request, context);
}

function isNodeRequest(request: VerifiableRequest): request is NodeRequest {
  return "rawHeaders" in request && "socket" in request;
}

function isWebRequest(request: VerifiableRequest): request is WebRequest {
  return "clone" in request && "bodyUsed" in request;
}
