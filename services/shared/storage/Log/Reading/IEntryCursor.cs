using Causality.Core;

namespace Causality.Storage.Log.Reading;

/// <summary>Entries of one source, ascending by key.</summary>
internal interface IEntryCursor
{
    /// <summary>The next entry, or null at the end.</summary>
    ValueTask<LogEntry?> NextAsync(CancellationToken cancellationToken);
}
