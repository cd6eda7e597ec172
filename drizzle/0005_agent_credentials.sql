ALTER TABLE "agent_keys" ADD COLUMN "last_used_from" text;--> statement-breakpoint
ALTER TABLE "agent_keys" ADD COLUMN "rotated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agent_keys" ADD COLUMN "previous_prefix" text;--> statement-breakpoint
ALTER TABLE "agent_keys" ADD COLUMN "previous_hash" text;--> statement-breakpoint
ALTER TABLE "agent_keys" ADD COLUMN "previous_ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "agent_certificates" ADD COLUMN "last_used_from" text;--> statement-breakpoint
ALTER TABLE "agent_keys" ADD CONSTRAINT "agent_keys_previous_hash_unique" UNIQUE("previous_hash");