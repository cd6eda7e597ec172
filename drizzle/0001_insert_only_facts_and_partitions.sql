-- The fact log is insert-only, whoever asks: the application's own role owns the tables, so rights alone would not hold.
CREATE FUNCTION mc_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'facts are insert-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER facts_insert_only BEFORE UPDATE OR DELETE ON facts FOR EACH ROW EXECUTE FUNCTION mc_refuse_change();
--> statement-breakpoint
CREATE TRIGGER facts_no_truncate BEFORE TRUNCATE ON facts FOR EACH STATEMENT EXECUTE FUNCTION mc_refuse_change();
--> statement-breakpoint
-- A truncate of one partition does not reach the parent's trigger, so each partition gets its own.
CREATE FUNCTION mc_guard_fact_partition(partition_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER facts_no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION mc_refuse_change()', partition_name);
END $$;
--> statement-breakpoint
-- Makes the partitions of this period and the next two, so that the default ones stay empty. Called at start and daily.
CREATE FUNCTION mc_ensure_partitions(today timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  starts timestamptz;
  partition_name text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('mc_ensure_partitions'));
  FOR step IN 0..2 LOOP
    starts := date_trunc('month', today, 'UTC') + make_interval(months => step);
    partition_name := 'facts_' || to_char(starts AT TIME ZONE 'UTC', 'YYYYMM');
    IF to_regclass(partition_name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF facts FOR VALUES FROM (%L) TO (%L)', partition_name, starts, starts + interval '1 month');
      PERFORM mc_guard_fact_partition(partition_name);
    END IF;
    starts := date_trunc('day', today, 'UTC') + make_interval(days => step);
    partition_name := 'log_lines_' || to_char(starts AT TIME ZONE 'UTC', 'YYYYMMDD');
    IF to_regclass(partition_name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF log_lines FOR VALUES FROM (%L) TO (%L)', partition_name, starts, starts + interval '1 day');
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE TABLE facts_default PARTITION OF facts DEFAULT;
--> statement-breakpoint
SELECT mc_guard_fact_partition('facts_default');
--> statement-breakpoint
CREATE TABLE log_lines_default PARTITION OF log_lines DEFAULT;
--> statement-breakpoint
-- Drops the days of log lines that ended before the given moment; answers how many.
CREATE FUNCTION mc_drop_log_partitions(before timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  part record;
  dropped integer := 0;
BEGIN
  FOR part IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'log_lines'::regclass AND c.relname ~ '^log_lines_[0-9]{8}$'
      AND (to_date(substr(c.relname, 11), 'YYYYMMDD') + 1)::timestamp AT TIME ZONE 'UTC' <= before
  LOOP
    EXECUTE format('DROP TABLE %I', part.relname);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM log_lines_default WHERE received_at < before;
  RETURN dropped;
END $$;
--> statement-breakpoint
INSERT INTO fact_head (id, seq, hash) VALUES (1, 0, repeat('0', 64));
--> statement-breakpoint
INSERT INTO accounts (id, name, created_at) VALUES ('acc_main', 'Main', now());
