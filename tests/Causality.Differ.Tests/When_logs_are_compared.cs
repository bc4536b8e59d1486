using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Comparing;
using Causality.Differ.Tests.Hosting;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;

namespace Causality.Differ.Tests;

public sealed class When_logs_are_compared : IAsyncLifetime
{
    private readonly DifferHost _differ = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _differ.InitializeAsync();

    public ValueTask DisposeAsync() => _differ.DisposeAsync();

    [Theory]
    [InlineData(Backend.Embedded)]
    [InlineData(Backend.PostgreSql)]
    public async Task Should_plan_what_is_missing_and_what_differs_and_nothing_else(Backend backend)
    {
        Assert.SkipUnless(OperatorStore.IsAvailable(backend), OperatorStore.Missing);
        await using var differ = await DifferHost.StartAsync(backend);
        await differ.Host.Log.ImportBatchAsync([Samples.Segment("equal", 0, 5), Samples.Segment("differs", 10, 5), Samples.Segment("ours", 20, 5)], null, Cancelled);
        foreach (var segment in new[] { Samples.Segment("equal", 0, 5), Samples.Segment("differs", 12, 5, "beta"), Samples.Segment("theirs", 30, 7, "beta") })
            await differ.Peer.Log.ImportSegmentAsync(segment, Cancelled);
        var command = differ.Command();

        var compared = await differ.CompareAsync(command);

        var plan = await differ.Host.PlanAsync(command.SyncId);
        plan.Select(row => (row.SegmentId, row.State, row.Origin, row.EntryCount)).ShouldBe([("differs", PlanSegmentState.Pending, "beta", 5L), ("theirs", PlanSegmentState.Pending, "beta", 7L)]);
        plan[0].Entries.ShouldBe(Hashes(Samples.Entry(15), Samples.Entry(16)));
        plan[1].Entries.ShouldBeNull();
        (compared.Attempt, compared.InSync, compared.SegmentsPlanned, compared.EntriesPlanned).ShouldBe((1, false, 2L, 9L));
        compared.BytesPlanned.ShouldBe((plan[0].SizeBytes / 5 * 2) + plan[1].SizeBytes);
        compared.LocalRoot.ShouldBe((await differ.Host.Log.GetHeadAsync(Cancelled)).Fingerprint.ToRoot());
        compared.RemoteRoot.ShouldBe((await differ.Peer.Log.GetHeadAsync(Cancelled)).Fingerprint.ToRoot());
    }

