DROP INDEX "notifications_by_group";--> statement-breakpoint
CREATE INDEX "notifications_by_group_and_channel" ON "notifications" USING btree ("group_id","channel_id","created_at","id");