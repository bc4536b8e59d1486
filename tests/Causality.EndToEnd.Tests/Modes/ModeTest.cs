using Causality.EndToEnd.Tests.Crashes;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Modes;

/// <summary>A test of what A may do at B.</summary>
public abstract class ModeTest(TwoOperators operators) : EndToEndTest(operators)
{
    // A gateway knows of a changed permission five seconds later at the latest.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Lets A write at B, or not, waits until B's gateway knows, and makes both equal.</summary>
    protected async Task LetWriteAsync(bool may)
    {
        await B.Control.AddPeerAsync(A.Id, A.PeerPort, Operators.PinOfA, Token, may ? ["read", "write", "resolve"] : ["read", "resolve"]);
        await Eventually.BecomesAsync(
            async token =>
            {
                await SeededSegments.StoreAsync(A, $"probe-{Guid.NewGuid():N}", 1, token);
                return (await OnA.SyncAsync(B.Id, token, """{"mode":"Push"}""")).Event;
            },
            event_ => event_ == (may ? "SyncCompleted" : "SyncFailed"), may ? "A to be let in to write" : "A to be let in to write no longer", Patience, Token);
        await ConvergeAsync();
    }
}
