using System.Text.Json;
using Causality.Core.Reconciliation;

namespace Causality.Core.Tests.Reconciliation;

/// <summary>Messages that npm nostr-tools wrote; made by <c>tests/Causality.Protocol.Tests/clients/negentropy.js vectors</c>.</summary>
public sealed class The_negentropy_vectors
{
    private static readonly JsonDocument Vectors = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reconciliation", "negentropy-vectors.json")));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Vectors.RootElement.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Are_what_we_write(int number)
    {
        var vector = Vectors.RootElement[number];
        var client = new NegentropyClient(Set(vector, "client"), 1 << 20, int.MaxValue);
        foreach (var step in vector.GetProperty("steps").EnumerateArray())
        {
            var input = step.GetProperty("input").GetString() is { } hex ? Convert.FromHexString(hex) : null;
            var output = step.GetProperty("by").GetString() == "server"
                ? NegentropyServer.Answer(Set(vector, "server"), input, 1 << 20)
                : input is null ? client.Begin() : client.Read(input);

            // Where nothing is left to say the asking side says nothing and the answering side its version.
            (output is { Length: > 1 } ? Convert.ToHexStringLower(output) : null).ShouldBe(step.GetProperty("output").GetString());
        }
    }

    private static SortedItemSet Set(JsonElement vector, string side)
    {
        var leftOut = vector.GetProperty(side);
        return SortedItemSet.Of(Sets.Numbered(vector.GetProperty("count").GetInt32(), vector.GetProperty("spread").GetInt32(), leftOut[0].GetInt32(), leftOut[1].GetInt32()));
    }
}
