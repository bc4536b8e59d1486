using Microsoft.EntityFrameworkCore;

namespace Causality.Storage.Database.Grants;

/// <summary>Gives the services' database roles the rights of <see cref="TableGrants"/>, and takes every other one. The roles themselves are made by <c>infra/postgres/roles.sql</c>.</summary>
internal static class RoleGrants
{
    private const string History = "public.\"__EFMigrationsHistory\"";

    /// <summary>Applies them, in one transaction; doing so again changes nothing.</summary>
    /// <param name="db">PostgreSQL, as the role that owns the schema.</param>
    /// <param name="prefix">What the roles' names begin with; checked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">A role is missing; the message says how to make it.</exception>
    public static async Task ApplyAsync(CausalityDbContext db, string prefix, CancellationToken cancellationToken)
    {
        var wanted = TableGrants.Services.Select(service => RoleOf(prefix, service)).ToArray();
        var known = await db.Database.SqlQueryRaw<string>("SELECT rolname::text AS \"Value\" FROM pg_roles WHERE rolname = ANY({0})", [wanted]).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (wanted.Except(known).ToList() is { Count: > 0 } missing)
        {
            throw new StorageUnavailableException(
                $"The database roles {string.Join(", ", missing)} do not exist: make them with infra/postgres/roles.sql, or leave {StorageOptions.Section}:{nameof(StorageOptions.RolePrefix)} empty.");
        }

        var schemas = TableGrants.Services.SelectMany(TableGrants.Of).Select(grant => grant.Schema).Append(ServiceNames.Standalone).Append(ServiceNames.Gateway).Distinct().Select(Quote).ToList();
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var statement in TableGrants.Services.SelectMany(service => Statements(RoleOf(prefix, service), service, schemas)))
                await db.Database.ExecuteSqlRawAsync(statement, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string RoleOf(string prefix, string service) => $"{prefix}_{service}";

    // Names out of our own tables and a checked prefix: SQL has no parameters for names.
    private static IEnumerable<string> Statements(string role, string service, IReadOnlyList<string> schemas)
    {
        var grants = TableGrants.Of(service);
        var all = string.Join(", ", schemas);
        yield return $"REVOKE ALL ON ALL TABLES IN SCHEMA {all} FROM {Quote(role)}";
        yield return $"REVOKE ALL ON SCHEMA {all} FROM {Quote(role)}";
        yield return $"GRANT USAGE ON SCHEMA {string.Join(", ", grants.Select(grant => Quote(grant.Schema)).Distinct())}, public TO {Quote(role)}";
        yield return $"GRANT SELECT ON {History} TO {Quote(role)}";
        foreach (var (schema, table, privileges) in grants)
            yield return $"GRANT {privileges} ON {Quote(schema)}.{Quote(table)} TO {Quote(role)}";
    }

    private static string Quote(string name) => $"\"{name}\"";
}
