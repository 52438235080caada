import type { Parameter } from "@oauth1/base-string";
import type { LtiRole } from "./roles.js";

/** The messages that a tool can accept. */
export type LtiMessageType = "basic-lti-launch-request" | "ContentItemSelectionRequest";

/** A verified launch: by default a basic one, or one of the types that the verifier accepts. */
export type VerifiedLaunch<
  Caller = unknown,
  Type extends LtiMessageType = "basic-lti-launch-request",
> = Type extends "ContentItemSelectionRequest"
  ? ContentItemSelectionRequest<Caller>
  : BasicLaunch<Caller>;

/** A user opens a link to the tool. */
export interface BasicLaunch<Caller = unknown> extends LtiMessage<Caller> {
  readonly messageType: "basic-lti-launch-request";
  readonly resourceLink: LtiResourceLink;
  /**
   * Where to report the user's outcome. `undefined` unless the launch has both
   * `lis_outcome_service_url` and `lis_result_sourcedid`.
   */
  readonly outcome: LtiOutcome | undefined;
}

/** A user selects content of the tool for the platform (Content-Item Message 1.0). */
export interface ContentItemSelectionRequest<Caller = unknown> extends LtiMessage<Caller> {
  readonly messageType: "ContentItemSelectionRequest";
  readonly contentItemRequest: LtiContentItemRequest;
}

/**
 * What every launch contains. All of it is signed, and each field has exactly one value: a launch
 * with two is rejected. A field is `undefined` if its parameter is absent, empty, or not of the
 * field's type, such as a URL that is not an absolute http or https URL. `parameters` has the text.
 */
export interface LtiMessage<Caller = unknown> {
  /** The platform that signed the launch. */
  readonly consumer: LtiConsumer<Caller>;
  /** The user, as the platform describes it. */
  readonly user: LtiUser;
  /** The course or group. */
  readonly context: LtiContext;
  /** How the platform shows the tool. */
  readonly presentation: LtiPresentation;
  /** The parameters `custom_…`, by the rest of their names, as they were sent: empty ones too. */
  readonly custom: ReadonlyMap<string, string>;
  /** The parameters `ext_…`, by the rest of their names, as they were sent: empty ones too. */
  readonly ext: ReadonlyMap<string, string>;
  /**
   * All parameters of the query and the form, decoded, without the protocol parameters. The
   * signature covers neither their order nor the place of each (RFC 5849 §3.4.1.3.2).
   */
  readonly parameters: readonly Parameter[];
}

/** The platform that signed a launch (LTI calls it the tool consumer). */
export interface LtiConsumer<Caller = unknown> {
  /** `oauth_consumer_key`, which is verified. All other members are claims of this consumer. */
  readonly identifier: string;
  /** The `caller` of the credential store's result. */
  readonly caller: Caller | undefined;
  /** `tool_consumer_instance_guid` */
  readonly instanceGuid: string | undefined;
  /** `tool_consumer_instance_name` */
  readonly instanceName: string | undefined;
  /** `tool_consumer_instance_description` */
  readonly instanceDescription: string | undefined;
  /** `tool_consumer_instance_url` */
  readonly instanceUrl: string | undefined;
  /** `tool_consumer_instance_contact_email` */
  readonly contactEmail: string | undefined;
  /** `tool_consumer_info_product_family_code`, for example `moodle`. */
  readonly productFamilyCode: string | undefined;
  /** `tool_consumer_info_version` */
  readonly version: string | undefined;
}

/** The user of a launch. */
export interface LtiUser {
  /**
   * `user_id`. It identifies a user of one consumer: two consumers can have users with the same
   * value. `undefined` if the consumer does not share it.
   */
  readonly id: string | undefined;
  /** `roles`, in order. Empty if the consumer does not share them. */
  readonly roles: readonly LtiRole[];
  /** `lis_person_name_given` */
  readonly givenName: string | undefined;
  /** `lis_person_name_family` */
  readonly familyName: string | undefined;
  /** `lis_person_name_full` */
  readonly fullName: string | undefined;
  /** `lis_person_contact_email_primary` */
  readonly email: string | undefined;
  /** `user_image` */
  readonly image: string | undefined;
  /** `lis_person_sourcedid` */
  readonly sourcedId: string | undefined;
  /** `role_scope_mentor`: the `user_id` of each user whose mentor this user is, decoded. */
  readonly mentorOf: readonly string[];
}

/** The course or group in which a user launches the tool. */
export interface LtiContext {
  /** `context_id`, which is unique within one consumer. */
  readonly id: string | undefined;
  /**
   * `context_type`: LIS types without `urn:lti:context-type:ims/lis/`, for example `CourseSection`,
   * and others as they were sent.
   */
  readonly types: readonly string[];
  /** `context_title` */
  readonly title: string | undefined;
  /** `context_label` */
  readonly label: string | undefined;
  /** `lis_course_offering_sourcedid` */
  readonly courseOfferingSourcedId: string | undefined;
  /** `lis_course_section_sourcedid` */
  readonly courseSectionSourcedId: string | undefined;
}

/** The link to the tool that a user opened. */
export interface LtiResourceLink {
  /** `resource_link_id`, which is unique within one consumer. */
  readonly id: string;
  /** `resource_link_title` */
  readonly title: string | undefined;
  /** `resource_link_description` */
  readonly description: string | undefined;
}

/** How the platform shows the tool. */
export interface LtiPresentation {
  /** `launch_presentation_locale`, for example `en-US`. */
  readonly locale: string | undefined;
  /** `launch_presentation_document_target`: `frame`, `iframe` or `window`. */
  readonly documentTarget: string | undefined;
  /** `launch_presentation_width`, in pixels. */
  readonly width: number | undefined;
  /** `launch_presentation_height`, in pixels. */
  readonly height: number | undefined;
  /** `launch_presentation_css_url` */
  readonly cssUrl: string | undefined;
  /** `launch_presentation_return_url` */
  readonly returnUrl: string | undefined;
}

/** Where a tool reports a user's outcome, in a request with `oauth_body_hash`. */
export interface LtiOutcome {
  /** `lis_outcome_service_url` */
  readonly serviceUrl: string;
  /** `lis_result_sourcedid`, an opaque value for the service. */
  readonly resultSourcedId: string;
}

/** Which content a platform accepts, and where to send it. */
export interface LtiContentItemRequest {
  /** `content_item_return_url`: where to post the `ContentItemSelection` message. */
  readonly returnUrl: string;
  /** `accept_media_types` */
  readonly acceptMediaTypes: readonly string[];
  /** `accept_presentation_document_targets` */
  readonly acceptDocumentTargets: readonly string[];
  /** `accept_unsigned` */
  readonly acceptUnsigned: boolean | undefined;
  /** `accept_multiple` */
  readonly acceptMultiple: boolean | undefined;
  /** `accept_copy_advice` */
  readonly acceptCopyAdvice: boolean | undefined;
  /** `auto_create` */
  readonly autoCreate: boolean | undefined;
  /** `can_confirm` */
  readonly canConfirm: boolean | undefined;
  /** `title`, the default for the content. */
  readonly title: string | undefined;
  /** `text`, the default for the content. */
  readonly text: string | undefined;
  /** `data`, an opaque value to send back. */
  readonly data: string | undefined;
}
