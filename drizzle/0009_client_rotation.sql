ALTER TABLE "oauth_clients" ADD COLUMN "rotated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "oauth_clients" ADD COLUMN "previous_secret_hash" text;--> statement-breakpoint
ALTER TABLE "oauth_clients" ADD COLUMN "previous_secret_prefix" text;--> statement-breakpoint
ALTER TABLE "oauth_clients" ADD COLUMN "previous_ends_at" timestamp (3) with time zone;