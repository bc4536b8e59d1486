using Causality.Contracts;
using Causality.Core;
using Causality.Differ.Tests.Hosting;
using Causality.Storage.Database.Records;
using Causality.TestKit.Fakes;
using Causality.TestKit.Operators;

namespace Causality.Differ.Tests;

public sealed class When_a_part_of_the_log_is_shared : IAsyncLifetime
{
    private readonly DifferHost _differ = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _differ.InitializeAsync();
        await _differ.Host.Log.ImportBatchAsync([Samples.Segment("a-ours", 0, 5), Samples.Segment("b-equal", 10, 5), Samples.Segment("c-ours", 20, 5)], null, Cancelled);
        foreach (var segment in new[] { Samples.Segment("b-equal", 10, 5), Samples.Segment("d-theirs", 30, 5, "beta") })
            await _differ.Peer.Log.ImportSegmentAsync(segment, Cancelled);
    }

    public ValueTask DisposeAsync() => _differ.DisposeAsync();

    [Fact]
    public async Task Equal_parts_are_in_sync_and_the_answer_says_that_they_are_parts()
    {
        _differ.Peer.Scope = SegmentScope.Of(["b-"]);
        var command = _differ.Command(settings: new SyncSettings { Mode = SyncMode.Both });

        var compared = await _differ.CompareAsync(command);

        (compared.InSync, compared.SegmentsPlanned, compared.LocalRoot).ShouldBe((true, 0L, compared.RemoteRoot));
        compared.Scope.ShouldBe(["b-"]);
        (await _differ.Host.PlanAsync(command.SyncId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_outside_is_planned_in_either_direction()
    {
        _differ.Peer.Scope = SegmentScope.Of(["b-", "c-", "d-"]);
        var command = _differ.Command(settings: new SyncSettings { Mode = SyncMode.Both });

        var compared = await _differ.CompareAsync(command);

        compared.InSync.ShouldBeFalse();
        (await MovedAsync(command)).ShouldBe([("c-ours", PlanDirection.Out), ("d-theirs", PlanDirection.In)], ignoreOrder: true);
        (await LeftOutAsync(command)).ShouldBe([("a-ours", PlanDirection.Out)], "the peer would refuse it");
        compared.LeftOut.ShouldHaveSingleItem().ShouldBe(new PlanLeftOut { Reason = SyncReasons.OutsideScope, Segments = 1, Entries = 5, Bytes = Samples.Segment("a-ours", 0, 5).Content.Length });
    }

    [Fact]
    public async Task What_the_peer_does_not_share_is_no_matter_of_a_sync_that_pulls()
    {
        _differ.Peer.Scope = SegmentScope.Of(["b-", "c-", "d-"]);
        var command = _differ.Command();

        (await _differ.CompareAsync(command)).LeftOut.ShouldBeEmpty();

        (await LeftOutAsync(command)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_we_do_not_share_with_the_peer_is_not_taken_from_it(bool differential)
    {
        var command = _differ.Command(settings: new SyncSettings { Mode = SyncMode.Both, UseDifferentialSync = differential });
        command = command with { Peer = command.Peer with { Scope = ["c-"] } };

        var compared = await _differ.CompareAsync(command);

        (compared.InSync, compared.Scope!.Single()).ShouldBe((false, "c-"));
        (await MovedAsync(command)).ShouldBe([("c-ours", PlanDirection.Out)]);
        (await LeftOutAsync(command)).ShouldBe([("b-equal", PlanDirection.In), ("d-theirs", PlanDirection.In)], ignoreOrder: true);
        (compared.LeftOut.ShouldHaveSingleItem() is { Reason: SyncReasons.OutsideScope, Segments: 2 }).ShouldBeTrue();
    }

    [Fact]
    public async Task Parts_with_nothing_in_common_leave_nothing_to_do()
    {
        _differ.Peer.Scope = SegmentScope.Of(["d-"]);
        var command = _differ.Command();
        command = command with { Peer = command.Peer with { Scope = ["c-"] } };

        var compared = await _differ.CompareAsync(command);

        (compared.InSync, compared.SegmentsPlanned).ShouldBe((false, 0L));
        compared.Scope.ShouldBeEmpty();
    }

    private async Task<List<(string, PlanDirection)>> MovedAsync(CompareSegments command) =>
        [.. (await _differ.Host.PlanAsync(command.SyncId)).Where(row => row.State == PlanSegmentState.Pending).Select(row => (row.SegmentId, row.Direction))];

    private async Task<List<(string, PlanDirection)>> LeftOutAsync(CompareSegments command) =>
        [.. (await _differ.Host.PlanAsync(command.SyncId)).Where(row => row is { State: PlanSegmentState.Excluded, Reason: SyncReasons.OutsideScope }).Select(row => (row.SegmentId, row.Direction))];
}
