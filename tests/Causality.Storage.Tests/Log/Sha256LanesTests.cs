using Causality.Core;
using Causality.Storage.Log.Index;

namespace Causality.Storage.Tests.Log;

public sealed class Sha256LanesTests
{
    [Fact]
    public void Eight_lanes_hash_what_one_does_whatever_the_lengths()
    {
        var content = new byte[40_000];
        new Random(7).NextBytes(content);
        (int Start, int Length)[] messages = [.. Enumerable.Range(0, 300).Select(length => (length * 3, length)), (0, 4_096), (1, 65), (2, 20_000)];
        foreach (var order in new[] { messages, [.. messages.Reverse()] })
        {
            var hashes = new ContentHash[order.Length];

            Sha256Lanes.Hash(content, order, hashes);

            hashes.ShouldBe(order.Select(message => ContentHash.Of(content.AsSpan(message.Start, message.Length))));
        }
    }
}
