-- Makes the database roles of one operator: PREFIX_migrator, who owns the database and changes the schema, and one for each
-- service, who own nothing. What each may do with which table is granted by the migration (causality migrate, with
-- Storage:RolePrefix): see services/shared/storage/Database/Grants. Running this again sets the passwords anew and changes
-- nothing else. Run it as an administrator, connected to the operator's database, with two settings:
--   causality.prefix     what the names begin with, for example causality
--   causality.passwords  JSON, a password for each of migrator, scheduler, differ, transfer, resolver, gateway
-- They can stand before it in the same session (SELECT set_config('causality.prefix', 'causality', false)) or in PGOPTIONS.
DO $$
DECLARE
  prefix text := current_setting('causality.prefix');
  passwords jsonb := current_setting('causality.passwords')::jsonb;
  name text;
  role text;
BEGIN
  IF prefix !~ '^[a-z][a-z0-9_]{0,40}$' THEN
    RAISE EXCEPTION 'causality.prefix is %, which is not 1 to 41 lower-case letters, digits and underscores', quote_literal(prefix);
  END IF;
  FOREACH name IN ARRAY ARRAY['migrator', 'scheduler', 'differ', 'transfer', 'resolver', 'gateway'] LOOP
    role := prefix || '_' || name;
    IF coalesce(length(passwords ->> name), 0) < 16 THEN
      RAISE EXCEPTION 'causality.passwords has no password of at least 16 characters for %', name;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT NOBYPASSRLS PASSWORD %L', role, passwords ->> name);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role);
  END LOOP;

  -- Everybody else is out, and nobody makes temporary tables or tables in public.
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  role := prefix || '_migrator';
  -- Giving something away needs membership in who gets it.
  IF NOT pg_has_role(current_user, role, 'MEMBER') THEN
    EXECUTE format('GRANT %I TO %I', role, current_user);
  END IF;
  EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), role);
END
$$;
