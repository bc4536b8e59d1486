using Causality.Core;

namespace Causality.Storage.Log;

/// <summary>An append that would give one entry id a second content. Not worth a retry: choose another id. Nothing was appended.</summary>
/// <param name="entryId">The id.</param>
/// <param name="index">Position in the batch, counted from 0.</param>
/// <param name="existing">Hash of the entry that stands.</param>
/// <param name="offered">Hash of the entry that was refused.</param>
public sealed class DuplicateEntryException(string entryId, int index, ContentHash existing, ContentHash offered)
    : Exception($"id: '{Printable.Shorten(entryId)}' is already in the log with other content (entry hash {existing}, offered {offered}); entries are immutable, so give the new one its own id.")
{
    /// <summary>The id.</summary>
    public string EntryId { get; } = entryId;

    /// <summary>Position in the batch, counted from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Hash of the entry that stands.</summary>
    public ContentHash Existing { get; } = existing;

    /// <summary>Hash of the entry that was refused.</summary>
    public ContentHash Offered { get; } = offered;
}
