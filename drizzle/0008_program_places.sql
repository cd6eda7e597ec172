ALTER TABLE "refresh_tokens" ADD COLUMN "signed_in_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "refresh_tokens" SET "signed_in_at" = (SELECT min("of_family"."created_at") FROM "refresh_tokens" "of_family" WHERE "of_family"."family" = "refresh_tokens"."family");--> statement-breakpoint
ALTER TABLE "refresh_tokens" ALTER COLUMN "signed_in_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD COLUMN "ip" text;
