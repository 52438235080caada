import { formParameters, type Parameter, queryParameters } from "@oauth1/base-string";
import { formText } from "@oauth1/base-string/entity-body";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { Problem } from "../problem.js";
import { absent, rejected } from "../received-parameters.js";
import type { VerifiedRequest } from "../verification.js";
import type {
  BasicLaunch,
  ContentItemSelectionRequest,
  LtiContentItemRequest,
  LtiMessage,
  LtiMessageType,
} from "./launch.js";
import { type LaunchFields, launchFields } from "./launch-fields.js";
import { parseRoles } from "./roles.js";

/**
 * Reads a launch from a request whose signature is valid, or throws a `Problem` if it is not a
 * launch.
 *
 * The launch's parameters are those of the query and the form together. A launch URL can have a
 * query of its own, and all of it is signed (RFC 5849 §3.4.1.3.1). A reader of the form alone would
 * lose each parameter that a user moves into the query, for which the signature is the same.
 *
 * @see LTI 1.1 Implementation Guide, "LTI Launch Data"; Content-Item Message 1.0
 */
export function readLaunch<Caller>(
  method: string,
  verified: VerifiedRequest<Caller>,
  messageTypes: readonly LtiMessageType[],
): BasicLaunch<Caller> | ContentItemSelectionRequest<Caller> {
  requireLaunchForm(method, verified);
  const parameters = ownParameters(verified);
  const fields = launchFields(parameters);
  const messageType = requireMessage(fields, messageTypes);
  const message: LtiMessage<Caller> = {
    consumer: {
      identifier: verified.client.identifier,
      caller: verified.caller,
      instanceGuid: fields.text("tool_consumer_instance_guid"),
      instanceName: fields.text("tool_consumer_instance_name"),
      instanceDescription: fields.text("tool_consumer_instance_description"),
      instanceUrl: fields.url("tool_consumer_instance_url"),
      contactEmail: fields.text("tool_consumer_instance_contact_email"),
      productFamilyCode: fields.text("tool_consumer_info_product_family_code"),
      version: fields.text("tool_consumer_info_version"),
    },
    user: {
      id: fields.text("user_id"),
      roles: parseRoles(fields.list("roles")),
      givenName: fields.text("lis_person_name_given"),
      familyName: fields.text("lis_person_name_family"),
      fullName: fields.text("lis_person_name_full"),
      email: fields.text("lis_person_contact_email_primary"),
      image: fields.url("user_image"),
      sourcedId: fields.text("lis_person_sourcedid"),
      mentorOf: fields.encodedList("role_scope_mentor"),
    },
    context: {
      id: fields.text("context_id"),
      types: fields.list("context_type").map((type) => type.replace(LIS_CONTEXT_TYPE, "")),
      title: fields.text("context_title"),
      label: fields.text("context_label"),
      courseOfferingSourcedId: fields.text("lis_course_offering_sourcedid"),
      courseSectionSourcedId: fields.text("lis_course_section_sourcedid"),
    },
    presentation: {
      locale: fields.text("launch_presentation_locale"),
      documentTarget: fields.text("launch_presentation_document_target"),
      width: fields.integer("launch_presentation_width"),
      height: fields.integer("launch_presentation_height"),
      cssUrl: fields.url("launch_presentation_css_url"),
      returnUrl: fields.url("launch_presentation_return_url"),
    },
    custom: fields.withPrefix("custom_"),
    ext: fields.withPrefix("ext_"),
    parameters,
  };
  if (messageType === "ContentItemSelectionRequest") {
    return { ...message, messageType, contentItemRequest: readContentItemRequest(fields) };
  }
  const serviceUrl = fields.url("lis_outcome_service_url");
  const resultSourcedId = fields.text("lis_result_sourcedid");
  return {
    ...message,
    messageType,
    resourceLink: {
      id: fields.text("resource_link_id") ?? "",
      title: fields.text("resource_link_title"),
      description: fields.text("resource_link_description"),
    },
    outcome:
      serviceUrl === undefined || resultSourcedId === undefined
        ? undefined
        : { serviceUrl, resultSourcedId },
  };
}

const LIS_CONTEXT_TYPE = /^urn:lti:context-type:ims\/lis\//;

/** LTI 1.1 posts the protocol parameters in the form, and has no tokens. */
function requireLaunchForm(method: string, verified: VerifiedRequest): void {
  if (method !== "POST") throw new Problem("request_rejected", "a launch must be sent by POST");
  if (verified.form === undefined) {
    throw new Problem(
      "request_rejected",
      "a launch must be a form: application/x-www-form-urlencoded",
    );
  }
  if (verified.transmission !== "form-body") {
    throw rejected(
      "the protocol parameters of a launch must be in the form body",
      verified.parameters,
    );
  }
  if (verified.token !== undefined) {
    throw rejected("a launch must not have an oauth_token", [
      ["oauth_token", verified.token.identifier],
    ]);
  }
}

/** The parameters of query and form, decoded. Rejects a text that cannot be decoded. */
function ownParameters({ url, body }: VerifiedRequest): Parameter[] {
  try {
    return [...queryParameters(url), ...formParameters(formText(body ?? new Uint8Array()))].filter(
      ([name]) => !name.startsWith("oauth_"),
    );
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    throw new Problem("parameter_rejected", "the parameters of a launch must be UTF-8 text");
  }
}

function requireMessage(
  fields: LaunchFields,
  messageTypes: readonly LtiMessageType[],
): LtiMessageType {
  const messageType = fields.text("lti_message_type");
  const known = messageTypes.find((one) => one === messageType);
  if (messageType !== undefined && known === undefined) {
    throw rejected(`lti_message_type must be ${messageTypes.join(" or ")}`, [
      ["lti_message_type", messageType],
    ]);
  }
  const version = fields.text("lti_version");
  if (version !== undefined && version !== "LTI-1p0") {
    throw rejected("lti_version must be LTI-1p0", [["lti_version", version]]);
  }
  const required = ["lti_message_type", "lti_version", ...(known ? REQUIRED[known] : [])];
  const missing = required.filter((name) => fields.text(name) === undefined);
  if (known === undefined || missing.length > 0) throw absent(missing);
  return known;
}

/** The parameters that each message must contain with a value. */
const REQUIRED: Readonly<Record<LtiMessageType, readonly string[]>> = {
  "basic-lti-launch-request": ["resource_link_id"],
  ContentItemSelectionRequest: [
    "accept_media_types",
    "accept_presentation_document_targets",
    "content_item_return_url",
  ],
};

function readContentItemRequest(fields: LaunchFields): LtiContentItemRequest {
  const returnUrl = fields.url("content_item_return_url");
  if (returnUrl === undefined) {
    throw rejected("content_item_return_url must be an absolute http or https URL", [
      ["content_item_return_url", fields.text("content_item_return_url") ?? ""],
    ]);
  }
  return {
    returnUrl,
    acceptMediaTypes: fields.list("accept_media_types"),
    acceptDocumentTargets: fields.list("accept_presentation_document_targets"),
    acceptUnsigned: fields.flag("accept_unsigned"),
    acceptMultiple: fields.flag("accept_multiple"),
    acceptCopyAdvice: fields.flag("accept_copy_advice"),
    autoCreate: fields.flag("auto_create"),
    canConfirm: fields.flag("can_confirm"),
    title: fields.text("title"),
    text: fields.text("text"),
    data: fields.text("data"),
  };
}
