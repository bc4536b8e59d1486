using Causality.Contracts;
using Causality.Core;
using Causality.Core.Reconciliation;
using Causality.Protocol.Reconciling;
using Causality.Storage.Log;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

/// <summary>What every implementation of <see cref="ISyncProtocol"/> must do, whatever carries it.</summary>
public abstract partial class SyncProtocolContract
{
    /// <summary>The implementation under test.</summary>
    protected abstract ISyncProtocol Protocol { get; }

    /// <summary>A peer that lets us in.</summary>
    protected abstract PeerEndpoint Peer { get; }

    /// <summary>The peer's log.</summary>
    protected abstract ISyncableStorage PeerLog { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Info_of_an_empty_log_has_the_root_of_the_empty_set()
    {
        var info = await Protocol.GetInfoAsync(Peer, Token);

        info.Operator.Value.ShouldBe(Peer.Id);
        info.Root.ShouldBe(LogFingerprint.Empty.ToRoot());
        (info.SegmentCount, info.EntryCount, info.SizeBytes).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Info_tells_the_root_and_the_size_of_the_log()
    {
        var segment = await ImportAsync(Samples.Segment("one", 0, 5));

        var info = await Protocol.GetInfoAsync(Peer, Token);

        info.Root.ShouldBe((await PeerLog.GetHeadAsync(Token)).Fingerprint.ToRoot());
        (info.SegmentCount, info.EntryCount, info.SizeBytes).ShouldBe((1, 5, segment.Metadata.SizeBytes));
    }

    [Fact]
    public async Task Winners_are_what_the_peer_shows_and_unknown_ids_are_left_out()
    {
        var segment = await ImportAsync(Samples.Segment("one", 0, 3));
        var entry = segment.EntryAt(1);

        var winners = await Protocol.GetWinnersAsync(Peer, [entry.Id, "nobody's"], Token);

        winners.ShouldBe(new Dictionary<string, EntryKey> { [entry.Id] = entry.Key });
        (await Protocol.GetWinnersAsync(Peer, [], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_of_an_empty_log_is_empty() => (await Protocol.GetSegmentListAsync(Peer, Token).ToListAsync(Token)).ShouldBeEmpty();

    [Fact]
    public async Task The_list_is_ascending_and_complete_over_many_pages()
    {
        foreach (var number in Enumerable.Range(0, 25).Reverse())
            await ImportAsync(Samples.Segment($"s{number:d3}", number * 10, 3));

        var list = await Protocol.GetSegmentListAsync(Peer, Token).ToListAsync(Token);

        list.ShouldBe(await PeerLog.GetSegmentMetadataAsync((SegmentId?)null, 100, Token));
        list.Count.ShouldBe(25);
    }

    [Fact]
    public async Task Metadata_of_named_segments_leaves_out_the_unknown_ones()
    {
        var two = await ImportAsync(Samples.Segment("two", 10, 2));
        await ImportAsync(Samples.Segment("other", 20, 2));
        var one = await ImportAsync(Samples.Segment("one", 0, 2));

        var found = await Protocol.GetSegmentMetadataAsync(Peer, [new("two"), new("one"), new("absent")], Token);

        found.ShouldBe([one.Metadata, two.Metadata]);
    }

    [Fact]
    public async Task Metadata_of_no_segment_is_empty() => (await Protocol.GetSegmentMetadataAsync(Peer, [], Token)).ShouldBeEmpty();

    [Fact]
    public async Task A_wrong_pin_is_refused_with_the_pins_expected_and_found()
    {
        var wrong = Peer with { Pins = [new string('a', 64)] };

        var refused = await Should.ThrowAsync<PeerRefusedException>(() => Protocol.GetInfoAsync(wrong, Token));

        refused.Reason.ShouldBe(SyncReasons.PinMismatch);
        refused.Message.ShouldContain(wrong.Pins[0]);
        refused.Message.ShouldContain(Peer.Pins[0]);
    }

    [Fact]
    public async Task During_a_key_rotation_either_pin_lets_the_peer_in()
    {
        var rotating = Peer with { Pins = [new string('a', 64), Peer.Pins[0].ToUpperInvariant()] };

        (await Protocol.GetInfoAsync(rotating, Token)).Operator.Value.ShouldBe(Peer.Id);
    }

    [Fact]
    public async Task A_peer_that_calls_itself_something_else_is_refused()
    {
        var misnamed = Peer with { Id = "somebody" };

        var refused = await Should.ThrowAsync<PeerRefusedException>(() => Protocol.GetInfoAsync(misnamed, Token));

        refused.Message.ShouldContain(Peer.Id);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Protocol.GetInfoAsync(Peer, cancelled.Token));
    }

    private async Task<LogSegment> ImportAsync(LogSegment segment)
    {
        await PeerLog.ImportSegmentAsync(segment, Token);
        return segment;
    }
}
