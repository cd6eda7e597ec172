ALTER TABLE "device_grants" ADD COLUMN "ip" text;--> statement-breakpoint
ALTER TABLE "device_grants" ADD COLUMN "interval_ms" integer DEFAULT 5000 NOT NULL;--> statement-breakpoint
ALTER TABLE "device_grants" ADD COLUMN "scopes" text[] DEFAULT '{}' NOT NULL;