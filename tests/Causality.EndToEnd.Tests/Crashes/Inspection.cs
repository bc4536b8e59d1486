using System.Security.Cryptography;
using System.Text.Json;
using Causality.EndToEnd.Tests.Operators;
using Causality.Storage;
using Npgsql;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>Looks behind an operator's doors: what its database, its files and its broker hold when nothing runs any more.</summary>
internal sealed class Inspection(OperatorProcesses one)
{
    private const string Terminal = "event_type IN ('SyncCompleted', 'SyncSkipped', 'SyncFailed', 'SyncCancelled')";
    private static readonly TimeSpan OldAge = TimeSpan.FromHours(1);
    private readonly Dictionary<string, string> _verified = [];

    /// <summary>I3: syncs that were accepted and have not exactly one terminal event, or have one without having been accepted.</summary>
    public Task<List<string>> BadEndingsAsync(CancellationToken cancellationToken) => QueryAsync(
        $"""
        SELECT sync_id || ': ' || string_agg(event_type, ', ' ORDER BY sequence) FROM scheduler.events WHERE sync_id IS NOT NULL GROUP BY sync_id
        HAVING count(*) FILTER (WHERE {Terminal}) <> count(*) FILTER (WHERE event_type = 'SyncAccepted') OR count(*) FILTER (WHERE event_type = 'SyncAccepted') > 1
        """, cancellationToken);

    /// <summary>Syncs that run or wait.</summary>
    public Task<List<string>> UnfinishedAsync(CancellationToken cancellationToken) => QueryAsync(
        "SELECT sync_id || ' ' || current_state FROM scheduler.syncs WHERE active UNION ALL SELECT sync_id || ' pending' FROM scheduler.pending_syncs", cancellationToken);

    /// <summary>I8: messages that are committed and not sent, by service.</summary>
    public Task<List<string>> UnsentAsync(CancellationToken cancellationToken) => QueryAsync(string.Join(" UNION ALL ", ServiceNames.All.Select(service =>
        $"SELECT '{service}: ' || destination FROM {service}.outbox WHERE schedule_token IS NULL")), cancellationToken);

    /// <summary>I3: contents that were stored by more than one row of the plans.</summary>
    public Task<List<string>> StoredTwiceAsync(CancellationToken cancellationToken) => QueryAsync(
        "SELECT segment_id || ' ' || content_hash || ' ' || count(*) FROM plan.segments WHERE state = 1 GROUP BY segment_id, content_hash HAVING count(*) > 1", cancellationToken);

    /// <summary>Syncs that ended well and whose figures are not those of their plan's rows.</summary>
    public Task<List<string>> MiscountedAsync(CancellationToken cancellationToken) => QueryAsync(
        """
        SELECT s.sync_id || ' ' || s.current_state || ': ' || s.entries_synced || ' entries, ' || p.entries || ' in the plan'
        FROM scheduler.syncs s JOIN (SELECT sync_id, count(*) AS segments, sum(entries_added) AS entries FROM plan.segments WHERE state = 1 GROUP BY sync_id) p ON p.sync_id = s.sync_id
        WHERE s.current_state IN ('Completed', 'Skipped') AND (s.segments_synced <> p.segments OR s.entries_synced <> p.entries OR s.current_state = 'Skipped')
        """, cancellationToken);

    /// <summary>I3: entries that the plans say were added, and entries in segments of other operators. Equal when every import counted once.</summary>
    public async Task<(long Planned, long Held)> AddedAsync(CancellationToken cancellationToken)
    {
        var sums = await QueryAsync(
            $"""
            SELECT (SELECT COALESCE(sum(entries_added), 0) FROM plan.segments WHERE state = 1)::text
            UNION ALL SELECT (SELECT COALESCE(sum(entry_count), 0) FROM log.segments WHERE origin <> '{one.Id}')::text
            """, cancellationToken);
        return (long.Parse(sums[0], System.Globalization.CultureInfo.InvariantCulture), long.Parse(sums[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>I4: rows whose blob is missing or has another hash. A blob that was right stays so unless its file changes.</summary>
    public async Task<List<string>> BadBlobsAsync(CancellationToken cancellationToken)
    {
        var bad = new List<string>();
        foreach (var hash in await QueryAsync("SELECT encode(content_hash, 'hex') FROM log.segments", cancellationToken))
        {
            var file = new FileInfo(Path.Combine(one.DataFolder, "blobs", "sha256", hash[..2], hash[2..4], hash));
            var version = file.Exists ? $"{file.Length} {file.LastWriteTimeUtc:O}" : "missing";
            if (_verified.GetValueOrDefault(hash) == version)
                continue;
            if (!file.Exists || Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file.FullName, cancellationToken))) != hash)
                bad.Add($"{hash} {version}");
            else
                _verified[hash] = version;
        }

        return bad;
    }

    /// <summary>I9: temporary files that nobody can still be writing.</summary>
    public List<string> OldTemporaryFiles() =>
        [.. TemporaryFiles().Where(path => new FileInfo(path) is { Exists: true } file && DateTime.UtcNow - file.LastWriteTimeUtc > OldAge)];

    /// <summary>Makes the temporary files of a dead process look as they would two hours later.</summary>
    public void AgeTemporaryFiles()
    {
        foreach (var path in TemporaryFiles())
        {
            try
            {
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow - (2 * OldAge));
            }
            catch (FileNotFoundException)
            {
                // A living process has just put it in its place.
            }
        }
    }

    /// <summary>The operator's queues, those of dead letters among them.</summary>
    public async Task<List<string>> QueuesAsync(CancellationToken cancellationToken)
    {
        var answer = await one.Broker.Management.GetStringAsync(new Uri($"queues/{one.Broker.VirtualHost}?disable_stats=true&enable_queue_totals=true", UriKind.Relative), cancellationToken);
        using var queues = JsonDocument.Parse(answer);
        return [.. queues.RootElement.EnumerateArray().Where(queue => queue.GetProperty("durable").GetBoolean()).Select(queue => queue.GetProperty("name").GetString()!)];
    }

    private IEnumerable<string> TemporaryFiles()
    {
        var folder = Path.Combine(one.DataFolder, "blobs", "tmp");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];
    }

    private async Task<List<string>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        // Unpooled: the server may have been killed since the last look.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(one.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return await Rows.ReadAsync(connection, query, cancellationToken);
    }
}
