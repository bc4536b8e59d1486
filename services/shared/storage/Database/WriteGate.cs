using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Causality.Storage.Database;

/// <summary>Lets the writers of this process into a SQLite file one by one, in the order they came.</summary>
/// <remarks>SQLite has one writer at a time anyway; without the gate waiting writers poll for their turn, unfairly and up to the busy timeout.</remarks>
internal static class WriteGate
{
    /// <summary>Longest wait for a turn. A write takes milliseconds: who waits longer waits for itself, by writing inside of another write.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn.</summary>
    /// <returns>Dispose it to let the next one in; disposing twice is harmless.</returns>
    /// <exception cref="StorageUnavailableException">It did not come in time.</exception>
    public static async Task<IDisposable> EnterAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(connection.ConnectionString).DataSource);
        var gate = Gates.GetOrAdd(file, _ => new SemaphoreSlim(1, 1));
        if (!await gate.WaitAsync(Patience, cancellationToken).ConfigureAwait(false))
            throw new StorageUnavailableException(
                $"The database file '{file}' was busy with another write of this process for {Patience.TotalSeconds:0} s. Retry; if it happens again, a write transaction is opened inside of another.");

        return new Turn(gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                gate.Release();
        }
    }
}
