CREATE TABLE "alert_comments" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"alert_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"author" jsonb NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_groups" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"route_id" text NOT NULL,
	"key" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"flush_at" timestamp (3) with time zone,
	"told_at" timestamp (3) with time zone,
	"escalated_steps" integer NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_steps" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"alert_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"stage" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "group_alerts" (
	"group_id" text NOT NULL,
	"alert_id" text NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"left_at" timestamp (3) with time zone,
	CONSTRAINT "group_alerts_group_id_alert_id_pk" PRIMARY KEY("group_id","alert_id")
);
--> statement-breakpoint
CREATE TABLE "silences" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"matchers" jsonb NOT NULL,
	"reason" text NOT NULL,
	"created_by" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	"schedule" jsonb,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "metric_numbers" (
	"agent_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"name" text NOT NULL,
	"account_id" text NOT NULL,
	"value" double precision NOT NULL,
	"samples" integer NOT NULL,
	CONSTRAINT "metric_numbers_agent_id_at_name_pk" PRIMARY KEY("agent_id","at","name")
);
--> statement-breakpoint
CREATE TABLE "inbox_messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"notification_id" text NOT NULL,
	"role" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"event" text NOT NULL,
	"severity" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"link" text NOT NULL,
	CONSTRAINT "inbox_messages_notification_id_unique" UNIQUE("notification_id")
);
--> statement-breakpoint
CREATE TABLE "inbox_reads" (
	"user_id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"through" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_alerts" (
	"notification_id" text NOT NULL,
	"alert_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"as" text NOT NULL,
	CONSTRAINT "notification_alerts_notification_id_alert_id_pk" PRIMARY KEY("notification_id","alert_id")
);
--> statement-breakpoint
CREATE TABLE "alert_policies" (
	"account_id" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"author" jsonb NOT NULL,
	"policy" jsonb NOT NULL,
	CONSTRAINT "alert_policies_account_id_version_pk" PRIMARY KEY("account_id","version")
);
--> statement-breakpoint
CREATE TABLE "alert_states" (
	"rule_id" text NOT NULL,
	"subject_key" text NOT NULL,
	"account_id" text NOT NULL,
	"subject" jsonb NOT NULL,
	"agent_id" text,
	"state" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"alert_id" text,
	"value" double precision,
	"summary" text NOT NULL,
	"marks" bigint[] NOT NULL,
	"flips" bigint[] NOT NULL,
	CONSTRAINT "alert_states_rule_id_subject_key_pk" PRIMARY KEY("rule_id","subject_key")
);
--> statement-breakpoint
CREATE TABLE "log_hits" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"rule_version" integer NOT NULL,
	"agent_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	"sample" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"rule_id" text NOT NULL,
	"version" integer NOT NULL,
	"account_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"author" jsonb NOT NULL,
	"how" text NOT NULL,
	"draft" jsonb NOT NULL,
	CONSTRAINT "rule_versions_rule_id_version_pk" PRIMARY KEY("rule_id","version")
);
--> statement-breakpoint
CREATE TABLE "watch_turns" (
	"name" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"lag_ms" double precision NOT NULL,
	"backlog" integer NOT NULL,
	"stopped" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_alert_id_alerts_id_fk";
--> statement-breakpoint
DROP INDEX "notifications_once";
--> statement-breakpoint
DROP INDEX "notifications_due";
--> statement-breakpoint
DROP INDEX "alerts_one_firing";
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "agent_id" DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "status" DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE "metric_minutes" ADD COLUMN "disk_used_bytes" bigint;
--> statement-breakpoint
ALTER TABLE "metric_minutes" ADD COLUMN "disk_total_bytes" bigint;
--> statement-breakpoint
ALTER TABLE "metric_minutes" ADD COLUMN "net_rx_bytes" bigint;
--> statement-breakpoint
ALTER TABLE "metric_minutes" ADD COLUMN "net_tx_bytes" bigint;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "value" double precision;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "runbook" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "acknowledged_note" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "assigned_id" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "assigned_name" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "snoozed_until" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "snoozed_by" text;
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "template" jsonb;
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "per_minute" integer;
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "broken_until" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "group_id" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "rule_version" integer;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "subject_kind" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "subject_id" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "subject_name" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "tags" text[];
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "labels" jsonb;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "summary" text;
--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "flapping" boolean;
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "failures_in_row" integer;
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "title" text;
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "severity" text;
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "firing_count" integer;
--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "resolved_count" integer;
--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "version" integer;
--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "draft" jsonb;
--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "changed_at" timestamp (3) with time zone;
--> statement-breakpoint
UPDATE "channels" SET "failures_in_row" = 0;
--> statement-breakpoint
UPDATE "rules" SET "version" = 1, "changed_at" = "created_at", "draft" = jsonb_build_object(
  'name', "name", 'scope', "scope", 'except', '[]'::jsonb, 'condition', '{"kind":"offline"}'::jsonb, 'forMs', 0, 'recoverMs', 0,
  'noData', 'keep', 'onError', 'keep', 'flap', '{"changes":6,"windowMs":600000}'::jsonb, 'severity', "severity",
  'labels', '{}'::jsonb, 'quiet', '[]'::jsonb, 'channelIds', to_jsonb("channel_ids"), 'runbook', null, 'enabled', "enabled");
--> statement-breakpoint
INSERT INTO "rule_versions" ("rule_id", "version", "account_id", "at", "author", "how", "draft")
  SELECT "id", 1, "account_id", "created_at", '{"kind":"system","id":"system","name":"Mission Control"}'::jsonb, 'created', "draft" FROM "rules";
--> statement-breakpoint
UPDATE "alerts" SET "rule_version" = 1, "subject_kind" = 'agent', "subject_id" = "agent_id", "subject_name" = "agent_name",
  "tags" = '{}', "labels" = '{}'::jsonb, "summary" = 'The agent fell silent.', "flapping" = false;
--> statement-breakpoint
INSERT INTO "alert_states" ("rule_id", "subject_key", "account_id", "subject", "agent_id", "state", "since", "changed_at", "alert_id", "summary", "marks", "flips")
  SELECT "rule_id", 'agent:' || "agent_id", "account_id", jsonb_build_object('kind', 'agent', 'id', "agent_id", 'name', "agent_name"),
    "agent_id", 'firing', "since", "fired_at", "id", "summary", '{}', '{}' FROM "alerts" WHERE "state" = 'firing';
--> statement-breakpoint
INSERT INTO "alert_groups" ("id", "account_id", "route_id", "key", "opened_at", "told_at", "escalated_steps", "closed_at")
  SELECT 'grp_' || "id", "account_id", 'rule:' || "rule_id", jsonb_build_object('alert', "id")::text, "fired_at", "fired_at", 0, "resolved_at" FROM "alerts";
--> statement-breakpoint
INSERT INTO "group_alerts" ("group_id", "alert_id", "joined_at") SELECT 'grp_' || "id", "id", "fired_at" FROM "alerts" WHERE "state" = 'firing';
--> statement-breakpoint
UPDATE "notifications" n SET "group_id" = 'grp_' || n."alert_id", "title" = a."agent_name", "severity" = a."severity",
  "firing_count" = (n."event" = 'firing')::int, "resolved_count" = (n."event" = 'resolved')::int FROM "alerts" a WHERE a."id" = n."alert_id";
--> statement-breakpoint
INSERT INTO "notification_alerts" ("notification_id", "alert_id", "channel_id", "as") SELECT "id", "alert_id", "channel_id", "event" FROM "notifications";
--> statement-breakpoint
INSERT INTO "cursors" ("name", "seq") SELECT 'notify', "seq" FROM "fact_head";
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "rule_version" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "subject_kind" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "subject_id" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "subject_name" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "tags" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "labels" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "summary" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "flapping" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "channels" ALTER COLUMN "failures_in_row" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "title" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "severity" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "firing_count" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "notifications" ALTER COLUMN "resolved_count" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "rules" ALTER COLUMN "version" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "rules" ALTER COLUMN "draft" SET NOT NULL;
--> statement-breakpoint
ALTER TABLE "rules" ALTER COLUMN "changed_at" SET NOT NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_one_firing" ON "alerts" USING btree ("rule_id","subject_kind","subject_id") WHERE state = 'firing';
--> statement-breakpoint
ALTER TABLE "alerts" DROP COLUMN "agent_name";
--> statement-breakpoint
ALTER TABLE "notifications" DROP COLUMN "alert_id";
--> statement-breakpoint
ALTER TABLE "rules" DROP COLUMN "name";
--> statement-breakpoint
ALTER TABLE "rules" DROP COLUMN "kind";
--> statement-breakpoint
ALTER TABLE "rules" DROP COLUMN "scope";
--> statement-breakpoint
ALTER TABLE "rules" DROP COLUMN "severity";
--> statement-breakpoint
ALTER TABLE "rules" DROP COLUMN "enabled";
--> statement-breakpoint
ALTER TABLE "rules" DROP COLUMN "channel_ids";
--> statement-breakpoint
ALTER TABLE "alert_comments" ADD CONSTRAINT "alert_comments_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "alert_comments" ADD CONSTRAINT "alert_comments_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "alert_groups" ADD CONSTRAINT "alert_groups_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "alert_steps" ADD CONSTRAINT "alert_steps_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "group_alerts" ADD CONSTRAINT "group_alerts_group_id_alert_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."alert_groups"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "group_alerts" ADD CONSTRAINT "group_alerts_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "silences" ADD CONSTRAINT "silences_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "inbox_messages" ADD CONSTRAINT "inbox_messages_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "inbox_reads" ADD CONSTRAINT "inbox_reads_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification_alerts" ADD CONSTRAINT "notification_alerts_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "notification_alerts" ADD CONSTRAINT "notification_alerts_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "alert_policies" ADD CONSTRAINT "alert_policies_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "alert_states" ADD CONSTRAINT "alert_states_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "alert_states" ADD CONSTRAINT "alert_states_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "log_hits" ADD CONSTRAINT "log_hits_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rule_versions" ADD CONSTRAINT "rule_versions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "alert_comments_by_alert" ON "alert_comments" USING btree ("alert_id","at");
--> statement-breakpoint
CREATE UNIQUE INDEX "alert_groups_open" ON "alert_groups" USING btree ("account_id","route_id","key") WHERE closed_at is null;
--> statement-breakpoint
CREATE INDEX "alert_groups_due" ON "alert_groups" USING btree ("flush_at") WHERE closed_at is null;
--> statement-breakpoint
CREATE INDEX "alert_steps_by_alert" ON "alert_steps" USING btree ("alert_id","id");
--> statement-breakpoint
CREATE INDEX "group_alerts_by_alert" ON "group_alerts" USING btree ("alert_id");
--> statement-breakpoint
CREATE INDEX "silences_by_account" ON "silences" USING btree ("account_id","created_at","id");
--> statement-breakpoint
CREATE INDEX "metric_numbers_by_time" ON "metric_numbers" USING btree ("account_id","name","at");
--> statement-breakpoint
CREATE INDEX "inbox_messages_by_account" ON "inbox_messages" USING btree ("account_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "notification_alerts_once" ON "notification_alerts" USING btree ("alert_id","channel_id","as") WHERE "as" <> 'still';
--> statement-breakpoint
CREATE INDEX "alert_states_due" ON "alert_states" USING btree ("due_at") WHERE due_at is not null;
--> statement-breakpoint
CREATE INDEX "alert_states_by_account" ON "alert_states" USING btree ("account_id","state");
--> statement-breakpoint
CREATE INDEX "alert_states_by_agent" ON "alert_states" USING btree ("agent_id");
--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_group_id_alert_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."alert_groups"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "metric_minutes_by_time" ON "metric_minutes" USING btree ("account_id","at");
--> statement-breakpoint
CREATE INDEX "alerts_firing" ON "alerts" USING btree ("account_id") WHERE state = 'firing';
--> statement-breakpoint
CREATE INDEX "alerts_by_agent" ON "alerts" USING btree ("agent_id","fired_at");
--> statement-breakpoint
CREATE INDEX "notifications_waiting" ON "notifications" USING btree ("channel_id","created_at","id") WHERE state = 'pending';
--> statement-breakpoint
CREATE INDEX "notifications_claimed" ON "notifications" USING btree ("channel_id") WHERE claimed_until is not null;
--> statement-breakpoint
CREATE INDEX "notifications_by_group" ON "notifications" USING btree ("group_id","created_at");
