-- The failures are now counted by another key, so the counts start again. If a user has several
-- one-time links, all of them are deleted, because it is unknown which one is right.
DELETE FROM "sign_in_failures";--> statement-breakpoint
DELETE FROM "one_time_links" WHERE "user_id" IN (SELECT "user_id" FROM "one_time_links" GROUP BY "user_id" HAVING count(*) > 1);--> statement-breakpoint
DROP INDEX "one_time_links_user";--> statement-breakpoint
DROP INDEX "users_username";--> statement-breakpoint
DROP INDEX "users_account";--> statement-breakpoint
ALTER TABLE "sign_in_failures" DROP COLUMN "username_hash";--> statement-breakpoint
ALTER TABLE "sign_in_failures" ADD COLUMN "attempt_hash" char(64) PRIMARY KEY NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "one_time_links_one_a_user" ON "one_time_links" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_failures_failed_at" ON "sign_in_failures" USING btree ("failed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_account_username" ON "users" USING btree ("account_id",lower("username"));
