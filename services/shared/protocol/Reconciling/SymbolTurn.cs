namespace Causality.Protocol.Reconciling;

/// <summary>Symbols of a million segments take a processor for 0.2 s; peers wait in line for it instead of taking all processors.</summary>
public sealed class SymbolTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Does some work when it is its turn.</summary>
    public async Task<T> TakeAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
