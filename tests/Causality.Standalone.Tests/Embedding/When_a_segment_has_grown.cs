using System.Text;
using Causality.Contracts;
using Causality.Core;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Embedding;

/// <summary>What the wire carries when a segment that both have has grown at the peer by entries at its end: about what was appended.</summary>
[Collection(InThisProcess.Name)]
public sealed class When_a_segment_has_grown
{
    /// <summary>Handshakes, headers, and the comparison of two logs of one segment.</summary>
    private const long Fixed = 24 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="had">Entries that both have.</param>
    /// <param name="has">Entries that the peer has.</param>
    /// <param name="most">Bytes on the wire for each byte that is missing, beside what is there in any case.</param>
    [Theory]
    [InlineData(9_900, 10_000, 1.5)]
    [InlineData(8_000, 10_000, 1.5)]
    [InlineData(4_000, 10_000, 1.7)] // Most of it is missing, so it comes as a whole.
    [InlineData(100, 10_000, 1.05)]
    public async Task Should_cost_about_what_was_appended(int had, int has, double most)
    {
        await using var embedded = new Embedded();
        var (a, b) = (await embedded.StartAsync("operator-a"), await embedded.StartAsync("operator-b"));
        await using var wire = new Relay(new Uri(b.AsPeer().Address!).Port);
        await a.SyncManager.AddPeerAsync(b.AsPeer() with { Address = $"https://127.0.0.1:{wire.Port}" }, Token);
        await b.SyncManager.AddPeerAsync(a.AsPeer(), Token);
        var entries = Enumerable.Range(0, has).Select(Entry).ToList();
        var (before, after) = (Segment(entries.Take(had)), Segment(entries));
        await a.Log.ImportSegmentAsync(before, Token);
        await b.Log.ImportSegmentAsync(after, Token);

        var result = await a.SyncManager.SyncWithPeerAsync("operator-b", null, Token);

        (result.Status, result.EntriesSynced).ShouldBe((SyncStatus.Completed, has - had), result.Error);
        (await a.Log.ExportSegmentAsync(after.Metadata.Id, Token))!.Metadata.ContentHash.ShouldBe(after.Metadata.ContentHash);
        var missing = after.Content.Length - before.Content.Length;
        TestContext.Current.TestOutputHelper?.WriteLine($"{had:N0} of {has:N0} entries were here; {missing:N0} bytes were missing; the wire carried {wire.Taken:N0} back and {wire.Given:N0} over");
        (wire.Taken + wire.Given).ShouldBeLessThan((long)(most * missing) + Fixed);
    }

    private static LogSegment Segment(IEnumerable<LogEntry> entries) => LogSegment.FromEntries(new SegmentId("grows"), new OperatorId("operator-b"), entries);

    // What no compression makes small, so that bytes are bytes.
    private static LogEntry Entry(int number) => LogEntry.Create(
        $"entry-{number}", 1_700_000_000_000 + number, EntryType.Fact, Encoding.UTF8.GetBytes($$"""{"salt":"{{Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(150))}}"}"""));
}
