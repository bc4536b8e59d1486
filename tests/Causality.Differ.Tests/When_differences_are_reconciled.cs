using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Differ.Tests.Hosting;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;

namespace Causality.Differ.Tests;

public sealed class When_differences_are_reconciled : IAsyncLifetime
{
    private const int Entries = 20;
    private readonly DifferHost _differ = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _differ.InitializeAsync();

    public ValueTask DisposeAsync() => _differ.DisposeAsync();

    [Theory]
    [InlineData(Backend.Embedded, SyncMode.Pull, true)]
    [InlineData(Backend.Embedded, SyncMode.Both, false)]
    [InlineData(Backend.PostgreSql, SyncMode.Both, true)]
    [InlineData(Backend.PostgreSql, SyncMode.Push, true)]
    public async Task Should_plan_exactly_the_missing_segments_and_entries(Backend backend, SyncMode mode, bool hasSymbols)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var differ = await DifferHost.StartAsync(backend);
        differ.Peer.Capabilities = hasSymbols ? [SyncCapabilities.Symbols] : [];
        var (ours, theirs) = Deal(new Random(7), 600);
        await differ.Host.Log.ImportBatchAsync(ours, null, Cancelled);
        await differ.Peer.Log.ImportBatchAsync(theirs, null, Cancelled);
        var command = differ.Command(settings: new SyncSettings { Mode = mode });

        await differ.CompareAsync(command);

        var plan = await differ.Host.PlanAsync(command.SyncId);
        Rows(plan, PlanDirection.In).ShouldBe(mode == SyncMode.Push ? [] : Missing(ours, theirs), ignoreOrder: true);
        Rows(plan, PlanDirection.Out).ShouldBe(mode == SyncMode.Pull ? [] : Missing(theirs, ours), ignoreOrder: true);
        differ.Peer.Routes.Contains(SyncRoutes.ReconcileSymbols).ShouldBe(hasSymbols);
        differ.Peer.Routes.Contains(SyncRoutes.ReconcileSegment).ShouldBe(!hasSymbols);
    }

    [Fact]
    public async Task Should_ask_no_more_often_than_needed()
    {
        var (ours, theirs) = Deal(new Random(8), 400);
        await _differ.Host.Log.ImportBatchAsync(ours, null, Cancelled);
        await _differ.Peer.Log.ImportBatchAsync(theirs, null, Cancelled);

        await _differ.CompareAsync(_differ.Command());

        _differ.Peer.Routes.Count(route => route == SyncRoutes.Reconcile).ShouldBe(1);
        _differ.Peer.Routes.Count(route => route == SyncRoutes.ReconcileSymbols).ShouldBeLessThanOrEqualTo(3);
        _differ.Peer.Routes.Count(route => route == SyncRoutes.ReconcileSegments).ShouldBe(1);
        _differ.Peer.Routes.Count(route => route == SyncRoutes.ReconcileEntries).ShouldBe(1);
    }

    [Fact]
    public async Task Should_take_the_whole_segment_when_most_of_it_is_missing()
    {
        await _differ.Host.Log.ImportBatchAsync([Samples.Segment("growing", 0, 3), Samples.Segment("other", 100, 3)], null, Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("growing", 0, 30), Cancelled);
        var command = _differ.Command();

        (await _differ.CompareAsync(command)).EntriesPlanned.ShouldBe(30);

        (await _differ.Host.PlanAsync(command.SyncId)).ShouldHaveSingleItem().Entries.ShouldBeNull();
    }

    [Fact]
    public async Task Should_take_everything_without_asking_what_differs_when_told_so()
    {
        var same = Samples.Segment("same", 0, 5);
        await _differ.Host.Log.ImportBatchAsync([same, Samples.Segment("ours", 20, 5)], null, Cancelled);
        await _differ.Peer.Log.ImportBatchAsync([same, Samples.Segment("theirs", 10, 5)], null, Cancelled);
        var command = _differ.Command(settings: new SyncSettings { UseDifferentialSync = false });

        await _differ.CompareAsync(command);

        (await _differ.Host.PlanAsync(command.SyncId)).Select(row => row.SegmentId).ShouldBe(["same", "theirs"]);
        _differ.Peer.Routes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_take_the_whole_segments_when_their_entries_cannot_be_told_apart()
    {
        await DifferAsync(4);
        _differ.Peer.Reconciliation = (route, answer) => route == SyncRoutes.ReconcileEntries ? [0] : answer;
        var command = _differ.Command();

        await _differ.CompareAsync(command);

        (await _differ.Host.PlanAsync(command.SyncId)).Select(row => row.Entries).ShouldBe([null, null, null, null]);
    }

    [Theory]
    [InlineData(SyncRoutes.Reconcile)]
    [InlineData(SyncRoutes.ReconcileEntrySymbols)]
    [InlineData(SyncRoutes.ReconcileEntries)]
    public async Task Should_call_an_answer_that_is_cut_off_a_breach_of_the_protocol(string route)
    {
        await DifferAsync(4);
        _differ.Peer.Reconciliation = (asked, answer) => asked == route ? answer[..^1] : answer;

        var failed = await _differ.FailAsync(_differ.Command());

        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.ProtocolViolation, false));
        failed.Detail.ShouldContain("at byte");
    }

    private async Task DifferAsync(int segments)
    {
        for (var number = 0; number < segments; number++)
        {
            await _differ.Host.Log.ImportSegmentAsync(Samples.Segment($"s{number}", number * Entries, Entries - 2), Cancelled);
            await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment($"s{number}", (number * Entries) + 1, Entries - 1), Cancelled);
        }
    }

    /// <summary>Most segments on both sides, some on one only, some on both with different entries.</summary>
    private static (List<LogSegment> Ours, List<LogSegment> Theirs) Deal(Random random, int count)
    {
        var (ours, theirs) = (new List<LogSegment>(), new List<LogSegment>());
        for (var number = 0; number < count; number++)
        {
            var (id, first, fate) = ($"s{number:D4}", number * Entries, random.Next(20));
            if (fate != 0)
                ours.Add(Samples.Segment(id, first, fate == 2 ? Entries - 3 : Entries));
            if (fate != 1)
                theirs.Add(Samples.Segment(id, fate == 3 ? first + 2 : first, fate == 3 ? Entries - 2 : Entries));
        }

        return (ours, theirs);
    }

    private static IEnumerable<(string Id, string? Entries)> Missing(List<LogSegment> here, List<LogSegment> there)
    {
        var known = here.ToDictionary(segment => segment.Metadata.Id);
        foreach (var segment in there)
        {
            var id = segment.Metadata.Id;
            if (!known.TryGetValue(id, out var copy))
                yield return (id.Value, null);
            else if (Hashes(segment).Except(Hashes(copy)).Order().ToList() is { Count: > 0 } missing)
                yield return (id.Value, string.Concat(missing));
        }
    }

    private static IEnumerable<ContentHash> Hashes(LogSegment segment) => Enumerable.Range(0, segment.Count).Select(index => segment.KeyAt(index).Hash);

    private static IEnumerable<(string Id, string? Entries)> Rows(IEnumerable<PlanSegmentRecord> plan, PlanDirection direction) => plan
        .Where(row => row.Direction == direction && row.State == PlanSegmentState.Pending)
        .Select(row => (row.SegmentId, row.Entries is null ? null : Convert.ToHexStringLower(row.Entries)));
}
