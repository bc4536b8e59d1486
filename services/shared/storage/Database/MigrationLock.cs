using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Causality.Storage.Database;

/// <summary>Lets one process at a time migrate; gone with the process, however it ends.</summary>
internal static class MigrationLock
{
    /// <summary>Key of the advisory lock: "causalit" in ASCII.</summary>
    private const long AdvisoryKey = 0x63617573616C6974;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="StorageUnavailableException">SQLite: another process holds it longer than <paramref name="patience"/>.</exception>
    public static Task<IAsyncDisposable> TakeAsync(CausalityDbContext db, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken) =>
        db.Names.HasSchemas ? TakeAdvisoryAsync(db, patience, cancellationToken) : TakeFileAsync(db, time, patience, cancellationToken);

    /// <summary>On its own connection: the lock belongs to the session, and EF opens and closes the context's as it likes.</summary>
    private static async Task<IAsyncDisposable> TakeAdvisoryAsync(CausalityDbContext db, TimeSpan patience, CancellationToken cancellationToken)
    {
        var text = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, CommandTimeout = (int)Math.Ceiling(patience.TotalSeconds) };
        var connection = new NpgsqlConnection(text.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection) { Parameters = { new() { Value = AdvisoryKey } } };
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<IAsyncDisposable> TakeFileAsync(CausalityDbContext db, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        var database = Path.GetFullPath(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource);
        var path = database + ".migrating";
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                await ForgetStaleLockAsync(db, cancellationToken).ConfigureAwait(false);
                return file;
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                if (time.GetElapsedTime(started) > patience)
                    throw new StorageUnavailableException($"Another process has been migrating '{database}' for {patience}, or '{path}' cannot be locked: {e.Message}", e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StorageUnavailableException($"Cannot open the database '{database}': {e.Message} Check that its folder exists and is writable.", e);
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>EF's own lock on SQLite is a row that a killed process leaves behind, and the next start would wait for it for ever. We hold the real lock, so it is stale.</summary>
    private static async Task ForgetStaleLockAsync(CausalityDbContext db, CancellationToken cancellationToken)
    {
        var exists = await db.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken).ConfigureAwait(false);
        if (exists > 0)
            await db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellationToken).ConfigureAwait(false);
    }
}
