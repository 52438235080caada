CREATE TABLE "idempotent_requests" (
	"key_hash" char(64) PRIMARY KEY NOT NULL,
	"request_hash" char(64) NOT NULL,
	"shown_key" jsonb,
	"client_secret_id" uuid,
	"token_secret_id" uuid,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "idempotent_requests_expiry" ON "idempotent_requests" USING btree ("expires_at");