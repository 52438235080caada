CREATE TABLE "oauth1_temporary_credentials" (
	"identifier" text PRIMARY KEY,
	"client" text NOT NULL,
	"callback" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"decision" text DEFAULT 'pending' NOT NULL CHECK ("decision" IN ('pending', 'approved', 'denied')),
	"resource_owner" text,
	"code_hash" text,
	"guesses" integer DEFAULT 0 NOT NULL,
	"encryption_key_id" text NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "oauth1_temporary_credentials_expires_at" ON "oauth1_temporary_credentials" ("expires_at");
--> statement-breakpoint
CREATE TABLE "oauth1_token_credentials" (
	"identifier" text PRIMARY KEY,
	"client" text NOT NULL,
	"resource_owner" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"session_handle_hash" text,
	"encryption_key_id" text NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "oauth1_token_credentials_resource_owner" ON "oauth1_token_credentials" ("resource_owner", "created_at");
