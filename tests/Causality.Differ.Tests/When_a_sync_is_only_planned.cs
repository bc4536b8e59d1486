using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Comparing;
using Causality.Differ.Tests.Hosting;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Differ.Tests;

public sealed class When_a_sync_is_only_planned : IAsyncLifetime
{
    private readonly DifferHost _differ = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _differ.InitializeAsync();

    public ValueTask DisposeAsync() => _differ.DisposeAsync();

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_find_what_the_comparison_of_a_sync_finds(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var differ = await DifferHost.StartAsync(backend);
        await differ.Host.Log.ImportBatchAsync([Samples.Segment("equal", 0, 5), Samples.Segment("differs", 10, 9), Samples.Segment("ours", 30, 5)], null, Cancelled);
        foreach (var segment in new[] { Samples.Segment("equal", 0, 5), Samples.Segment("differs", 12, 9, "beta"), Samples.Segment("theirs", 50, 7, "beta") })
            await differ.Peer.Log.ImportSegmentAsync(segment, Cancelled);
        var settings = new SyncSettings { Mode = SyncMode.Both };

        var question = differ.Question(settings);
        var planned = (await differ.PlanAsync(question)).Figures.ShouldNotBeNull();
        var command = differ.Command(settings: settings);
        var compared = await differ.CompareAsync(command);

        (planned.Incoming.Segments + planned.Outgoing.Segments, planned.Incoming.Entries + planned.Outgoing.Entries, planned.Incoming.Bytes + planned.Outgoing.Bytes)
            .ShouldBe((compared.SegmentsPlanned, compared.EntriesPlanned, compared.BytesPlanned));
        (planned.LocalRoot, planned.RemoteRoot, planned.InSync).ShouldBe((compared.LocalRoot, compared.RemoteRoot, false));
        Show(await differ.Host.PlanAsync(question.PlanId)).ShouldBe(Show(await differ.Host.PlanAsync(command.SyncId)));
    }

    [Fact]
    public async Task Should_list_no_more_than_a_bound_and_count_everything()
    {
        const int Count = DryRun.MostListed + 5;
        await _differ.Peer.Log.ImportBatchAsync([.. Enumerable.Range(0, Count).Select(number => Samples.Segment($"s{number:D6}", number, 1, "beta"))], null, Cancelled);

        var question = _differ.Question();
        // Not by message: how long so many rows take is the machine's business.
        var (planned, _) = await _differ.Host.Services.GetRequiredService<DryRun>().RunAsync(question, Cancelled);

        (planned.Incoming.Segments, planned.SegmentsListed).ShouldBe((Count, DryRun.MostListed));
        (await _differ.Host.PlanAsync(question.PlanId)).Count.ShouldBe(DryRun.MostListed);
        planned.EntriesLookedAt.ShouldBe(1_000, "one request's worth of segments");
    }

    [Fact]
    public async Task Should_look_into_parts_first_and_name_what_it_has_read()
    {
        await _differ.Host.Log.ImportSegmentAsync(Samples.Segment("shared", 0, 20), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("shared", 5, 20, "beta"), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("whole", 100, 9_999, "beta"), Cancelled);

        var question = _differ.Question();
        (await _differ.PlanAsync(question)).Figures!.EntriesLookedAt.ShouldBe(5, "with the whole one it would be more than 10,000");

        var counted = (await _differ.Host.Bus.WaitAsync<CountConflicts>(asked => asked.PlanId == question.PlanId, 1, Cancelled))[0];
        counted.Entries.ShouldBe(Enumerable.Range(20, 5).Select(number => Samples.Entry(number)).Select(entry => new EntryName { Id = entry.Id, Hash = entry.Hash.ToString() }), ignoreOrder: true);
    }

    [Fact]
    public async Task Should_read_nothing_when_nobody_wants_conflicts_counted()
    {
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("theirs", 0, 20, "beta"), Cancelled);

        (await _differ.PlanAsync(_differ.Question(countConflicts: false))).Figures!.EntriesLookedAt.ShouldBe(0);

        _differ.Peer.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_call_a_breach_of_the_protocol_by_its_name()
    {
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("s", 0, 5, "beta"), Cancelled);
        _differ.Peer.List = segments => segments.Concat(segments);

        var planned = await _differ.PlanAsync(_differ.Question());

        (planned.Figures, planned.Reason).ShouldBe((null, SyncReasons.ProtocolViolation));
        planned.Detail.ShouldNotBeNull().ShouldContain("twice");
    }

    private static IEnumerable<(string, string, PlanDirection, PlanSegmentState, string?)> Show(IEnumerable<PlanSegmentRecord> rows) =>
        rows.Select(row => (row.SegmentId, row.ContentHash, row.Direction, row.State, row.Entries is null ? null : Convert.ToHexString(row.Entries))).OrderBy(row => row.SegmentId).ThenBy(row => row.ContentHash);
}
