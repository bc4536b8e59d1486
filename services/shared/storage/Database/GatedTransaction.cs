using Microsoft.EntityFrameworkCore.Storage;

namespace Causality.Storage.Database;

/// <summary>A SQLite transaction that lets the next writer in when it has ended.</summary>
internal sealed class GatedTransaction(IDbContextTransaction inner, IDisposable turn) : IDbContextTransaction
{
    /// <inheritdoc/>
    public Guid TransactionId => inner.TransactionId;

    /// <inheritdoc/>
    public void Commit()
    {
        inner.Commit();
        turn.Dispose();
    }

    /// <inheritdoc/>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await inner.CommitAsync(cancellationToken).ConfigureAwait(false);
        turn.Dispose();
    }

    /// <inheritdoc/>
    public void Rollback()
    {
        inner.Rollback();
        turn.Dispose();
    }

    /// <inheritdoc/>
    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        await inner.RollbackAsync(cancellationToken).ConfigureAwait(false);
        turn.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            inner.Dispose();
        }
        finally
        {
            turn.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            turn.Dispose();
        }
    }
}
