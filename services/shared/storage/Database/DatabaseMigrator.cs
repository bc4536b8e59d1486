using Causality.Storage.Database.Grants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Causality.Storage.Database;

/// <summary>Brings the schema up to date before anything else starts; several services may start at once.</summary>
/// <remarks>Registered as the first hosted service by <c>AddCausalityStorage</c>; the command line calls <see cref="MigrateAsync"/> itself.</remarks>
public sealed class DatabaseMigrator
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IDbContextFactory<CausalityDbContext> _contexts;
    private readonly StorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseMigrator> _logger;

    /// <summary>Built by the container.</summary>
    public DatabaseMigrator(IDbContextFactory<CausalityDbContext> contexts, IOptions<StorageOptions> options, TimeProvider time, ILogger<DatabaseMigrator> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _contexts = contexts;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Applies missing migrations under a lock, or waits for them where <see cref="StorageOptions.MigrateAtStart"/> is off; then the schema is there.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">
    /// The server did not come up, or the schema did not come, within <see cref="StorageOptions.StartTimeout"/>; or the server refused the user. Names host,
    /// port, database and user.
    /// </exception>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            try
            {
                if (await TryOnceAsync(cancellationToken).ConfigureAwait(false))
                    return;

                if (_time.GetElapsedTime(started) > _options.StartTimeout)
                    throw await SchemaMissingAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (MayComeUp(e) && _time.GetElapsedTime(started) < _options.StartTimeout)
            {
                LogMessages.DatabaseNotUpYet(_logger, e.Message);
            }
            catch (Exception e) when (e is not (OperationCanceledException or StorageUnavailableException))
            {
                throw await UnavailableAsync(e, cancellationToken).ConfigureAwait(false);
            }

            await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryOnceAsync(CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            if (!_options.MigrateAtStart)
                return !(await db.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).Any();

            var migrationLock = await MigrationLock.TakeAsync(db, _time, _options.StartTimeout, cancellationToken).ConfigureAwait(false);
            await using (migrationLock.ConfigureAwait(false))
            {
                var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).ToList();
                if (pending.Count > 0)
                {
                    await db.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
                    LogMessages.Migrated(_logger, pending.Count, pending[^1]);
                }

                // Also when nothing is pending: a role may be new.
                if (db.Names.HasSchemas && !string.IsNullOrEmpty(_options.RolePrefix))
                    await RoleGrants.ApplyAsync(db, _options.RolePrefix, cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
    }

    /// <summary>No server yet, a server that is starting, or a database that its set-up has still to make; not a wrong password.</summary>
    private static bool MayComeUp(Exception error) => error switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.UndefinedTable,
        NpgsqlException => true,
        _ => error.InnerException is { } inner && MayComeUp(inner),
    };

    private async Task<StorageUnavailableException> SchemaMissingAsync(CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return new StorageUnavailableException(
                $"The database ({DatabaseFaults.Describe(db.Database.GetDbConnection())}) has not got its newest schema within {_options.StartTimeout}. "
                + $"Start the service or job that applies migrations, or set {StorageOptions.Section}:{nameof(StorageOptions.MigrateAtStart)} to true.");
        }
    }

    private async Task<StorageUnavailableException> UnavailableAsync(Exception error, CancellationToken cancellationToken)
    {
        var db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
            return DatabaseFaults.Unavailable("bring the schema up to date", db.Database.GetDbConnection(), error);
    }
}
