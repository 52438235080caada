CREATE TABLE "application_secrets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"encryption_key_id" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"application_name" text NOT NULL,
	"developer_name" text NOT NULL,
	"access" text[] NOT NULL,
	"callbacks" text[] NOT NULL,
	"signature_methods" text[] NOT NULL,
	"enabled" boolean NOT NULL,
	"client_identifier" char(32) NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"edited_at" timestamp with time zone NOT NULL,
	CONSTRAINT "applications_identifier" CHECK ("applications"."client_identifier" ~ '^[0-9a-f]{32}$')
);
--> statement-breakpoint
ALTER TABLE "audit_log" ADD COLUMN "application_id" uuid;--> statement-breakpoint
ALTER TABLE "application_secrets" ADD CONSTRAINT "application_secrets_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "application_secrets_application" ON "application_secrets" USING btree ("application_id");--> statement-breakpoint
CREATE INDEX "application_secrets_encryption_key" ON "application_secrets" USING btree ("encryption_key_id");--> statement-breakpoint
CREATE UNIQUE INDEX "application_secrets_current" ON "application_secrets" USING btree ("application_id") WHERE "application_secrets"."expires_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "applications_client_identifier" ON "applications" USING btree ("client_identifier");--> statement-breakpoint
CREATE INDEX "applications_account" ON "applications" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_application" ON "audit_log" USING btree ("application_id","id");--> statement-breakpoint
CREATE TRIGGER applications_no_delete BEFORE DELETE OR TRUNCATE ON applications
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
