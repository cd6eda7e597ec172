DROP INDEX "notifications_by_group";--> statement-breakpoint
CREATE INDEX "notifications_by_group" ON "notifications" USING btree ("group_id","created_at","id","channel_id");