    [Fact]
    public async Task Should_ask_for_no_list_when_the_roots_are_equal()
    {
        var segment = Samples.Segment("equal", 0, 5);
        await _differ.Host.Log.ImportSegmentAsync(segment, Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(segment, Cancelled);
        _differ.Peer.List = _ => throw new InvalidOperationException("The list was asked for.");
        var command = _differ.Command();

        var compared = await _differ.CompareAsync(command);

        (compared.InSync, compared.SegmentsPlanned, compared.LocalRoot).ShouldBe((true, 0L, compared.RemoteRoot));
        (await _differ.Host.PlanAsync(command.SyncId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_plan_nothing_when_the_peer_has_only_what_we_have()
    {
        await _differ.Host.Log.ImportBatchAsync([Samples.Segment("a", 0, 5), Samples.Segment("b", 10, 5)], null, Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("a", 0, 5), Cancelled);

        var compared = await _differ.CompareAsync(_differ.Command());

        (compared.InSync, compared.SegmentsPlanned).ShouldBe((false, 0L));
    }

    [Fact]
    public async Task Should_leave_the_hashes_of_segments_that_are_new_here_to_their_contents()
    {
        await _differ.Host.Log.ImportSegmentAsync(Samples.Segment("equal", 0, 5), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("equal", 0, 5), Cancelled);
        var theirs = Samples.Segment("theirs", 30, 7, "beta");
        await _differ.Peer.Log.ImportSegmentAsync(theirs, Cancelled);
        var command = _differ.Command();

        (await _differ.CompareAsync(command)).BytesPlanned.ShouldBe(theirs.Metadata.SizeBytes);

        var row = (await _differ.Host.PlanAsync(command.SyncId)).ShouldHaveSingleItem();
        (row.SegmentId, row.ContentHash, row.EntryCount, row.StartTimestamp, row.EndTimestamp)
            .ShouldBe(("theirs", default(ContentHash).ToString(), 7L, theirs.Metadata.StartTimestamp, theirs.Metadata.EndTimestamp));
    }

    [Fact]
    public async Task Should_ask_for_hashes_when_a_segment_that_seemed_new_is_here()
    {
        await _differ.Host.Log.ImportSegmentAsync(Samples.Segment("equal", 0, 5), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("equal", 0, 5), Cancelled);
        var (came, grew) = (Samples.Segment("came", 30, 7, "beta"), Samples.Segment("grew", 50, 7, "beta"));
        await _differ.Peer.Log.ImportBatchAsync([came, grew], null, Cancelled);
        var asked = new List<bool>();
        _differ.Peer.BeforeSegments = async request =>
        {
            asked.Add(request.IsBrief);
            if (asked.Count == 1)
                await _differ.Host.Log.ImportBatchAsync([came, Samples.Segment("grew", 50, 5, "beta")], null, Cancelled);
        };
        var command = _differ.Command();

        await _differ.CompareAsync(command);

        asked.ShouldBe([true, false]);
        var row = (await _differ.Host.PlanAsync(command.SyncId)).ShouldHaveSingleItem();
        (row.SegmentId, row.ContentHash).ShouldBe(("grew", grew.Metadata.ContentHash.ToString()));
        row.Entries.ShouldBe(Hashes(Samples.Entry(55), Samples.Entry(56)));
    }

    [Fact]
    public async Task Should_plan_nothing_of_a_segment_of_which_we_hold_every_entry()
    {
        await _differ.Host.Log.ImportSegmentAsync(Samples.Segment("shared", 0, 9), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("shared", 0, 5, "beta"), Cancelled);
        var command = _differ.Command();

        (await _differ.CompareAsync(command)).SegmentsPlanned.ShouldBe(0);
        (await _differ.Host.PlanAsync(command.SyncId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_plan_again_what_failed_before()
    {
        var theirs = Samples.Segment("shared", 0, 5, "beta");
        await _differ.Host.AddToPlanAsync(Guid.NewGuid(), PlanSegmentState.Failed, theirs.Metadata);
        await _differ.Peer.Log.ImportSegmentAsync(theirs, Cancelled);

        (await _differ.CompareAsync(_differ.Command())).SegmentsPlanned.ShouldBe(1);
    }

    [Fact]
    public async Task Should_leave_out_what_is_older_than_wanted()
    {
        var ageMs = _differ.Clock.NowMs - (Samples.Epoch + 100);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("old", 0, 5, "beta"), Cancelled);
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("young", 96, 5, "beta"), Cancelled);
        var command = _differ.Command(settings: new SyncSettings { MaxSegmentAgeMs = ageMs });

        var compared = await _differ.CompareAsync(command);

        compared.SegmentsPlanned.ShouldBe(1);
        (await _differ.Host.PlanAsync(command.SyncId)).Select(row => (row.SegmentId, row.State, row.Reason))
            .ShouldBe([("old", PlanSegmentState.Excluded, SyncReasons.SegmentTooOld), ("young", PlanSegmentState.Pending, null)]);
    }

    [Fact]
    public async Task Should_stop_and_ask_when_the_plan_is_over_the_bound()
    {
        var theirs = Samples.Segment("theirs", 0, 10, "beta");
        await _differ.Peer.Log.ImportSegmentAsync(theirs, Cancelled);
        var size = theirs.Content.Length;

        var failed = await _differ.FailAsync(_differ.Command(settings: new SyncSettings { MaxImportBytes = size - 1 }));
        (failed.Reason, failed.Retryable).ShouldBe((SyncReasons.ImportLimit, false));
        failed.Detail.ShouldContain($"{size} bytes");
        failed.Detail.ShouldContain("overrides.maxImportBytes");

        (await _differ.CompareAsync(_differ.Command(settings: new SyncSettings { MaxImportBytes = size }))).SegmentsPlanned.ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_take_the_plan_from_under_the_transfer_when_its_command_comes_twice()
    {
        // Broke: the second comparison began by forgetting the first one's rows, and a transfer that looked just then found nothing left to do.
        await _differ.Peer.Log.ImportBatchAsync([Samples.Segment("a", 0, 2), Samples.Segment("b", 10, 2)], null, Cancelled);
        var command = _differ.Command();
        await _differ.CompareAsync(command);

        await ResetAsync(attempt: 1);
        (await _differ.Host.PlanAsync(command.SyncId)).Count.ShouldBe(2);
        await ResetAsync(attempt: 2);
        (await _differ.Host.PlanAsync(command.SyncId)).ShouldBeEmpty();

        Task<int> ResetAsync(int attempt) => _differ.Host.QueryAsync(async database =>
        {
            await SyncPlanner.ResetAsync(database, command.SyncId, attempt, Cancelled);
            return 0;
        });
    }

    [Fact]
    public async Task Should_write_the_same_plan_when_asked_twice_and_keep_what_is_stored()
    {
        foreach (var name in new[] { "a", "b", "c" })
            await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment(name, name[0], 5, "beta"), Cancelled);
        var command = _differ.Command();
        await _differ.CompareAsync(command);
        await _differ.CompareAsync(command);
        (await _differ.Host.PlanAsync(command.SyncId)).Count.ShouldBe(3);

        // As after a transfer that stored one, found one changed and could not take one.
        await _differ.Host.Log.ImportSegmentAsync(Samples.Segment("a", 'a', 5, "beta"), Cancelled);
        await _differ.Host.ChangeAsync(database =>
        {
            foreach (var row in database.Set<PlanSegmentRecord>().Where(row => row.SyncId == command.SyncId))
                row.State = row.SegmentId switch { "a" => PlanSegmentState.Stored, "b" => PlanSegmentState.Superseded, _ => PlanSegmentState.Failed };
            return Task.CompletedTask;
        });
        var again = await _differ.CompareAsync(command with { Attempt = 2 });

        (again.Attempt, again.SegmentsPlanned).ShouldBe((2, 2L));
        (await _differ.Host.PlanAsync(command.SyncId)).Select(row => (row.SegmentId, row.State)).ShouldBe([("a", PlanSegmentState.Stored), ("b", PlanSegmentState.Pending), ("c", PlanSegmentState.Pending)]);
    }

    [Fact]
    public async Task Should_page_through_a_long_list_with_signs_of_life()
    {
        const int segments = 2_500;
        var sample = Samples.Segment("s", 0, 1, "beta").Metadata;
        _differ.Peer.List = _ => Enumerable.Range(0, segments).Select(number => sample with { Id = new SegmentId($"s{number:D5}"), ContentHash = ContentHash.Of(BitConverter.GetBytes(number)) });
        await _differ.Peer.Log.ImportSegmentAsync(Samples.Segment("s", 0, 1, "beta"), Cancelled);
        var command = _differ.Command();

        var compared = await _differ.CompareAsync(command);

        compared.SegmentsPlanned.ShouldBe(segments);
        (await _differ.Host.PlanAsync(command.SyncId)).Count.ShouldBe(segments);
        (await _differ.Host.Bus.WaitAsync<SyncStepProgressed>(report => report.SyncId == command.SyncId, 2, Cancelled)).ShouldAllBe(report => report.Step == SyncSteps.Compare);
    }

    private static byte[] Hashes(params LogEntry[] entries) => [.. entries.Select(entry => entry.Hash).Order().SelectMany(hash => hash.ToByteArray())];
}
