using Causality.Core;
using Causality.Storage.Log;

namespace Causality.ConflictResolver.Tests.Hosting;

/// <summary>Several operators, each with a real store and resolver; syncs between them as transfer and resolver make them, without a network.</summary>
public sealed class Federation : IAsyncDisposable
{
    private readonly List<ResolverHost> _operators = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The operators, in order.</summary>
    public IReadOnlyList<ResolverHost> Operators => _operators;

    /// <summary>Starts operators, one for each strategy.</summary>
    public static async Task<Federation> StartAsync(params IReadOnlyList<string> strategies)
    {
        var federation = new Federation();
        foreach (var strategy in strategies)
            federation._operators.Add(await ResolverHost.StartAsync(settings: new() { ["Strategy"] = strategy, ["CheckInterval"] = "01:00:00" }));
        return federation;
    }

    /// <summary>An operator logs something in a segment of its own.</summary>
    public Task LogAsync(int one, string segment, params IReadOnlyList<LogEntry> entries) => _operators[one].HasAsync(ResolverHost.Segment($"op{one}.{segment}", entries));

    /// <summary>One operator pulls from another: every segment that differs, whole; then its resolver looks.</summary>
    /// <param name="to">Who pulls.</param>
    /// <param name="from">From whom.</param>
    /// <param name="fate">What becomes of it.</param>
    /// <returns>Number of segments moved.</returns>
    public async Task<int> SyncAsync(int to, int from, Fate fate = Fate.Ends)
    {
        var (here, there) = (_operators[to].Host.Log, _operators[from].Host.Log);
        var remote = await there.GetSegmentMetadataAsync((SegmentId?)null, 1_000, Cancelled);
        var diff = await here.GetLogDifferencesAsync(remote, Cancelled);
        var moved = new List<LogSegment>();
        foreach (var id in diff.MissingLocally.Select(segment => segment.Id).Concat(diff.Differing.Select(pair => pair.Local.Id)))
            moved.Add((await there.ExportSegmentAsync(id, Cancelled))!);
        var command = await _operators[to].BringFromAsync($"op{from}", moved);
        if (fate == Fate.Dies)
            await _operators[to].RestartAsync();
        for (var delivery = 0; delivery < (int)fate; delivery++)
            await _operators[to].ResolveAsync(command);
        return diff.MissingLocally.Count + diff.Differing.Count;
    }

    /// <summary>Everybody pulls from everybody until nothing moves; a last look for what died.</summary>
    public async Task SettleAsync()
    {
        for (var moved = 1; moved > 0;)
        {
            moved = 0;
            for (var to = 0; to < _operators.Count; to++)
            {
                for (var from = 0; from < _operators.Count; from++)
                    moved += to == from ? 0 : await SyncAsync(to, from);
            }
        }
    }

    /// <summary>Hashes of everything that an operator holds, whatever its view.</summary>
    public async Task<List<ContentHash>> HeldAsync(int one) =>
        await _operators[one].Host.Log.ReadAsync(new LogQuery { AllVersions = true }, Cancelled).Select(entry => entry.Hash).ToListAsync(Cancelled);

    /// <summary>Hashes of what it shows.</summary>
    public async Task<List<ContentHash>> ShownAsync(int one) => (await _operators[one].ViewAsync()).ConvertAll(entry => entry.Hash);

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _operators)
            await one.DisposeAsync();
    }
}
