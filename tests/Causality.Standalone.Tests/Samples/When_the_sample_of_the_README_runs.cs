using Causality.Contracts;
using Causality.Contracts.Http.Control;
using Causality.Standalone.Tests.Embedding;
using Causality.TestKit.Processes;

namespace Causality.Standalone.Tests.Samples;

/// <summary>What the README shows is compiled, runs, and is the same text.</summary>
[Collection(InThisProcess.Name)]
public sealed class When_the_sample_of_the_README_runs
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_syncs_with_the_peers_that_it_finds()
    {
        await using var operators = new Embedded();
        var peer = await operators.StartAsync("the-peer");
        await Embedded.AppendAsync(peer, "by-the-peer", 12);
        // Made beforehand, so that the peer can know its key.
        await using (var mine = operators.Create("my-operator"))
            await peer.SyncManager.AddPeerAsync(new PeerRequest { Id = mine.Id, Address = "https://127.0.0.1:1", Pins = [mine.Pin] }, Token);
        var seen = "";

        await ExampleIntegration.RunAsync(
            (one, _) =>
            {
                seen = one.Id;
                return Task.CompletedTask;
            },
            new FixedDiscovery(peer.AsPeer()), operators.FolderOf("my-operator"), Token);

        seen.ShouldBe("my-operator");
        var again = await operators.StartAsync("my-operator");
        (await again.Log.CountAsync(Token)).ShouldBe(13);
        (await again.Log.GetByIdAsync("order-17-paid", Token)).ShouldNotBeNull();
        (await again.SyncManager.ListPeersAsync(Token)).Single().Status.ShouldBeOneOf(SyncStatus.Completed, SyncStatus.Skipped);
    }

    [Fact]
    public void It_is_the_very_text_of_the_README()
    {
        var sample = Between(File.ReadAllText(Path.Combine(BuiltPrograms.RepositoryRoot, "tests", "Causality.Standalone.Tests", "Samples", "ExampleIntegration.cs")), "// <sample>", "// </sample>");
        var readme = Between(File.ReadAllText(Path.Combine(BuiltPrograms.RepositoryRoot, "README.md")), "<!-- sample:ExampleIntegration -->", "<!-- /sample -->");

        Between(readme, "```csharp", "```").ShouldBe(sample, "Copy the lines between the marks of ExampleIntegration.cs into the README's csharp block.");
    }

    /// <summary>The lines between two marks, moved to the left edge.</summary>
    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, $"'{from}' is missing");
        var end = text.IndexOf(to, start + from.Length, StringComparison.Ordinal);
        end.ShouldBeGreaterThanOrEqualTo(0, $"'{to}' is missing");
        var lines = text[(start + from.Length)..end].Split('\n').Skip(1).SkipLast(1).Select(line => line.TrimEnd()).ToList();
        var margin = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length < margin ? "" : line[margin..]));
    }
}
