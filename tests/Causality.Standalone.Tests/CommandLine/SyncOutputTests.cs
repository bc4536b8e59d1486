using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Commands;

namespace Causality.Standalone.Tests.CommandLine;

public sealed class SyncOutputTests
{
    private static readonly RemainingWork Seven = new() { Segments = 7, Entries = 7_000, Bytes = 1_750_000 };

    [Fact]
    public void A_running_sync_tells_what_is_left_and_for_how_long() =>
        SyncOutput.Line(Sync(Seven, 6_000)).ShouldEndWith("with operator-b: Transferring, 3 of 10 segments, 7 segments, 7,000 entries, 1,750,000 bytes left, about 6.0 s");

    [Fact]
    public void Without_a_measure_there_is_no_time() => SyncOutput.Line(Sync(Seven, null)).ShouldEndWith("1,750,000 bytes left");

    // Broke: a sync that was paused before its first comparison was "0 of 0 segments", as if there were nothing to do.
    [Fact]
    public void Before_there_is_a_plan_nothing_is_counted() =>
        SyncOutput.Line(Sync(null, null) with { State = "Paused", SegmentsPlanned = 0 }).ShouldEndWith("with operator-b: Paused, not compared yet");

    [Fact]
    public void One_of_a_kind_is_in_the_singular() =>
        SyncOutput.Line(Sync(new() { Segments = 1, Entries = 1, Bytes = 1 }, null) with { SegmentsPlanned = 4 }).ShouldEndWith("3 of 4 segments, 1 segment, 1 entry, 1 byte left");

    private static SyncDetails Sync(RemainingWork? remaining, long? remainingMs) => new()
    {
        Result = new SyncResult
        {
            SyncId = Guid.NewGuid(),
            PeerId = "operator-b",
            Status = SyncStatus.InProgress,
            EntriesSynced = 3_000,
            SegmentsSynced = 3,
            BytesReceived = 750_000,
            Conflicts = 0,
            Attempts = 1,
            StartedAt = DateTimeOffset.UnixEpoch,
        },
        State = "Transferring",
        SegmentsPlanned = 10,
        BytesPlanned = 2_500_000,
        LastProgressAt = DateTimeOffset.UnixEpoch,
        Remaining = remaining,
        RemainingMs = remainingMs,
    };
}
