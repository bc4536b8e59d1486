using Causality.Contracts;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;

namespace Causality.EndToEnd.Tests.Crashes;

/// <summary>A sync that somebody insists on, whatever happens to the scheduler: asks again under the same id until the scheduler knows it.</summary>
/// <param name="At">Whose scheduler is asked.</param>
/// <param name="PeerId">With whom.</param>
/// <param name="Overrides">Its settings.</param>
internal sealed record RequestedSync(OperatorProcesses At, string PeerId, SyncOverrides Overrides)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The id, chosen by whoever asks.</summary>
    public Guid SyncId { get; } = Guid.NewGuid();

    /// <summary>Asks once.</summary>
    /// <returns>False when nobody answered: whether the request was admitted is unknown.</returns>
    public Task<bool> TryRequestAsync(CancellationToken cancellationToken) => At.Control.TryRequestAsync(SyncId, PeerId, Overrides, cancellationToken);

    /// <summary>Waits for the end, asking again while the scheduler does not know the sync.</summary>
    public async Task<SyncResult> EndAsync(CancellationToken cancellationToken)
    {
        var ended = await Eventually.BecomesAsync(LookAsync, result => result is { Status: not SyncStatus.InProgress }, $"the end of sync {SyncId} at {At.Id}", Patience, cancellationToken);
        return ended!;
    }

    private async Task<SyncResult?> LookAsync(CancellationToken cancellationToken)
    {
        var (known, result) = await At.Control.TryFindAsync(SyncId, cancellationToken);
        if (!known)
            await TryRequestAsync(cancellationToken);
        return result;
    }
}
