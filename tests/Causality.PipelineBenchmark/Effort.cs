using System.Globalization;
using Npgsql;

namespace Causality.PipelineBenchmark;

/// <summary>What a run cost, by counters that only grow: processor time of every process, and what PostgreSQL did.</summary>
internal sealed class Effort
{
    private readonly Dictionary<string, double> _values = [];

    /// <summary>Reads the counters now.</summary>
    public static async Task<Effort> ReadAsync(Setting setting, CancellationToken cancellationToken)
    {
        var effort = new Effort();
        foreach (var (name, pid) in Processes(setting.ProcessFile).Concat(Processes(setting.ServerPidFile)).Append(("bench and peers", Environment.ProcessId)))
            effort._values[$"cpu {name}"] = CpuMs(pid);
        if (setting.Postgres is { } connectionString)
            await effort.ReadPostgresAsync(connectionString, cancellationToken);
        return effort;
    }

    /// <summary>What has grown since, for each of so many pieces of work.</summary>
    public IEnumerable<(string Name, double Each)> Since(Effort before, int pieces) =>
        _values.Select(value => (value.Key, (value.Value - before._values.GetValueOrDefault(value.Key)) / pieces)).Where(value => value.Item2 > 0);

    private static IEnumerable<(string Name, int Pid)> Processes(string? file) => file is null || !File.Exists(file)
        ? []
        : File.ReadLines(file).Select(line => line.Split(' ')).Where(parts => parts.Length > 1).Select(parts => (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)));

    // PostgreSQL works in children of the process that is known; those that ended are counted by their parent.
    private static double CpuMs(int pid) => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
        .Select(name => Stat(name!)).Where(stat => stat.Pid == pid || stat.Parent == pid).Sum(stat => stat.Ticks) * 10.0;

    private static (int Pid, int Parent, long Ticks) Stat(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var parts = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(pid, CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return default;
        }
    }

    private async Task ReadPostgresAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        const string counters = """
            SELECT 'transactions', xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()
            UNION ALL SELECT 'rows inserted', tup_inserted FROM pg_stat_database WHERE datname = current_database()
            UNION ALL SELECT 'rows updated', tup_updated FROM pg_stat_database WHERE datname = current_database()
            UNION ALL SELECT 'rows deleted', tup_deleted FROM pg_stat_database WHERE datname = current_database()
            UNION ALL SELECT 'WAL syncs', wal_sync FROM pg_stat_wal
            UNION ALL SELECT 'WAL bytes', wal_bytes::bigint FROM pg_stat_wal
            """;
        await using var command = source.CreateCommand(counters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            _values[$"postgres {reader.GetString(0)}"] = reader.GetInt64(1);
    }
}
