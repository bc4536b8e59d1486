namespace Causality.Standalone.Tests.Embedding;

/// <summary>Random sets, random edits, random order of syncs, modes and settings, interruptions: the logs always become equal, and hold all that anybody ever wrote.</summary>
[Collection(InThisProcess.Name)]
public sealed class When_operators_sync_at_random : IAsyncDisposable
{
    private const int Steps = 25;
    private readonly Embedded _operators = new();

    public ValueTask DisposeAsync() => _operators.DisposeAsync();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(5, 5)]
    public async Task All_end_with_equal_roots_and_everything_that_was_written(int count, int seed)
    {
        var federation = await RandomFederation.StartAsync(_operators, count, seed);
        for (var step = 0; step < Steps; step++)
            await federation.StepAsync();

        (await federation.SettleAsync()).Count.ShouldBe(1, "roots");

        (await federation.HeldAsync()).ShouldAllBe(held => held.SetEquals(federation.Written));
    }
}
