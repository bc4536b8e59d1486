using System.Security.Cryptography;
using Causality.EndToEnd.Tests.Logs;
using Causality.EndToEnd.Tests.Operators;

namespace Causality.EndToEnd.Tests;

/// <summary>A flipped bit at the peer, by a bad disk or a bad person, goes no further.</summary>
public sealed class When_a_peer_holds_altered_bytes(TwoOperators operators) : EndToEndTest(operators)
{
    [Fact]
    public async Task Should_reject_them_with_both_hashes_and_take_them_once_they_are_right()
    {
        await ConvergeAsync();
        var known = BlobsOfB();
        await B.Log.AppendAsync(DealtLog.Make("altered", 500), Token);
        await B.Log.PublishAsync(Token);
        var blob = BlobsOfB().Except(known).ShouldHaveSingleItem();
        var before = await A.Log.ReadHeadAsync(Token);
        var found = await FlipAsync(blob);

        var failed = await OnA.SyncAsync(B.Id, Token, """{"maxRetries":1}""");

        failed.Event.ShouldBe("SyncFailed");
        failed.Reason.ShouldBe("content-hash-mismatch");
        failed.Detail.ShouldNotBeNull().ShouldContain(Path.GetFileName(blob));
        failed.Detail.ShouldContain(found);
        failed.Result.EntriesSynced.ShouldBe(0);
        failed.Result.SegmentsSynced.ShouldBe(0);
        (await A.Log.ReadHeadAsync(Token)).ShouldBe(before);
        File.Exists(blob.Replace(B.DataFolder, A.DataFolder, StringComparison.Ordinal)).ShouldBeFalse();

        await FlipAsync(blob);
        var completed = await OnA.SyncAsync(B.Id, Token);
        completed.Event.ShouldBe("SyncCompleted");
        completed.Result.EntriesSynced.ShouldBe(500);
        await ConvergeAsync();
    }

    /// <summary>None when this test is the first of its run: the folder is made for the first content.</summary>
    private HashSet<string> BlobsOfB() =>
        new DirectoryInfo(Path.Combine(B.DataFolder, "blobs", "sha256")) is { Exists: true } folder ? [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.FullName)] : [];

    /// <summary>Flips one bit in the middle; twice is not at all.</summary>
    /// <returns>The hash of what is there now.</returns>
    private static async Task<string> FlipAsync(string blob)
    {
        var bytes = await File.ReadAllBytesAsync(blob, Token);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, Token);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
