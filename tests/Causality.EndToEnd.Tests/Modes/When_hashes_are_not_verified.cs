using System.Text;
using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests.Modes;

/// <summary><c>verify_hashes=false</c> trusts that a peer sends what it lists: the documented risk, and what is refused in spite of it.</summary>
public sealed class When_hashes_are_not_verified(TwoOperators operators) : EndToEndTest(operators)
{
    private const string Trusting = """{"verifyHashes":false,"maxRetries":0}""";

    [Fact]
    public async Task Should_take_what_is_a_segment_though_it_is_not_the_one_that_was_listed()
    {
        var blob = await SeedAsync("trusted");
        await ReplaceAsync(blob, "\"salt\":\"", "\"tlas\":\"");

        var ending = await OnA.SyncAsync(B.Id, Token, Trusting);

        (ending.Event, ending.Result.SegmentsSynced, ending.Result.EntriesSynced).ShouldBe(("SyncCompleted", 1L, 20L), ending.Detail);
        await ReplaceAsync(blob, "\"tlas\":\"", "\"salt\":\"");
        (await A.Log.PublishAsync(Token)).Root.ShouldNotBe((await B.Log.PublishAsync(Token)).Root, "the logs differ, and the roots tell");
        await ConvergeAsync();
    }

    [Fact]
    public async Task Should_refuse_the_same_bytes_where_hashes_are_verified()
    {
        var blob = await SeedAsync("verified");
        await ReplaceAsync(blob, "\"salt\":\"", "\"tlas\":\"");

        var ending = await OnA.SyncAsync(B.Id, Token, """{"verifyHashes":true,"maxRetries":0}""");

        (ending.Event, ending.Reason, ending.Result.EntriesSynced).ShouldBe(("SyncFailed", "content-hash-mismatch", 0L), ending.Detail);
        await ReplaceAsync(blob, "\"tlas\":\"", "\"salt\":\"");
        await ConvergeAsync();
    }

    [Fact]
    public async Task Should_still_refuse_bytes_that_are_no_segment()
    {
        var blob = await SeedAsync("broken");
        await ReplaceAsync(blob, "\"entry_type\":\"fact\"", "\"entry_type\":\"fuct\"");

        var ending = await OnA.SyncAsync(B.Id, Token, Trusting);

        (ending.Event, ending.Reason, ending.Result.EntriesSynced).ShouldBe(("SyncFailed", "segment-invalid", 0L), ending.Detail);
        var named = ending.Result.LeftOut.ShouldNotBeNull().Named.ShouldHaveSingleItem();
        (named.SegmentId, named.Reason).ShouldBe((SeededSegments.IdOf(B, "broken", 0), "segment-invalid"));
        await ReplaceAsync(blob, "\"entry_type\":\"fuct\"", "\"entry_type\":\"fact\"");
        await ConvergeAsync();
    }

    /// <summary>Gives the peer a segment of its own.</summary>
    /// <returns>Its file.</returns>
    private async Task<string> SeedAsync(string name)
    {
        await ConvergeAsync();
        var known = BlobsOfB();
        await SeededSegments.StoreAsync(B, name, 1, 20, Token);
        return BlobsOfB().Except(known).ShouldHaveSingleItem();
    }

    private HashSet<string> BlobsOfB() =>
        new DirectoryInfo(Path.Combine(B.DataFolder, "blobs", "sha256")) is { Exists: true } folder ? [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.FullName)] : [];

    /// <summary>Alters a file where the text stands first; lengths are the same.</summary>
    private static async Task ReplaceAsync(string blob, string text, string by)
    {
        by.Length.ShouldBe(text.Length);
        var bytes = await File.ReadAllBytesAsync(blob, Token);
        var place = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        place.ShouldBeGreaterThanOrEqualTo(0);
        Encoding.UTF8.GetBytes(by).CopyTo(bytes, place);
        await File.WriteAllBytesAsync(blob, bytes, Token);
    }
}
